"""Offers the starter set before the first picture, until it is there or the person wants it not."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pipelines.starters.manifest import starters
from studio.errors import Problem
from studio.settings_table import OFFER_STARTERS
from studio.size_text import size_text

if TYPE_CHECKING:
    from studio.context import Context
    from studio.panels.imagine.empty_state import EmptyState


class StarterOffer(QObject):
    """Keeps the card of the empty state true."""

    def __init__(self, context: Context, empty: EmptyState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self._empty = context, empty
        empty.starters_asked.connect(partial(context.actions.trigger, "models.install_starters"))
        empty.starters_declined.connect(self._on_empty_starters_declined)
        context.model_work.starters_changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        installed = self._context.model_work.installed()
        missing = [each for each in starters() if each.id not in installed]
        wanted = self._context.settings.get(OFFER_STARTERS)
        size = size_text(sum(each.wheel_pin.size for each in missing))
        self._empty.offer_starters(size if missing and wanted else "")

    def _on_empty_starters_declined(self) -> None:
        try:
            self._context.settings.set(OFFER_STARTERS, False)
        except OSError as error:
            why = error.strerror or str(error)
            text = self.tr("The settings could not be saved: {why}.").format(why=why)
            hint = self.tr("Make room on the disk or check the folder's permissions.")
            self._context.messages.report(Problem(text, hint))
        self._show()
