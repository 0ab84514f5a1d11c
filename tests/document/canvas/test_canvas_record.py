"""A canvas as a document: there and back, and what strangers' documents may hold."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.document.canvas.canvas_record import (
    CANVAS_KIND,
    Blend,
    CanvasRecord,
    LayerRecord,
    PatchRecord,
    PixelsRecord,
    ViewRecord,
    from_document,
    to_document,
)
from studio.document.documents import Document
from studio.document.errors import ProjectError

texts = st.text(max_size=12)
hashes = st.sampled_from(["", "ab" * 32, "0f" * 32])
whole = st.integers(-5000, 5000)
pixels = st.builds(
    PixelsRecord,
    hashes,
    st.lists(st.builds(PatchRecord, whole, whole, hashes), max_size=3).map(tuple),
    st.integers(0, 255),
)
extras = st.dictionaries(st.sampled_from(["later", "glow"]), st.integers() | texts)
layers = st.builds(
    LayerRecord,
    st.uuids().map(str),
    texts,
    pixels,
    whole,
    whole,
    st.booleans(),
    st.floats(0, 1),
    st.sampled_from(Blend),
    st.booleans(),
    extras,
)
numbers = st.floats(-1e6, 1e6)
records = st.builds(
    CanvasRecord,
    st.uuids().map(str),
    texts,
    st.integers(1, 16_384),
    st.integers(1, 16_384),
    st.lists(layers, max_size=3).map(tuple),
    st.builds(LayerRecord, st.just("mask"), texts, pixels),
    st.builds(ViewRecord, numbers, numbers, numbers, texts),
    hashes,
    st.integers(0, 10**6),
    extras,
)


@given(records)
def test_what_is_written_is_read(record: CanvasRecord) -> None:
    document = to_document(record)
    assert (document.key, document.kind) == (f"canvas/{record.id}", CANVAS_KIND)
    assert from_document(document) == record


def document(**changes: Any) -> Document:
    data = to_document(CanvasRecord("c1", "Harbour", 10, 20)).data | changes
    return Document("canvas/c1", CANVAS_KIND, json.dumps(data))


def test_what_later_versions_add_is_kept() -> None:
    layer = {"id": "a", "shadow": 3}
    record = from_document(document(grid=[1, 2], layers=[layer]))
    written = to_document(record).data
    assert written["grid"] == [1, 2]
    assert written["layers"][0]["shadow"] == 3


def test_little_is_needed() -> None:
    record = from_document(Document("canvas/c1", CANVAS_KIND, '{"width": 3, "height": 4}'))
    assert (record.width, record.layers, record.mask.id) == (3, (), "mask")


@pytest.mark.parametrize(
    "changes",
    [
        {"width": 0},
        {"width": 20_000},
        {"height": True},
        {"layers": {}},
        {"layers": [{"name": "without id"}]},
        {"layers": [{"id": "a"}, {"id": "a"}]},
        {"layers": [{"id": "mask"}]},
        {"layers": [{"id": "a", "asset": "../../x"}]},
        {"layers": [{"id": "a", "blend": "dissolve"}]},
        {"layers": [{"id": "a", "opacity": "much"}]},
        {"layers": [{"id": "a", "x": 10**9}]},
        {"layers": [{"id": "a", "patches": [[1, 2]]}]},
        {"layers": [{"id": "a", "fill": 256}]},
        {"layers": [{"id": "a", "visible": 1}]},
        {"view": [1]},
        {"mask": None},
        {"name": 7},
    ],
)
def test_a_damaged_one_is_refused_with_a_sentence(changes: dict[str, Any]) -> None:
    with pytest.raises(ProjectError) as caught:
        from_document(document(**changes))
    assert caught.value.code == "bad_document"
