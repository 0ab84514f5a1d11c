from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipelines import assets

if TYPE_CHECKING:
    import pytest


def test_a_checkout_has_them_beside_the_package() -> None:
    folder = assets.assets_folder()
    assert (folder / "models" / "starter-icons" / "model_index.json").is_file()
    assert folder.parent == Path(assets.__file__).parent.parent


def test_a_wheel_has_them_inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "__file__", str(tmp_path / "pipelines" / "assets.py"))
    packed = tmp_path / "pipelines" / "_assets"
    packed.mkdir(parents=True)
    assert assets.assets_folder() == packed
