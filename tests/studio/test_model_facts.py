"""What is said of a model, and of its being loaded."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pipelines import api
from studio.loaded_model import LoadedModel
from studio.model_facts import facts_of
from tests.studio.panels.imagine.fakes import SDXL, STARTER, FakeJobs

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


def test_a_line_has_kind_size_and_the_licence_in_short(qapp: QApplication) -> None:
    assert facts_of(SDXL, loaded=True) == "SDXL · 6.9 GB · OpenRAIL++ · loaded"
    starter = replace(STARTER, licence="Apache-2.0; after Noto (Apache-2.0)")
    assert facts_of(starter) == "128 px · 47 MB · Apache-2.0"


def test_a_model_is_loaded_until_something_else_happens(qapp: QApplication) -> None:
    jobs, owner = FakeJobs(), QObject()
    earlier = jobs.submit(api.TextToImageRequest("/old", "a fox"), title="")
    loaded = LoadedModel(jobs, owner)  # type: ignore[arg-type]

    def run(model: str, *bodies: api.Body) -> str:
        job = jobs.submit(api.TextToImageRequest(model, "a fox"), title="")
        for body in bodies:
            job.apply(body)
        return loaded.path

    done = api.Done(api.TextToImageResult((), "cpu", "float32"))
    earlier.apply(done)
    assert loaded.path == "/old"
    assert run("/a", api.Started(), done) == "/a"
    assert run("/a", api.Cancelled()) == "/a"
    assert run("/b", api.Loading("Loading b")) == ""
    assert run("/b", done) == "/b"
    assert run("/b", api.Cancelled(forced=True)) == ""
    assert run("/b", done) == "/b"
    assert run("/b", api.Failed("crashed", "It crashed.")) == ""
