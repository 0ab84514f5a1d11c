"""Which looks and networks are on this disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.api import PipelineError
from pipelines.cache import data_folder
from pipelines.enhance_requests import StyleShare
from pipelines.looks import find_enlargers, find_looks, resolve_enlarger, resolve_look
from tests.requirements import real_starter
from tests.tiny_gans import CompactNet, ResnetGenerator, instance, save


@pytest.fixture
def starters() -> None:
    """The real starter set, in this test's home."""
    folder = data_folder() / "models" / "starters"
    folder.mkdir(parents=True)
    for name in ("vintage", "painting-styles", "real-esrgan"):
        (folder / name).symlink_to(real_starter(name))


def own(folder: Path) -> Path:
    folder.mkdir()
    save(ResnetGenerator(instance(True)), folder / "dusk.safetensors")
    save(CompactNet(2), folder / "crisp.safetensors")
    (folder / "broken.safetensors").write_text("no network at all")
    return folder


def test_nothing_installed_is_an_empty_list() -> None:
    assert find_looks([]) == []
    assert find_enlargers([]) == []
    with pytest.raises(PipelineError, match="vintage") as caught:
        resolve_look("vintage", [])
    assert "install starter" in caught.value.hint


@pytest.mark.usefixtures("starters")
def test_the_starter_set() -> None:
    looks = {look.id: look for look in find_looks([])}
    assert len(looks) == 28
    assert (looks["vintage"].kind, looks["vintage"].licence) == ("translator", "MIT")
    assert looks["vintage"].network.is_file()
    assert (looks["painting-26"].style, looks["any-picture"].kind) == (26, "like")
    found = {each.id: each.scales for each in find_enlargers([])}
    assert found == {"x4plus": (4,), "x4plus-anime": (4,), "animevideov3": (2, 3, 4)}


def test_a_persons_own_files_are_told_apart(tmp_path: Path) -> None:
    folder = own(tmp_path / "networks")
    (look,) = find_looks([folder])
    assert (look.id, look.family, look.licence) == ("dusk", "CycleGAN ResNet-2", "")
    assert look.size == look.network.stat().st_size
    (enlarger,) = find_enlargers([folder])
    assert (enlarger.id, enlarger.scales) == ("crisp", (2,))


@pytest.mark.usefixtures("starters")
def test_names_files_and_mixtures(tmp_path: Path) -> None:
    folder = own(tmp_path / "networks")
    looks = find_looks([folder])
    assert resolve_look("dusk", looks)[0] == str(folder / "dusk.safetensors")
    assert resolve_look(str(folder / "dusk.safetensors"), []) == (
        str(folder / "dusk.safetensors"), "dusk", (),
    )  # fmt: skip
    _, name, styles = resolve_look("painting-3:2, painting-7", looks)
    assert (name, styles) == ("painting-3:2, painting-7", (StyleShare(3, 2), StyleShare(7)))
    with pytest.raises(PipelineError) as caught:
        resolve_look("painting-3,dusk", looks)
    assert caught.value.code == "unknown_look"
    enlargers = find_enlargers([folder])
    assert resolve_enlarger("", enlargers)[1] == "x4plus"
    assert resolve_enlarger("crisp", enlargers) == (str(folder / "crisp.safetensors"), "")
    with pytest.raises(PipelineError, match="x9"):
        resolve_enlarger("x9", enlargers)
