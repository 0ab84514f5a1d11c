"""Writes what the panel knows into its view: the comparison, the looks, sizes and sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from studio.library_files import slug, without_number
from studio.panels.style.look_cell import LookCell
from studio.prompt_title import title_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.looks import Enlarger
    from studio.panels.style.choices import Choice
    from studio.panels.style.inspector import Inspector
    from studio.panels.style.look_drawing import LookDrawing
    from studio.panels.style.state import StyleState
    from studio.panels.style.view import StyleView
    from studio.style_files import TakenIn


class Showing(QObject):
    """Holds nothing but the looks it shows."""

    def __init__(self, view: StyleView, inspector: Inspector, drawing: LookDrawing) -> None:
        super().__init__(view)
        self._view, self._inspector, self._drawing = view, inspector, drawing
        self._choices: dict[str, Choice] = {}

    # ---- the picture -------------------------------------------------------------------------

    def picture(self, taken: TakenIn) -> None:
        """Names the picture."""
        self._view.title.setText(shown_title(taken))
        size = self.tr("{width} × {height}").format(width=taken.width, height=taken.height)
        self._view.facts.setText(size)

    def comparison(
        self, taken: TakenIn | None, choice: Choice | None, state: StyleState, made: str
    ) -> None:
        """The picture beside what was made of it, or beside its small version in the look."""
        stage = self._view.stage
        small = self._drawing.path(choice.key) if choice and taken else ""
        stage.show_pictures(str(taken.path) if taken else "", made or small)
        stage.set_share(1.0 if made or choice is None else state.strength / 100)
        words = []
        if choice is not None:
            words.append(choice.name)
            if state.strength < 100:
                words.append(self.tr("{n} %").format(n=state.strength))
        if made and state.scale:
            words.append(f"×{state.scale}")
        if not made:
            words.append(self.tr("rough preview"))
        stage.set_labels(self.tr("Before"), " · ".join(words))

    def progress(self, fraction: float) -> None:
        """How far the picture is, on it."""
        self._view.stage.set_progress(fraction)

    def busy(self, on: bool) -> None:
        """Whether something is being made of the picture."""
        self._view.stop.setVisible(on)
        if not on:
            self._view.stage.set_progress(None)

    # ---- the looks ---------------------------------------------------------------------------

    def looks(self, choices: Sequence[Choice], state: StyleState, *, complete: bool) -> None:
        """The row of looks, those of the chosen kind."""
        shown = [each for each in choices if state.group in ("all", each.group)]
        self._choices = {each.key: each for each in shown}
        strip = self._view.strip
        strip.looks.set_cells([self._cell(each) for each in shown], state.look)
        any_look = bool(choices) or not complete
        strip.show_looks(any_look=any_look, any_shown=bool(shown), group=state.group)
        self._count()

    def look(self, key: str, fraction: float | None = None) -> None:
        """What has become of one look."""
        if choice := self._choices.get(key):
            self._view.strip.looks.set_cell(self._cell(choice, fraction))
            self._count()

    def _cell(self, choice: Choice, fraction: float | None = None) -> LookCell:
        failure = self._drawing.failure(choice.key)
        tip = f"{choice.name}\n{choice.facts}"
        if failure is not None:
            tip = f"{choice.name}\n{failure.message} {failure.hint}".strip()
        path = self._drawing.path(choice.key)
        shown = None if path or failure else fraction
        return LookCell(choice.key, choice.name, tip, path, shown, failure is not None)

    def _count(self) -> None:
        drawn = sum(1 for key in self._choices if self._drawing.path(key))
        self._view.strip.show_count(drawn, len(self._choices))

    # ---- the inspector -----------------------------------------------------------------------

    def size(
        self,
        taken: TakenIn | None,
        state: StyleState,
        enlarger: Enlarger | None,
        *,
        complete: bool,
    ) -> None:
        """How large the picture becomes; `complete` once it is known which networks there are."""
        if enlarger is None:
            text = self.tr("The starter set brings networks that enlarge.") if complete else ""
            self._inspector.show_size(text)
            return
        if not state.scale or taken is None:
            self._inspector.show_size("")
            return
        width, height = taken.width * state.scale, taken.height * state.scale
        words = self.tr("To {width} × {height} pixels")
        text = words.format(width=width, height=height)
        self._inspector.show_size(text)

    def naming(self, name: str, *, possible: bool) -> None:
        """What the pictures of a folder are called."""
        rule = self.tr("One after another, into the library as {name}")
        example = f"{{name}}-{slug(name.replace('×', 'x'))}.png"
        self._inspector.show_naming(rule.format(name=example) if possible else "", possible)

    def verdict(self, *, has_picture: bool, has_steps: bool, busy: bool) -> None:
        """Why nothing can be done, or nothing."""
        if not has_picture:
            text = self.tr("Choose a picture first.")
        elif not has_steps:
            text = self.tr("Choose a look, or how much larger the picture is to be.")
        else:
            text = self.tr("It is in the queue.") if busy else ""
        self._inspector.show_verdict(text, has_picture and has_steps and not busy)


def shown_title(taken: TakenIn) -> str:
    """What the picture is called: words of its prompt, or of its file's name."""
    return title_of(taken.prompt) if taken.prompt else without_number(taken.path.stem)
