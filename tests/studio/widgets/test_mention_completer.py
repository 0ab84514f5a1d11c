"""Typing in a real field with a list of names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QImage, QTextCharFormat, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView, QToolTip, QVBoxLayout, QWidget

from studio import theme
from studio.widgets.mention_completer import MentionCompleter
from studio.widgets.mentions import MentionChoice, MentionSource, MentionSpan
from studio.widgets.prompt_edit import PromptEdit
from studio.widgets.thumbnail_loader import ThumbnailLoader

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.widgets.mention_popup import MentionPopup

NAMES = ("Mara", "Mara Lind", "Old Tom", "Ödland")


class Names(MentionSource):
    """One word of a text is one name."""

    def spans(self, text: str) -> Sequence[MentionSpan]:
        spans, place = [], 0
        for word in text.split(" "):
            if word.startswith("@"):
                known = word[1:] in NAMES
                tip = "" if known else f"no {word[1:]}"
                spans.append(MentionSpan(place, place + len(word), known, tip))
            place += len(word) + 1
        return spans

    def choices(self) -> Sequence[MentionChoice]:
        return [
            MentionChoice(name, name, "Character", "user", "red" if name == "Mara" else "")
            for name in NAMES
        ]

    def written(self, key: str, before: str, after: str) -> str:
        return f"@[{key}]" if " " in key or after[:1].isalpha() else f"@{key}"


class RedPictures:
    def read(self, path: str, size: QSize) -> QImage:
        image = QImage(size, QImage.Format.Format_RGB32)
        image.fill(QColor(path))
        return image


@pytest.fixture
def loader(qtbot: QtBot) -> Iterator[ThumbnailLoader]:
    made = ThumbnailLoader(RedPictures())
    yield made
    made.finish()


@pytest.fixture
def edit(qtbot: QtBot, loader: ThumbnailLoader) -> Iterator[PromptEdit]:
    theme.current().set("dark")
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(500, 400)
    made = PromptEdit("Prompt")
    made.set_mentions(Names(made), loader)
    box = QVBoxLayout(window)
    box.addWidget(made)
    box.addStretch(1)
    window.show()
    qtbot.waitActive(window)
    made.setFocus()
    yield made
    window.close()


def popup(edit: PromptEdit) -> MentionPopup | None:
    (completer,) = edit.findChildren(MentionCompleter)
    return completer.popup


def shown(edit: PromptEdit) -> MentionPopup:
    found = popup(edit)
    assert found is not None
    assert found.isVisible()
    return found


def test_an_at_offers_all_and_letters_narrow_it_down(edit: PromptEdit) -> None:
    QTest.keyClicks(edit, "a @")
    assert shown(edit).names == list(NAMES)
    QTest.keyClicks(edit, "ma")
    assert shown(edit).names == ["Mara", "Mara Lind"]
    QTest.keyClicks(edit, "x")
    assert popup(edit) is None
    QTest.keyClick(edit, Qt.Key.Key_Backspace)
    assert shown(edit).names == ["Mara", "Mara Lind"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab])
def test_a_key_takes_the_current_one(edit: PromptEdit, key: Qt.Key) -> None:
    QTest.keyClicks(edit, "a @m")
    QTest.keyClick(edit, Qt.Key.Key_Down)
    QTest.keyClick(edit, key)
    assert (edit.text(), popup(edit)) == ("a @[Mara Lind]", None)
    assert edit.hasFocus()
    edit.undo()
    assert edit.text() == "a @m"


def test_arrows_go_round_and_a_click_takes(edit: PromptEdit) -> None:
    QTest.keyClicks(edit, "@")
    QTest.keyClick(edit, Qt.Key.Key_Up)
    assert shown(edit).current_key == "Ödland"
    (rows,) = shown(edit).findChildren(QListView)
    index = rows.model().index(2, 0)
    QTest.mouseClick(
        rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.visualRect(index).center()
    )
    assert (edit.text(), popup(edit)) == ("@[Old Tom]", None)


def test_escape_closes_and_the_next_letter_opens_again(edit: PromptEdit) -> None:
    QTest.keyClicks(edit, "@ma")
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    assert (edit.text(), popup(edit)) == ("@ma", None)
    QTest.keyClicks(edit, "r")
    assert shown(edit).names == ["Mara", "Mara Lind"]


def test_enter_without_a_list_is_a_new_line(edit: PromptEdit) -> None:
    QTest.keyClicks(edit, "a")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert edit.text() == "a\n"


def test_what_stands_behind_the_cursor_is_replaced_as_far_as_the_name_goes(
    edit: PromptEdit,
) -> None:
    edit.set_text("😀 @Mxyz, @[Old] end")
    assert popup(edit) is None
    cursor = edit.textCursor()
    cursor.setPosition(5)  # Qt counts two for the emoji
    edit.setTextCursor(cursor)
    QTest.keyClicks(edit, "a")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert edit.text() == "😀 @Mara, @[Old] end"
    cursor.setPosition(len("😀 @Mara, @[Ol") + 1)
    edit.setTextCursor(cursor)
    QTest.keyClick(edit, Qt.Key.Key_Backspace)
    QTest.keyClick(edit, Qt.Key.Key_Tab)
    assert edit.text() == "😀 @Mara, @[Old Tom] end"


def test_it_closes_when_the_cursor_or_the_focus_leaves(edit: PromptEdit) -> None:
    QTest.keyClicks(edit, "go @")
    assert shown(edit)
    QTest.keyClick(edit, Qt.Key.Key_Home)
    assert popup(edit) is None
    edit.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(edit, "m")
    assert shown(edit)
    edit.clearFocus()
    assert popup(edit) is None


def test_the_list_stays_within_the_window_below_or_above_the_line(edit: PromptEdit) -> None:
    window = edit.window()
    QTest.keyClicks(edit, "@")
    assert shown(edit).geometry().top() > edit.cursorRect().bottom()
    assert window.rect().contains(shown(edit).geometry())
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    window.resize(400, 200)
    box = window.layout()
    assert isinstance(box, QVBoxLayout)
    box.insertStretch(0, 10)
    QApplication.processEvents()
    QTest.keyClicks(edit, "m")
    line = edit.viewport().mapTo(window, edit.cursorRect().topLeft()).y()
    assert shown(edit).geometry().bottom() < line


def test_portraits_come_when_they_are_read(
    qtbot: QtBot, edit: PromptEdit, loader: ThumbnailLoader
) -> None:
    with qtbot.waitSignal(loader.loaded):
        QTest.keyClicks(edit, "@")
    drawn = shown(edit).grab().toImage()
    inside = [
        drawn.pixelColor(x, y).name()
        for x in range(0, 60)
        for y in range(0, 40)
        if drawn.valid(x, y)
    ]
    assert "#ff0000" in inside


def test_an_unknown_one_is_underlined_and_says_why(
    edit: PromptEdit, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _at, text, _on: told.append(text))
    edit.set_text("😀 @Nobody and @Mara")
    layout = edit.document().firstBlock().layout()
    looks = {
        (each.start, each.length): (
            each.format.foreground().color().name(),
            each.format.underlineStyle(),
        )
        for each in layout.formats()
    }
    accent = theme.colour("accent_text").name()
    line, none = QTextCharFormat.UnderlineStyle.DotLine, QTextCharFormat.UnderlineStyle.NoUnderline
    assert looks == {(3, 7): ("#000000", line), (15, 5): (accent, none)}
    for place in (6, 13, 17):
        cursor = edit.textCursor()
        cursor.setPosition(place)
        at = edit.cursorRect(cursor).center()
        edit.viewportEvent(QHelpEvent(QHelpEvent.Type.ToolTip, at, QPoint()))
    assert told == ["no Nobody", "", ""]
