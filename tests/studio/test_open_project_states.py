"""Edit, undo, go to, save, revert, crash and reopen in any order, compared with a plain list."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from studio.document.documents import Change
from studio.document.opening import new_project, open_project
from studio.document.recovery import find_recoverable, reopen
from studio.messages import Messages
from studio.open_project import OpenProject
from tests.document.making import card

_KEYS = st.sampled_from(["mara", "owl", "pier"])

Values = dict[str, int]


class OpenProjectStates(RuleBasedStateMachine):
    """`states[done]` is what the project should hold; `saved` what is in its file."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.file, self.runs = self.folder / "a.fabula", 0
        self.root = self.folder / "run-0"
        self.desk = OpenProject(new_project(self.root), Messages())
        self.states: list[Values] = [{}]
        self.done = 0
        self.saved: Values | None = None

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            self.desk.project.close()
            shutil.rmtree(self.folder)

    def _step(self, after: Values) -> None:
        if after != self.states[self.done]:
            self.states[self.done + 1 :] = [after]
            self.done += 1

    @rule(key=_KEYS, value=st.integers(0, 2))
    def put(self, key: str, value: int) -> None:
        assert self.desk.edit("Put", Change(puts=(card(key, value=value),)))
        self._step(self.states[self.done] | {key: value})

    @precondition(lambda self: self.states[self.done])
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(sorted(self.states[self.done])))
        assert self.desk.edit("Delete", Change(deletes=(key,)))
        self._step({k: v for k, v in self.states[self.done].items() if k != key})

    @rule()
    def undo(self) -> None:
        self.desk.undo()
        self.done = max(0, self.done - 1)

    @rule()
    def redo(self) -> None:
        self.desk.redo()
        self.done = min(len(self.states) - 1, self.done + 1)

    @rule(data=st.data())
    def go_to(self, data: st.DataObject) -> None:
        self.done = data.draw(st.integers(0, len(self.states) - 1))
        self.desk.go_to(self.done)

    @rule(value=st.integers(0, 2), edits_meanwhile=st.booleans())
    def save(self, value: int, edits_meanwhile: bool) -> None:
        project = self.desk.project
        plan = project.begin_save(None if project.path else self.file)
        written = plan.write()
        self.saved = self.states[self.done]
        if edits_meanwhile:
            self.put("mara", value)
        project.finish_save(written)
        self.desk.note_saved()
        assert self.desk.modified == (self.states[self.done] != self.saved)

    @precondition(lambda self: self.saved is not None)
    @rule()
    def revert(self) -> None:
        assert self.saved is not None
        self.desk.revert("Revert", self.desk.project.read())
        self._step(self.saved)
        assert not self.desk.modified

    @rule(dies=st.booleans())
    def end_and_start(self, dies: bool) -> None:
        if dies:  # the next run gets a copy of what is on the disk at this moment
            self.runs += 1
            after = self.folder / f"run-{self.runs}"
            shutil.copytree(self.root, after)
            self.desk.project.close()
            self.root = after
        else:
            self.desk.project.close()
        now = self.states[self.done]
        found = find_recoverable(self.root)
        assert len(found) == (now != (self.saved or {}))
        if found:
            project = reopen(found[0])
        elif self.saved is not None:
            project = open_project(self.file, self.root)
        else:
            project = new_project(self.root)
        self.desk.replace(project)
        self.states, self.done = [now], 0

    @invariant()
    def everything_is_as_it_should_be(self) -> None:
        if not hasattr(self, "desk"):
            return
        documents = self.desk.documents.items()
        assert {key: each.data["value"] for key, each in documents} == self.states[self.done]
        assert (len(self.desk.steps), self.desk.done_steps) == (len(self.states) - 1, self.done)


@pytest.mark.usefixtures("qapp")
class TestOpenProjectStates(OpenProjectStates.TestCase):  # type: ignore[misc, valid-type]
    settings = settings(max_examples=10, stateful_step_count=20, deadline=None)


@pytest.mark.slow
@pytest.mark.usefixtures("qapp")
class TestManyOpenProjectStates(OpenProjectStates.TestCase):  # type: ignore[misc, valid-type]
    settings = settings(max_examples=25, stateful_step_count=40, deadline=None)
