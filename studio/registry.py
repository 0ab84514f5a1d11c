"""The panels and pipelines there are. Implementations are named by string and imported late."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any, Literal

from studio.translation import QT_TRANSLATE_NOOP

Place = Literal["top", "below_rule", "bottom"]


@dataclass(frozen=True, slots=True)
class PanelSpec:
    """One entry of the rail and the panel behind it.

    `factory` is "package.module:Class", called as `Class(context, parent)` when the panel is first
    shown. It makes a QWidget that may have `inspector: QWidget`, shown at the right,
    `focus_first()` and `fulfil(wish)`. With `number` the panel opens by Ctrl+number.
    """

    id: str
    title: str
    number: int | None
    icon: str
    factory: str
    place: Place = "top"


@dataclass(frozen=True, slots=True)
class PipelineSpec:
    """Which implementation does a request's `kind`, and in which lane ("gpu", "text", "io")."""

    kind: str
    target: str
    lane: str
    title: str


PANELS = (
    PanelSpec(
        "imagine",
        QT_TRANSLATE_NOOP("Panels", "Imagine"),
        1,
        "sparkle",
        "studio.panels.imagine.panel:ImaginePanel",
    ),
    PanelSpec(
        "inpaint",
        QT_TRANSLATE_NOOP("Panels", "Inpaint"),
        2,
        "bandaids",
        "studio.panels.inpaint.panel:InpaintPanel",
    ),
    PanelSpec(
        "style",
        QT_TRANSLATE_NOOP("Panels", "Style"),
        3,
        "swatches",
        "studio.panels.style.panel:StylePanel",
    ),
    PanelSpec(
        "bible",
        QT_TRANSLATE_NOOP("Panels", "Bible"),
        6,
        "book-open",
        "studio.panels.bible.panel:BiblePanel",
        "below_rule",
    ),
    PanelSpec(
        "library",
        QT_TRANSLATE_NOOP("Panels", "Library"),
        7,
        "image",
        "studio.panels.library.panel:LibraryPanel",
        "below_rule",
    ),
    PanelSpec(
        "model_files",
        QT_TRANSLATE_NOOP("Panels", "Models"),
        None,
        "cube",
        "studio.panels.models.panel:ModelsPanel",
        "bottom",
    ),
)

PIPELINES = (
    PipelineSpec(
        "text_to_image",
        "pipelines.text_to_image:TextToImage",
        "gpu",
        QT_TRANSLATE_NOOP("Pipelines", "Imagine"),
    ),
    PipelineSpec(
        "inpaint",
        "pipelines.inpaint.pipeline:Inpaint",
        "gpu",
        QT_TRANSLATE_NOOP("Pipelines", "Inpaint"),
    ),
    PipelineSpec(
        "remove",
        "pipelines.inpaint.remove:remove",
        "gpu",
        QT_TRANSLATE_NOOP("Pipelines", "Remove"),
    ),
    PipelineSpec(
        "style",
        "pipelines.style.pipeline:Style",
        "gpu",
        QT_TRANSLATE_NOOP("Pipelines", "Style"),
    ),
    PipelineSpec(
        "enlarge",
        "pipelines.enlarge.pipeline:Enlarge",
        "gpu",
        QT_TRANSLATE_NOOP("Pipelines", "Enlarge"),
    ),
)


def pipeline(kind: str) -> PipelineSpec:
    """The pipeline for requests of `kind`. KeyError if there is none."""
    for spec in PIPELINES:
        if spec.kind == kind:
            return spec
    raise KeyError(kind)


def resolve(target: str) -> Any:
    """What "package.module:name" names. ImportError or AttributeError if there is none."""
    module, _, name = target.partition(":")
    return getattr(import_module(module), name)
