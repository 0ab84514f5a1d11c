"""XMP: the packet we write, the properties we read, and the split that JPEG needs.

After the XMP specification (ISO 16684-1, part 3 for JPEG's extended packets) and the IPTC Photo
Metadata Standard 2025.1.
"""

from __future__ import annotations

import hashlib
import re
import struct
from typing import TYPE_CHECKING
from xml.etree import ElementTree
from xml.sax.saxutils import quoteattr

if TYPE_CHECKING:
    from collections.abc import Iterable

JPEG_SEGMENT = 65_533  # bytes that fit behind a JPEG marker's length

_STANDARD = b"http://ns.adobe.com/xap/1.0/\0"
_EXTENSION = b"http://ns.adobe.com/xmp/extension/\0"
_EXTENSION_HEADER = len(_EXTENSION) + 32 + 4 + 4  # name, GUID, full length, offset
_MAX_EXTENDED = 8 * 2**20  # bytes; more is no text of anybody's

_NAMES = {
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "exif": "http://ns.adobe.com/exif/1.0/",
    "fabula": "urn:fabula-studio:xmp:1#",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpNote": "http://ns.adobe.com/xmp/note/",
}
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_DIGITAL_SOURCE = "http://cv.iptc.org/newscodes/digitalsourcetype/"
_READ = {  # property -> the key its text gets
    ("Iptc4xmpExt", "DigitalSourceType"): "DigitalSourceType",
    ("Iptc4xmpExt", "AISystemUsed"): "AISystemUsed",
    ("Iptc4xmpExt", "AISystemVersionUsed"): "AISystemVersionUsed",
    ("dc", "description"): "Description",
    ("exif", "UserComment"): "UserComment",
    ("fabula", "recipe"): "fabula",
    ("xmp", "CreatorTool"): "CreatorTool",
    ("xmpNote", "HasExtendedXMP"): "HasExtendedXMP",
}
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_KEYS = {f"{{{_NAMES[prefix]}}}{name}": key for (prefix, name), key in _READ.items()}


def make_packet(term: str, program: str, version: str, system: str, recipe: str = "") -> bytes:
    """An XMP packet that says how a picture came about.

    `term` is of IPTC's Digital Source Type vocabulary, `system` names program and model ("" where
    no model took part), `recipe` is our JSON where the file has no better place for it.
    """
    properties = _provenance(term, program, version, system)
    if recipe:
        properties.append(("fabula:recipe", recipe))
    return _packet(properties)


def make_jpeg_packets(
    term: str, program: str, version: str, system: str, recipe: str
) -> tuple[bytes, bytes]:
    """The packet for a JPEG file and, when the recipe is too long for one, its further segments.

    The segments are whole APP1 segments, markers and all.
    """
    whole = make_packet(term, program, version, system, recipe)
    if len(whole) <= JPEG_SEGMENT - len(_STANDARD):
        return whole, b""
    extended = _packet([("fabula:recipe", recipe)])
    guid = hashlib.md5(extended, usedforsecurity=False).hexdigest().upper()
    main = [*_provenance(term, program, version, system), ("xmpNote:HasExtendedXMP", guid)]
    room = JPEG_SEGMENT - _EXTENSION_HEADER
    segments = []
    for offset in range(0, len(extended), room):
        part = extended[offset : offset + room]
        size = _EXTENSION_HEADER + len(part) + 2
        place = struct.pack(">II", len(extended), offset)
        segments.append(
            struct.pack(">HH", 0xFFE1, size) + _EXTENSION + guid.encode() + place + part
        )
    return _packet(main), b"".join(segments)


def _provenance(term: str, program: str, version: str, system: str) -> list[tuple[str, str]]:
    used = [
        ("Iptc4xmpExt:AISystemUsed", system),
        ("Iptc4xmpExt:AISystemVersionUsed", version),
    ]
    return [
        ("Iptc4xmpExt:DigitalSourceType", _DIGITAL_SOURCE + term),
        *(used if system else ()),
        ("xmp:CreatorTool", f"{program} {version}"),
    ]


def _packet(properties: list[tuple[str, str]]) -> bytes:
    prefixes = dict.fromkeys(name.partition(":")[0] for name, _ in properties)
    declared = "".join(f' xmlns:{p}="{_NAMES[p]}"' for p in prefixes)
    attributes = "".join(f"\n   {name}={quoteattr(_clean(v))}" for name, v in properties)
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
        f' <rdf:RDF xmlns:rdf="{_RDF}">\n'
        f'  <rdf:Description rdf:about=""{declared}{attributes}/>\n'
        " </rdf:RDF>\n"
        "</x:xmpmeta>\n"
        '<?xpacket end="w"?>'
    ).encode()


def _clean(text: str) -> str:
    """`text` without what XML 1.0 cannot hold."""
    return _NOT_XML.sub("", text)


def read_packet(packet: bytes) -> dict[str, str]:
    """The properties we know, by the key their text gets. What is no XMP has none.

    Packets with a document type are refused: nobody writes them, and entities can grow without
    bound.
    """
    text = packet.decode("utf-8", "replace").strip("\0")
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        return {}
    try:
        root = ElementTree.fromstring(text.strip("\ufeff \t\r\n"))
    except (ElementTree.ParseError, ValueError):
        return {}
    found: dict[str, str] = {}
    for element in root.iter():
        if element.tag == f"{{{_RDF}}}Description":
            found.update({_KEYS[k]: v for k, v in element.attrib.items() if k in _KEYS})
        elif element.tag in _KEYS:
            found[_KEYS[element.tag]] = "".join(element.itertext()).strip()
    source = found.get("DigitalSourceType")
    if source is not None:
        found["DigitalSourceType"] = source.removeprefix(_DIGITAL_SOURCE)
    return {key: value for key, value in found.items() if value}


def join_extended(segments: Iterable[bytes], guid: str) -> bytes:
    """The extended packet `guid` from a JPEG file's segments; empty if parts are missing."""
    parts: dict[int, bytes] = {}
    length = 0
    for segment in segments:
        if not segment.startswith(_EXTENSION + guid.encode("ascii", "replace")):
            continue
        if len(segment) < _EXTENSION_HEADER:
            continue
        length, offset = struct.unpack_from(">II", segment, _EXTENSION_HEADER - 8)
        parts[offset] = segment[_EXTENSION_HEADER:]
    whole = b"".join(parts[offset] for offset in sorted(parts))
    return whole if len(whole) == length <= _MAX_EXTENDED else b""
