"""Completes mentions in a text field: an `@` opens the list, Enter or Tab takes from it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor

from studio.widgets.mention_popup import MentionPopup
from studio.widgets.mentions import begun_mention, matching
from studio.widgets.utf16 import utf16_length

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPlainTextEdit

    from studio.widgets.mentions import MentionSource
    from studio.widgets.thumbnail_loader import ThumbnailLoader

_MOST = 50  # rows: whoever looks through more types another letter
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_TAKES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_OWN = (*_STEPS, *_TAKES, Qt.Key.Key_Escape)
_KEEP = QTextCursor.MoveMode.KeepAnchor
_REST, _REST_IN_BRACKETS = re.compile(r"\w*"), re.compile(r"[^\[\]\n@]{0,60}\]|\w*")


class MentionCompleter(QObject):
    """Belongs to a text field. It offers only while something is typed, never when text is set."""

    def __init__(
        self, edit: QPlainTextEdit, mentions: MentionSource, portraits: ThumbnailLoader
    ) -> None:
        super().__init__(edit)
        self._edit, self._mentions, self._portraits = edit, mentions, portraits
        self._popup: MentionPopup | None = None
        self._is_typing = False
        edit.installEventFilter(self)
        edit.textChanged.connect(self._on_edit_text_changed)
        edit.cursorPositionChanged.connect(self._on_edit_cursor_moved)

    @property
    def popup(self) -> MentionPopup | None:
        """The list while it is shown."""
        return self._popup

    def close(self) -> None:
        """Takes the list away."""
        if self._popup is not None:
            self._popup.hide()
            self._popup.deleteLater()
            self._popup = None

    def _offer(self) -> None:
        begun = begun_mention(self._before())
        matches = matching(self._mentions.choices(), begun[1], _MOST) if begun else []
        done = len(matches) == 1 and begun and begun[1] == f"{matches[0].choice.name} "
        if not matches or done:
            self.close()
            return
        if self._popup is None:
            self._popup = MentionPopup(self.tr("Mention"), self._portraits, self._edit.window())
            self._popup.taken.connect(self._on_popup_taken)
        self._popup.offer(matches)
        self._popup.place(self._line(begun[0] if begun else 0))
        self._popup.show()
        self._popup.raise_()

    def _take(self, key: str) -> None:
        self.close()
        before = self._before()
        after = self._edit.toPlainText()[len(before) :]
        begun = begun_mention(before)
        if begun is None:
            return
        typed = before[begun[0] :]
        rest = (_REST_IN_BRACKETS if typed[1:2] == "[" else _REST).match(after)
        assert rest is not None  # it may be empty
        cursor = self._edit.textCursor()
        place = cursor.position()
        cursor.setPosition(place - utf16_length(typed))
        cursor.setPosition(place + utf16_length(rest[0]), _KEEP)
        cursor.insertText(self._mentions.written(key, before[: begun[0]], after[rest.end() :]))
        self._edit.setTextCursor(cursor)

    def _before(self) -> str:
        """The text up to the cursor."""
        cursor = QTextCursor(self._edit.textCursor())
        cursor.setPosition(0, _KEEP)
        return cursor.selectedText().replace("\u2029", "\n")

    def _line(self, start: int) -> QRect:
        """Where the mention that begins at `start` stands in the window."""
        cursor = self._edit.textCursor()
        cursor.setPosition(utf16_length(self._before()[:start]))
        place = self._edit.cursorRect(cursor)
        corner = self._edit.viewport().mapTo(self._edit.window(), place.topLeft())
        return QRect(corner, place.size())

    def _press(self, key: Qt.Key) -> bool:
        """Whether the list has a use for the key."""
        if self._popup is None:
            return False
        if key in _STEPS:
            self._popup.step(_STEPS[key])
        elif key in _TAKES:
            self._take(self._popup.current_key)
        elif key == Qt.Key.Key_Escape:
            self.close()
        else:
            return False
        return True

    # ---- slots -------------------------------------------------------------------------------

    def _on_edit_text_changed(self) -> None:
        if self._is_typing:
            self._is_typing = False
            self._offer()

    def _on_edit_cursor_moved(self) -> None:
        if self._popup is not None and begun_mention(self._before()) is None:
            self.close()

    def _on_popup_taken(self, key: str) -> None:
        self._take(key)

    # ---- Qt ----------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self.close()
        elif kind == QEvent.Type.InputMethod:
            self._is_typing = True
        elif isinstance(event, QKeyEvent):
            key = Qt.Key(event.key())
            bare = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if kind == QEvent.Type.ShortcutOverride and self._popup and bare and key in _OWN:
                event.accept()  # or a shortcut of the window would get it
                return True
            if kind == QEvent.Type.KeyPress:
                if bare and self._press(key):
                    return True
                letter = event.text() != "" and event.text().isprintable()
                self._is_typing = letter or key == Qt.Key.Key_Backspace
        return False
