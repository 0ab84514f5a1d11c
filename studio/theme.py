"""The one theme of the application: palette, style sheet, fonts and colours by token."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTemporaryDir, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from studio import phosphor
from studio.style_sheet import style_sheet
from studio.tokens import DISABLED_OPACITY, THEMES

CHOICES = ("dark", "light", "system")
BODY_PX = 13
FACT_PX = 12

_ROLES = {
    QPalette.ColorRole.Window: "panel",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "field",
    QPalette.ColorRole.AlternateBase: "panel",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.PlaceholderText: "muted",
    QPalette.ColorRole.Button: "raised",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "text",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Link: "accent_text",
    QPalette.ColorRole.LinkVisited: "accent_text",
    QPalette.ColorRole.Light: "selection",
    QPalette.ColorRole.Midlight: "raised",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "line",
    QPalette.ColorRole.Shadow: "bg",
}
# What a style sheet can only take from a file: image name, icon, token.
_IMAGES = (
    ("caret_down", "caret-down", "muted"),
    ("caret_up", "caret-up", "muted"),
    ("check", "check-bold", "on_accent"),
    ("tick", "check-bold", "text"),
)
_IMAGE_PX = 12
_FADED = (
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.Text,
    QPalette.ColorRole.ButtonText,
    QPalette.ColorRole.PlaceholderText,
)


class Theme(QObject):
    """What every colour of the window comes from. Take the one there is from `current()`.

    Signals:
        changed: the colours are others now; widgets that paint themselves update.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choice = "dark"
        self._name = "dark"
        self._images = QTemporaryDir()
        application().aboutToQuit.connect(self._images.remove)  # at exit nobody destroys it
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_hints_scheme_changed)

    @property
    def name(self) -> str:
        """The theme on the screen: "dark" or "light"."""
        return self._name

    @property
    def choice(self) -> str:
        """What was chosen: "dark", "light" or "system"."""
        return self._choice

    def set(self, choice: str) -> None:
        """Shows "dark" or "light", or follows the "system". ValueError for anything else."""
        if choice not in CHOICES:
            raise ValueError(f"unknown theme {choice!r}")
        self._choice = choice
        scheme = {"dark": Qt.ColorScheme.Dark, "light": Qt.ColorScheme.Light}.get(
            choice, Qt.ColorScheme.Unknown
        )
        # Title bars and the system's own dialogs follow this hint, not the palette.
        QGuiApplication.styleHints().setColorScheme(scheme)
        self._apply()

    def colour(self, token: str) -> QColor:
        """The colour of a token of `studio.tokens`. KeyError for an unknown token."""
        return QColor(THEMES[self._name][token])

    def _apply(self) -> None:
        if self._choice == "system":
            scheme = QGuiApplication.styleHints().colorScheme()
            self._name = "light" if scheme == Qt.ColorScheme.Light else "dark"
        else:
            self._name = self._choice
        QApplication.setStyle("Fusion")
        QApplication.setFont(font())
        QApplication.setPalette(self._palette())
        application().setStyleSheet(style_sheet(THEMES[self._name], self._draw_images()))
        self.changed.emit()

    def _draw_images(self) -> dict[str, str]:
        # The theme is part of the name, because Qt remembers a picture by its name.
        paths = {name: self._images.filePath(f"{self._name}_{name}.png") for name, *_ in _IMAGES}
        for name, icon, token in _IMAGES:
            double = paths[name].replace(".png", "@2x.png")
            phosphor.draw(icon, self.colour(token), _IMAGE_PX).save(paths[name])
            phosphor.draw(icon, self.colour(token), _IMAGE_PX, 2.0).save(double)
        return paths

    def _palette(self) -> QPalette:
        palette = QPalette()
        for role, token in _ROLES.items():
            palette.setColor(role, self.colour(token))
        for role in _FADED:
            faded = self.colour(_ROLES[role])
            faded.setAlphaF(DISABLED_OPACITY)
            palette.setColor(QPalette.ColorGroup.Disabled, role, faded)
        return palette

    def _on_hints_scheme_changed(self) -> None:
        if self._choice == "system":
            self._apply()


def application() -> QApplication:
    """The running application. RuntimeError before there is one."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise RuntimeError("There is no QApplication yet.")
    return app


def current() -> Theme:
    """The application's theme, made on first use and shown with its first `set`."""
    app = application()
    found = app.findChild(Theme, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return found if isinstance(found, Theme) else Theme(app)


def colour(token: str) -> QColor:
    """The colour of a token in the theme that is shown. KeyError for an unknown token."""
    return current().colour(token)


def font(px: int = BODY_PX, weight: int = 400, mono: bool = False) -> QFont:
    """The system's interface font, or with `mono` its code font.

    `px` is the size in pixels, `weight` 1 to 1000 (400 normal, 600 semibold). Figures keep one
    width, so that numbers that change do not jump; code has no ligatures.
    """
    if mono:
        made = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        made.setFeature(QFont.Tag("calt"), 0)
        made.setFeature(QFont.Tag("liga"), 0)
    else:
        made = QApplication.font()
        made.setFeature(QFont.Tag("tnum"), 1)
    made.setPixelSize(px)
    made.setWeight(QFont.Weight(weight))
    return made
