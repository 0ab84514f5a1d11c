"""What the start turns off comes on again; in a process of its own, for it is the interpreter's."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def said(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_garbage_is_collected_again_after_the_first_paint() -> None:
    code = """
import gc
from studio import fast_start
fast_start.hold_collector()
held = gc.isenabled()
fast_start.release_collector()
print(held, gc.isenabled(), gc.get_freeze_count() > 0)
"""
    assert said(code) == "False True True"


def test_imported_sources_are_not_read_for_features() -> None:
    code = """
import builtins
own = builtins.__import__
from studio import fast_start
fast_start.import_plainly()
without_qt = builtins.__import__ is own
import PySide6.QtCore
before = builtins.__import__.__name__
fast_start.import_plainly()
import PySide6.QtWidgets
print(without_qt, before, "feature" in builtins.__import__.__name__)
"""
    assert said(code) == "True __feature_import__ False"
