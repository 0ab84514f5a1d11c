"""The seed: a number, or a new one each time."""

from __future__ import annotations

import secrets

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon, QValidator
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from studio.icons import icon
from studio.widgets.plain import button

LAST = 2**32 - 1


def seed_text(seed: int) -> str:
    """ "417 233 190": three digits at a time."""
    return f"{seed:,}".replace(",", " ")


class SeedField(QWidget):
    """Empty means random each time; the button beside it turns from one to the other.

    Signals:
        seed_changed: the person set a seed (int), or None for random.
    """

    seed_changed = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seed: int | None = None
        self._field = QLineEdit(self)
        self._field.setAccessibleName(name)
        self._field.setPlaceholderText(self.tr("Random each time"))
        self._field.setFixedHeight(32)
        self._field.setValidator(_SeedValidator(self))
        self._button = button("")
        self._button.setFixedHeight(32)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._field, 1)
        row.addWidget(self._button)
        self._field.editingFinished.connect(self._on_field_finished)
        self._button.clicked.connect(self._on_button_clicked)
        self.set_seed(None)

    @property
    def seed(self) -> int | None:
        return self._seed

    def set_seed(self, seed: int | None) -> None:
        """Shows a seed (0 to 2**32 - 1) or None for random, without a signal."""
        self._seed = seed
        self._field.setText("" if seed is None else seed_text(seed))
        if seed is None:
            self._button.setText(self.tr("Choose"))
            self._button.setIcon(QIcon())
            self._button.setToolTip(self.tr("Take a seed and keep it for the next pictures"))
        else:
            self._button.setText(f" {self.tr('Random')}")
            self._button.setIcon(icon("dice-five"))
            self._button.setToolTip(self.tr("Take a new seed each time"))
        self._button.setAccessibleName(self._button.toolTip())

    def _take(self, seed: int | None) -> None:
        if seed != self._seed:
            self.set_seed(seed)
            self.seed_changed.emit(seed)

    def _on_field_finished(self) -> None:
        digits = "".join(self._field.text().split())
        self._take(min(int(digits), LAST) if digits else None)
        self.set_seed(self._seed)

    def _on_button_clicked(self) -> None:
        self._take(secrets.randbelow(LAST + 1) if self._seed is None else None)


class _SeedValidator(QValidator):
    """Digits with spaces between them."""

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        digits = "".join(text.split())
        fine = not digits or (digits.isascii() and digits.isdigit() and len(digits) <= 10)
        state = QValidator.State.Acceptable if fine else QValidator.State.Invalid
        return state, text, position
