from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pipelines import shipped
from pipelines.api import PipelineError
from pipelines.catalog import find_models


def test_the_starter_is_there_and_the_same_as_the_catalogue_finds() -> None:
    models = shipped.shipped_models()
    assert "starter-icons" in [model.id for model in models]
    assert list(models) == find_models([])[0]
    assert not any(model.missing for model in models)


def test_a_damaged_installation_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "models" / "starter-icons").mkdir(parents=True)
    monkeypatch.setattr(shipped, "assets_folder", lambda: tmp_path)
    with pytest.raises(PipelineError, match="starter-icons"):
        shipped.shipped_models()


def test_finding_them_loads_no_library() -> None:
    code = (
        "import sys; from pipelines.shipped import shipped_models; shipped_models();"
        "print({'torch', 'tokenizers', 'PIL', 'numpy', 'pipelines.catalog'} & set(sys.modules))"
    )
    root = Path(__file__).parent.parent.parent
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout == "set()\n"
