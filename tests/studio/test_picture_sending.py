"""What panels with pictures offer: another look, a larger one."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import QObject

from pipelines import api
from pipelines.enhance_requests import EnlargeRequest
from pipelines.starters.places import starters_folder
from studio.actions import Actions
from studio.messages import Messages
from studio.picture_sending import PictureSending
from studio.wishes import StylePicture, Wishes
from tests.requirements import real_starter
from tests.studio.panels.imagine.fakes import FakeJobs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytestqt.qtbot import QtBot

    from studio.context import Context
    from studio.errors import Problem


class Sender:
    """A panel whose chosen pictures the test sets."""

    def __init__(self) -> None:
        self.chosen: Sequence[Path] = ()
        self.actions, self.jobs, self.messages = Actions(), FakeJobs(), Messages()
        self.actions.set_scope("library")
        self.wishes = Wishes()
        self.problems: list[Problem] = []
        self.messages.problem_reported.connect(self.problems.append)
        context = SimpleNamespace(
            actions=self.actions, jobs=self.jobs, messages=self.messages, wishes=self.wishes
        )
        self.parent = QObject()
        PictureSending(cast("Context", context), "library", lambda: self.chosen, self.parent)


@pytest.fixture
def sender(qtbot: QtBot) -> Sender:
    return Sender()


def test_both_need_a_choice(sender: Sender) -> None:
    for name in ("style", "enlarge_2", "enlarge_3", "enlarge_4"):
        assert not sender.actions.can_run(f"library.{name}"), name
    sender.chosen = (Path("/pictures/fox.png"),)
    for name in ("style", "enlarge_2", "enlarge_3", "enlarge_4"):
        assert sender.actions.can_run(f"library.{name}"), name


def test_the_first_picture_is_sent_to_style(qtbot: QtBot, sender: Sender) -> None:
    sender.chosen = (Path("/pictures/fox.png"), Path("/pictures/owl.png"))
    with qtbot.waitSignal(sender.wishes.made) as made:
        sender.actions.trigger("library.style")
    assert made.args == ["style", StylePicture(Path("/pictures/fox.png"))]


def test_all_are_enlarged_in_one_job(sender: Sender) -> None:
    starters_folder().mkdir(parents=True)
    there = starters_folder() / "real-esrgan"
    there.symlink_to(real_starter("real-esrgan"))
    sender.chosen = (Path("/pictures/fox.png"), Path("/pictures/owl.png"))
    sender.actions.trigger("library.enlarge_3")
    request = sender.jobs.all[0].request
    assert isinstance(request, EnlargeRequest)
    assert request.images == ("/pictures/fox.png", "/pictures/owl.png")
    assert (request.scale, request.network, request.variant) == (3.0, str(there), "x4plus")
    assert sender.jobs.all[0].title == "×3 · fox"
    sender.jobs.all[0].apply(api.Failed("disk_full", "The disk is full.", "Make room."))
    assert sender.problems[0].message == "The disk is full."


def test_without_a_network_it_is_said_what_brings_one(sender: Sender) -> None:
    sender.chosen = (Path("/pictures/fox.png"),)
    sender.actions.trigger("library.enlarge_2")
    assert not sender.jobs.all
    assert "fabula models install starter" in sender.problems[0].hint
