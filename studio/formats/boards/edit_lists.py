"""Final Cut Pro's FCPXML and the EDL of CMX 3600: the cuts, for editing programs."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree

from studio.document.storyboard.model import ASPECTS
from studio.formats.boards.timeline import FPS, Pictures, cuts, timecode
from studio.formats.loose import printable_xml

if TYPE_CHECKING:
    from studio.document.storyboard.model import Storyboard

_HEIGHT = 1080  # pixels
_LONGEST_REEL = 8  # characters; CMX 3600


def board_as_fcpxml(board: Storyboard, pictures: Pictures) -> str:
    """The text of an `.fcpxml` file, version 1.6: stills one after another, gaps without pictures.

    https://developer.apple.com, FCPXML reference. Times are rational seconds.
    """
    made = cuts(board, pictures)
    root = ElementTree.Element("fcpxml", version="1.6")
    resources = ElementTree.SubElement(root, "resources")
    width = 2 * round(_HEIGHT * ASPECTS[board.aspect] / 2)
    size = {"width": str(width), "height": str(_HEIGHT)}
    frames = {"id": "r1", "frameDuration": f"100/{FPS}00s", **size}
    ElementTree.SubElement(resources, "format", frames)
    still = {"id": "r2", "name": "FFVideoFormatRateUndefined", **size}
    ElementTree.SubElement(resources, "format", still)
    event = ElementTree.SubElement(
        ElementTree.SubElement(root, "library"), "event", name=printable_xml(board.title)
    )
    project = ElementTree.SubElement(event, "project", name=printable_xml(board.title))
    total = made[-1].start + made[-1].length if made else 0
    sequence = ElementTree.SubElement(
        project, "sequence", format="r1", duration=_seconds(total), tcStart="0s", tcFormat="NDF"
    )
    spine = ElementTree.SubElement(sequence, "spine")
    for number, cut in enumerate(made, start=3):
        members = {
            "name": printable_xml(cut.label),
            "offset": _seconds(cut.start),
            "duration": _seconds(cut.length),
            "start": "0s",
        }
        if cut.picture is None:
            clip = ElementTree.SubElement(spine, "gap", members)
        else:
            asset = {
                "id": f"r{number}",
                "name": printable_xml(cut.label),
                "src": cut.picture.absolute().as_uri(),
                "start": "0s",
                "duration": "0s",
                "hasVideo": "1",
                "format": "r2",
            }
            ElementTree.SubElement(resources, "asset", asset)
            clip = ElementTree.SubElement(spine, "clip", members)
        if cut.shot.notes:
            note = ElementTree.SubElement(clip, "note")
            note.text = printable_xml(cut.shot.notes)
        if cut.picture is not None:
            video = {"ref": f"r{number}", "offset": "0s", "duration": members["duration"]}
            ElementTree.SubElement(clip, "video", video)
    ElementTree.indent(root)
    body = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE fcpxml>\n{body}\n'


def board_as_edl(board: Storyboard, pictures: Pictures) -> str:
    """The text of an `.edl` file: cuts only, one video track, with the label as the clip's name."""
    lines = [f"TITLE: {_ascii(board.title) or 'STORYBOARD'}", "FCM: NON-DROP FRAME", ""]
    for number, cut in enumerate(cuts(board, pictures), start=1):
        reel = f"{_ascii(cut.label).replace(' ', '')[:_LONGEST_REEL] or 'AX':<{_LONGEST_REEL}}"
        end = cut.start + cut.length
        times = (timecode(0), timecode(cut.length), timecode(cut.start), timecode(end))
        lines.append(f"{number:03}  {reel} V     C        {' '.join(times)}")
        lines.append(f"* FROM CLIP NAME: {_ascii(cut.label)}")
    return "\n".join(lines) + "\n"


def _seconds(frames: int) -> str:
    return f"{frames * 100}/{FPS}00s" if frames else "0s"


def _ascii(text: str) -> str:
    return " ".join(text.encode("ascii", "ignore").decode().split())
