"""The Inpaint panel: holds the state, ties the canvas to project, tray and queue."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pipelines.edit_requests import Margins
from studio import theme
from studio.asset_pictures import AssetPictures
from studio.bible_mentions import BibleMentions
from studio.canvas.canvas import Canvas
from studio.canvas.layer import CanvasState
from studio.canvas.workbench import Workbench
from studio.document.canvas.canvas_record import CANVAS_KIND
from studio.loaded_model import LoadedModel
from studio.panels.inpaint.advice import advice_on, why_not
from studio.panels.inpaint.candidates import Candidates
from studio.panels.inpaint.canvases import canvas_names, show_canvases
from studio.panels.inpaint.expanding import Expanding
from studio.panels.inpaint.file_talk import FileTalk
from studio.panels.inpaint.inspector import Inspector
from studio.panels.inpaint.intake import Intake
from studio.panels.inpaint.looking import Looking
from studio.panels.inpaint.making import Making
from studio.panels.inpaint.mask_watch import MaskWatch
from studio.panels.inpaint.panel_actions import PanelActions
from studio.panels.inpaint.requests import Plan, plan, request_for
from studio.panels.inpaint.saving import Saving
from studio.panels.inpaint.session import Session
from studio.panels.inpaint.starting import starting_state
from studio.panels.inpaint.state import InpaintState, with_mode, with_model
from studio.panels.inpaint.tray_desk import TrayDesk
from studio.panels.inpaint.view import InpaintView
from studio.widgets.picture_drops import PictureDrops
from studio.widgets.picture_loader import PictureLoader
from studio.widgets.picture_mime import dropped_pictures
from studio.widgets.thumbnail_loader import ThumbnailLoader
from studio.wishes import InpaintPicture, ShowPart

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent

    from pipelines.model_ref import ModelRef
    from studio.context import Context
    from studio.document.documents import Changes
    from studio.document.errors import ProjectError
    from studio.wishes import Wish

_ID = "inpaint"


class InpaintPanel(QWidget):
    """A canvas where only what was painted changes. `inspector` is at the right of the window."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._state = InpaintState.from_json(context.states.load(_ID))
        self._loader = PictureLoader(parent=self)
        self._portraits = ThumbnailLoader(AssetPictures(context.project), parent=self)
        self.canvas = Canvas(CanvasState(1, 1), self)
        self.bench = Workbench(self.canvas, self)
        self.view = InpaintView(self.bench, self)
        self.inspector = Inspector(self.bench)
        self._mask = MaskWatch(self.canvas, self)
        # Before the session: an edit ends the look at a candidate.
        self.session = Session(context.project, self.canvas, self)
        self.looking = Looking(self.canvas, self.view.canvas, self.session, self._loader, self)
        self.candidates = Candidates(context.jobs, self)
        self.making = Making(context, self.bench, self.candidates, self)
        self.desk = TrayDesk(
            self.bench,
            self.session,
            self.candidates,
            self.looking,
            self.making,
            self._mask,
            self.view,
            self._loader,
            self,
        )
        self.intake = Intake(context, self.canvas, self.session, self)
        self.saving = Saving(context, self.bench, self)
        self.files = FileTalk(self, self.session, self.intake, self.saving, self.view.notice)
        self._expanding = Expanding(self.bench, self.view.canvas, self)
        self._loaded = LoadedModel(context.jobs, self)
        self.inspector.prompt.set_mentions(BibleMentions(context.bible, self), self._portraits)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.view)
        PictureDrops(self.view.empty).dropped.connect(self._on_empty_dropped)
        self._connect()
        self._actions = PanelActions(context, self)
        self._show_keys()
        self._on_models_changed()
        self._open_last()

    @property
    def state(self) -> InpaintState:
        return self._state

    def focus_first(self) -> None:
        shown = self.view.canvas if self.session.record else self.view.empty.step
        shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def fulfil(self, wish: Wish) -> None:
        """Does what another panel asks for."""
        match wish:
            case InpaintPicture(path):
                self.intake.open(path)
            case ShowPart(key, _) if key in self._context.project.documents:
                self.session.open(key)

    # ---- doing -------------------------------------------------------------------------------

    def go(self) -> None:
        """Asks for candidates, or says what is missing."""
        self._mask.measure()
        if self._why_not():
            self._show_verdict()
            return
        self.session.settle()
        self.looking.end()
        self.candidates.drop(self.session.key)
        self.making.start(self._state, self._model(), self._mask.area, self.session.key)
        if not self.inspector.prompt.hasFocus():  # there somebody may go on writing
            self.view.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose_canvas(self) -> None:
        """Opens the menu of canvases."""
        project, name = self._context.project, self.view.zoom.name
        show_canvases(
            canvas_names(project),
            self.session.key,
            self.session.open,
            self._context.actions,
            self,
            name.mapToGlobal(QPoint(0, name.height())),
        )

    # ---- state -------------------------------------------------------------------------------

    def _model(self) -> ModelRef | None:
        """The one that is used; None where there is none, or none is needed."""
        if not self._state.uses_model or not self._state.model:
            return None
        found = self._context.models.find(self._state.model)
        return found if found and found.inpaint_class else None

    def edit(self, changes: dict[str, Any]) -> None:
        """Takes over what the person changed."""
        self.set_state(replace(self._state, **changes))

    def set_state(self, state: InpaintState) -> None:
        """Shows and keeps it."""
        if state == self._state:
            return
        self._state = state
        self._context.states.save(_ID, state.to_json())
        self._show()

    def _show(self) -> None:
        model = self._model()
        self.inspector.show_state(self._state)
        self.inspector.layers.setVisible(self.session.record is not None)
        loaded = model is not None and str(model.path) == self._loaded.path
        self.inspector.models.show_state(self._state, model, loaded=loaded)
        self.inspector.show_advice(advice_on(self._state, model))
        self._expanding.set_on(
            self._state.mode == "expand" and self.session.record is not None,
            # A candidate that is looked at has widened the canvas already.
            Margins() if self.looking.is_holding else self._state.margins,
        )
        self._show_plan()

    def _show_plan(self) -> None:
        """What depends on the mask: the frame, the facts, and whether it can be done."""
        area, state = self._mask.area, self._state
        model = self._model()
        request = request_for(state, model, QRect(), "", "", "", "", self._context.bible.bible)
        self.inspector.more.show_state(state, request, max(area.width(), area.height(), 1))
        record = self.session.record
        if record is not None:
            self.view.zoom.show_canvas(record.name)
            self.view.zoom.show_facts(self.canvas.state.size, self._mask.share)
        shown = record is not None and state.mode != "expand" and not area.isEmpty()
        if shown and (model is not None or not state.uses_model):
            made = plan(state, model, self.canvas.state.size, area)
            self.view.canvas.show_frame(made.frame, self._frame_label(made))
        else:
            self.view.canvas.show_frame(None)
        self._show_verdict()

    def _frame_label(self, made: Plan) -> str:
        side = max(made.frame.width(), made.frame.height())
        if made.drawn.isEmpty():
            return self.tr("Context {side} px").format(side=side)
        drawn = f"{made.drawn.width()} × {made.drawn.height()}"
        if made.drawn.width() == made.drawn.height():
            drawn = str(made.drawn.width())
        return self.tr("Context {side} px, drawn at {drawn}").format(side=side, drawn=drawn)

    def _why_not(self) -> str:
        if self.session.is_loading:
            return self.tr("The canvas is being opened…")
        if self.session.record is None:
            return self.tr("Open a picture first.")
        if self.looking.is_holding:
            return self.tr("Keep the candidate or reject it first.")
        if self.making.busy:
            return self.tr("The painted part is being handed over…")
        return why_not(
            self._state,
            self._model(),
            self.canvas.state.size,
            self._mask.area,
            looked=self._context.models.complete,
        )

    def _show_verdict(self) -> None:
        note = ""
        if self.desk.is_making and self._context.jobs.paused:
            note = self.tr("The queue is paused: the candidates wait.")
        self.inspector.show_verdict(self._why_not(), note)

    def _show_keys(self) -> None:
        actions = self._context.actions
        self.inspector.set_shortcut(
            actions.shortcut_text("inpaint.go"), actions.tooltip("inpaint.go")
        )

    def _open_last(self) -> None:
        """The canvas that was open last, else any."""
        keys = list(canvas_names(self._context.project))
        if keys:
            self.session.open(self._state.canvas if self._state.canvas in keys else keys[0])
        else:
            self._on_session_closed()

    def _connect(self) -> None:
        context, view = self._context, self.view
        context.models.changed.connect(self._on_models_changed)
        context.actions.shortcuts_changed.connect(self._show_keys)
        context.jobs.pause_changed.connect(self._show_verdict)
        context.project.changed.connect(self._on_project_changed)
        context.project.replaced.connect(self._open_last)
        self._loaded.changed.connect(self._show)
        self._mask.measured.connect(self._show_plan)
        self.session.opened.connect(self._on_session_opened)
        self.session.closed.connect(self._on_session_closed)
        self.session.loading_changed.connect(self._show_verdict)
        self.session.renamed.connect(self._show_plan)
        self.session.failed.connect(self._on_session_failed)
        self.looking.held_changed.connect(self._on_looking_held_changed)
        self.making.busy_changed.connect(self._show_verdict)
        self.making.refused.connect(view.notice.tell)
        self.candidates.noted.connect(view.notice.tell)
        self.desk.busy_changed.connect(self._show_verdict)
        self.canvas.refused.connect(view.notice.tell)
        self._expanding.dragged.connect(self._on_expanding_dragged)
        self.inspector.edited.connect(self.edit)
        self.inspector.mode_chosen.connect(self._on_inspector_mode_chosen)
        self.inspector.go_asked.connect(self.go)
        self.inspector.models.model_chosen.connect(self._on_model_chosen)
        self.inspector.models.none_chosen.connect(self._on_no_model_chosen)
        view.canvas.pictures_dropped.connect(self.files.take)
        view.canvas.image_pasted.connect(self.files.take_image)
        view.zoom.canvases_asked.connect(self.choose_canvas)
        view.empty.first_step_asked.connect(self.files.open)
        view.empty.second_step_asked.connect(self.files.paste)
        self.bench.paste_mask_asked.connect(self.files.paste_mask)
        self.bench.load_mask_asked.connect(self.files.load_mask)
        self.bench.save_mask_asked.connect(self.files.save_mask)
        theme.application().aboutToQuit.connect(self.finish)

    def finish(self) -> None:
        """Nothing is left half done, and no scratch."""
        self.session.settle()
        for part in (self.intake, self.making, self.saving):
            part.finish()

    # ---- slots -------------------------------------------------------------------------------

    def _on_models_changed(self) -> None:
        self.inspector.models.show_models(self._context.models.models)
        self.set_state(starting_state(self._state, self._context.models.models))
        self._show()

    def _on_model_chosen(self, model_id: str) -> None:
        if model := self._context.models.find(model_id):
            self.set_state(with_model(self._state, model))

    def _on_no_model_chosen(self) -> None:
        self.edit({"without_model": True})

    def _on_inspector_mode_chosen(self, mode: str) -> None:
        self.set_state(with_mode(self._state, mode))

    def _on_expanding_dragged(self, margins: Margins) -> None:
        if self._state.mode == "expand" and not self.looking.is_holding:
            self.edit(
                {
                    "left": margins.left,
                    "top": margins.top,
                    "right": margins.right,
                    "bottom": margins.bottom,
                }
            )

    def _on_looking_held_changed(self, held: bool) -> None:
        self.view.set_tools_enabled(not held)
        self.inspector.layers.setEnabled(not held)
        self._show()

    def _on_session_opened(self) -> None:
        is_first = not self.view.shows_canvas
        self.view.show_canvas(True)
        if is_first and self.isVisible():
            self.focus_first()
        self.view.canvas.fit()
        self.edit({"canvas": self.session.key})
        self._mask.measure()
        self._show()

    def _on_session_closed(self) -> None:
        self.view.show_canvas(False)
        self._show()

    def _on_session_failed(self, error: ProjectError) -> None:
        self.view.notice.tell(f"{error} {error.hint}".strip())

    def _on_project_changed(self, changes: Changes) -> None:
        """A canvas that comes back by undo is shown, where none is."""
        if not self.session.key and CANVAS_KIND in changes.kinds:
            self._open_last()

    def _on_empty_dropped(self, mime: Any) -> None:
        self.files.take(dropped_pictures(mime))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.session.settle()
