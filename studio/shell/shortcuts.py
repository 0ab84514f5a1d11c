"""The shortcut editor: every action, its keys, and a word about conflicts."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QKeySequenceEdit,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from studio.actions import Actions, shortcut_text
from studio.widgets.plain import button, words

_ID = Qt.ItemDataRole.UserRole
_NAME_PX = 320


class ShortcutEditor(QDialog):
    """Choose an action, press its new keys; a taken sequence is only moved after a question.

    Signals:
        overrides_changed: the new mapping of action ids to portable key sequences.
    """

    overrides_changed = Signal(object)

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._items: dict[str, QTreeWidgetItem] = {}
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.resize(560, 600)
        self._search = QLineEdit()
        self._search.setPlaceholderText(self.tr("Search by name or key"))
        self._search.setAccessibleName(self.tr("Search by name or key"))
        self._search.textChanged.connect(self._on_search_text_changed)
        self._tree = QTreeWidget()
        self._tree.setAccessibleName(self.tr("Actions and their shortcuts"))
        self._tree.setHeaderLabels([self.tr("Action"), self.tr("Shortcut")])
        self._tree.setRootIsDecorated(False)
        self._tree.setColumnWidth(0, _NAME_PX)
        self._tree.currentItemChanged.connect(self._on_tree_current_item_changed)
        self._keys = QKeySequenceEdit()
        self._keys.setMaximumSequenceLength(1)
        self._keys.setAccessibleName(self.tr("New shortcut"))
        self._keys.editingFinished.connect(self._on_keys_editing_finished)
        self._keys.installEventFilter(self)
        self._sentence = words("", "danger", wrap=True)
        self._move = button(self.tr("Use it here instead"))
        self._move.clicked.connect(self._on_move_clicked)
        self._lay_out()
        self._fill()
        self.choose(next(iter(self._items)))

    def choose(self, action_id: str) -> None:
        """Chooses the action whose keys are edited. KeyError for an unknown id."""
        self._tree.setCurrentItem(self._items[action_id])

    def try_keys(self, keys: str) -> None:
        """Gives the chosen action the portable sequence `keys` if no other action has it."""
        conflicts = self._actions.conflicts(self._chosen(), keys)
        if conflicts:
            names = ", ".join(self._actions.text(spec.id) for spec in conflicts)
            sentence = self.tr("%1 belongs to: %2.").replace("%1", shortcut_text(keys))
            self._say(sentence.replace("%2", names))
            return
        self._apply({self._chosen(): keys})

    def take_keys(self, keys: str) -> None:
        """Gives the chosen action `keys` and takes them from every action in its way."""
        taken = {spec.id: "" for spec in self._actions.conflicts(self._chosen(), keys)}
        self._apply({**taken, self._chosen(): keys})

    def sentence(self) -> str:
        """What stands in the way of the keys pressed last; "" for nothing."""
        return self._sentence.text()

    def _apply(self, changes: dict[str, str]) -> None:
        self._actions.apply_overrides({**self._actions.overrides(), **changes})
        self._say("")
        self._show_keys()
        self.overrides_changed.emit(self._actions.overrides())

    def _chosen(self) -> str:
        item = self._tree.currentItem()
        return "" if item is None else str(item.data(0, _ID))

    def _fill(self) -> None:
        for spec in self._actions.specs():
            item = QTreeWidgetItem(self._tree, [self._actions.text(spec.id)])
            item.setData(0, _ID, spec.id)
            item.setToolTip(0, QCoreApplication.translate("Menus", spec.menu))
            self._items[spec.id] = item

    def _show_keys(self) -> None:
        for action_id, item in self._items.items():
            item.setText(1, self._actions.shortcut_text(action_id))
        self._keys.setKeySequence(QKeySequence(self._actions.shortcut(self._chosen())))

    def _say(self, sentence: str) -> None:
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))
        self._move.setVisible(bool(sentence))

    def _lay_out(self) -> None:
        none = button(self.tr("No shortcut"))
        none.clicked.connect(self._on_none_clicked)
        default = button(self.tr("Default"))
        default.clicked.connect(self._on_default_clicked)
        everything = button(self.tr("Reset all"))
        everything.clicked.connect(self._on_everything_clicked)
        close = button(self.tr("Close"), kind="primary")
        close.clicked.connect(self.accept)
        edit = QHBoxLayout()
        edit.addWidget(words(self.tr("New shortcut"), "fact"))
        edit.addWidget(self._keys, 1)
        edit.addWidget(none)
        edit.addWidget(default)
        conflict = QHBoxLayout()
        conflict.addWidget(self._sentence, 1)
        conflict.addWidget(self._move)
        foot = QHBoxLayout()
        foot.addWidget(everything)
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(self._search)
        column.addWidget(self._tree, 1)
        column.addLayout(edit)
        column.addLayout(conflict)
        column.addLayout(foot)
        self._say("")

    def _pressed(self) -> str:
        pressed = self._keys.keySequence().toString(QKeySequence.SequenceFormat.PortableText)
        # The table writes both Enter keys as one.
        return pressed.replace("Return", "Enter")

    def _on_search_text_changed(self, text: str) -> None:
        wanted = text.casefold()
        for item in self._items.values():
            offered = f"{item.text(0)} {item.text(1)}".casefold()
            item.setHidden(wanted not in offered)

    def _on_tree_current_item_changed(self) -> None:
        self._say("")
        self._show_keys()

    def _on_keys_editing_finished(self) -> None:
        if self._pressed() != self._actions.shortcut(self._chosen()):
            self.try_keys(self._pressed())

    def _on_move_clicked(self) -> None:
        self.take_keys(self._pressed())

    def _on_none_clicked(self) -> None:
        self._apply({self._chosen(): ""})

    def _on_default_clicked(self) -> None:
        self.try_keys(self._actions.default_shortcut(self._chosen()))

    def _on_everything_clicked(self) -> None:
        self._actions.apply_overrides({})
        self._apply({})

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Esc closes the dialog and Tab leaves the field; neither may become a shortcut.
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self.reject()
                return True
            if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                self.focusNextPrevChild(event.key() == Qt.Key.Key_Tab)
                return True
        return super().eventFilter(watched, event)
