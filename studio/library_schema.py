"""The tables of the library's index, and what lifts an older index to them."""

from __future__ import annotations

from string import Template

APPLICATION_ID = 0x4641424C  # "FABL"

# The entries of story bibles that a picture was made from. Foreign JSON may say anything here.
_ENTRIES_OF = Template("""
    INSERT INTO picture_entries (picture, entry, name)
        SELECT $picture, json_extract(value, '$$.entry') AS entry,
            coalesce(json_extract(value, '$$.name'), '')
        FROM $source WHERE type = 'object' AND json_type(value, '$$.entry') = 'text'
        GROUP BY $picture, entry
""")
_ENTRIES_ADDED = _ENTRIES_OF.substitute(
    picture="new.id", source="json_each(new.settings, '$.made_from')"
)

MIGRATIONS = (
    (
        """
        CREATE TABLE pictures (
            path TEXT PRIMARY KEY,
            made TEXT NOT NULL,
            width INTEGER NOT NULL,
            height INTEGER NOT NULL,
            prompt TEXT NOT NULL,
            seed TEXT,
            batch TEXT NOT NULL,
            settings TEXT NOT NULL CHECK (json_valid(settings)),
            fingerprint TEXT NOT NULL,
            size INTEGER NOT NULL,
            modified INTEGER NOT NULL
        )
        """,
        "CREATE INDEX pictures_by_time ON pictures (made DESC, path DESC)",
        "CREATE INDEX pictures_by_batch ON pictures (batch)",
        "CREATE INDEX pictures_by_content ON pictures (fingerprint)",
        "CREATE TABLE kept (fingerprint TEXT PRIMARY KEY)",
    ),
    (
        "ALTER TABLE pictures RENAME TO pictures_before",
        # `id` because the table of words points at rows, and a rowid of its own need not last.
        """
        CREATE TABLE pictures (
            id INTEGER PRIMARY KEY,
            path TEXT NOT NULL UNIQUE,
            made TEXT NOT NULL,
            width INTEGER NOT NULL,
            height INTEGER NOT NULL,
            model TEXT NOT NULL,
            prompt TEXT NOT NULL,
            seed TEXT,
            batch TEXT NOT NULL,
            settings TEXT NOT NULL CHECK (json_valid(settings)),
            fingerprint TEXT NOT NULL,
            size INTEGER NOT NULL,
            modified INTEGER NOT NULL
        )
        """,
        # Only the file says which model another tool used: as if it had changed, so that the next
        # rebuild reads it again.
        """
        INSERT INTO pictures (path, made, width, height, model, prompt, seed, batch, settings,
            fingerprint, size, modified)
        SELECT path, made, width, height, '', prompt, seed, batch, settings, fingerprint, size, 0
            FROM pictures_before
        """,
        "DROP TABLE pictures_before",
        "CREATE INDEX pictures_by_time ON pictures (made DESC, path DESC)",
        "CREATE INDEX pictures_by_batch ON pictures (batch)",
        "CREATE INDEX pictures_by_content ON pictures (fingerprint)",
        "CREATE INDEX pictures_by_model ON pictures (model)",
        """
        CREATE VIRTUAL TABLE words USING fts5 (
            prompt, model, seed, content='pictures', content_rowid='id',
            tokenize='unicode61 remove_diacritics 2', prefix='2 3'
        )
        """,
        "INSERT INTO words (words) VALUES ('rebuild')",
        """
        CREATE TRIGGER words_added AFTER INSERT ON pictures BEGIN
            INSERT INTO words (rowid, prompt, model, seed)
                VALUES (new.id, new.prompt, new.model, new.seed);
        END
        """,
        """
        CREATE TRIGGER words_removed AFTER DELETE ON pictures BEGIN
            INSERT INTO words (words, rowid, prompt, model, seed)
                VALUES ('delete', old.id, old.prompt, old.model, old.seed);
        END
        """,
        """
        CREATE TRIGGER words_changed AFTER UPDATE ON pictures BEGIN
            INSERT INTO words (words, rowid, prompt, model, seed)
                VALUES ('delete', old.id, old.prompt, old.model, old.seed);
            INSERT INTO words (rowid, prompt, model, seed)
                VALUES (new.id, new.prompt, new.model, new.seed);
        END
        """,
    ),
    (
        # "" is the library's own folder, else the absolute name of a folder that was added.
        "ALTER TABLE pictures ADD COLUMN source TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE pictures ADD COLUMN missing INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE pictures ADD COLUMN tool TEXT NOT NULL DEFAULT ''",
        # Our own requests have a kind; which other tool it was only the file says.
        """
        UPDATE pictures SET tool = iif(json_extract(settings, '$.kind') IS NULL, '', 'fabula'),
            modified = iif(json_extract(settings, '$.kind') IS NULL, 0, modified)
        """,
        "CREATE INDEX pictures_by_source ON pictures (source, made DESC, path DESC)",
        "CREATE INDEX pictures_by_tool ON pictures (tool)",
        # What `library_marks` writes into the library's folder too: it outlives this file.
        "CREATE TABLE collections (id TEXT PRIMARY KEY, name TEXT NOT NULL)",
        """
        CREATE TABLE collected (
            collection TEXT NOT NULL,
            fingerprint TEXT NOT NULL,
            PRIMARY KEY (collection, fingerprint)
        ) WITHOUT ROWID
        """,
        "CREATE INDEX collected_by_content ON collected (fingerprint)",
        "CREATE TABLE facts (key TEXT PRIMARY KEY, value TEXT NOT NULL)",
    ),
    (
        """
        CREATE TABLE picture_entries (
            picture INTEGER NOT NULL,
            entry TEXT NOT NULL,
            name TEXT NOT NULL COLLATE NOCASE,
            PRIMARY KEY (picture, entry)
        ) WITHOUT ROWID
        """,
        "CREATE INDEX picture_entries_by_entry ON picture_entries (entry)",
        "CREATE INDEX picture_entries_by_name ON picture_entries (name)",
        _ENTRIES_OF.substitute(
            picture="pictures.id", source="pictures, json_each(settings, '$.made_from')"
        ),
        f"CREATE TRIGGER entries_added AFTER INSERT ON pictures BEGIN {_ENTRIES_ADDED}; END",
        """
        CREATE TRIGGER entries_removed AFTER DELETE ON pictures BEGIN
            DELETE FROM picture_entries WHERE picture = old.id;
        END
        """,
        f"""
        CREATE TRIGGER entries_changed AFTER UPDATE ON pictures BEGIN
            DELETE FROM picture_entries WHERE picture = old.id;
            {_ENTRIES_ADDED};
        END
        """,
    ),
)
