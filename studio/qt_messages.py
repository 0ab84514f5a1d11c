"""Qt's own messages go to the log."""

from __future__ import annotations

import atexit
import logging

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def install_qt_messages() -> None:
    """Logs under "qt" and the message's category. After a fatal one Qt still aborts."""
    qInstallMessageHandler(_on_message)
    # Qt may still have something to say when there is no interpreter left to hear it.
    atexit.register(qInstallMessageHandler, None)


def _on_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    category = context.category or "default"
    name = category if category.startswith("qt.") else f"qt.{category}"
    logging.getLogger(name).log(_LEVELS[kind], "%s", message)
