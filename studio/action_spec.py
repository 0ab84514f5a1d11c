"""How an action is declared, and the menus there are."""

from __future__ import annotations

from dataclasses import dataclass

from studio.translation import QT_TRANSLATE_NOOP

MENUS = (
    QT_TRANSLATE_NOOP("Menus", "File"),
    QT_TRANSLATE_NOOP("Menus", "Edit"),
    QT_TRANSLATE_NOOP("Menus", "View"),
    QT_TRANSLATE_NOOP("Menus", "Picture"),
    QT_TRANSLATE_NOOP("Menus", "Story"),
    QT_TRANSLATE_NOOP("Menus", "Models"),
    QT_TRANSLATE_NOOP("Menus", "Help"),
)


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One thing that can be done.

    `id` is "scope.name": an action whose scope is a panel's id belongs to that panel and is only
    there while it is shown. `menu` is one of `MENUS`; inside it, actions stand in the order of the
    table with a line between two `section`s. `shortcut` is a portable key sequence; "Enter" means
    both Enter keys. `tip` is a sentence for the tooltip where the text does not say it all.
    `gives_way_to` is for an action of the window: it has no shortcut while the panel in front has
    an action with that name.
    """

    id: str
    text: str
    menu: str
    shortcut: str = ""
    icon: str = ""
    section: int = 0
    tip: str = ""
    checkable: bool = False
    gives_way_to: str = ""

    @property
    def scope(self) -> str:
        return self.id.partition(".")[0]

    @property
    def name(self) -> str:
        return self.id.partition(".")[2]
