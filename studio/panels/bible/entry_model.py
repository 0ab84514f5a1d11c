"""The entries that are shown, as the model of a list: their words, marks, and moving them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from studio.entry_kinds import kind_name
from studio.widgets.picture_mime import dropped_pictures
from studio.widgets.plain_tip import plain_tip

if TYPE_CHECKING:
    from studio.document.bible.entry import Entry

ENTRIES_MIME = "application/x-fabula-entries"
ENTRY_ROLE = Qt.ItemDataRole.UserRole
MARK_ROLE = Qt.ItemDataRole.UserRole + 1

AnyIndex = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Mark:
    """In how many places an entry is used, and in how many of them it was older."""

    uses: int = 0
    stale: int = 0


class EntryModel(QAbstractListModel):
    """A row an entry.

    Signals:
        moved: rows were dragged: their ids, and how many of all other rows stand before them now.
        pictures_dropped: picture files were dropped on an entry: its id and their paths.
    """

    moved = Signal(object, int)
    pictures_dropped = Signal(str, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Entry] = []
        self._place: dict[str, int] = {}
        self._marks: Mapping[str, Mark] = {}
        self._is_fixed = False

    @property
    def rows(self) -> Sequence[Entry]:
        return self._rows

    def row_of(self, entry_id: str) -> int:
        """-1 where it is not shown."""
        return self._place.get(entry_id, -1)

    def set_rows(self, rows: Sequence[Entry]) -> bool:
        """Shows these; False where they are the same entries in the same order as before."""
        rows = list(rows)
        if [entry.id for entry in rows] == [entry.id for entry in self._rows]:
            for row, (old, new) in enumerate(zip(self._rows, rows, strict=True)):
                if old is not new:
                    self._rows[row] = new
                    self.dataChanged.emit(self.index(row), self.index(row))
            return False
        self.beginResetModel()
        self._rows = rows
        self._place = {entry.id: row for row, entry in enumerate(rows)}
        self.endResetModel()
        return True

    def set_marks(self, marks: Mapping[str, Mark]) -> None:
        if marks != self._marks:
            self._marks = dict(marks)
            if self._rows:
                self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def set_fixed(self, on: bool) -> None:
        """Nothing can be moved or dropped."""
        self._is_fixed = on

    def _spoken(self, entry: Entry) -> str:
        mark = self._marks.get(entry.id, Mark())
        parts = [entry.name, kind_name(entry.kind), entry.summary]
        if mark.uses:
            parts.append(self.tr("used in {count}").format(count=mark.uses))
        if mark.stale:
            parts.append(self.tr("{count} older").format(count=mark.stale))
        if not entry.enabled:
            parts.append(self.tr("switched off"))
        return ", ".join(part for part in parts if part)

    # ---- Qt ----------------------------------------------------------------------------------

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self._rows):
            return None
        entry = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return entry.name
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(entry)
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip("\n".join(filter(None, (entry.name, entry.summary[:400]))))
            case int() if role == ENTRY_ROLE:
                return entry
            case int() if role == MARK_ROLE:
                return self._marks.get(entry.id, Mark())
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid():
            flags |= Qt.ItemFlag.ItemIsDragEnabled
        return flags if self._is_fixed else flags | Qt.ItemFlag.ItemIsDropEnabled

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def mimeTypes(self) -> list[str]:
        return [ENTRIES_MIME, "text/uri-list"]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        entries = [self._rows[index.row()] for index in sorted(indexes, key=QModelIndex.row)]
        mime = QMimeData()
        mime.setData(ENTRIES_MIME, " ".join(entry.id for entry in entries).encode())
        # A prompt takes it as a mention.
        mime.setText(", ".join(f"@[{entry.name}]" for entry in entries))
        return mime

    def canDropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: AnyIndex
    ) -> bool:
        if self._is_fixed:
            return False
        if data.hasFormat(ENTRIES_MIME):
            return not parent.isValid()
        return parent.isValid() and bool(dropped_pictures(data))

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: AnyIndex
    ) -> bool:
        if not self.canDropMimeData(data, action, row, column, parent):
            return False
        if parent.isValid():
            self.pictures_dropped.emit(self._rows[parent.row()].id, dropped_pictures(data))
            return True
        ids = bytes(data.data(ENTRIES_MIME).data()).decode().split()
        target = len(self._rows) if row < 0 else row
        self.moved.emit(ids, target)
        return True
