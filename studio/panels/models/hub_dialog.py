"""Asks for a model of the hub, says what it is, and downloads it once that is confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from pipelines.api import PipelineError
from pipelines.hub.requests import HubQuestion
from studio.panels.models import wording
from studio.widgets.elided_label import ElidedLabel
from studio.widgets.plain import button, set_role, words

if TYPE_CHECKING:
    from pipelines import api
    from pipelines.hub.requests import HubOffer
    from studio.model_work import ModelWork

_WIDE = 460
_MARGIN = 20


class HubDialog(QDialog):
    """Deletes itself when it is closed.

    Signals:
        confirmed: what is to be downloaded (a HubOffer).
    """

    confirmed = Signal(object)

    def __init__(self, work: ModelWork, parent: QWidget) -> None:
        super().__init__(parent.window())
        self._work = work
        self._offer: HubOffer | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Download by hub id"))
        self.setMinimumWidth(_WIDE)
        self.field = QLineEdit()
        self.field.setAccessibleName(self.tr("Model on the hub"))
        self.field.setPlaceholderText(self.tr("ORG/NAME"))
        self.look = button(self.tr("Look it up"))
        self.download = button(self.tr("Download"), kind="primary")
        self._close = button(self.tr("Cancel"))
        self._said = words("", "fact", wrap=True)
        self._facts = QGridLayout()
        self._lay_out()
        self.look.clicked.connect(self._on_look_clicked)
        self.download.clicked.connect(self._on_download_clicked)
        self._close.clicked.connect(self.reject)
        self.field.textChanged.connect(self._on_field_text_changed)
        self.field.returnPressed.connect(self._on_field_return_pressed)
        self.finished.connect(work.give_up_asking)
        self._on_field_text_changed("")

    def _say(self, text: str, role: str = "fact") -> None:
        self._said.setText(text)
        set_role(self._said, role)

    def _show_offer(self, offer: HubOffer | None) -> None:
        self._offer = offer
        while item := self._facts.takeAt(0):
            if old := item.widget():
                old.hide()
                old.deleteLater()
        for row, (name, value) in enumerate(wording.offer(offer) if offer else ()):
            self._facts.addWidget(words(name, "fact"), row, 0)
            said = ElidedLabel(value)
            said.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            self._facts.addWidget(said, row, 1)
        self.download.setEnabled(offer is not None)

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.field, 1)
        first.addWidget(self.look)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self._close)
        foot.addWidget(self.download)
        self._facts.setHorizontalSpacing(16)
        self._facts.setVerticalSpacing(8)
        self._facts.setColumnStretch(1, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        box.setSpacing(8)
        box.addWidget(words(self.tr("Name on the hub, with @REVISION for another than the newest")))
        box.addLayout(first)
        box.addSpacing(4)
        box.addWidget(self._said)
        box.addLayout(self._facts)
        box.addSpacing(8)
        box.addStretch(1)
        box.addLayout(foot)

    # ---- slots -------------------------------------------------------------------------------

    def _on_field_text_changed(self, text: str) -> None:
        self._work.give_up_asking()
        self._show_offer(None)
        self.look.setEnabled(bool(text.strip()))
        self._say(
            self.tr(
                "Nothing is fetched before you have seen its size and its licence. Only weights "
                "as .safetensors and their configuration are taken, never a program."
            )
        )

    def _on_field_return_pressed(self) -> None:
        if self._offer is not None:
            self._on_download_clicked()
        elif self.look.isEnabled():
            self._on_look_clicked()

    def _on_look_clicked(self) -> None:
        try:
            question = HubQuestion.parse(self.field.text())
        except PipelineError as error:
            self._say(f"{error} {error.hint}", "danger")
            return
        self.look.setEnabled(False)
        self._say(self.tr("Asking the hub…"))
        self._work.ask(question, self._on_work_answered, self._on_work_failed)

    def _on_work_answered(self, offer: HubOffer) -> None:
        self._show_offer(offer)
        self.look.setEnabled(True)
        self._say(self.tr("It comes into the Hugging Face cache, where other programs find it."))

    def _on_work_failed(self, failure: api.Failed) -> None:
        self.look.setEnabled(True)
        self._say(f"{failure.message} {failure.hint}".strip(), "danger")

    def _on_download_clicked(self) -> None:
        if self._offer is not None:
            self.confirmed.emit(self._offer)
            self.accept()
