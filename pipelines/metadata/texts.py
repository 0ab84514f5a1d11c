"""The texts a picture file carries, from whichever container, under one set of keys."""

from __future__ import annotations

import struct
import warnings

from PIL import Image, PngImagePlugin

from pipelines.metadata.xmp import join_extended, read_packet

MAX_TEXT = 8 * 2**20  # letters; whatever is longer is no settings of anybody

_EXIF_IFD, _USER_COMMENT, _MAKER_NOTE = 0x8769, 0x9286, 0x927C
_MAIN_TAGS = {
    0x010E: "ImageDescription",
    0x010F: "Make",
    0x0110: "Model",
    0x0131: "Software",
    _USER_COMMENT: "UserComment",  # Fooocus writes both into the main directory
    _MAKER_NOTE: "MakerNote",
}

_COMFY = ("prompt", "workflow")  # what ComfyUI writes into Make and Model

# Raised by Pillow for EXIF that is damaged.
_EXIF_ERRORS = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    OverflowError,
    ZeroDivisionError,
    struct.error,
)


def texts_of(image: Image.Image) -> dict[str, str]:
    """Every text an opened picture carries, by key. Never raises for damaged ones.

    PNG keys stay as they are; EXIF adds `UserComment`, `Software`, `ImageDescription`, `MakerNote`,
    and `prompt` and `workflow` where ComfyUI hides them in `Make` and `Model`; XMP adds
    `DigitalSourceType`, `CreatorTool`, `Description` and `fabula`; a JPEG's comment is `comment`.
    Of a PNG only what stands before the pixels is known until it is loaded.
    """
    texts = {key: value for key, value in image.info.items() if isinstance(key, str)}
    found = {
        key: _repaired(value)
        for key, value in texts.items()
        if isinstance(value, str) and key != "XML:com.adobe.xmp"
    }
    comment = texts.get("comment")
    if isinstance(comment, bytes):
        found["comment"] = comment.decode("utf-8", "replace").rstrip("\0")
    for key, value in (_exif_texts(texts.get("exif")) | _xmp_texts(image)).items():
        found.setdefault(key, value)
    return {key: value for key, value in found.items() if len(value) <= MAX_TEXT}


def _repaired(value: str) -> str:
    """Text in UTF-8 that somebody wrote where PNG wants Latin-1, as it was meant."""
    if isinstance(value, PngImagePlugin.iTXt) or value.isascii():
        return str(value)
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return value


def _xmp_texts(image: Image.Image) -> dict[str, str]:
    packet = image.info.get("xmp")
    if not isinstance(packet, bytes):
        return {}
    texts = read_packet(packet)
    if guid := texts.pop("HasExtendedXMP", None):
        segments = [data for _, data in getattr(image, "applist", ())]  # JPEG only
        texts |= read_packet(join_extended(segments, guid))
    return texts


def _exif_texts(data: object) -> dict[str, str]:
    if not isinstance(data, bytes):
        return {}
    exif = Image.Exif()
    found: dict[str, str] = {}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of damage; what can be read is enough
            exif.load(data)
            tags = {tag: exif[tag] for tag in _MAIN_TAGS if tag in exif}
            tags |= {t: v for t, v in exif.get_ifd(_EXIF_IFD).items() if t in _MAIN_TAGS}
    except _EXIF_ERRORS:
        return {}
    for tag, value in tags.items():
        text = _tag_text(value)
        key, colon, rest = text.partition(":")
        if _MAIN_TAGS[tag] in ("Make", "Model") and colon and key.casefold() in _COMFY:
            found[key.casefold()] = rest
        elif text:
            found[_MAIN_TAGS[tag]] = text
    return found


def _tag_text(value: object) -> str:
    if isinstance(value, str):
        return _repaired(value).strip("\0 ")
    return user_comment(value) if isinstance(value, bytes) else ""


def user_comment(value: bytes) -> str:
    """The text of an EXIF UserComment: eight letters name its code (Exif 2.32, 4.6.5)."""
    code, body = value[:8], value[8:]
    if code == b"UNICODE\0":
        if body.startswith((b"\xff\xfe", b"\xfe\xff")):
            return body.decode("utf-16", "replace").rstrip("\0")
        # The standard leaves the byte order open; letters of the settings tell.
        little = body[1::2].count(0) > body[::2].count(0)
        return body.decode("utf-16-le" if little else "utf-16-be", "replace").rstrip("\0")
    if code in (b"ASCII\0\0\0", b"\0" * 8):
        return body.decode("utf-8", "replace").rstrip("\0")
    return value.decode("utf-8", "replace").rstrip("\0")


def exif_with_comment(text: str, software: str) -> bytes:
    """An EXIF block with `text` as UserComment, as A1111 writes it, and the program's name."""
    exif = Image.Exif()
    exif[0x0131] = software
    if text:
        exif.get_ifd(_EXIF_IFD)[_USER_COMMENT] = b"UNICODE\0" + text.encode("utf-16-be", "replace")
    return exif.tobytes()
