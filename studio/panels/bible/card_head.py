"""The head of an entry's card: portrait, name, kind, other names, and a line of summary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from studio.document.bible.entry import EntryKind
from studio.entry_kinds import ICONS, kind_name
from studio.icons import icon
from studio.panels.bible.shown import show_line
from studio.widgets.picture_drops import PictureDrops
from studio.widgets.picture_mime import dropped_pictures
from studio.widgets.picture_tile import PictureTile
from studio.widgets.plain import words
from studio.widgets.word_chips import WordChips

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData, QObject
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from studio.document.bible.entry import Entry
    from studio.widgets.picture_loader import PictureLoader

_PORTRAIT, _SMALL_PORTRAIT = QSize(144, 144), QSize(72, 72)
_NARROW_PX = 420
_KIND_PX = 88  # at least
_INSET = 8  # what the quiet fields lie further in than what is below them


class CardHead(QWidget):
    """Signals:
    typed: a field of the entry is being typed: its name and value.
    edited: a field has another value, all at once.
    renamed: the person wants this name.
    portrait_asked: the portrait was clicked.
    pictures_dropped: picture files were dropped on the head: their paths.
    """

    typed = Signal(str, object)
    edited = Signal(str, object)
    renamed = Signal(str)
    portrait_asked = Signal()
    pictures_dropped = Signal(object)

    def __init__(self, loader: PictureLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.portrait = PictureTile(self.tr("Portrait"), "user", _PORTRAIT, loader)
        self.portrait.setToolTip(self.tr("Draw, drop or paste a picture"))
        self.name = _NameField()
        self.name.setAccessibleName(self.tr("Name"))
        self.name.setProperty("kind", "title")
        self.name.setPlaceholderText(self.tr("Name"))
        self.kind = QComboBox()
        self.kind.setAccessibleName(self.tr("Kind"))
        self.kind.setMinimumWidth(_KIND_PX)
        for each in EntryKind:
            self.kind.addItem(icon(ICONS[each], "muted"), kind_name(each), each)
        self.aliases = WordChips(self.tr("Other name"), "at", self.tr("Another name"))
        self.summary = QLineEdit()
        self.summary.setAccessibleName(self.tr("Summary"))
        self.summary.setProperty("kind", "quiet")
        self.summary.setPlaceholderText(self.tr("One line that sums it up"))
        self.twin = words("", "accent", wrap=True)
        self._shown = ""
        self._is_fixed = False
        self._lay_out()
        self._connect()
        PictureDrops(self, self._takes).dropped.connect(self._on_dropped)

    def show_entry(self, entry: Entry, twin: str) -> None:
        """`twin` is what there is to say of another one with the same name, or ""."""
        self._shown = entry.name
        self.portrait.show_picture(entry.portrait, ICONS[entry.kind])
        self.portrait.setAccessibleName(self.tr("Portrait of {name}").format(name=entry.name))
        if not self.name.isModified() or not self.name.hasFocus():
            show_line(self.name, entry.name)
        with QSignalBlocker(self.kind):
            self.kind.setCurrentIndex(self.kind.findData(entry.kind))
        self.aliases.set_words(entry.aliases)
        show_line(self.summary, entry.summary)
        self.show_twin(twin)

    def show_twin(self, text: str) -> None:
        """What there is to say of another entry with the same name, or ""."""
        self.twin.setText(text)
        self.twin.setVisible(bool(text))

    def set_read_only(self, on: bool) -> None:
        self._is_fixed = on
        self.name.setReadOnly(on)
        self.summary.setReadOnly(on)
        self.kind.setEnabled(not on)
        self.aliases.set_read_only(on)

    def finish_name(self) -> None:
        """Takes over what was typed as the name and not entered yet."""
        self._on_name_editing_finished()

    def _lay_out(self) -> None:
        second = QHBoxLayout()
        second.setSpacing(8)
        second.addSpacing(_INSET)
        second.addWidget(self.kind)
        second.addStretch(1)
        aliases = QHBoxLayout()
        aliases.addSpacing(_INSET)
        aliases.addWidget(self.aliases, 1)
        twin = QHBoxLayout()
        twin.addSpacing(_INSET)
        twin.addWidget(self.twin, 1)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(self.name)
        column.addLayout(twin)
        column.addWidget(self.summary)
        column.addSpacing(4)
        column.addLayout(second)
        column.addSpacing(4)
        column.addLayout(aliases)
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        top = QVBoxLayout()
        top.addWidget(self.portrait)
        top.addStretch(1)
        row.addLayout(top)
        row.addLayout(column, 1)

    def _connect(self) -> None:
        self.name.editingFinished.connect(self._on_name_editing_finished)
        self.name.left.connect(self._on_name_left)
        self.kind.activated.connect(self._on_kind_activated)
        self.aliases.words_edited.connect(self._on_aliases_words_edited)
        self.summary.textEdited.connect(self._on_summary_text_edited)
        self.portrait.clicked.connect(self.portrait_asked)

    def _takes(self, mime: QMimeData, source: QObject | None) -> bool:
        return not self._is_fixed and bool(dropped_pictures(mime))

    # ---- slots -------------------------------------------------------------------------------

    def _on_dropped(self, mime: QMimeData) -> None:
        self.pictures_dropped.emit(dropped_pictures(mime))

    def _on_name_editing_finished(self) -> None:
        name = " ".join(self.name.text().split())
        self.name.setModified(False)
        if name and name != self._shown:
            self.renamed.emit(name)
        elif name != self.name.text() or not name:
            self.name.setText(self._shown)

    def _on_name_left(self) -> None:
        self.name.setModified(False)
        self.name.setText(self._shown)

    def _on_kind_activated(self) -> None:
        self.edited.emit("kind", EntryKind(self.kind.currentData()))  # Qt makes it a str

    def _on_aliases_words_edited(self, aliases: tuple[str, ...]) -> None:
        self.edited.emit("aliases", aliases)

    def _on_summary_text_edited(self, text: str) -> None:
        self.typed.emit("summary", text)

    # ---- Qt ----------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.portrait.setFixedSize(_SMALL_PORTRAIT if self.width() < _NARROW_PX else _PORTRAIT)


class _NameField(QLineEdit):
    """Renaming touches every mention, so it waits for Enter; Esc leaves the old name."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
