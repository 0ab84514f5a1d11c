"""A picture is known in the project by its bytes, wherever it lies."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, cast

from studio.document.assets import Asset
from studio.document.bible.entry import Entry, EntryKind, Reference
from studio.document.bible.entry_json import entry_document
from studio.document.documents import Change, Document
from studio.document.opening import new_project
from studio.picture_uses import PictureUses
from tests.document.making import PICTURE

if TYPE_CHECKING:
    from pathlib import Path

    from studio.open_project import OpenProject


def test_a_picture_is_found_on_cards_and_in_documents(tmp_path: Path) -> None:
    picture, other = tmp_path / "mara.png", tmp_path / "other.png"
    picture.write_bytes(PICTURE.data)
    other.write_bytes(PICTURE.data + b"another")
    with closing(new_project(tmp_path / "projects")) as project:
        mara = Entry("1" * 12, EntryKind.CHARACTER, "Mara", references=(Reference(PICTURE.hash),))
        board = Document.make("board", "board", {"title": "Scene 1", "frame": PICTURE.hash})
        project.apply(Change(puts=(entry_document(mara), board), assets=(PICTURE,)))
        uses = PictureUses(cast("OpenProject", project))
        assert uses(picture) == ("Bible: Mara", "Scene 1")
        assert uses(other) == ()
        other.write_bytes(PICTURE.data)
        assert uses(other) == ("Bible: Mara", "Scene 1")
        assert uses(tmp_path / "gone.png") == ()
        assert Asset.from_path(picture).hash == PICTURE.hash
        project.discard()
