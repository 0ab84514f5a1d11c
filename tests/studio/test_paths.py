from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from studio.paths import Paths

if TYPE_CHECKING:
    import pytest


def test_fabula_home_holds_everything(tmp_path: Path) -> None:
    paths = Paths.default({"FABULA_HOME": str(tmp_path)})
    for place in (
        paths.library,
        paths.spool,
        paths.queue_db,
        paths.library_db,
        paths.log_file,
        paths.crash_file,
        paths.settings_file,
        paths.wildcards,
        paths.cache,
    ):
        assert place.is_relative_to(tmp_path)


def test_a_relative_home_does_not_follow_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    paths = Paths.default({"FABULA_HOME": "portable"})
    monkeypatch.chdir("/")
    assert paths.state == tmp_path / "portable" / "state"


def test_without_home_the_systems_places_are_taken() -> None:
    paths = Paths.default({})
    assert paths.library == platformdirs.user_pictures_path() / "Fabula"
    assert paths.settings_file.parent == platformdirs.user_config_path("fabula", appauthor=False)
    assert paths.spool.parent == paths.queue_db.parent == paths.state


def test_what_the_command_line_needs_is_without_qt() -> None:
    modules = "paths, database, errors, logs, library, library_rebuild, settings_table"
    script = (
        "import sys\n"
        f"from studio import {modules}\n"
        "import studio.jobs.store\n"
        "sys.exit(any(name.startswith(('PySide6', 'torch', 'numpy')) for name in sys.modules))"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)
