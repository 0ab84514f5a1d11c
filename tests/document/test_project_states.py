"""Edit, undo, save, crash and reopen in any order, compared with two dictionaries."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from studio.document.assets import Asset
from studio.document.documents import Change, Document
from studio.document.opening import new_project, open_project
from studio.document.project_file import asset_hashes, opened, read_documents
from studio.document.recovery import discard, find_recoverable, reopen

if TYPE_CHECKING:
    from studio.document.project import Project

_KEYS = st.sampled_from(["mara", "owl", "pier", "fox"])
_KINDS = st.sampled_from(["card", "place", "hologram"])
_DATA = st.fixed_dictionaries({"n": st.integers(0, 3)})
_PICTURES = [Asset.from_bytes(bytes([n]) * 9000) for n in range(3)]

Documents = dict[str, Document]


class ProjectStates(RuleBasedStateMachine):
    """`present` is what the project should hold, `saved` what its file should, if there is one."""

    project: Project

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.file = self.folder / "a.fabula"
        self.runs = 0
        self.root = self.folder / "run-0"
        self.project = new_project(self.root)
        self.present: Documents = {}
        self.saved: Documents | None = None
        self.undos: list[tuple[Change, Documents]] = []
        self.redos: list[tuple[Change, Documents]] = []

    def teardown(self) -> None:
        if hasattr(self, "project"):
            self.project.close()
            shutil.rmtree(self.folder)

    def _apply(self, change: Change, result: Documents) -> None:
        self.undos.append((self.project.apply(change), self.present))
        self.present, self.redos = result, []

    @rule(key=_KEYS, kind=_KINDS, data=_DATA, picture=st.sampled_from([None, *_PICTURES]))
    def put(self, key: str, kind: str, data: dict[str, object], picture: Asset | None) -> None:
        document = Document.make(key, kind, data | ({"p": picture.hash} if picture else {}))
        change = Change(puts=(document,), assets=(picture,) if picture else ())
        self._apply(change, self.present | {key: document})

    @precondition(lambda self: self.present)
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        keys = data.draw(st.sets(st.sampled_from(sorted(self.present)), min_size=1))
        rest = {key: document for key, document in self.present.items() if key not in keys}
        self._apply(Change(deletes=tuple(sorted(keys))), rest)

    @precondition(lambda self: self.undos)
    @rule()
    def undo(self) -> None:
        change, before = self.undos.pop()
        self.redos.append((self.project.apply(change), self.present))
        self.present = before

    @precondition(lambda self: self.redos)
    @rule()
    def redo(self) -> None:
        change, after = self.redos.pop()
        self.undos.append((self.project.apply(change), self.present))
        self.present = after

    @rule()
    def save(self) -> None:
        if self.project.path is None:
            self.project.save_as(self.file)
        else:
            self.project.save()
        self.saved = self.present
        assert not self.project.dirty

    @precondition(lambda self: self.saved is not None)
    @rule()
    def revert(self) -> None:
        assert self.saved is not None
        self.undos.append((self.project.revert(self.project.read()), self.present))
        self.present, self.redos = self.saved, []
        assert not self.project.dirty

    @rule()
    def crash(self) -> None:
        """The next run gets a copy of what is on the disk at this moment."""
        self.runs += 1
        after = self.folder / f"run-{self.runs}"
        shutil.copytree(self.root, after)
        self.project.close()
        self.root = after
        self._start()

    @rule()
    def quit_and_start(self) -> None:
        self.project.close()
        self._start()

    @precondition(lambda self: self.saved is not None)
    @rule()
    def quit_without_saving(self) -> None:
        assert self.saved is not None
        self.project.discard()
        self.present = self.saved
        self._start()

    @rule()
    def give_up_what_is_left(self) -> None:
        self.project.close()
        for found in find_recoverable(self.root):
            discard(found)
        self.present = self.saved or {}
        self._start()

    def _start(self) -> None:
        found = find_recoverable(self.root)
        if self.present != (self.saved or {}):
            assert len(found) == 1
            self.project = reopen(found[0])
            assert self.project.dirty
        elif self.saved is not None:
            assert found == []
            self.project = open_project(self.file, self.root)
            assert not self.project.dirty
        else:
            assert found == []
            self.project = new_project(self.root)
        self.undos, self.redos = [], []

    @invariant()
    def the_project_holds_what_it_should(self) -> None:
        if not hasattr(self, "project"):
            return
        assert dict(self.project.documents) == self.present
        for document in self.present.values():
            if "p" in document.data:
                assert self.project.asset(document.data["p"]) in _PICTURES

    @invariant()
    def the_file_holds_what_was_saved(self) -> None:
        if getattr(self, "saved", None) is None:
            return
        with opened(self.file) as db:
            documents = read_documents(db)
            assets = asset_hashes(db)
        assert documents == self.saved
        assert assets == {d.data["p"] for d in documents.values() if "p" in d.data}


TestProjectStates = ProjectStates.TestCase
TestProjectStates.settings = settings(max_examples=12, stateful_step_count=20, deadline=None)


@pytest.mark.slow
class TestManyProjectStates(ProjectStates.TestCase):  # type: ignore[misc, valid-type]
    settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
