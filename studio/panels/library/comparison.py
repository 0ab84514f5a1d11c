"""Which two pictures are compared, and the card that shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from studio.panels.library.facts import differences

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from studio.library import Entry
    from studio.panels.library.compare_card import CompareCard
    from studio.panels.library.facts import Titles
    from studio.widgets.picture_wall import PictureWall


class Comparison(QObject):
    """While the card is open it follows a choice of two.

    Signals:
        use_asked: the settings of this entry are wanted.
    """

    use_asked = Signal(object)

    def __init__(
        self,
        card: CompareCard,
        wall: PictureWall,
        entries: Callable[[Sequence[str]], list[Entry]],
        title_of_model: Titles,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._card, self._wall = card, wall
        self._entries, self._title_of_model = entries, title_of_model
        self._names: tuple[str, ...] = ()
        self._pair: list[Entry] = []
        card.closed.connect(self.close)
        card.use_asked.connect(self._on_card_use_asked)

    def can_open(self) -> bool:
        return len(self._wall.chosen()) >= 2

    def open(self) -> None:
        """Compares the first two of the chosen pictures."""
        self._show(self._wall.chosen()[:2])
        if self._pair:
            self._card.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def close(self) -> None:
        had_focus = self._card.isAncestorOf(self._card.window().focusWidget() or self._wall)
        self._names, self._pair = (), []
        self._card.hide()
        self._wall.set_marks({})
        if had_focus:
            self._wall.setFocus(Qt.FocusReason.OtherFocusReason)

    def follow(self) -> None:
        """Other pictures are chosen: of two, these are compared."""
        chosen = self._wall.chosen()
        if self._names and len(chosen) == 2:
            self._show(chosen)

    def refresh(self) -> None:
        """The library has changed: a picture may be gone."""
        if self._names:
            self._show(self._names)

    def _show(self, names: Sequence[str]) -> None:
        pair = self._entries(names)
        if len(pair) < 2:
            self.close()
            return
        self._names, self._pair = tuple(names), pair
        first, second = pair
        rows = differences(first, second, self._title_of_model)
        self._card.show_pictures(str(first.path), str(second.path), rows)
        self._card.show()
        self._wall.set_marks(dict(zip(names, "AB", strict=True)))

    def _on_card_use_asked(self, which: int) -> None:
        self.use_asked.emit(self._pair[which])
