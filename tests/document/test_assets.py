from __future__ import annotations

import hashlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from studio.document import assets
from studio.document.assets import Asset, references, sniff, suffix_of
from studio.document.errors import ProjectError


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_pictures_are_known_by_their_bytes(kind: str, tmp_path: Path) -> None:
    buffer = BytesIO()
    Image.new("RGB", (4, 4)).save(buffer, kind)
    (tmp_path / "named.txt").write_bytes(buffer.getvalue())
    asset = Asset.from_path(tmp_path / "named.txt")
    assert asset.media == f"image/{kind.lower()}"
    assert asset.data == buffer.getvalue()
    assert asset.hash == hashlib.sha256(asset.data).hexdigest()


def test_other_bytes_and_given_types() -> None:
    assert sniff(b"RIFF\0\0\0\0WAVEfmt ") == "audio/wav"
    assert sniff(b"RIFF") == sniff(b"") == "application/octet-stream"
    assert Asset.from_bytes(b"lore", "text/markdown").media == "text/markdown"
    with pytest.raises(ProjectError, match="no media type"):
        Asset.from_bytes(b"lore", "../etc")


def test_too_large_a_file_is_not_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assets, "LARGEST_ASSET", 1024**2)
    (tmp_path / "big").write_bytes(bytes(1024**2 + 1))
    with pytest.raises(ProjectError, match="“big” is larger than 1 MB"):
        Asset.from_path(tmp_path / "big")
    with pytest.raises(ProjectError, match="larger than 1 MB"):
        Asset.from_bytes(bytes(1024**2 + 1))


def test_a_file_that_cannot_be_read_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="“none” could not be read: there is no such file"):
        Asset.from_path(tmp_path / "none")


def test_references_are_found_anywhere_and_overlapping() -> None:
    one, other = "a" * 64, "0123456789abcdef" * 4
    assert references([f'{{"x":"asset:{one}"}}']) == {one}
    assert other in references([f'{{"x":["\\u00e9{other}"]}}'])
    assert references(["a" * 63, "A" * 64]) == set()


@pytest.mark.parametrize(
    ("media", "suffix"), [("image/png", ".png"), ("image/jpeg", ".jpg"), ("x/unknown", ".bin")]
)
def test_files_are_named_by_their_media_type(media: str, suffix: str) -> None:
    assert suffix_of(media) == suffix
