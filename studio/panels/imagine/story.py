"""The story bible in Imagine: which entries the prompt uses, and what the model is told of them."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from studio.asset_pictures import AssetPictures
from studio.bible_mentions import BibleMentions
from studio.document.bible.entry import EntryKind
from studio.document.bible.renaming import follow_renames
from studio.entry_kinds import ICONS
from studio.panels.imagine.told_view import Offer
from studio.panels.imagine.used_entries import UsedEntry
from studio.told_prompt import Told, Typed, mentioned, tell
from studio.widgets.thumbnail_loader import ThumbnailLoader

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.context import Context
    from studio.document.bible.bible import Bible
    from studio.document.bible.entry import Entry
    from studio.panels.imagine.state import ImagineState
    from studio.panels.imagine.view import ImagineView


class Story(QObject):
    """Shows chips and expansion of the panel's state, and follows the bible.

    Signals:
        edited: these fields of the state are others now (a dict by name).
        changed: the bible is another one: the same prompt may be told otherwise.
    """

    edited = Signal(dict)
    changed = Signal()

    def __init__(
        self,
        context: Context,
        view: ImagineView,
        state: Callable[[], ImagineState],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._view, self._state = view, state
        self._watch = context.bible
        self._portraits = ThumbnailLoader(AssetPictures(context.project), parent=self)
        mentions = BibleMentions(self._watch, self)
        for edit in (view.prompt, view.negative):
            edit.set_mentions(mentions, self._portraits)
        self._told = tell(Typed(""), self.bible)
        self._watch.changed.connect(self._on_watch_changed)
        view.used.toggled.connect(self._on_used_toggled)
        view.told.toggled.connect(self._on_told_toggled)
        view.told.seed_asked.connect(self._on_told_seed_asked)

    @property
    def bible(self) -> Bible:
        return self._watch.bible

    def tell(self, typed: Typed) -> Told:
        """What the model is told for `typed`; asked again, it need not be found anew."""
        if typed != self._told.typed:
            self._told = tell(typed, self.bible)
        return self._told

    def show(self, state: ImagineState) -> None:
        """Chips and expansion of a state."""
        typed = state.typed
        expansion = self.tell(typed).expansion
        reached = [used.entry_id for used in expansion.used]
        used = dict.fromkeys((*mentioned(typed, self.bible), *reached, *typed.left_out))
        entries = [entry for entry in map(self.bible.get, used) if entry is not None]
        looks = [entry for entry in self.bible if entry.kind is EntryKind.LOOK]
        self._view.used.show_entries(
            [self._row(entry, reached) for entry in entries],
            [UsedEntry(e.id, e.name, ICONS[e.kind], e.id in reached) for e in looks],
        )
        self._view.told.setVisible(bool(expansion.used))
        loras = ", ".join(f"{PurePath(u.path).stem} {u.weight:g}" for u in expansion.loras)
        line = self.tr("LoRA: {names}").format(names=loras) if loras else ""
        self._view.told.show_told(expansion, line, self._offer(state), state.told_open)

    def retyped(self, text: str) -> dict[str, Any]:
        """The fields of the state for another prompt; what it uses no more is left out no more."""
        state = self._state()
        changes: dict[str, Any] = {"prompt": text}
        if state.left_out:
            whole = tell(Typed(text, state.negative_prompt, (), state.looks), self.bible)
            used = {each.entry_id for each in whole.expansion.used}
            changes["left_out"] = tuple(each for each in state.left_out if each in used)
        return changes

    def _row(self, entry: Entry, reached: list[str]) -> UsedEntry:
        label = entry.name
        if entry.kind is EntryKind.LOOK:
            label = self.tr("Look: {name}").format(name=entry.name)
        return UsedEntry(entry.id, label, ICONS[entry.kind], entry.id in reached)

    def _offer(self, state: ImagineState) -> Offer | None:
        expansion = self.tell(state.typed).expansion
        if expansion.seed is None or expansion.seed == state.seed:
            return None
        entries = (self.bible.get(used.entry_id) for used in expansion.used)
        owner = next(entry for entry in entries if entry and entry.seed == expansion.seed)
        return Offer(expansion.seed, owner.name)

    # ---- slots -------------------------------------------------------------------------------

    def _on_watch_changed(self, before: Bible | None) -> None:
        state = self._state()
        self._told = tell(state.typed, self.bible)
        if before is not None:
            self.edited.emit(
                {
                    "prompt": follow_renames(state.prompt, before, self.bible),
                    "negative_prompt": follow_renames(state.negative_prompt, before, self.bible),
                    "history": tuple(
                        follow_renames(prompt, before, self.bible) for prompt in state.history
                    ),
                }
            )
        self.changed.emit()

    def _on_used_toggled(self, entry_id: str) -> None:
        state = self._state()
        left_out, looks = state.left_out, state.looks
        if entry_id in looks:
            looks = tuple(look for look in looks if look != entry_id)
        elif entry_id in left_out:
            left_out = tuple(each for each in left_out if each != entry_id)
        elif any(used.entry_id == entry_id for used in self.tell(state.typed).expansion.used):
            left_out = (*left_out, entry_id)
        else:
            looks = (*looks, entry_id)
        self.edited.emit({"left_out": left_out, "looks": looks})

    def _on_told_toggled(self, on: bool) -> None:
        self.edited.emit({"told_open": on})

    def _on_told_seed_asked(self, seed: int) -> None:
        self.edited.emit({"seed": seed})
