"""The starter set of this version, and what a manifest may say."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from pipelines.api import PipelineError
from pipelines.starters.manifest import chosen, find_starter, read_manifest, starters


def test_the_set_of_this_version_is_pinned_to_the_last_byte() -> None:
    assert [each.id for each in starters()] == [
        "smollm2-135m-instruct", "vintage", "real-esrgan", "painting-styles", "all-minilm-l6-v2",
    ]  # fmt: skip
    for starter in starters():
        assert re.fullmatch(r"[a-z0-9-]+==[0-9.]+", starter.requirement)
        pins = [starter.wheel_pin, *(file.installed for file in starter.files)]
        pins += [file.packed for file in starter.files]
        assert all(re.fullmatch(r"[0-9a-f]{64}", each.sha256) and each.size > 0 for each in pins)
        names = [file.name for file in starter.files]
        assert "LICENSE" in names
        assert len(set(names)) == len(names)
        assert starter.title
        assert starter.purpose
        assert starter.licence
    converted = [f.name for each in starters() for f in each.files if f.is_converted]
    assert converted == ["vintage.safetensors"]
    assert not [f.name for each in starters() for f in each.files if f.name.endswith(".pth")]


def test_starters_are_chosen_by_id_in_the_order_of_the_set() -> None:
    assert chosen((), starters()) == chosen(("starter",), starters()) == starters()
    found = chosen(("all-minilm-l6-v2", "vintage"), starters())
    assert [each.id for each in found] == ["vintage", "all-minilm-l6-v2"]
    assert find_starter("vintage") == found[0]
    with pytest.raises(PipelineError, match="“vintge”") as caught:
        chosen(("vintage", "vintge"), starters())
    assert caught.value.code == "no_such_starter"
    assert "painting-styles" in caught.value.hint


@pytest.mark.parametrize("name", ["../x", "a/b", "a\\b", "C:x", "", ".", "..", "a\0", "x ", "x."])
def test_a_file_has_a_plain_name(name: str, tmp_path: Path) -> None:
    file = {"name": name, "member": "m", "size": 1, "sha256": "0" * 64}
    entry = dict.fromkeys(("id", "title", "kind", "family", "purpose", "licence"), "x")
    source = {"requirement": "x==1", "wheel": "x.whl", "size": 1, "sha256": "0" * 64}
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps({"starters": [{**entry, "source": source, "files": [file]}]}))
    with pytest.raises(ValueError, match="no plain name"):
        read_manifest(path)
