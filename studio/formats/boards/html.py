"""A storyboard as one HTML file that needs no other and fetches nothing."""

from __future__ import annotations

import base64
from html import escape
from typing import TYPE_CHECKING

from studio.document.storyboard.model import ASPECTS
from studio.document.storyboard.timing import clock, duration_of, total_duration
from studio.formats.boards.shot_list import camera_text, dialogue_text
from studio.formats.boards.timeline import Cut, Pictures, cuts

if TYPE_CHECKING:
    from pathlib import Path

    from studio.document.storyboard.model import Storyboard

_TYPES = {".jpg": "jpeg", ".jpeg": "jpeg", ".webp": "webp"}
_STYLE = """
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem;
  color: #1c1c1e; background: #fff }
h1 { font-size: 1.6rem } h2 { font-size: 1.05rem; margin: 2rem 0 .75rem }
.shots { display: grid; gap: 1.5rem; grid-template-columns: repeat(auto-fill, minmax(18rem, 1fr)) }
figure { margin: 0; break-inside: avoid }
.frame { background: #ececee; border: 1px solid #c9c9ce; width: 100%; object-fit: contain;
  display: block; box-sizing: border-box }
.head { display: flex; justify-content: space-between; font-weight: 600; margin: .4rem 0 }
.camera, .notes { color: #5b5b60 } p { margin: .3rem 0; white-space: pre-line }
@media (prefers-color-scheme: dark) { body { color: #e8e8ea; background: #19191b }
  .frame { background: #26262a; border-color: #3a3a40 } .camera, .notes { color: #a5a5ac } }
"""


def board_as_html(board: Storyboard, pictures: Pictures) -> str:
    """The text of the file; pictures are in it. Raises OSError where one cannot be read."""
    title = escape(board.title) or "Storyboard"
    made = cuts(board, pictures)
    parts = [
        '<!doctype html>\n<html lang="">\n<head>\n<meta charset="utf-8">',
        # Texts are strangers' too: nothing of them runs, and nothing is fetched.
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">",
        '<meta name="viewport" content="width=device-width">',
        f"<title>{title}</title>\n<style>{_STYLE}.frame {{ aspect-ratio: "
        f"{ASPECTS[board.aspect]:.4f} }}</style>\n</head>\n<body>",
        f"<h1>{title}</h1>\n<p>{len(made)} shots, {clock(total_duration(board))}</p>",
    ]
    for scene in board.scenes:
        parts.append(f"<h2>{escape(scene.heading)}</h2>")
        parts += [f"<p>{escape(scene.synopsis)}</p>"] * bool(scene.synopsis)
        figures = [_figure(cut) for cut in made if cut.scene is scene]
        parts.append('<div class="shots">' + "\n".join(figures) + "</div>")
    return "\n".join((*parts, "</body>\n</html>\n"))


def _figure(cut: Cut) -> str:
    shot = cut.shot
    texts = [
        ("camera", camera_text(shot)),
        ("dialogue", dialogue_text(shot)),
        ("action", shot.action),
        ("notes", shot.notes),
        *(("notes", f"{name}: {text}") for name, text in shot.custom.items()),
    ]
    said = "".join(f'<p class="{name}">{escape(text)}</p>' for name, text in texts if text)
    label = escape(cut.label)
    frame = '<div class="frame"></div>'
    if cut.picture is not None:
        frame = f'<img class="frame" alt="{label}" src="{_data_url(cut.picture)}">'
    head = f"<span>{label}</span><span>{clock(duration_of(shot))}</span>"
    return f'<figure>{frame}<figcaption><div class="head">{head}</div>{said}</figcaption></figure>'


def _data_url(path: Path) -> str:
    kind = _TYPES.get(path.suffix.lower(), "png")
    return f"data:image/{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"
