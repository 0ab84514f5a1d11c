"""Who names a model: jobs, documents and pictures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipelines import api
from studio.document.documents import Document
from studio.jobs.job import Job
from studio.model_usage import usage_of

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

NAMES = ("sdxl-base", "/m/sdxl-base.safetensors")


def job(title: str, model: str, lora: str = "") -> Job:
    loras = (api.Lora(lora, 1.0),) if lora else ()
    return Job("", api.TextToImageRequest(model=model, prompt="x", loras=loras), title=title)


def document(key: str, **data: object) -> Document:
    return Document.make(key, "shot", data)


def test_jobs_are_known_by_what_they_ask_for(qapp: QApplication) -> None:
    jobs = [job("by id", NAMES[0]), job("by path", NAMES[1]), job("other", "starter-icons")]
    assert usage_of(NAMES, jobs, (), ()).jobs == ("by id", "by path")
    ink = Path("/m/ink.safetensors")
    with_lora = job("with LoRA", "starter-icons", str(ink))
    assert usage_of(("ink", str(ink)), [with_lora], (), ()).jobs == ("with LoRA",)


def test_documents_are_known_by_what_they_hold_and_called_by_their_title(
    qapp: QApplication,
) -> None:
    documents = [
        document("1", title="Shot 1A", request={"models": [NAMES[1]]}),
        document("2", name="Mara", model="sdxl-base"),
        document("3", model="sdxl-base"),
        document("4", title="Only words", text="drawn with sdxl-base"),
    ]
    assert usage_of(NAMES, (), documents, ()).documents == ("Shot 1A", "Mara", "3")
    broken = Document("5", "shot", '["sdxl-base"')
    assert usage_of(NAMES, (), [broken], ()).documents == ()


def test_pictures_are_counted_by_the_names_of_the_index(qapp: QApplication) -> None:
    pictures = [("sdxl-base", 41), ("starter-icons", 7)]
    assert usage_of(NAMES, (), (), pictures).pictures == 41
    assert usage_of(("org/name", "/hub/snapshots/c0ffee"), (), (), [("name", 2)]).pictures == 2
