"""Who made a picture: every reader in turn."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from pipelines.metadata.reader import read_texts
from pipelines.metadata.settings import Settings, Tool

INFOTEXT = "a hat\nSteps: 20, Sampler: Euler, Seed: 1, Model: from the text"
GRAPH = json.dumps(
    {
        "1": {
            "class_type": "KSampler",
            "inputs": {"steps": 5, "cfg": 3, "sampler_name": "lcm", "positive": "x", "seed": 9},
        }
    }
)
KEYS = (
    "parameters", "UserComment", "Comment", "comment", "Description", "prompt", "workflow",
    "fabula", "invokeai_metadata", "sd-metadata", "fooocus_scheme", "Source", "Software",
)  # fmt: skip
NAMES = (
    "prompt", "image", "model", "loras", "lora", "size", "c", "uc", "sampler", "v2", "request",
    "base_model", "resolution", "sui_image_params", "class_type", "inputs", "weight", "name",
)  # fmt: skip


def test_texts_that_nobody_knows_are_listed() -> None:
    reading = read_texts({"parameters": INFOTEXT, "Author": "Mara"})
    assert reading.tool is Tool.A1111
    assert reading.unknown == {"Author": "Mara"}
    assert reading.raw == INFOTEXT


def test_a_photograph_says_nothing_about_settings() -> None:
    reading = read_texts({"Make": "Camera", "ImageDescription": "A beach: sand, sea: blue"})
    assert reading.tool is Tool.UNKNOWN
    assert reading.settings == Settings()
    assert reading.unknown == {"Make": "Camera", "ImageDescription": "A beach: sand, sea: blue"}


def test_an_infotext_beside_a_graph_knows_better() -> None:
    reading = read_texts({"prompt": GRAPH, "parameters": INFOTEXT})
    assert reading.tool is Tool.COMFYUI
    assert reading.settings.steps == 20
    assert reading.settings.model == "from the text"
    assert reading.settings.guidance == 3.0  # only the graph has it


def test_broken_json_leaves_the_infotext() -> None:
    reading = read_texts({"fabula": "{", "parameters": INFOTEXT})
    assert reading.tool is Tool.A1111
    assert reading.unknown["fabula"] == "{"


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=5)
    ),
)


@given(st.dictionaries(st.sampled_from(KEYS), _JSON.map(json.dumps) | st.text(), max_size=4))
def test_no_texts_are_too_strange(texts: dict[str, str]) -> None:
    read_texts(texts)
