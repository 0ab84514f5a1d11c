"""What a test needs beside the program, and whether it may do without."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from pipelines.starters.manifest import find_starter
from pipelines.starters.places import installed_folder, starters_folder

if TYPE_CHECKING:
    from pathlib import Path


def need(name: str, is_there: bool, sentence: str) -> None:
    """Skips the test unless it is there; where FABULA_REQUIRE lists `name`, it fails instead."""
    if is_there:
        return
    if name in os.environ.get("FABULA_REQUIRE", "").split(","):
        pytest.fail(f"{sentence} FABULA_REQUIRE asks for it.")
    pytest.skip(sentence)


def real_starter(starter_id: str) -> Path:
    """The folder of a starter that the person who runs the tests has installed."""
    person = {name: value for name, value in os.environ.items() if name != "FABULA_HOME"}
    folder = installed_folder(find_starter(starter_id), starters_folder(person))
    need("starter", folder is not None, f"{starter_id} is not installed: fabula models install.")
    assert folder is not None
    return folder
