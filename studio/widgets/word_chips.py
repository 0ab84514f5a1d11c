"""Words that belong to something, each a chip that can be taken off, and a line to add more."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from studio.widgets.filter_chip import FilterChip
from studio.widgets.flow_layout import FlowLayout
from studio.widgets.plain import chain_focus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QResizeEvent

_FIELD_PX = 132
_GAP = 6


class WordChips(QWidget):
    """A comma or Enter ends a word; Backspace in the empty line takes the last one off.

    Signals:
        words_edited: the person added or removed words; a tuple of all of them.
        word_clicked: a word was clicked.
    """

    words_edited = Signal(object)
    word_clicked = Signal(str)

    def __init__(self, name: str, symbol: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._symbol = name, symbol
        self._words: tuple[str, ...] = ()
        self._is_fixed = False
        self._chips: list[FilterChip] = []
        self.field = _Line(self)
        self.field.setAccessibleName(hint)
        self.field.setPlaceholderText(hint)
        self.field.setProperty("kind", "chip")
        self.field.setFixedWidth(_FIELD_PX)
        place = QWidget()
        self._flow = FlowLayout(place, _GAP)
        self._flow.addWidget(self.field)
        self._place = place
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(place)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.field.textEdited.connect(self._on_field_text_edited)
        self.field.editingFinished.connect(self._on_field_editing_finished)
        self.field.emptied_further.connect(self._on_field_emptied_further)

    @property
    def words(self) -> tuple[str, ...]:
        return self._words

    def set_words(self, words: Sequence[str]) -> None:
        """Shows these, without a signal."""
        if tuple(words) == self._words:
            return
        self._words = tuple(words)
        self._rebuild()

    def set_read_only(self, on: bool) -> None:
        """Nothing can be added or removed."""
        self._is_fixed = on
        self.field.setVisible(not on)
        for chip in self._chips:
            chip.setEnabled(not on)

    def _rebuild(self) -> None:
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._flow.removeWidget(self.field)
        self._chips = []
        for word in self._words:
            chip = FilterChip(self._name, self._symbol, self._place)
            chip.set_value(word)
            chip.setEnabled(not self._is_fixed)
            chip.cleared.connect(partial(self._remove, word))
            chip.clicked.connect(partial(self._on_chip_clicked, word))
            self._flow.addWidget(chip)
            chip.show()
            self._chips.append(chip)
        self._flow.addWidget(self.field)
        chain_focus(self, [*self._chips, self.field])
        self.updateGeometry()

    def _add(self, text: str) -> None:
        new = [" ".join(word.split()) for word in text.split(",")]
        words = tuple(dict.fromkeys((*self._words, *(word for word in new if word))))
        if words != self._words:
            self._words = words
            self._rebuild()
            self.words_edited.emit(words)

    def _remove(self, word: str) -> None:
        self._words = tuple(each for each in self._words if each != word)
        self._rebuild()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.words_edited.emit(self._words)

    # ---- slots -------------------------------------------------------------------------------

    def _on_field_text_edited(self, text: str) -> None:
        if "," in text:
            self.field.clear()
            self._add(text)

    def _on_field_editing_finished(self) -> None:
        text = self.field.text()
        self.field.clear()
        self._add(text)

    def _on_field_emptied_further(self) -> None:
        if self._words:
            self._remove(self._words[-1])

    def _on_chip_clicked(self, word: str) -> None:
        self.word_clicked.emit(word)

    # ---- Qt ----------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._flow.heightForWidth(width)

    def sizeHint(self) -> QSize:
        return QSize(240, self.heightForWidth(max(240, self.width())))

    def minimumSizeHint(self) -> QSize:
        return QSize(_FIELD_PX, self.heightForWidth(max(_FIELD_PX, self.width())))


class _Line(QLineEdit):
    emptied_further = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace and not self.text():
            self.emptied_further.emit()
        else:
            super().keyPressEvent(event)
