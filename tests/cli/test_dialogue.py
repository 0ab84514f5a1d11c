"""`fabula dialogue`, once in a Python without Qt and then in this one."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from studio.cli.main import run
from tests.document.dialogue.stories import HARBOR

Fabula = Callable[..., tuple[int, str, str]]


@pytest.fixture
def here(work: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Fabula:
    """Runs the command line in this process, in the folder `work`."""
    monkeypatch.chdir(work)

    def run_here(*arguments: str) -> tuple[int, str, str]:
        code = run(arguments)
        out, err = capsys.readouterr()
        return code, out, err

    return run_here


@pytest.fixture
def harbor(work: Path) -> Path:
    path = work / "harbor.script"
    path.write_text(HARBOR, encoding="utf-8")
    return path


def test_check_finds_and_says_where(fabula: Fabula, here: Fabula, work: Path, harbor: Path) -> None:
    code, out, err = fabula("dialogue", "check", "harbor.script")
    assert (code, err) == (0, "")
    assert "[always_false]" in out
    harbor.write_text("=== c\n== M\n* Ask\n    -> M\n", encoding="utf-8")
    code, out, err = here("dialogue", "check", "harbor.script")
    assert (code, err) == (1, "")
    assert "“M”: nothing can be picked here any more [menu_can_be_empty] (after > Ask)" in out
    code, out, _ = here("dialogue", "check", "harbor.script", "--sarif")
    assert json.loads(out)["runs"][0]["results"][0]["ruleId"] == "menu_can_be_empty"
    harbor.write_text("=== c\n== M\n* Ask [if 1 +]\n", encoding="utf-8")
    code, out, err = here("dialogue", "check", "harbor.script")
    assert (code, out) == (1, "")
    assert "“harbor.script”: Line 3, column 14: something is missing here." in err


def test_play_walk_and_convert(here: Fabula, work: Path, harbor: Path) -> None:
    picks = '["Ask about the lighthouse", 0]'
    code, out, _ = here(
        "dialogue", "play", "harbor.script", "--choices", picks, "--set", '{"trust": 4}', "--json"
    )
    played = json.loads(out)
    assert (code, played["end"], played["variables"]["trust"]) == (0, "end", 5)
    assert played["transcript"][1] == ["say", "Mara", "I count 4 favours between us."]

    code, out, _ = here("dialogue", "walk", "harbor.script", "--n", "50", "--json")
    assert (code, json.loads(out)["ends"]) == (0, {"end": 50})

    assert here("dialogue", "convert", "harbor.script", "--to", "yarn") == (
        0,
        "harbor.yarn\n",
        "",
    )
    code, out, _ = here("dialogue", "play", "harbor.yarn", "--choices", picks, "--json")
    assert json.loads(out)["transcript"][3:] == played["transcript"][3:]
    code, _, err = here("dialogue", "convert", "harbor.yarn", "--to", "json", "-o", "harbor.yarn")
    assert code == 2
    assert "there already" in err


def test_wrong_arguments(here: Fabula, work: Path, harbor: Path) -> None:
    for arguments, code, reason in (
        (("play", "harbor.script"), 2, "more menus than choices"),
        (("play", "harbor.script", "--choices", "7"), 1, "Offered are “Ask about"),
        (("play", "harbor.script", "--set", '{"trust": "x"}'), 2, "“trust”"),
        (("walk", "harbor.script", "--start", "gone"), 2, "“gone”"),
        (("check", "gone.script"), 1, "no such file"),
        (("check", "harbor.exe"), 1, "no story"),
    ):
        found, out, err = here("dialogue", *arguments)
        assert (found, out) == (code, "")
        assert reason in err
