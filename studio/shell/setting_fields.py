"""One field for each kind of value a setting can have."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from studio.settings_types import Choice, Flag, Folder, Folders, Number, Text, Whole
from studio.widgets.hinted_list import HintedList
from studio.widgets.plain import button, indent
from studio.widgets.plain_tip import plain_tip

if TYPE_CHECKING:
    from studio.settings import Setting

_LIST_PX = 92


class SettingField(QWidget):
    """Shows a value and says when the person chose another one.

    Signals:
        chosen: the new value, in the setting's own type.
    """

    chosen = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self.name = name

    def _take(self, *widgets: QWidget) -> None:
        for widget in widgets:
            self._row.addWidget(widget)
        widgets[0].setAccessibleName(self.name)

    def choose(self, value: object) -> None:
        """Says that the person chose `value`."""
        self.chosen.emit(value)

    def show_value(self, value: Any) -> None:
        """Shows a value without saying so."""
        raise NotImplementedError


class FlagField(SettingField):
    def __init__(self, setting: Setting[bool]) -> None:
        super().__init__(translated(setting.title))
        self._box = QCheckBox(self.name)
        self._box.clicked.connect(self.choose)
        self._take(self._box)
        self._row.addStretch(1)

    def show_value(self, value: bool) -> None:
        self._box.setChecked(value)


class ChoiceField(SettingField):
    def __init__(self, setting: Setting[str], choice: Choice) -> None:
        super().__init__(translated(setting.title))
        self._box = QComboBox()
        for value, title in choice.options.items():
            self._box.addItem(translated(title), value)
        self._box.activated.connect(self._on_box_activated)
        self._take(self._box)

    def _on_box_activated(self) -> None:
        self.chosen.emit(self._box.currentData())

    def show_value(self, value: str) -> None:
        self._box.setCurrentIndex(self._box.findData(value))


class WholeField(SettingField):
    def __init__(self, setting: Setting[int], kind: Whole) -> None:
        super().__init__(translated(setting.title))
        self._box = QSpinBox()
        self._box.setRange(kind.minimum, kind.maximum)
        self._box.setKeyboardTracking(False)
        indent(self._box)
        self._box.valueChanged.connect(self.choose)
        self._take(self._box)

    def show_value(self, value: int) -> None:
        self._box.blockSignals(True)
        self._box.setValue(value)
        self._box.blockSignals(False)


class NumberField(SettingField):
    def __init__(self, setting: Setting[float], kind: Number) -> None:
        super().__init__(translated(setting.title))
        self._box = QDoubleSpinBox()
        self._box.setRange(kind.minimum, kind.maximum)
        self._box.setSingleStep((kind.maximum - kind.minimum) / 18)
        self._box.setKeyboardTracking(False)
        indent(self._box)
        self._box.valueChanged.connect(self.choose)
        self._take(self._box)

    def show_value(self, value: float) -> None:
        self._box.blockSignals(True)
        self._box.setValue(value)
        self._box.blockSignals(False)


class TextField(SettingField):
    def __init__(self, setting: Setting[str]) -> None:
        super().__init__(translated(setting.title))
        self._line = QLineEdit()
        self._line.editingFinished.connect(self._on_line_editing_finished)
        self._take(self._line)

    def _on_line_editing_finished(self) -> None:
        self.chosen.emit(self._line.text().strip())

    def show_value(self, value: str) -> None:
        self._line.setText(value)


class FolderField(SettingField):
    """A folder, or the program's own."""

    def __init__(self, setting: Setting[Path | None]) -> None:
        super().__init__(translated(setting.title))
        self._line = QLineEdit()
        self._line.setReadOnly(True)
        self._line.setPlaceholderText(self.tr("The program's own"))
        choose = button(self.tr("Choose…"))
        choose.setAccessibleName(self.tr("Choose %1").replace("%1", self.name))
        choose.clicked.connect(self._on_choose_clicked)
        self._clear = button(self.tr("Clear"))
        self._clear.setAccessibleName(self.tr("Clear %1").replace("%1", self.name))
        self._clear.clicked.connect(self._on_clear_clicked)
        self._take(self._line, choose, self._clear)

    def _on_choose_clicked(self) -> None:
        start = self._line.text() or str(Path.home())
        folder = QFileDialog.getExistingDirectory(self, self.name, start)
        if folder:
            self.chosen.emit(Path(folder))

    def _on_clear_clicked(self) -> None:
        self.chosen.emit(None)

    def show_value(self, value: Path | None) -> None:
        self._line.setText("" if value is None else str(value))
        self._line.setToolTip(plain_tip(self._line.text()))
        self._clear.setEnabled(value is not None)


class FoldersField(SettingField):
    """Folders in order."""

    def __init__(self, setting: Setting[tuple[Path, ...]]) -> None:
        super().__init__(translated(setting.title))
        self._list = HintedList(self.tr("No folder yet"))
        self._list.setFixedHeight(_LIST_PX)
        self._list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._list.currentRowChanged.connect(self._on_list_current_row_changed)
        add = button(self.tr("Add…"))
        add.setAccessibleName(self.tr("Add to %1").replace("%1", self.name))
        add.clicked.connect(self._on_add_clicked)
        self._remove = button(self.tr("Remove"))
        self._remove.setAccessibleName(self.tr("Remove from %1").replace("%1", self.name))
        self._remove.clicked.connect(self._on_remove_clicked)
        self._take(self._list)
        buttons = QVBoxLayout()
        buttons.addWidget(add)
        buttons.addWidget(self._remove)
        buttons.addStretch(1)
        self._row.addLayout(buttons)
        self._value: tuple[Path, ...] = ()

    def _on_list_current_row_changed(self, row: int) -> None:
        self._remove.setEnabled(row >= 0)

    def _on_add_clicked(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.name, str(Path.home()))
        if folder:
            self.chosen.emit((*self._value, Path(folder)))

    def _on_remove_clicked(self) -> None:
        row = self._list.currentRow()
        self.chosen.emit(tuple(folder for n, folder in enumerate(self._value) if n != row))

    def show_value(self, value: tuple[Path, ...]) -> None:
        self._value = value
        self._list.clear()
        for folder in value:
            self._list.addItem(str(folder))
            self._list.item(self._list.count() - 1).setToolTip(plain_tip(str(folder)))
        self._remove.setEnabled(False)


def translated(text: str) -> str:
    """A text of the table of settings as the person reads it."""
    return QCoreApplication.translate("Settings", text) if text else ""


def make_field(setting: Setting[Any]) -> SettingField:
    """The field for a setting. TypeError for a kind of value that has none."""
    match setting.type:
        case Flag():
            field: SettingField = FlagField(setting)
        case Choice() as choice:
            field = ChoiceField(setting, choice)
        case Whole() as whole:
            field = WholeField(setting, whole)
        case Number() as number:
            field = NumberField(setting, number)
        case Text():
            field = TextField(setting)
        case Folder():
            field = FolderField(setting)
        case Folders():
            field = FoldersField(setting)
        case _:
            raise TypeError(f"no field for {setting.type!r}")
    field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return field
