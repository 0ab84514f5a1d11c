from __future__ import annotations

import subprocess
import sys
from pathlib import Path, PureWindowsPath

import pytest

from studio.errors import Problem, details_text, without_home


def test_the_details_say_all_that_a_report_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    log = tmp_path / "log"
    log.write_text(f"first\nopened {tmp_path}/pictures/a.png\n")
    problem = Problem(
        "The model could not be loaded.",
        "Choose another one.",
        f'File "{tmp_path}/secret/x.py", line 1',
        "bad_model",
    )
    text = details_text(problem, log, device="cuda:0, 8 GB")
    assert text.startswith("The model could not be loaded. Choose another one.\n")
    for part in ("bad_model", "PySide6 6.", "torch ", "Python 3.", "System ", "cuda:0, 8 GB"):
        assert part in text
    assert 'File "~/secret/x.py", line 1' in text
    assert "opened ~/pictures/a.png" in text
    assert str(tmp_path) not in text


def test_a_problem_without_more_is_fine(tmp_path: Path) -> None:
    text = details_text(Problem("It failed."), tmp_path / "no log")
    assert text.startswith("It failed.\n\nFabula Studio ")
    assert "Code" not in text
    assert "Device" not in text


def test_versions_are_known_without_importing_anything() -> None:
    script = (
        "import sys\nfrom pathlib import Path\nfrom studio.errors import *\n"
        "details_text(Problem('x'), Path('none'))\n"
        "sys.exit(any(name in sys.modules for name in ('torch', 'PySide6', 'PIL', 'diffusers')))"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)


@pytest.mark.parametrize(
    ("home", "text", "expected"),
    [
        ("/home/ann", "/home/ann/a /home/anna /home/ann.old", "~/a /home/anna /home/ann.old"),
        ("/home/ann", "in '/home/ann', (/home/ann)", "in '~', (~)"),
        ("/", "/usr/lib", "/usr/lib"),
    ],
)
def test_the_home_folder_is_not_named(home: str, text: str, expected: str) -> None:
    assert without_home(text, Path(home)) == expected


def test_the_home_folder_is_found_however_windows_writes_it() -> None:
    home = PureWindowsPath(r"C:\Users\Ann")
    text = r"C:\Users\Ann\a C:/Users/Ann/b 'C:\\Users\\Ann\\c'"
    assert without_home(text, home) == r"~\a ~/b '~\\c'"
