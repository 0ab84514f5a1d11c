"""Fountain files as text, and what is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.api import PipelineError
from studio.formats.fountain.files import read_script_text


@pytest.mark.parametrize("data", [b"a\r\nb", "\ufeffa\r\nb".encode(), "a\r\nb".encode("utf-16")])
def test_encodings(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "s.fountain"
    path.write_bytes(data)
    assert read_script_text(path).removeprefix("\ufeff") == "a\r\nb"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"a\nb\xff", "“s.fountain” is no UTF-8 text: line 2 is not."),
        (b"a\0b", "“s.fountain” is no text file."),
        (None, "“s.fountain” is not there."),
    ],
)
def test_what_is_no_script(data: bytes | None, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "s.fountain"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(PipelineError, match=sentence):
        read_script_text(path)
    with pytest.raises(PipelineError, match="cannot be read"):
        read_script_text(tmp_path)
