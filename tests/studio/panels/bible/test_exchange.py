"""Import with its preview, export, and both together: what goes out comes back."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtWidgets import QFileDialog, QListWidget

from studio.bible_job import ExportKind
from studio.document.bible.entry import EntryKind
from tests.studio.dragging import drop_on
from tests.studio.panels.bible.fakes import MARA, STORY, picture
from tests.studio.scenery import OFFSCREEN

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from studio.panels.bible.import_dialog import ImportDialog
    from studio.panels.bible.panel import BiblePanel
    from tests.studio.panels.bible.conftest import Make
    from tests.studio.panels.bible.fakes import Window

pytestmark = OFFSCREEN


def dialog_of(panel: BiblePanel, qtbot: QtBot) -> ImportDialog:
    qtbot.waitUntil(lambda: panel.imports.dialog is not None, timeout=10_000)
    assert panel.imports.dialog is not None
    return panel.imports.dialog


def drop(panel: BiblePanel, *paths: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    assert drop_on(panel, mime)


def card_file(path: Path, name: str = "Inga") -> Path:
    data = {
        "name": name,
        "description": "A fisher. <b>Bold</b>",
        "tags": ["sea"],
        "character_book": {"entries": [{"keys": ["net"], "content": "Nets are mended at dawn."}]},
    }
    path.write_text(json.dumps({"spec": "chara_card_v2", "spec_version": "2.0", "data": data}))
    return path


def test_a_dropped_card_is_shown_before_it_comes_in(
    panel: BiblePanel, window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    drop(panel, card_file(tmp_path / "inga.json"))
    dialog = dialog_of(panel, qtbot)
    assert next(entry.name for entry in dialog.chosen()) == "Inga"
    assert len(dialog.chosen()) == 2
    assert len(window.bible) == 3  # nothing came in yet
    before = len(window.project.steps)
    dialog.accept()
    qtbot.waitUntil(lambda: len(window.bible) == 5)
    assert len(window.project.steps) == before + 1
    assert window.project.undo_text == "Import 2 entries"
    assert panel.view.card.head.name.text() == "Inga"
    assert [entry.name for entry in window.bible][:3] == [entry.name for entry in STORY]
    window.project.undo()
    assert len(window.bible) == 3


def test_what_is_not_ticked_stays_out(
    panel: BiblePanel, window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    panel.imports.read([str(card_file(tmp_path / "inga.json"))])
    dialog = dialog_of(panel, qtbot)
    listed = dialog.findChild(QListWidget)
    assert listed is not None
    listed.item(1).setCheckState(Qt.CheckState.Unchecked)
    dialog.accept()
    qtbot.waitUntil(lambda: len(window.bible) == 4)
    assert window.project.undo_text == "Import Inga"


def test_cancel_leaves_everything(
    panel: BiblePanel, window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    panel.imports.read([str(card_file(tmp_path / "inga.json"))])
    dialog_of(panel, qtbot).reject()
    assert panel.imports.dialog is None
    assert len(window.bible) == 3


def test_a_file_that_is_none_of_it_is_told(
    panel: BiblePanel, window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "list.json"
    path.write_text("{}")
    panel.imports.read([str(path)])
    qtbot.waitUntil(lambda: bool(window.problems), timeout=10_000)
    assert "list.json" in window.problems[0].message
    assert panel.imports.dialog is None


def test_a_bad_file_beside_a_good_one_is_a_note(
    panel: BiblePanel, window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    bad = tmp_path / "list.json"
    bad.write_text("{}")
    panel.imports.read([str(bad), str(card_file(tmp_path / "inga.json"))])
    dialog = dialog_of(panel, qtbot)
    from PySide6.QtWidgets import QLabel

    assert any("list.json" in label.text() for label in dialog.findChildren(QLabel))
    assert window.problems == []
    dialog.reject()


def test_a_dropped_picture_without_a_card_becomes_the_entrys(
    panel: BiblePanel, window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    drop(panel, picture(tmp_path / "a.png"), picture(tmp_path / "b.jpg", "#2030c0"))
    qtbot.waitUntil(lambda: len(window.entry("mara").references) == 2, timeout=10_000)
    assert window.problems == []


@pytest.mark.parametrize("kind", [ExportKind.CARD_PNG, ExportKind.CARD_JSON])
def test_a_card_that_was_written_is_read_again(
    panel: BiblePanel, window: Window, qtbot: QtBot, tmp_path: Path, kind: ExportKind
) -> None:
    if kind is ExportKind.CARD_PNG:
        panel.pictures.add("mara", [str(picture(tmp_path / "face.png"))])
        qtbot.waitUntil(lambda: bool(window.entry("mara").portrait))
    path = tmp_path / f"mara.{kind}"
    panel.exports.write(kind, path, [window.entry("mara")])
    qtbot.waitUntil(lambda: bool(window.notices), timeout=10_000)
    assert window.notices[-1] == f"Written: mara.{kind}"
    panel.imports.read([str(path)])
    dialog = dialog_of(panel, qtbot)
    (read,) = dialog.chosen()
    assert (read.name, read.prompt, read.tags) == ("Mara", MARA.prompt, MARA.tags)
    assert bool(read.portrait) == (kind is ExportKind.CARD_PNG)
    dialog.accept()
    qtbot.waitUntil(lambda: len(window.bible) == 4)
    if read.portrait:
        assert window.project.asset(read.portrait).media == "image/png"


def test_a_folder_of_markdown_changes_what_it_came_from(
    panel: BiblePanel, window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "bible"
    panel.exports.write(ExportKind.FOLDER, folder, list(window.bible))
    qtbot.waitUntil(lambda: bool(window.notices), timeout=10_000)
    file = next(folder.rglob("*mara*.md"))
    file.write_text(file.read_text().replace("She grew up", "Mara grew up"))
    panel.imports.read([str(folder)])
    dialog_of(panel, qtbot).accept()
    qtbot.waitUntil(lambda: window.entry("mara").text.startswith("Mara grew up"))
    assert len(window.bible) == 3
    assert window.entry("mara") == replace(MARA, text="Mara grew up in the *lighthouse*.")


def test_several_cards_go_into_a_folder_and_replace_nothing(
    panel: BiblePanel,
    window: Window,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "mara.png").write_text("mine")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    panel.view.entries.selectAll()
    window.actions.trigger("bible.export_cards")
    qtbot.waitUntil(lambda: "2 files are written" in window.notices, timeout=10_000)
    assert (tmp_path / "mara.png").read_text() == "mine"
    assert len(list(tmp_path.glob("*.png"))) == 3


def test_a_lorebook_takes_all_that_are_listed(
    panel: BiblePanel,
    window: Window,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "book.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    window.actions.trigger("bible.export_lorebook")
    qtbot.waitUntil(path.exists, timeout=10_000)
    assert len(json.loads(path.read_text())["data"]["entries"]) == 3


def test_a_place_that_cannot_be_written_is_told(
    panel: BiblePanel, window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    panel.exports.write(ExportKind.LOREBOOK, tmp_path / "nowhere" / "a.json", [MARA])
    qtbot.waitUntil(lambda: bool(window.problems), timeout=10_000)
    assert window.problems[0].message.startswith("“a.json” could not be written")
    full = tmp_path / "full"
    full.mkdir()
    (full / "mine.txt").write_text("mine")
    panel.exports.write(ExportKind.FOLDER, full, [MARA])
    qtbot.waitUntil(lambda: len(window.problems) == 2, timeout=10_000)
    assert window.problems[1].hint == "Choose an empty folder."


def test_an_empty_panel_takes_cards_too(
    make: Make, window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    panel = make()
    drop(panel, picture(tmp_path / "a.png"))
    qtbot.waitUntil(lambda: "without a character card" in panel.view.notice.text, timeout=10_000)
    drop(panel, card_file(tmp_path / "inga.json"))
    dialog_of(panel, qtbot).accept()
    qtbot.waitUntil(lambda: panel.view.card.head.name.text() == "Inga")
    assert window.entry(panel.shown.entry_id).kind is EntryKind.CHARACTER
