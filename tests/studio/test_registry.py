"""The tables of panels and pipelines."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from pipelines import api
from pipelines.codec import REQUESTS
from studio.phosphor import codes
from studio.registry import PANELS, PIPELINES, pipeline, resolve


def test_every_panel_can_be_made_and_has_an_icon(qapp: QApplication) -> None:
    for spec in PANELS:
        assert issubclass(resolve(spec.factory), QWidget)
        assert spec.icon in codes()


def test_ids_and_numbers_are_given_once() -> None:
    assert len({spec.id for spec in PANELS}) == len(PANELS)
    numbers = [spec.number for spec in PANELS if spec.number is not None]
    assert len(set(numbers)) == len(numbers)
    assert set(numbers) <= set(range(1, 8))


def test_pipelines_are_found_by_kind() -> None:
    assert pipeline(api.TextToImageRequest.kind).target == "pipelines.text_to_image:TextToImage"
    assert len({spec.kind for spec in PIPELINES}) == len(PIPELINES)
    assert {spec.kind for spec in PIPELINES} >= set(REQUESTS)
    assert all(callable(resolve(pipeline(kind).target)) for kind in REQUESTS)
    with pytest.raises(KeyError, match="telepathy"):
        pipeline("telepathy")


def test_what_is_not_there_cannot_be_resolved() -> None:
    with pytest.raises(ModuleNotFoundError):
        resolve("studio.panels.nowhere:Panel")
    with pytest.raises(AttributeError):
        resolve("studio.registry:nothing")
