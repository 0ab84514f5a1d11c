"""Where things lie, and how large they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.starters.places import starters_folder
from studio.data_places import data_places, size_on_disk
from studio.paths import Paths

if TYPE_CHECKING:
    from pathlib import Path


def test_every_place_is_named_once(tmp_path: Path) -> None:
    paths = Paths.below(tmp_path)
    project, models = tmp_path / "a.fabula", (tmp_path / "one", tmp_path / "two")
    places = data_places(paths, paths.library, project, models)
    assert [(place.title, place.path) for place in places] == [
        ("Library", paths.library),
        ("Project", project),
        ("Recovery", paths.projects),
        ("Starter set", starters_folder()),
        ("Models", tmp_path / "one"),
        ("Models", tmp_path / "two"),
        ("Settings", paths.config),
        ("Cache", paths.cache),
        ("Log", paths.log_file),
    ]
    safe = {place.title for place in places if place.help.startswith("Safe to delete")}
    assert safe == {"Cache", "Log"}
    without = data_places(paths, paths.library, None, ())
    assert "Project" not in [place.title for place in without]


def test_sizes_are_of_all_files_below(tmp_path: Path) -> None:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / "a").write_bytes(bytes(100))
    (tmp_path / "deep" / "er" / "b").write_bytes(bytes(50))
    (tmp_path / "loop").symlink_to(tmp_path)
    loop = (tmp_path / "loop").lstat().st_size
    assert size_on_disk(tmp_path) in (150, 150 + loop)
    assert size_on_disk(tmp_path / "a") == 100
    assert size_on_disk(tmp_path / "nowhere") == 0
