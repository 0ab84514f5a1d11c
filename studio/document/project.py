"""An open project: its documents and assets, changed in steps that survive any crash."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from studio.database import transaction
from studio.document.contents import Contents, read_into
from studio.document.documents import Change, Changes, Document
from studio.document.errors import ProjectError, explained
from studio.document.observers import Observer, Observers
from studio.document.project_file import read_asset, read_documents, read_facts, state_of
from studio.document.recovery_database import connect, new_state, write_asset, write_state
from studio.document.saving import SavedFile, SavePlan
from studio.document.sessions import Session, gate, is_safe, refuse_if_open

if TYPE_CHECKING:
    from studio.document.assets import Asset

UNTITLED = "Untitled"


class Project:
    """One project, with a name or without; see `opening` and `recovery` for how it begins.

    A change is acknowledged when `apply` returns: then it is in the recovery database and on the
    disk. The file at `path` changes only when the project is saved. One thread at a time may use
    a project; `asset`, `store` and `SavePlan.write` may run in any thread beside it.

    `read_only` is None, or the sentence why nothing can be changed here; methods that change
    something then raise it.
    """

    def __init__(self, session: Session, read_only: ProjectError | None = None) -> None:
        """Takes over the session with its database. Raises ProjectError, and leaves it then."""
        self.read_only = read_only
        self._session = session
        self._observers = Observers()
        self._closed = False
        with explained("The project could not be opened"):
            self._db = connect(session.database)
            try:
                facts = read_facts(self._db)
                self._documents = read_documents(self._db)
            except BaseException:
                self._db.close()
                raise
        self._state, self._revision = facts.state, facts.revision
        self._states_since_save = {facts.state, *session.own_states}

    @property
    def path(self) -> Path | None:
        return self._session.origin.path

    @property
    def name(self) -> str:
        return self.path.stem if self.path else UNTITLED

    @property
    def revision(self) -> int:
        """Grows by one with every change."""
        return self._revision

    @property
    def state(self) -> str:
        """A new one with every change; equal states hold the same."""
        return self._state

    @property
    def saved_state(self) -> str:
        """The state that its file holds."""
        return self._session.origin.saved_state

    @property
    def dirty(self) -> bool:
        """Whether there is something that was not saved."""
        return self._state != self.saved_state

    @property
    def documents(self) -> Mapping[str, Document]:
        """By key; a view that follows every change."""
        return MappingProxyType(self._documents)

    def of_kind(self, kind: str) -> list[Document]:
        return [document for document in self._documents.values() if document.kind == kind]

    def asset(self, hash_: str) -> Asset:
        """Raises LookupError where the project has none, ProjectError where it is damaged.

        Any thread may call it.
        """
        with (
            explained("A picture of the project could not be read"),
            closing(connect(self._session.database)) as db,
        ):
            return read_asset(db, hash_)

    def observe(self, observer: Observer) -> Callable[[], None]:
        """Has `observer` told of every change after it; returns the function that ends it."""
        return self._observers.add(observer)

    def store(self, asset: Asset) -> str:
        """Puts an asset into the project ahead of the change that refers to it; returns its hash.

        What no document refers to is left out when the project is saved. Any thread may call it.
        """
        self._require_writable()
        with (
            explained("The picture could not be stored"),
            closing(connect(self._session.database)) as db,
            transaction(db),
        ):
            write_asset(db, asset)
        return asset.hash

    def apply(self, change: Change, *, by: object = None) -> Change:
        """Makes a change durable, then tells the observers; `by` is passed on to them.

        Returns the change that undoes it. Raises ProjectError where it cannot be stored,
        LookupError for a key to delete that is not there, ValueError for one that is named twice;
        then nothing has changed.
        """
        self._require_writable()
        return self._commit(change, None, by)

    def read(self, path: Path | None = None) -> Contents:
        """What a file holds, or without `path` the project's own: for `revert` and `restore`.

        Its pictures are in the project afterwards. Any thread may call it. Raises ProjectError.
        """
        self._require_writable()
        path = path or self.path
        if path is None:
            raise ProjectError("untitled", "This project was never saved.", "Save it first.")
        with explained(f"“{path.name}” could not be read"):
            return read_into(self._session.database, path)

    def revert(self, saved: Contents, *, by: object = None) -> Change:
        """Goes back to what its file holds; returns the change that undoes it.

        Raises ProjectError.
        """
        undo = self._take_over(saved, saved.state, by)
        self._mark_saved(saved.path, saved.state)
        return undo

    def restore(self, backup: Contents, *, by: object = None) -> Change:
        """Takes over what is in a backup, unsaved; returns the change that undoes it."""
        return self._take_over(backup, None, by)

    def save(self, *, overwrite: bool = False) -> None:
        """Writes the project to `path`; see `begin_save`."""
        self._save(self.begin_save(overwrite=overwrite))

    def save_as(self, path: Path) -> None:
        """Gives the project another file, which from then on is its own; see `begin_save`."""
        self._save(self.begin_save(path))

    def begin_save(self, path: Path | None = None, *, overwrite: bool = False) -> SavePlan:
        """A save to be written in any thread; then comes `finish_save` or `abandon_save`.

        Without `path` it goes to the project's own file, and is refused when another program
        changed that since, unless `overwrite`. Raises ProjectError.
        """
        own = self.path
        if path is None and own is None:
            raise ProjectError("untitled", "This project has no file yet.", "Choose a name for it.")
        target = Path(os.path.realpath(path or str(own)))
        if self.read_only is not None and (target == own or self.read_only.code == "newer"):
            raise self.read_only
        root = self._session.folder.parent
        with explained(f"“{target.name}” could not be saved"), gate(root):
            if target != own:
                refuse_if_open(root, target, except_for=self._session.folder)
                self._session.note(saving_to=target)
            else:
                self._accept(target, overwrite)
        session = self._session
        return SavePlan(session.database, target, session.part_of(target), session.saving_note)

    def _accept(self, target: Path, overwrite: bool) -> None:
        """Looks whether somebody else changed the project's file. Raises ProjectError."""
        state = state_of(target)
        if state in self._states_since_save:
            # An earlier process may have died after it wrote this: the note of it gives way to
            # that of the save that begins.
            if state != self._session.origin.saved_state:
                self._session.note(saved_state=state)
        elif state and not overwrite:
            raise ProjectError(
                "changed_on_disk",
                f"“{target.name}” was changed by another program since it was opened.",
                "Save under another name, or overwrite it: a backup is kept.",
            )

    def finish_save(self, saved: SavedFile) -> None:
        """The file is written. Raises ProjectError when that cannot be noted."""
        self.read_only = None
        with explained(f"“{saved.path.name}” was saved, but this could not be noted"):
            self._mark_saved(saved.path, saved.facts.state)

    def abandon_save(self) -> None:
        """`SavePlan.write` has failed."""
        if self._session.origin.saving_to is not None:
            with explained("The failed save could not be noted"):
                self._session.note(saving_to=None)

    def close(self) -> None:
        """Keeps what no file has for the next start, and forgets the rest.

        A second call does nothing.
        """
        if self._closed:
            return
        self._closed = True
        self._db.close()
        with explained("The project could not be put away"):
            if is_safe(self._session.origin, self._state):
                self._session.remove()
            else:
                self._session.leave()

    def discard(self) -> None:
        """Closes without saving; `recovery.tidy` deletes what was not saved after its time."""
        if self.dirty and self.read_only is None:
            with explained("The project could not be put away"):
                self._session.note(discarded=datetime.now(UTC))
        self.close()

    def _require_writable(self) -> None:
        if self.read_only is not None:
            raise self.read_only

    def _save(self, plan: SavePlan) -> None:
        try:
            saved = plan.write()
        except BaseException:
            self.abandon_save()
            raise
        self.finish_save(saved)

    def _mark_saved(self, path: Path, state: str) -> None:
        self._session.note(path=path, saving_to=None, saved_state=state, read_only=False)
        self._states_since_save = {state, self._state}

    def _take_over(self, contents: Contents, state: str | None, by: object) -> Change:
        self._require_writable()
        documents = contents.documents
        change = Change(
            puts=tuple(documents.values()),
            deletes=tuple(key for key in self._documents if key not in documents),
        )
        return self._commit(change, state, by)

    def _commit(self, change: Change, state: str | None, by: object) -> Change:
        old = self._documents
        puts = {document.key: document for document in change.puts}
        deletes = set(change.deletes)
        if len(puts) + len(deletes) < len(change.puts) + len(change.deletes) or deletes & set(puts):
            raise ValueError("a change names a document twice")
        if unknown := [key for key in change.deletes if key not in old]:
            raise LookupError(f"the project has no document {unknown[0]}")
        puts = {key: document for key, document in puts.items() if old.get(key) != document}
        with explained("The change could not be stored"), transaction(self._db):
            for asset in change.assets:
                write_asset(self._db, asset)
            if not puts and not deletes and state is None:
                return Change()
            state = state or new_state()
            self._db.executemany("DELETE FROM doc WHERE key = ?", [(key,) for key in deletes])
            self._db.executemany(
                "INSERT OR REPLACE INTO doc (key, kind, json) VALUES (?, ?, ?)",
                [(document.key, document.kind, document.text) for document in puts.values()],
            )
            write_state(self._db, self._revision + 1, state)
        undo = Change(
            puts=tuple(old[key] for key in (*puts, *deletes) if key in old),
            deletes=tuple(key for key in puts if key not in old),
        )
        kinds = {document.kind for document in (*puts.values(), *undo.puts)}
        changes = Changes(
            revision=self._revision + 1,
            added=frozenset(undo.deletes),
            updated=frozenset(key for key in puts if key in old),
            removed=frozenset(deletes),
            kinds=frozenset(kinds),
        )
        for key in deletes:
            del old[key]
        old.update(puts)
        self._state, self._revision = state, changes.revision
        self._states_since_save.add(state)
        self._observers.tell(changes, by)
        return undo
