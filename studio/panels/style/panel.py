"""The Style panel: a picture in every look there is, and what is made of it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.action_menu import show_actions
from studio.panels.style.arrivals import Arrivals
from studio.panels.style.choices import choices_of
from studio.panels.style.inspector import Inspector
from studio.panels.style.intake import Intake
from studio.panels.style.look_drawing import LookDrawing
from studio.panels.style.making import Making
from studio.panels.style.networks import NetworkShelf
from studio.panels.style.order import name_of, order_of
from studio.panels.style.showing import Showing, shown_title
from studio.panels.style.state import StyleState
from studio.panels.style.view import StyleView
from studio.widgets.picture_loader import PictureLoader
from studio.wishes import StylePicture

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QShowEvent

    from pipelines.looks import Enlarger
    from studio.context import Context
    from studio.panels.style.choices import Choice
    from studio.panels.style.order import Order
    from studio.style_files import TakenIn
    from studio.wishes import Wish

_ID = "style"
_MENU = (("style.apply",), ("style.like", "style.forget_look"))


class StylePanel(QWidget):
    """`inspector` is shown at the right of the window. The picture and what is set come back at
    the next start; what was made lies in the library.
    """

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._state = StyleState.from_json(context.states.load(_ID))
        self._taken: TakenIn | None = None
        self._choices: tuple[Choice, ...] = ()
        self._loader = PictureLoader(parent=self)
        self.view = StyleView(context.actions, self._loader, self)
        self.inspector = Inspector()
        self._networks = NetworkShelf(context, self)
        self._drawing = LookDrawing(context, self)
        self._showing = Showing(self.view, self.inspector, self._drawing)
        self._making = Making(context, self)
        self._intake = Intake(context, self)
        self._arrivals = Arrivals(context, self, self.view.strip)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.view)
        self._connect()
        self._offer_actions()
        self._show()
        self._networks.look()
        if self._state.picture:
            self._intake.open(Path(self._state.picture))

    @property
    def state(self) -> StyleState:
        return self._state

    def focus_first(self) -> None:
        if self._taken is not None:
            self.view.strip.looks.setFocus()

    def open_picture(self, path: Path) -> None:
        """Takes this file in place of the picture that is shown."""
        self._intake.open(path)

    def fulfil(self, wish: Wish) -> None:
        """Does what another panel asks for."""
        if isinstance(wish, StylePicture):
            self._intake.open(wish.path)

    # ---- doing -------------------------------------------------------------------------------

    def apply(self) -> None:
        """Queues what is set for the picture."""
        order = self._order()
        if self._taken is None or not order.steps or self._is_busy():
            return
        self._showing.progress(0)
        title = f"{name_of(self._state, self._choice())} · {shown_title(self._taken)}"
        self._making.submit(order, [str(self._taken.path)], title)
        self._show_settings()
        if self._context.jobs.paused:
            resume = partial(self._context.jobs.set_paused, False)
            text = self.tr("The queue is paused: the picture waits.")
            self.view.notice.tell(text, self.tr("Resume"), resume)

    def stop(self) -> None:
        """Gives up what is being made of the picture."""
        if self._taken is not None:
            self._making.stop(str(self._taken.path))

    def do_folder(self, folder: Path) -> None:
        """Queues what is set for every picture of a folder, as one job."""
        order = self._order()
        if order.steps:
            name = name_of(self._state, self._choice())
            self.view.notice.tell(self._making.submit_folder(order, folder, name))

    def take_look(self, path: Path) -> None:
        """Puts the look of this picture on the list and chooses it."""
        self._set(self._state.with_like(str(path.absolute())))
        self._show_choices()

    # ---- state -------------------------------------------------------------------------------

    def _edit(self, changes: dict[str, Any]) -> None:
        self._set(replace(self._state, **changes))
        self._show_settings()

    def _set(self, state: StyleState) -> None:
        self._state = state
        self._context.states.save(_ID, state.to_json())

    def _choice(self) -> Choice | None:
        return next((each for each in self._choices if each.key == self._state.look), None)

    def _enlarger(self) -> Enlarger | None:
        found = self._networks.found.enlargers
        wanted = (each for each in found if each.id == self._state.enlarger)
        return next(wanted, found[0] if found else None)

    def _order(self) -> Order:
        return order_of(self._state, self._choice(), self._enlarger())

    def _is_busy(self) -> bool:
        return self._taken is not None and self._making.is_busy_with(str(self._taken.path))

    # ---- showing -----------------------------------------------------------------------------

    def _show(self) -> None:
        self.view.show_picture(self._taken is not None)
        if self._taken is not None:
            self._showing.picture(self._taken)
        self._show_choices()

    def _show_choices(self) -> None:
        """The looks there are; those of the picture that are not drawn yet follow."""
        found = self._networks.found
        self._choices = choices_of(found.looks, self._state.likes)
        if self._state.look and self._networks.complete and self._choice() is None:
            self._set(replace(self._state, look=""))
        if not self._state.look and not self._state.scale and self._choices:
            self._set(replace(self._state, look=self._choices[0].key))
        self.inspector.show_networks(self._choices, found.enlargers)
        self._drawing.show(self._taken, self._choices)
        self._drawing.first(self._state.look)
        self.view.offer.setVisible(self._networks.complete and not found.looks)
        self._show_looks()
        self._show_settings()

    def _show_looks(self) -> None:
        self._showing.looks(self._choices, self._state, complete=self._networks.complete)

    def _show_settings(self) -> None:
        state, choice, order = self._state, self._choice(), self._order()
        self.inspector.show_state(state, choice, self._enlarger())
        self._drawing.first(state.look)
        self.view.strip.looks.choose(state.look)
        self._showing.size(self._taken, state, self._enlarger(), complete=self._networks.complete)
        name = name_of(self._state, self._choice())
        self._showing.naming(name, possible=bool(order.steps))
        self._showing.busy(self._is_busy())
        self._showing.verdict(
            has_picture=self._taken is not None, has_steps=bool(order.steps), busy=self._is_busy()
        )
        made = self._making.made(order, str(self._taken.path)) if self._taken else ""
        self._showing.comparison(self._taken, choice, state, made)

    def _show_keys(self) -> None:
        actions = self._context.actions
        keys, tip = actions.shortcut_text("style.apply"), actions.tooltip("style.apply")
        self.inspector.set_shortcut(keys, tip)

    def _connect(self) -> None:
        view, actions = self.view, self._context.actions
        actions.shortcuts_changed.connect(self._show_keys)
        self._show_keys()
        self._networks.changed.connect(self._show_choices)
        self._networks.failed.connect(self._on_networks_failed)
        self._intake.taken.connect(self._on_intake_taken)
        self._intake.refused.connect(view.notice.tell)
        self._drawing.drawn.connect(self._on_drawing_drawn)
        self._drawing.failed.connect(self._on_drawing_failed)
        self._drawing.progressed.connect(self._on_drawing_progressed)
        self._making.progressed.connect(self._on_making_progressed)
        self._making.finished.connect(self._show_settings)
        self._making.noted.connect(view.notice.tell)
        self._making.ended.connect(self._on_making_ended)
        view.strip.looks.chosen.connect(self._on_looks_chosen)
        view.strip.looks.menu_asked.connect(partial(show_actions, actions, _MENU, self))
        view.strip.group_chosen.connect(self._on_strip_group_chosen)
        view.strip.like.clicked.connect(partial(actions.trigger, "style.like"))
        view.empty.first_step_asked.connect(partial(actions.trigger, "style.open"))
        view.empty.second_step_asked.connect(partial(actions.trigger, "style.paste"))
        view.hold.pressed.connect(partial(view.stage.hold, True))
        view.hold.released.connect(partial(view.stage.hold, False))
        view.fit.clicked.connect(view.stage.fit)
        view.stop.clicked.connect(self.stop)
        self.inspector.edited.connect(self._edit)
        self.inspector.apply_asked.connect(self.apply)
        self.inspector.folder_asked.connect(partial(actions.trigger, "style.add_folder"))
        self._arrivals.picture_came.connect(self._intake.open)
        self._arrivals.look_came.connect(self.take_look)
        self._arrivals.folder_came.connect(self.do_folder)
        self._arrivals.refused.connect(view.notice.tell)

    def _offer_actions(self) -> None:
        connect, has_picture = self._context.actions.connect, self._has_picture
        connect("style.apply", self.apply, self._can_apply)
        connect("style.stop", self.stop, self._is_busy)
        connect("style.open", self._arrivals.ask_for_picture)
        connect("style.paste", self._arrivals.paste)
        connect("style.like", self._arrivals.ask_for_look, lambda: bool(self._choices))
        connect("style.forget_look", self._on_forget_asked, self._can_forget)
        connect(
            "style.add_folder", self._arrivals.ask_for_folder, lambda: bool(self._order().steps)
        )
        connect("style.fit", self.view.stage.fit, has_picture)

    def _has_picture(self) -> bool:
        return self._taken is not None

    def _can_apply(self) -> bool:
        return self._has_picture() and bool(self._order().steps)

    def _can_forget(self) -> bool:
        choice = self._choice()
        return choice is not None and bool(choice.like)

    # ---- slots -------------------------------------------------------------------------------

    def _on_networks_failed(self, failure: Any) -> None:
        self.view.notice.tell(f"{failure.message} {failure.hint}".strip())

    def _on_intake_taken(self, taken: TakenIn) -> None:
        self._taken = taken
        self._loader.forget(str(taken.path))
        self._set(replace(self._state, picture=str(taken.path)))
        self.view.notice.tell(" ".join(taken.notes))
        had_focus = self.view.empty.isAncestorOf(self.focusWidget())
        self._show()
        if had_focus:
            self.focus_first()

    def _on_looks_chosen(self, key: str) -> None:
        self._edit({"look": key})

    def _on_strip_group_chosen(self, group: str) -> None:
        self._set(replace(self._state, group=group))
        self._show_looks()

    def _on_drawing_drawn(self, key: str) -> None:
        self._loader.forget(self._drawing.path(key))
        self._showing.look(key)
        if key == self._state.look:
            self._show_settings()

    def _on_drawing_failed(self, key: str, _failure: object) -> None:
        self._showing.look(key)

    def _on_drawing_progressed(self, key: str, fraction: float) -> None:
        self._showing.look(key, fraction)

    def _on_making_progressed(self, original: str, fraction: float) -> None:
        if self._taken is not None and original == str(self._taken.path):
            self._showing.progress(fraction)

    def _on_making_ended(self) -> None:
        # The next step of an order comes into the queue in the same turn.
        QTimer.singleShot(0, self, self._show_settings)

    def _on_forget_asked(self) -> None:
        choice = self._choice()
        if choice is not None:
            likes = tuple(each for each in self._state.likes if each != choice.like)
            self._set(replace(self._state, likes=likes, look=""))
            self._show_choices()

    # ---- Qt ----------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._drawing.rest(False)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._drawing.rest(True)
