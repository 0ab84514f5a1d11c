"""Keeps the inspector true to the picture that is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.panels.library.facts import settings_rows
from studio.panels.library.items import facts_of, place_rows, title_of_entry

if TYPE_CHECKING:
    from studio.context import Context
    from studio.library import Entry
    from studio.panels.library.inspector import Inspector
    from studio.panels.library.look_up import LookUp
    from studio.panels.library.story import Story


class Inspecting:
    """Fills the inspector; the buttons in it carry the keys of their actions."""

    def __init__(
        self, context: Context, inspector: Inspector, look_up: LookUp, story: Story
    ) -> None:
        self._context, self._inspector = context, inspector
        self._look_up, self._story = look_up, story
        context.actions.shortcuts_changed.connect(self.show_keys)
        self.show_keys()

    def show(self, entry: Entry | None, chosen: int) -> None:
        """Shows a picture, one of so many that are chosen; nothing where none is."""
        if entry is None or not chosen:
            self._inspector.show_nothing()
            return
        rows = settings_rows(entry, self._look_up.title_of_model)
        self._inspector.show_picture(
            self._look_up.item(entry),
            title_of_entry(entry),
            facts_of(entry, chosen),
            self._story.older_than(entry),
            entry.prompt,
            rows + place_rows(entry, self._context.uses_of(entry.path)),
            [(each.id, each.name) for each in self._look_up.collections_of(entry)],
        )

    def show_keys(self) -> None:
        """Writes the keys of the actions into their tooltips."""
        actions = self._context.actions
        tips = {name: actions.tooltip(name) for name in self._inspector.action_names()}
        self._inspector.set_tooltips(tips, actions.shortcut_text("library.use_settings"))
