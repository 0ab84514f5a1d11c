"""Asks before the window closes while a job runs."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox, QWidget


def ask_to_leave(job_title: str, parent: QWidget) -> bool:
    """Whether the person wants to close although this job runs."""
    question = QMessageBox(
        QMessageBox.Icon.NoIcon,
        _tr("Close Fabula Studio"),
        _tr("%1 is still running.").replace("%1", job_title),
        parent=parent,
    )
    question.setInformativeText(_tr("It can be tried again at the next start. What waits is kept."))
    leave = question.addButton(_tr("Close anyway"), QMessageBox.ButtonRole.AcceptRole)
    stay = question.addButton(_tr("Go on working"), QMessageBox.ButtonRole.RejectRole)
    question.setDefaultButton(stay)
    question.setEscapeButton(stay)
    question.exec()
    return question.clickedButton() is leave


def _tr(text: str) -> str:
    return QCoreApplication.translate("MainWindow", text)
