"""The line at the foot: what the worker does, and the facts at the right."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from studio import theme
from studio.widgets.elided_label import ElidedLabel

HEIGHT = 28
_DOT_PX = 8
_FACTS = 4  # device, memory, model, saved
_NOTICE = 8000  # milliseconds: two lines can be read three times


class WorkerState(StrEnum):
    """What the dot says; the sentence beside it says the same in words."""

    READY = "ready"
    BUSY = "busy"
    FAILED = "failed"


_TOKENS = {WorkerState.READY: "ok", WorkerState.BUSY: "accent", WorkerState.FAILED: "danger"}


class StatusBar(QFrame):
    """`set_worker` and `tell` write the left side, `set_facts` the right one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self.setFixedHeight(HEIGHT)
        self._dot = _Dot()
        self._worker = ElidedLabel("", "fact")
        self._facts = [ElidedLabel("", "fact") for _ in range(_FACTS)]
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(16)
        row.addWidget(self._dot)
        row.addWidget(self._worker)
        row.addStretch(1)
        for label in self._facts:
            label.hide()
            row.addWidget(label)
        self._doing = ""
        self._notice = QTimer(self, interval=_NOTICE, singleShot=True)
        self._notice.timeout.connect(self._on_notice_timeout)
        self.set_worker(self.tr("Ready"), WorkerState.READY)

    def set_worker(self, text: str, state: WorkerState = WorkerState.READY) -> None:
        """What the worker does, in a few words, and how it is. It takes the place of a notice."""
        self._notice.stop()
        self._doing = text
        self._worker.setText(text)
        self._dot.set_token(_TOKENS[state])

    def tell(self, notice: str) -> None:
        """Says something in the worker's place for a few seconds; the dot stays what it is."""
        self._worker.setText(notice)
        self._notice.start()

    def set_facts(
        self,
        *,
        device: str | None = None,
        memory: str | None = None,
        model: str | None = None,
        saved: str | None = None,
    ) -> None:
        """The facts at the right, as "NVIDIA RTX 3070", "5.1 of 8 GB", "SDXL base 1.0".

        None leaves a fact as it is, "" takes it away.
        """
        for label, text in zip(self._facts, (device, memory, model, saved), strict=True):
            if text is not None:
                label.setText(text)
                label.setVisible(bool(text))

    def _on_notice_timeout(self) -> None:
        self._worker.setText(self._doing)


class _Dot(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._token = "ok"
        self.setFixedSize(_DOT_PX, _DOT_PX)
        theme.current().changed.connect(self.update)

    def set_token(self, token: str) -> None:
        self._token = token
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colour(self._token))
        painter.setBrush(theme.colour(self._token))
        painter.drawEllipse(self.rect().adjusted(0, 0, -1, -1))
        painter.end()
