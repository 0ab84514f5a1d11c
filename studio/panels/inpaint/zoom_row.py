"""The row below the canvas: zoom at the left, the canvas's name and facts at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from studio.widgets.elided_label import ElidedLabel
from studio.widgets.plain import button, icon_button, words

if TYPE_CHECKING:
    from studio.canvas.view import CanvasView

_PERCENT_PX = 52
_NAME_PX = 260
_ELIDE = Qt.TextElideMode.ElideMiddle


class ZoomRow(QWidget):
    """Signals:
    canvases_asked: the name was pressed, to choose another canvas.
    """

    canvases_asked = Signal()

    def __init__(self, view: CanvasView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._out = icon_button("minus", self.tr("Zoom out (-)"))
        self._in = icon_button("plus", self.tr("Zoom in (+)"))
        self._percent = words("", "")
        self._percent.setMinimumWidth(_PERCENT_PX)
        self._fit = button(self.tr("Fit"))
        self._fit.setToolTip(self.tr("Show all of the picture (0)"))
        self.name = button("", kind="flat")
        self.name.setToolTip(self.tr("The canvases of this project"))
        self._facts = ElidedLabel("", "fact")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 0, 0)
        row.setSpacing(8)
        for part in (self._out, self._percent, self._in, self._fit):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.name)
        row.addWidget(self._facts)
        self._out.clicked.connect(lambda: view.zoom_step(-1))
        self._in.clicked.connect(lambda: view.zoom_step(1))
        self._fit.clicked.connect(view.fit)
        self.name.clicked.connect(self.canvases_asked)
        view.zoom_changed.connect(self._on_view_zoom_changed)

    def show_canvas(self, name: str) -> None:
        """What the open canvas is called."""
        metrics = self.name.fontMetrics()
        self.name.setText(metrics.elidedText(name, _ELIDE, _NAME_PX))
        self.name.setAccessibleName(self.tr("Canvas {name}").format(name=name))

    def show_facts(self, size: QSize, masked: float) -> None:
        """`masked` is the share of the picture that is, 0 to 1."""
        text = self.tr("{width} × {height}").format(width=size.width(), height=size.height())
        if masked > 0:
            percent = f"{100 * masked:.1f}" if masked >= 0.001 else self.tr("under 0.1")
            mask = self.tr("mask {percent} % of the picture").format(percent=percent)
            text = f"{text} · {mask}"
        self._facts.setText(f"· {text}")

    def _on_view_zoom_changed(self, zoom: float) -> None:
        self._percent.setText(self.tr("{percent} %").format(percent=round(zoom * 100)))
