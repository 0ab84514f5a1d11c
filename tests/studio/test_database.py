from __future__ import annotations

import logging
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from studio.database import open_database, transaction

FIRST = ("CREATE TABLE words (word TEXT)",)
SECOND = ("ALTER TABLE words ADD COLUMN count INTEGER NOT NULL DEFAULT 1",)


def _fill(path: Path, *words: str) -> None:
    db, _ = open_database(path, 7, [FIRST])
    with closing(db), transaction(db):
        db.executemany("INSERT INTO words VALUES (?)", [(word,) for word in words])


def test_commits_are_made_durable(tmp_path: Path) -> None:
    db, aside = open_database(tmp_path / "new" / "db", 7, [FIRST])
    with closing(db):
        assert aside is None
        assert db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert db.execute("PRAGMA synchronous").fetchone()[0] == 2
        assert db.execute("PRAGMA busy_timeout").fetchone()[0] == 5000


def test_an_older_database_is_lifted_and_keeps_its_rows(tmp_path: Path) -> None:
    _fill(tmp_path / "db", "owl")
    db, aside = open_database(tmp_path / "db", 7, [FIRST, SECOND])
    with closing(db):
        assert aside is None
        assert [tuple(row) for row in db.execute("SELECT * FROM words")] == [("owl", 1)]


def test_a_migration_that_fails_changes_nothing(tmp_path: Path) -> None:
    _fill(tmp_path / "db", "owl")
    with pytest.raises(sqlite3.OperationalError, match="nonsense"):
        open_database(tmp_path / "db", 7, [FIRST, (*SECOND, "nonsense")])
    db, aside = open_database(tmp_path / "db", 7, [FIRST])
    with closing(db):
        assert aside is None
        assert [tuple(row) for row in db.execute("SELECT * FROM words")] == [("owl",)]


def _garbage(path: Path) -> None:
    path.write_bytes(b"no database at all, but long enough to be taken for one" * 20)


def _torn(path: Path) -> None:
    _fill(path, *("word" * 50 for _ in range(500)))
    data = path.read_bytes()
    path.write_bytes(data[:4096] + bytes(4096) + data[8192:])


def _newer(path: Path) -> None:
    _fill(path, "owl")
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 99")


def _foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE other (a)")


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [(_garbage, "damaged"), (_torn, "damaged"), (_newer, "newer version"), (_foreign, "another")],
)
def test_what_cannot_be_used_is_set_aside_whole(
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    spoil: object,
    reason: str,
) -> None:
    path = tmp_path / "db"
    for number in (1, 2):
        assert callable(spoil)
        spoil(path)
        before = path.read_bytes()
        with caplog.at_level(logging.WARNING):
            db, aside = open_database(path, 7, [FIRST])
        with closing(db):
            assert aside == tmp_path / f"db.broken-{number}"
            assert aside.read_bytes() == before
            assert db.execute("SELECT count(*) FROM words").fetchone()[0] == 0
        assert reason in caplog.text
        assert aside.name in caplog.text
        path.unlink()


def test_a_locked_database_is_not_taken_for_a_broken_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fill(tmp_path / "db", "owl")
    monkeypatch.setattr("studio.database._BUSY_SECONDS", 0.05)
    with closing(sqlite3.connect(tmp_path / "db")) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            open_database(tmp_path / "db", 7, [FIRST, SECOND])
    assert not list(tmp_path.glob("*.broken*"))


def _add_one_and_fail(db: sqlite3.Connection) -> None:
    with transaction(db):
        db.execute("INSERT INTO words VALUES ('owl')")
        db.execute("INSERT INTO nowhere VALUES (1)")


def test_a_transaction_that_fails_is_undone_and_the_next_one_works(tmp_path: Path) -> None:
    db, _ = open_database(tmp_path / "db", 7, [FIRST])
    with closing(db):
        with pytest.raises(sqlite3.OperationalError):
            _add_one_and_fail(db)
        with transaction(db):
            db.execute("INSERT INTO words VALUES ('fox')")
        assert [row[0] for row in db.execute("SELECT word FROM words")] == ["fox"]
