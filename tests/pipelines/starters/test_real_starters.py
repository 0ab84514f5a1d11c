"""The real starter set: what the index offers is what the manifest says."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.api import PipelineError
from pipelines.model_check.verdict import check_model
from pipelines.starters.install import install
from pipelines.starters.manifest import find_starter, starters
from pipelines.starters.places import installed_folder
from pipelines.starters.requests import InstallRequest, VerifyRequest
from pipelines.starters.upkeep import verify
from tests.requirements import need, real_starter
from tests.scripted_context import ScriptedContext

pytestmark = pytest.mark.slow


def test_the_smallest_comes_from_the_index(tmp_path: Path) -> None:
    """Where somebody installed the rest, the next test looks at every byte of it."""
    try:
        install(InstallRequest(("painting-styles",)), ScriptedContext(tmp_path))
    except PipelineError as error:
        need("starter", error.code not in ("offline", "not_offered"), str(error))
        raise
    assert installed_folder(find_starter("painting-styles")) is not None


def test_the_installed_set_is_the_pinned_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = [real_starter(each.id) for each in starters()]
    monkeypatch.delenv("FABULA_HOME")
    found = verify(VerifyRequest(), ScriptedContext(tmp_path))
    assert {each.id: each.problems for each in found} == {each.id: () for each in starters()}
    for folder in folders:
        verdict = check_model(folder)
        assert (verdict.kind, verdict.findings) == ("starter", ())
        assert verdict.family
        assert verdict.licence
