"""What this program is, and the facts whoever helps will ask for."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from studio import theme
from studio.widgets.plain import button, words


class About(QDialog):
    """Name, version, licence, and `facts` to copy into a report."""

    def __init__(self, version: str, facts: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts = facts
        self.setWindowTitle(self.tr("About Fabula Studio"))
        self.resize(560, 420)
        text = QPlainTextEdit(facts)
        text.setReadOnly(True)
        text.setFont(theme.font(theme.FACT_PX, mono=True))
        text.setAccessibleName(self.tr("Facts for a report"))
        copy = button(self.tr("Copy"), "copy")
        copy.clicked.connect(self._on_copy_clicked)
        close = button(self.tr("Close"), kind="primary")
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addWidget(copy)
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(8)
        column.addWidget(words(self.tr("Fabula Studio"), "big"))
        column.addWidget(words(self.tr("Version %1").replace("%1", version), "fact"))
        column.addWidget(
            words(
                self.tr(
                    "Pictures, storyboards and game conversations with generative models that run "
                    "on your own machine. Apache License 2.0."
                ),
                wrap=True,
            )
        )
        column.addWidget(text, 1)
        column.addLayout(foot)

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self._facts)
