from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import pipelines
from studio.cli.main import VERBS, is_for_command_line, run


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], False),
        (["fox.png"], False),
        (["fox.png", "imagine"], False),
        (["owl.png"], True),  # no file, so a mistyped verb
        (["imagin"], True),
        (["imagine"], True),  # a file may have this name
        (["--help"], True),
        (["-h"], True),
        (["--version"], True),
    ],
)
def test_which_words_need_no_window(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], expected: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("fox.png", "imagine"):
        (tmp_path / name).touch()
    assert is_for_command_line(arguments) is expected


def test_the_question_costs_the_window_nothing() -> None:
    code = (
        "import sys; from studio.cli.main import is_for_command_line; is_for_command_line([]);"
        "print({'argparse', 'tqdm', 'PySide6', 'studio.cli.imagine'} & set(sys.modules))"
    )
    root = Path(__file__).parent.parent.parent
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout == "set()\n"


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        run([verb, "--help"])
    assert left.value.code == 0
    assert f"fabula {verb}" in capsys.readouterr().out


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        run(["--version"])
    assert left.value.code == 0
    assert capsys.readouterr().out == f"Fabula Studio {pipelines.__version__}\n"


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["imagine"], ["imagine", "a", "--what"]])
def test_wrong_words_leave_with_two_and_a_line(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        run(arguments)
    assert left.value.code == 2
    assert "usage: fabula" in capsys.readouterr().err
