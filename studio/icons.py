"""Line icons, tinted by token at the moment they are painted."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap

from studio import phosphor, theme
from studio.tokens import DISABLED_OPACITY


def icon(name: str, token: str = "text") -> QIcon:
    """The icon `name` of the Phosphor set ("star", "star-fill"), in the colour of `token`.

    It follows the theme: whoever shows it only has to be painted again. KeyError for a name the
    set does not have.
    """
    if name not in phosphor.codes():
        raise KeyError(name)
    return QIcon(_TokenEngine(name, token))


def pixmap(name: str, token: str = "text", px: int = 16, ratio: float = 1.0) -> QPixmap:
    """The icon as a picture of `px` pixels a side on a screen of `ratio` device pixels to one.

    It does not follow the theme. KeyError for a name the set does not have.
    """
    return phosphor.draw(name, theme.colour(token), px, ratio)


class _TokenEngine(QIconEngine):
    def __init__(self, name: str, token: str) -> None:
        super().__init__()
        self._name, self._token = name, token

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        colour = theme.colour(self._token)
        if mode == QIcon.Mode.Disabled:
            colour.setAlphaF(DISABLED_OPACITY)
        phosphor.paint(painter, rect, self._name, colour)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        drawn = QPixmap(size)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        self.paint(painter, QRect(QPoint(), size), mode, state)
        painter.end()
        return drawn

    def clone(self) -> QIconEngine:
        return _TokenEngine(self._name, self._token)
