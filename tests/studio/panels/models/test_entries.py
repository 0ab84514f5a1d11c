"""What is on the disk as rows: kinds, places, licences and what cannot be used."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pipelines.adapters import EmbeddingRef, LoraRef, VaeRef
from pipelines.families import family
from pipelines.io_requests import Found
from pipelines.model_ref import Broken
from pipelines.model_search import hub_cache_folder
from pipelines.shipped import shipped_models
from pipelines.starters.manifest import starters
from studio.panels.models.entries import KINDS, ModelEntry, entries_of
from tests.studio.panels.imagine.fakes import FLUX, SDXL

LORA = LoraRef("ink", Path("/l/ink.safetensors"), family("sdxl"), "ink", (), 40)
VAE = VaeRef("soft", Path("/v/soft.safetensors"), 4, 30)
WORD = EmbeddingRef("bad-hands", Path("/e/bad-hands.safetensors"), family("sd1"), 20)
TORN = Broken(Path("/m/torn"), "It is torn.", "Mend it.")


def rows(found: Found, installed: dict[str, Path] | None = None) -> dict[str, ModelEntry]:
    entries = entries_of(found, installed or {}, starters(), lambda path: path == SDXL.path)
    assert [KINDS.index(each.kind) for each in entries] == sorted(
        KINDS.index(each.kind) for each in entries
    )
    return {each.title: each for each in entries}


def test_everything_that_was_found_is_a_row() -> None:
    hub = hub_cache_folder() / "models--org--x" / "snapshots" / "c0ffee"
    found = Found(
        (*shipped_models(), SDXL, replace(FLUX, path=hub)), (TORN,), (LORA,), (VAE,), (WORD,)
    )
    shown = rows(found)
    assert {each.title: (each.kind, each.source) for each in shown.values()} == {
        "Starter icons": ("picture", "program"),
        "SDXL base 1.0": ("picture", "folders"),
        "FLUX.1": ("picture", "hub"),
        "ink": ("lora", "folders"),
        "soft": ("vae", "folders"),
        "bad-hands": ("embedding", "folders"),
        "torn": ("broken", "folders"),
    }
    assert shown["SDXL base 1.0"].forgotten
    assert shown["ink"].family == "SDXL"
    assert shown["torn"].problem == "It is torn. Mend it."
    assert shown["Starter icons"].licence_class == "open"
    assert shown["soft"].licence_class == "unknown"


def test_installed_starters_are_rows_of_their_own_kind() -> None:
    shown = rows(Found((), (), (), (), ()), {each.id: Path("/s") / each.id for each in starters()})
    assert [each.kind for each in shown.values()] == [
        "text",
        "style",
        "style",
        "enlarge",
        "meaning",
    ]
    vintage = shown["Vintage"]
    assert (vintage.starter, vintage.path) == ("vintage", Path("/s/vintage"))
    assert (vintage.source, vintage.licence, vintage.size) == ("starters", "MIT", 45_564_194)
