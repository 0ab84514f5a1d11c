"""Installed starters are looked into, and removed without what others keep there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipelines.api import PipelineError
from pipelines.starters.install import install_from
from pipelines.starters.places import FACTS, installed_folder, starters_folder
from pipelines.starters.requests import InstallRequest, VerifyRequest
from pipelines.starters.upkeep import remove, verify_from
from tests.scripted_context import ScriptedContext
from tests.tiny_starters import MODEL, make_starter, make_wheel

if TYPE_CHECKING:
    from pipelines.starters.manifest import Starter


@pytest.fixture
def starter(shop: Path, tmp_path: Path) -> Starter:
    made = make_starter(make_wheel(shop))
    install_from((made,), InstallRequest(), ScriptedContext(tmp_path))
    return made


def problems(starter: Starter, tmp_path: Path) -> tuple[str, ...]:
    (found,) = verify_from((starter,), VerifyRequest(), ScriptedContext(tmp_path))
    assert found.id == starter.id
    return found.problems


def test_what_is_wrong_is_named(starter: Starter, tmp_path: Path) -> None:
    folder = starters_folder() / starter.id
    assert problems(starter, tmp_path) == ()
    (folder / "model.bin").write_bytes(MODEL[::-1])
    assert installed_folder(starter) is not None, "its size is right"
    assert problems(starter, tmp_path) == (f"{folder / 'model.bin'} is not what was installed.",)
    (folder / "LICENSE").unlink()
    assert installed_folder(starter) is None
    assert len(problems(starter, tmp_path)) == 2


def test_a_folder_without_its_description_is_not_installed(
    starter: Starter, tmp_path: Path
) -> None:
    facts = starters_folder() / starter.id / FACTS
    for text in ("", "[]", '{"source": {}}'):
        facts.write_text(text)
        assert installed_folder(starter) is None
    assert problems(starter, tmp_path) == (f"{facts} is missing or of another version.",)


def test_what_is_not_there_is_looked_into_only_by_name(tmp_path: Path, shop: Path) -> None:
    starter = make_starter(make_wheel(shop))
    ctx = ScriptedContext(tmp_path)
    assert verify_from((starter,), VerifyRequest(), ctx) == ()
    (found,) = verify_from((starter,), VerifyRequest((starter.id,)), ctx)
    assert len(found.problems) == 2


def test_remove_leaves_what_is_not_ours(starter: Starter) -> None:
    folder = starters_folder() / starter.id
    (folder / "notes.txt").write_text("mine")
    assert remove(starter) == folder
    assert [path.name for path in folder.iterdir()] == ["notes.txt"]
    assert installed_folder(starter) is None
    (folder / "notes.txt").unlink()
    remove(starter)
    assert not folder.exists()
    with pytest.raises(PipelineError) as caught:
        remove(starter)
    assert caught.value.code == "not_installed"
