"""Headers are read whole or refused with one sentence, and never a weight is touched."""

from __future__ import annotations

import json
import pickle
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.api import PipelineError
from pipelines.headers import MAX_METADATA, TensorInfo, read_header
from tests.pipelines.header_files import write_raw, write_safetensors


def refused(path: Path) -> PipelineError:
    with pytest.raises(PipelineError) as caught:
        read_header(path)
    assert str(caught.value).count(". ") == 0, "one sentence"
    assert caught.value.hint
    return caught.value


def tensor(begin: int, end: int, shape: list[int], dtype: str = "F16") -> dict[str, object]:
    return {"dtype": dtype, "shape": shape, "data_offsets": [begin, end]}


def test_names_shapes_and_metadata(tmp_path: Path) -> None:
    path = write_safetensors(tmp_path / "m.safetensors", {"a": (2, 3), "b": ()}, {"title": "Ink"})
    header = read_header(path)
    assert header.tensors == {"a": TensorInfo("F16", (2, 3)), "b": TensorInfo("F16", ())}
    assert header.metadata == {"title": "Ink"}
    assert header.size == path.stat().st_size


def test_the_name_of_the_file_does_not_matter(tmp_path: Path) -> None:
    path = write_safetensors(tmp_path / "model.ckpt", {"a": (4,)})
    assert list(read_header(path).tensors) == ["a"]


@pytest.mark.parametrize("dtype", ["F64", "F32", "BF16", "F8_E4M3", "U8", "BOOL", "I64"])
def test_number_formats(tmp_path: Path, dtype: str) -> None:
    size = {"F64": 8, "I64": 8, "F32": 4, "BF16": 2}.get(dtype, 1)
    header = json.dumps({"a": tensor(0, 6 * size, [2, 3], dtype)}).encode()
    assert read_header(write_raw(tmp_path / "m", header, 6 * size)).tensors["a"].dtype == dtype


def test_a_missing_file(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.safetensors").code == "not_found"


def test_a_folder(tmp_path: Path) -> None:
    assert refused(tmp_path).code == "unreadable"


def test_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "m.safetensors").touch()
    error = refused(tmp_path / "m.safetensors")
    assert (error.code, "empty" in str(error)) == ("truncated", True)


@pytest.mark.parametrize("kept", [1, 7, 8])
def test_a_file_shorter_than_the_length_of_its_header(tmp_path: Path, kept: int) -> None:
    (tmp_path / "m").write_bytes(struct.pack("<Q", 200)[:kept])
    assert refused(tmp_path / "m").code == "not_a_model"


def test_an_interrupted_download(tmp_path: Path) -> None:
    path = write_safetensors(tmp_path / "m.safetensors", {"a": (1000,)}, missing=1)
    error = refused(path)
    assert error.code == "truncated"
    assert f"{path.stat().st_size:,} of {path.stat().st_size + 1:,} bytes" in str(error)


def test_a_header_cut_off(tmp_path: Path) -> None:
    path = write_raw(tmp_path / "m", b'{"a":', length=5000)
    assert refused(path).code == "truncated"


@pytest.mark.parametrize("length", [2**62, 2**64 - 1, 100_000_001])
def test_an_absurd_length_reads_nothing(tmp_path: Path, length: int) -> None:
    assert refused(write_raw(tmp_path / "m", b"{}", length=length)).code == "not_a_model"


@pytest.mark.parametrize(
    ("header", "weights"),
    [
        ({"a": tensor(0, 8, [4]), "b": tensor(4, 12, [4])}, 12),  # overlap
        ({"a": tensor(0, 8, [4]), "b": tensor(16, 24, [4])}, 24),  # hole
        ({"a": tensor(8, 16, [4])}, 16),  # does not begin at 0
        ({"a": tensor(0, 8, [5])}, 8),  # shape and offsets differ
        ({"a": tensor(0, 8, [2**40, 2**40])}, 8),
        ({"a": tensor(0, 8, [-2, -2])}, 8),
        ({"a": tensor(8, 0, [4])}, 8),
        ({"a": tensor(0, 8, [4], "Q4_0")}, 8),
        ({"a": tensor(0, 8, [1] * 33 + [4])}, 8),
        ({"a": {**tensor(0, 8, [4]), "shape": [4.0]}}, 8),
        ({"a": {**tensor(0, 8, [4]), "shape": [10**9, "x"]}}, 8),
        ({"a": {**tensor(0, 8, [4]), "shape": 4}}, 8),
        ({"a": {**tensor(0, 8, [4]), "data_offsets": [0]}}, 8),
        ({"a": {"dtype": "F16", "shape": [4]}}, 8),
        ({"a": {**tensor(0, 8, [4]), "dtype": ["F16"]}}, 8),
        ({"a": [1]}, 8),
        ({"__metadata__": ["title"]}, 0),
        ({"__metadata__": {"title": 1}}, 0),
        ({"__metadata__": "title"}, 0),
        ({"a": tensor(0, 8, [4])}, 9),  # something follows
    ],
)
def test_nonsense_in_the_header(tmp_path: Path, header: dict[str, object], weights: int) -> None:
    path = write_raw(tmp_path / "m", json.dumps(header).encode(), weights)
    error = refused(path)
    assert error.code == "not_a_model"
    assert "damaged" in str(error)


@pytest.mark.parametrize(
    "header", [b"{", b"{]", b'{"a": \xff}', b'{"a":' + b"[" * 100_000, b'{"a": ' + b"9" * 5000]
)
def test_a_header_that_is_no_json(tmp_path: Path, header: bytes) -> None:
    assert refused(write_raw(tmp_path / "m", header)).code == "not_a_model"


@pytest.mark.parametrize("protocol", [2, 3, 4, 5])
def test_a_pickle_under_another_name_is_refused(tmp_path: Path, protocol: int) -> None:
    path = tmp_path / "model.safetensors"
    path.write_bytes(pickle.dumps({"weight": [0.0] * 100}, protocol))
    error = refused(path)
    assert error.code == "pickle"
    assert ".safetensors version" in error.hint


def test_a_torch_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.safetensors"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("archive/data.pkl", pickle.dumps({}))
        archive.writestr("archive/data/0", b"0" * 64)
    assert refused(path).code == "pickle"


def test_another_zip_is_not_called_a_checkpoint(tmp_path: Path) -> None:
    path = tmp_path / "model.ckpt"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert refused(path).code == "not_a_model"


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"GGUF\x03\x00\x00\x00" + bytes(64), "GGUF"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n", "Git LFS"),
        (b"<!DOCTYPE html><html></html>", "web page"),
        (b"\x89PNG\r\n\x1a\n" + bytes(64), "not a model"),
    ],
)
def test_what_people_take_for_a_model(tmp_path: Path, content: bytes, word: str) -> None:
    path = tmp_path / "model.safetensors"
    path.write_bytes(content)
    error = refused(path)
    assert error.code == "not_a_model"
    assert word in str(error)


def test_long_metadata_is_cut_and_short_facts_stay(tmp_path: Path) -> None:
    metadata = {"ss_tag_frequency": "x" * 5_000_000, "title": "Ink", "base": "sdxl"}
    header = read_header(write_safetensors(tmp_path / "m", {"a": (1,)}, metadata))
    assert header.metadata == {"title": "Ink", "base": "sdxl"}
    many = {f"key{number}": "y" * 1000 for number in range(200)}
    kept = read_header(write_safetensors(tmp_path / "n", {"a": (1,)}, many)).metadata
    assert sum(len(key) + len(value) for key, value in kept.items()) <= MAX_METADATA


# A folder of the test's own would be made for each example: one file is written over.
FUZZ = settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)
ENTRY = st.fixed_dictionaries(
    {
        "dtype": st.sampled_from(["F16", "F32", "U8", "F4", "?"]) | JSON,
        "shape": st.lists(st.integers(-1, 9), max_size=3) | JSON,
        "data_offsets": st.lists(st.integers(-1, 64), min_size=2, max_size=2) | JSON,
    }
)


@FUZZ
@given(content=st.binary(max_size=64))
def test_any_bytes_are_read_or_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "m").write_bytes(content)
    refused_or_consistent(tmp_path / "m")


@FUZZ
@given(
    header=st.dictionaries(st.sampled_from(["a", "b", "__metadata__"]), ENTRY | JSON),
    weights=st.integers(0, 64),
)
def test_any_header_is_read_or_refused(
    tmp_path: Path, header: dict[str, object], weights: int
) -> None:
    refused_or_consistent(write_raw(tmp_path / "m", json.dumps(header).encode(), weights))


@FUZZ
@given(shapes=st.dictionaries(st.text(min_size=1), st.lists(st.integers(0, 5), max_size=4)))
def test_every_sound_header_is_read(tmp_path: Path, shapes: dict[str, list[int]]) -> None:
    shapes.pop("__metadata__", None)
    header = read_header(write_safetensors(tmp_path / "m", shapes))
    assert {name: list(info.shape) for name, info in header.tensors.items()} == shapes


def refused_or_consistent(path: Path) -> None:
    try:
        header = read_header(path)
    except PipelineError:
        return
    assert header.size == path.stat().st_size
