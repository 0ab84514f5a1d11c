"""What a terminal shows while a job runs, and that nothing of it is left when it has ended."""

from __future__ import annotations

import io

import pytest

from pipelines import api
from studio.cli.following import CANCELLED, DONE, FAILED, _report

CLEAR = "\r\033[K"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("end", "code", "words"),
    [
        (api.Cancelled(), CANCELLED, "fabula: Cancelled.\n"),
        (
            api.Failed("bad_model", "It is damaged.", "Get it again."),
            FAILED,
            "damaged. Get it again.",
        ),
        (api.Done(None), DONE, ""),
    ],
)
def test_the_line_about_loading_goes_before_the_end_is_said(
    monkeypatch: pytest.MonkeyPatch, end: api.Outcome, code: int, words: str
) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    events: list[api.Body] = [api.Loading("Loading a fox"), end]
    assert _report(iter(events), lambda _item: None, quiet=False)[0] == code
    shown, after = terminal.getvalue().rsplit(CLEAR, 1)
    assert shown == f"{CLEAR}Loading a fox …"
    assert words in after
    assert bool(after) is bool(words)


def test_nothing_is_shown_to_a_log_file(monkeypatch: pytest.MonkeyPatch) -> None:
    log = io.StringIO()
    monkeypatch.setattr("sys.stderr", log)
    events: list[api.Body] = [
        api.Loading("Loading a fox"), api.Progress(1, 2), api.Done(None)
    ]  # fmt: skip
    assert _report(iter(events), lambda _item: None, quiet=False) == (DONE, None)
    assert log.getvalue() == ""
