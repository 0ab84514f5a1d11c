"""OpenRaster: there and back, other programs' files, and files that mean harm."""

from __future__ import annotations

import contextlib
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from studio.formats.imported_bible import UnreadableError
from studio.formats.openraster import OraLayer, OraPicture, read_openraster, write_openraster
from studio.formats.openraster_stack import LayerFacts

MOST = 1_000_000


def png(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def archive(path: Path, stack: str, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as ora:
        ora.writestr("mimetype", "image/openraster", zipfile.ZIP_STORED)
        ora.writestr("stack.xml", stack)
        for name, data in members.items():
            ora.writestr(f"data/{name}.png", data)
    return path


def image(stack: str, w: int = 20, h: int = 10) -> str:
    return f'<?xml version="1.0"?><image w="{w}" h="{h}"><stack>{stack}</stack></image>'


RED = png(Image.new("RGBA", (4, 3), (255, 0, 0, 128)))

names = st.text(st.characters(exclude_categories=("C", "Z")), max_size=10)
pictures = st.builds(
    Image.new,
    st.just("RGBA"),
    st.tuples(st.integers(1, 9), st.integers(1, 9)),
    st.tuples(*[st.integers(0, 255)] * 4),
)
facts = st.builds(
    LayerFacts,
    names,
    st.integers(-99, 99),
    st.integers(-99, 99),
    st.integers(0, 100).map(lambda percent: percent / 100),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["svg:src-over", "svg:multiply", "krita:dissolve"]),
    st.dictionaries(st.sampled_from(["isolation", "glow"]), names),
)
layers = st.builds(OraLayer, facts, pictures)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(layers, max_size=4).map(tuple))
def test_what_is_written_is_read(tmp_path: Path, found: tuple[OraLayer, ...]) -> None:
    picture = OraPicture(30, 20, found, {"xres": "72"})
    path = tmp_path / "a.ora"
    write_openraster(path, picture, Image.new("RGBA", (30, 20), "teal"))
    back = read_openraster(path, MOST)
    assert (back.width, back.height, back.attributes) == (30, 20, {"xres": "72"})
    for one, other in zip(found, back.layers, strict=True):
        assert one.image.tobytes() == other.image.tobytes()
        assert one.facts == other.facts


def test_the_file_is_as_others_want_it(tmp_path: Path) -> None:
    path = tmp_path / "a.ora"
    lower, upper = (
        OraLayer(LayerFacts(name), Image.new("RGBA", (5, 5))) for name in ("lower", "upper")
    )
    write_openraster(path, OraPicture(600, 300, (lower, upper)), Image.new("RGBA", (600, 300)))
    with zipfile.ZipFile(path) as ora:
        first = ora.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert ora.read("mimetype") == b"image/openraster"
        stack = ora.read("stack.xml").decode()
        assert stack.index("upper") < stack.index("lower")  # the first in the file is on top
        with Image.open(io.BytesIO(ora.read("mergedimage.png"))) as merged:
            assert merged.size == (600, 300)
        with Image.open(io.BytesIO(ora.read("Thumbnails/thumbnail.png"))) as small:
            assert small.size == (256, 128)


def test_groups_are_dissolved_and_pass_on_what_they_are(tmp_path: Path) -> None:
    stack = image(
        '<layer name="top" src="data/red.png"/>'
        '<stack x="3" y="1" opacity="0.5" visibility="hidden" composite-op="svg:multiply">'
        '<stack opacity="0.5"><layer name="deep" src="data/red.png" x="1" opacity="0.8"/></stack>'
        "</stack>"
    )
    picture = read_openraster(archive(tmp_path / "a.ora", stack, red=RED), MOST)
    deep, top = (layer.facts for layer in picture.layers)
    assert (deep.name, deep.x, deep.y, deep.visible) == ("deep", 4, 1, False)
    assert deep.opacity == pytest.approx(0.2)
    assert (top.opacity, top.visible, top.blend) == (1.0, True, "svg:src-over")
    assert len(picture.notes) == 2


LAYER = '<layer src="data/red.png"/>'
LOL = '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'


@pytest.mark.parametrize(
    "stack",
    [
        "nothing",
        "<other/>",
        "<image/>",
        image(LAYER, w=10**9, h=10**9),
        image(LAYER, w=2000, h=2000),
        image(LAYER, w=0),
        image(LAYER * 1001),
        image("<stack>" * 5000 + "</stack>" * 5000),
        image("<stack>" * 40 + LAYER + "</stack>" * 40),
        image('<layer src="data/missing.png"/>'),
        image('<layer src="../../etc/passwd"/>'),
        image('<layer src="data/bad.png"/>'),
        image('<layer src="data/large.png"/>'),
        image('<layer src="data/red.png" x="1e9"/>'),
        image('<layer src="data/red.png" x="99999999"/>'),
        image(LAYER).replace("<image", f"{LOL}<image", 1),
        image('<layer src="data/full.png"/>' * 4, w=1000, h=1000),
    ],
)
def test_harm_is_refused_with_a_sentence(tmp_path: Path, stack: str) -> None:
    members = {
        "red": RED,
        "bad": b"\x89PNG\r\n\x1a\nnothing",
        "large": png(Image.new("1", (1100, 1000))),
        "full": png(Image.new("L", (1000, 1000))),
    }
    path = archive(tmp_path / "a.ora", stack, **members)
    with pytest.raises(UnreadableError) as caught:
        read_openraster(path, MOST)
    assert str(caught.value)


def test_a_number_that_is_none_is_the_usual_one(tmp_path: Path) -> None:
    stack = image(
        '<layer src="data/red.png" opacity="nan"/><layer src="data/red.png" opacity="x"/>'
    )
    picture = read_openraster(archive(tmp_path / "a.ora", stack, red=RED), MOST)
    assert [layer.facts.opacity for layer in picture.layers] == [1.0, 1.0]


def test_other_archives_and_other_files_are_none(tmp_path: Path) -> None:
    path = tmp_path / "a.ora"
    path.write_bytes(b"PK\x03\x04 not really")
    with pytest.raises(UnreadableError, match="archive"):
        read_openraster(path, MOST)
    with zipfile.ZipFile(path, "w") as other:
        other.writestr("word/document.xml", "<x/>")
    with pytest.raises(UnreadableError, match="no OpenRaster"):
        read_openraster(path, MOST)


def test_a_spoiled_file_never_raises_anything_else(tmp_path: Path) -> None:
    whole = archive(tmp_path / "a.ora", image(LAYER), red=RED).read_bytes()
    path = tmp_path / "b.ora"
    for place in range(0, len(whole), 3):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :])
        with contextlib.suppress(UnreadableError):  # or the damage does not matter
            read_openraster(path, MOST)
