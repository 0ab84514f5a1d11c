"""The bar above the canvas: what the tool in hand can be set to, and what is done to the mask."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QInputDevice, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLayout, QPushButton, QWidget

from studio.canvas import mask_work
from studio.canvas.colour_button import ColourButton
from studio.canvas.mask_menu import BY_PIXELS, AmountMenu, MaskMenu
from studio.canvas.options import LEAST_SIZE, MOST_SIZE
from studio.canvas.tools.arranging import CropTool
from studio.widgets.inline_knob import InlineKnob
from studio.widgets.plain import button, icon_button, words

if TYPE_CHECKING:
    from studio.canvas.workbench import Workbench

_HEIGHT = 44


class OptionsBar(QWidget):
    """Shows the options of one tool only."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self.setAccessibleName(self.tr("Options of the tool"))
        self.setFixedHeight(_HEIGHT)
        self._row = QHBoxLayout(self)
        self._name = words("", "strong")
        self._size = InlineKnob(
            self.tr("Size"), int(LEAST_SIZE), int(MOST_SIZE), self.tr("px"), steep=True
        )
        self._hardness = InlineKnob(self.tr("Hardness"), 0, 100, "%")
        self._tolerance = InlineKnob(self.tr("Tolerance"), 0, 255, "")
        self._pressure = QCheckBox(self.tr("Pen pressure"))
        self._contiguous = QCheckBox(self.tr("Contiguous"))
        self._subtract = QCheckBox(self.tr("Subtract"))
        self._colour = ColourButton(self.tr("Colour"))
        self._explain()
        self._parts: dict[str, QWidget] = {
            "colour": self._colour,
            "size": self._size,
            "hardness": self._hardness,
            "pressure": self._pressure,
            "tolerance": self._tolerance,
            "contiguous": self._contiguous,
            "subtract": self._subtract,
        }
        self._actions = self._make_mask_actions()
        self._more = icon_button("dots-three", self.tr("More for the mask"))
        self._more.setMenu(MaskMenu(bench, self._more))
        self._crop = button(self.tr("Crop to frame"), "crop")
        self._build()
        self._connect()
        self._show_tool()
        self._show_options()

    def _explain(self) -> None:
        self._size.set_explanation(self.tr("Diameter in pixels of the picture ([ and ])"))
        self._hardness.set_explanation(self.tr("100 % has a sharp edge (Alt and drag up or down)"))
        self._tolerance.set_explanation(self.tr("How far a colour may differ, 0 to 255"))
        self._pressure.setToolTip(self.tr("A pen that presses less draws thinner"))
        self._contiguous.setToolTip(self.tr("Only what hangs together with the clicked place"))
        self._subtract.setToolTip(self.tr("Take away from the mask instead of adding (X)"))

    def _build(self) -> None:
        row = self._row
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(16)
        row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # `_fold` makes it fit
        row.addWidget(self._name)
        for part in self._parts.values():
            row.addWidget(part)
        row.addWidget(self._crop)
        row.addStretch(1)
        tail = QHBoxLayout()
        tail.setSpacing(8)
        for action in self._actions:
            tail.addWidget(action)
        tail.addWidget(self._more)
        row.addLayout(tail)

    def _make_mask_actions(self) -> list[QPushButton]:
        canvas = self._bench.canvas
        invert = button(self.tr("Invert"))
        invert.setToolTip(self.tr("Mask what is not masked, and the other way round"))
        invert.clicked.connect(partial(mask_work.invert, canvas))
        clear = button(self.tr("Clear"))
        clear.setToolTip(self.tr("Mask nothing"))
        clear.clicked.connect(self._on_clear_clicked)
        amounts = []
        for name, tip, work in BY_PIXELS:
            title = QCoreApplication.translate("Mask", name)
            made = button(title)
            made.setToolTip(QCoreApplication.translate("Mask", tip))
            made.setMenu(AmountMenu(canvas, title, work, made))
            amounts.append(made)
        return [invert, *amounts, clear]

    def _connect(self) -> None:
        bench = self._bench
        self._size.value_changed.connect(lambda value: bench.set_options(size=float(value)))
        self._hardness.value_changed.connect(lambda value: bench.set_options(hardness=value / 100))
        self._tolerance.value_changed.connect(lambda value: bench.set_options(tolerance=value))
        self._pressure.toggled.connect(lambda on: bench.set_options(pressure=on))
        self._contiguous.toggled.connect(lambda on: bench.set_options(contiguous=on))
        self._subtract.toggled.connect(lambda on: bench.set_options(subtract=on))
        self._colour.colour_changed.connect(lambda colour: bench.set_options(colour=colour))
        self._crop.clicked.connect(self._on_crop_clicked)
        bench.tool_changed.connect(self._show_tool)
        bench.options_changed.connect(self._show_options)
        bench.canvas.busy_changed.connect(self._on_canvas_busy_changed)

    def _show_tool(self) -> None:
        spec = self._bench.spec
        self._name.setText(QCoreApplication.translate("Tools", spec.name))
        for name, part in self._parts.items():
            part.setVisible(name in spec.options and (name != "pressure" or _has_pen()))
        self._crop.setVisible(isinstance(self._bench.tool, CropTool))
        self._fold()

    def _show_options(self) -> None:
        options = self._bench.options
        self._size.set_value(round(options.size))
        self._hardness.set_value(round(options.hardness * 100))
        self._tolerance.set_value(options.tolerance)
        self._pressure.setChecked(options.pressure)
        self._contiguous.setChecked(options.contiguous)
        self._subtract.setChecked(options.subtract)
        self._colour.set_colour(options.colour)

    def _fold(self) -> None:
        """A bar that is too narrow leaves the mask's buttons to the menu, which has them too."""
        is_mask = self._bench.spec.group == "mask"
        self._more.setVisible(is_mask)
        for action in self._actions:
            action.setVisible(is_mask)
        self._row.invalidate()
        if self._row.minimumSize().width() > self.width():
            for action in self._actions:
                action.setVisible(False)

    def _on_clear_clicked(self) -> None:
        self._bench.canvas.work(mask_work.clear(self._bench.canvas))

    def _on_crop_clicked(self) -> None:
        if isinstance(self._bench.tool, CropTool):
            self._bench.tool.apply()

    def _on_canvas_busy_changed(self, busy: bool) -> None:
        for part in (*self._actions, self._more, self._crop):
            part.setEnabled(not busy)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()


def _has_pen() -> bool:
    """Whether something that can be pressed more or less was ever plugged in."""
    return any(
        device.capabilities() & QInputDevice.Capability.Pressure
        for device in QInputDevice.devices()
    )
