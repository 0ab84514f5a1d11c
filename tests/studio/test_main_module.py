"""`python -m studio`: where a start leads, and what a start for others costs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent

# Says where the start went, instead of going there.
STAND_INS = """
import sys, types
def stand_in(name, function, answer):
    module = types.ModuleType(name)
    setattr(module, function, lambda arguments: print(name, list(arguments)) or answer)
    sys.modules[name] = module
stand_in("studio.app", "run_window", 3)
from studio.cli import main as cli
cli.run = lambda arguments: print("studio.cli", list(arguments)) or 4
sys.argv = ["fabula", *{arguments!r}]
from studio.__main__ import main
sys.exit(main())
"""


def run(code: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    return done.returncode, done.stdout.strip()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ([], 3, "studio.app []"),
        (["README.md"], 3, "studio.app ['README.md']"),  # any file that is there
        (["imagine", "a fox"], 4, "studio.cli ['imagine', 'a fox']"),
        (["--version"], 4, "studio.cli ['--version']"),
    ],
)
def test_a_verb_goes_to_the_command_line_a_file_to_the_window(
    arguments: list[str], code: int, said: str
) -> None:
    assert run(STAND_INS.format(arguments=arguments)) == (code, said)


def test_a_child_that_imports_it_gets_neither_qt_nor_models() -> None:
    code = """
import sys
import studio.__main__
print({"PySide6", "torch", "numpy", "studio.app", "studio.cli.imagine"} & set(sys.modules))
"""
    assert run(code) == (0, "set()")
