from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from studio.errors import Problem
from studio.messages import Messages

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_a_problem_from_any_thread_is_heard_in_the_windows(qtbot: QtBot) -> None:
    messages = Messages()
    heard: list[tuple[object, threading.Thread]] = []
    listener = Listener(messages, heard)
    problem = Problem("The disk is full.", "Make room.")
    thread = threading.Thread(target=messages.report, args=(problem,))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(heard), timeout=5_000)
    assert heard == [(problem, threading.main_thread())]
    messages.notice("Saved.")
    assert listener.notices == ["Saved."]


class Listener(Messages):
    """A QObject of the window's thread, as the window itself is one."""

    def __init__(self, messages: Messages, heard: list[tuple[object, threading.Thread]]) -> None:
        super().__init__()
        self._heard = heard
        self.notices: list[str] = []
        messages.problem_reported.connect(self._on_problem_reported)
        messages.notice_given.connect(self.notices.append)

    def _on_problem_reported(self, problem: Problem) -> None:
        self._heard.append((problem, threading.current_thread()))
