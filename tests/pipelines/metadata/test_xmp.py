"""XMP packets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.metadata.xmp import (
    JPEG_SEGMENT,
    join_extended,
    make_jpeg_packets,
    make_packet,
    read_packet,
)

TERM = "trainedAlgorithmicMedia"


@given(st.text(alphabet=st.characters(blacklist_categories=("Cc", "Cs", "Cn")), min_size=1))
def test_what_is_written_is_read_back(recipe: str) -> None:
    found = read_packet(make_packet(TERM, "Fabula", "1.0", 'a "<model>" & more', recipe))
    assert found == {
        "DigitalSourceType": TERM,
        "AISystemUsed": 'a "<model>" & more',
        "AISystemVersionUsed": "1.0",
        "CreatorTool": "Fabula 1.0",
        "fabula": recipe,
    }


def test_what_xml_cannot_hold_is_left_out() -> None:
    assert (
        read_packet(make_packet(TERM, "F", "1", "a\x00\x0b\ud800\uffffb"))["AISystemUsed"] == "ab"
    )


def test_long_recipes_go_into_further_segments() -> None:
    recipe = "帽" * 60_000
    packet, segments = make_jpeg_packets(TERM, "Fabula", "1.0", "Fabula", recipe)
    assert len(packet) < JPEG_SEGMENT
    assert read_packet(packet)["DigitalSourceType"] == TERM
    guid = read_packet(packet)["HasExtendedXMP"]
    parts = [part[2:] for part in segments.split(b"\xff\xe1")[1:]]
    assert len(parts) == 3
    assert read_packet(join_extended(reversed(parts), guid))["fabula"] == recipe
    assert join_extended(parts[1:], guid) == b""
    assert join_extended(parts, "0" * 32) == b""


def test_short_recipes_need_none() -> None:
    packet, segments = make_jpeg_packets(TERM, "Fabula", "1.0", "Fabula", "{}")
    assert segments == b""
    assert read_packet(packet)["fabula"] == "{}"


@pytest.mark.parametrize(
    "packet",
    [
        b"",
        b"no xml",
        b"<x:xmpmeta",
        b"\xff\xfe\x00",
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        make_packet(TERM, "F", "1", "s").replace(b"</x:xmpmeta>", b""),
    ],
)
def test_what_is_no_packet_says_nothing(packet: bytes) -> None:
    assert read_packet(packet) == {}


def test_properties_as_elements_are_read() -> None:
    packet = (
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
        b'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
        b'xmlns:exif="http://ns.adobe.com/exif/1.0/"><exif:UserComment><rdf:Alt>'
        b'<rdf:li xml:lang="x-default">{"c": "a cat"}</rdf:li></rdf:Alt></exif:UserComment>'
        b"</rdf:Description></rdf:RDF></x:xmpmeta>"
    )
    assert read_packet(packet) == {"UserComment": '{"c": "a cat"}'}
