"""What the inspector says of a model, in a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from studio.size_text import size_text

if TYPE_CHECKING:
    from pipelines.model_ref import ModelRef


def facts_of(model: ModelRef, *, loaded: bool = False) -> str:
    """ "SDXL · 6.9 GB · OpenRAIL++ · loaded".

    A model of another size than its family's is called by its size: what is said of the family
    does not hold for it. Of a licence with details behind a semicolon only the first part.
    """
    kind, usual = model.family.title, model.family.size**2
    width, height = model.defaults.width, model.defaults.height
    if not usual / 2 <= width * height <= usual * 2:
        kind = QCoreApplication.translate("ModelFacts", "{side} px").format(side=max(width, height))
    size = size_text(model.size_bytes)
    licence = model.licence.partition(";")[0]
    state = QCoreApplication.translate("ModelFacts", "loaded") if loaded else ""
    return " · ".join(part for part in (kind, size, licence, state) if part)
