"""Says what the starter set brings to this panel, and offers it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from pipelines.starters.manifest import starters
from pipelines.starters.places import installed_folder
from studio.size_text import size_text
from studio.widgets.plain import button, words

if TYPE_CHECKING:
    from studio.actions import Actions

_INSTALL = "models.install_starters"


class StarterOffer(QWidget):
    """A sentence, and a button where there is a page that installs; else the command."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._words = words("", "fact", wrap=True)
        self._install = button(self.tr("Install the starter set"), "download-simple")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._words, 1)
        row.addWidget(self._install)
        self._install.clicked.connect(self._on_install_clicked)
        actions.available_changed.connect(self._show)
        self._show()

    @property
    def text(self) -> str:
        return self._words.text()

    def _can_install(self) -> bool:
        declared = any(spec.id == _INSTALL for spec in self._actions.specs())
        return declared and self._actions.is_available(_INSTALL)

    def _show(self) -> None:
        missing = [each for each in starters() if installed_folder(each) is None]
        size = size_text(sum(each.wheel_pin.size for each in missing))
        text = self.tr(
            "There are no looks on this disk yet. The starter set ({size}) brings Vintage, 26"
            " painting styles, the look of any picture and networks that enlarge."
        ).format(size=size)
        if not self._can_install():
            text += " " + self.tr("This command installs it: fabula models install starter")
        self._words.setText(text)
        self._install.setVisible(self._can_install())

    def _on_install_clicked(self) -> None:
        self._actions.trigger(_INSTALL)
