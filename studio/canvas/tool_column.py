"""The column of tools: those of the mask above a rule, those that paint below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import QButtonGroup, QPushButton, QVBoxLayout, QWidget

from studio.actions import shortcut_text
from studio.canvas.tool_table import TOOLS, ToolSpec
from studio.icons import icon
from studio.widgets.plain import icon_button, line

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from studio.canvas.workbench import Workbench

_WIDTH = 48
_BUTTON = 36
_ICON = 20
_GAP = 2
_RULE_GAP = 6
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class ToolColumn(QWidget):
    """One button a tool; Up and Down go from one to the next."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self.setAccessibleName(self.tr("Tools"))
        self.setFixedWidth(_WIDTH)
        box = QVBoxLayout(self)
        edge = (_WIDTH - _BUTTON) // 2
        box.setContentsMargins(edge, 8, edge, 8)
        box.setSpacing(_GAP)
        shown = [spec for spec in TOOLS if spec.group != "hidden"]
        for before, spec in zip((None, *shown), shown, strict=False):
            if before is not None and before.group != spec.group:
                box.addSpacing(_RULE_GAP)
                box.addWidget(line())
                box.addSpacing(_RULE_GAP)
            box.addWidget(self._button(spec))
        box.addStretch(1)
        self._group.buttonClicked.connect(self._on_group_button_clicked)
        bench.tool_changed.connect(self._show_tool)
        self._show_tool(bench.spec.id)

    def _button(self, spec: ToolSpec) -> QPushButton:
        name = QCoreApplication.translate("Tools", spec.name)
        button = icon_button(spec.icon, name)
        button.setProperty("kind", "tall")
        button.setObjectName(spec.id)
        button.setCheckable(True)
        button.setFixedSize(_BUTTON, _BUTTON)
        button.setIconSize(QSize(_ICON, _ICON))
        tip = QCoreApplication.translate("Tools", spec.tip)
        key = f" ({shortcut_text(spec.key)})" if spec.key else ""
        button.setToolTip(f"{name}{key}\n{tip}")
        self._group.addButton(button)
        self._buttons[spec.id] = button
        return button

    def _show_tool(self, tool_id: str) -> None:
        # The other side of a tool that stands in no column lights its twin.
        spec = self._bench.spec
        shown = tool_id if tool_id in self._buttons else spec.twin
        for name, button in self._buttons.items():
            button.setIcon(icon(self._icon_of(name), "accent_text" if name == shown else "muted"))
            button.setChecked(name == shown)
            # Tab reaches the column once, at the tool in hand.
            policy = Qt.FocusPolicy.TabFocus if name == shown else Qt.FocusPolicy.NoFocus
            button.setFocusPolicy(policy)

    def _icon_of(self, tool_id: str) -> str:
        spec = self._bench.spec
        if spec.group == "hidden" and spec.twin == tool_id:
            return spec.icon
        return next(each.icon for each in TOOLS if each.id == tool_id)

    def _on_group_button_clicked(self, button: QPushButton) -> None:
        self._bench.take(button.objectName())
        self._show_tool(self._bench.spec.id)  # a second click would take the mark away

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        names = list(self._buttons)
        focused = next((name for name in names if self._buttons[name].hasFocus()), names[0])
        wanted = names[(names.index(focused) + step) % len(names)]
        self._bench.take(wanted)
        self._buttons[wanted].setFocus(Qt.FocusReason.OtherFocusReason)
