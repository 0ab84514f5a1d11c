"""The Imagine panel: holds the state, shows it, and turns it into jobs."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QFileDialog, QMenu, QVBoxLayout, QWidget

from pipelines import api
from studio.errors import Problem
from studio.panels.imagine.checks import judge
from studio.panels.imagine.gallery import Gallery
from studio.panels.imagine.history import HistoryWalk
from studio.panels.imagine.inspector import Inspector, set_role
from studio.panels.imagine.intake import Intake
from studio.panels.imagine.requests import request_for
from studio.panels.imagine.state import ImagineState, Timing, remembered, with_model
from studio.panels.imagine.timing import duration, measured, seconds_for
from studio.panels.imagine.view import ImagineView
from studio.prompt_title import title_of
from studio.settings_table import DEFAULT_MODEL, WILDCARDS_FOLDER
from studio.widgets.picture_loader import PictureLoader
from studio.widgets.picture_mime import dropped_pictures
from studio.wishes import DrawVariations, UseSettings

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from pipelines.model_ref import ModelRef
    from studio.context import Context
    from studio.jobs.job import Job
    from studio.wishes import Wish

_ID = "imagine"
_COUNT_AFTER_MS = 250
_RECALLED = 60
_MENU_PROMPTS = 20


class ImaginePanel(QWidget):
    """Words become pictures. `inspector` is shown at the right of the window.

    Everything the person sets is kept in the panels' states and comes back at the next start.
    """

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._state = ImagineState.from_json(context.states.load(_ID))
        self._walk = HistoryWalk()
        self._counted, self._limit = 0, 0
        self._attempted = False
        self._loader = PictureLoader(parent=self)
        self.view = ImagineView(self._loader, self)
        self.inspector = Inspector()
        self._gallery = Gallery(context, self.view, self._loader)
        self._intake = Intake(context, lambda: self._state, self)
        self._counting = QTimer(self, singleShot=True, interval=_COUNT_AFTER_MS)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.view)
        self.setAcceptDrops(True)
        self._connect()
        self._offer_actions()
        self._gallery.recall(context.library.recent(_RECALLED))
        for job in (*context.jobs.running(), *context.jobs.waiting()):
            self._on_jobs_added(job)
        self._on_models_changed()

    @property
    def state(self) -> ImagineState:
        return self._state

    def focus_first(self) -> None:
        self.view.prompt.setFocus()

    # ---- doing -------------------------------------------------------------------------------

    def generate(self) -> None:
        """Queues a batch, or says what is missing."""
        self._attempted = True
        model = self._model()
        problem = self._verdict_problem()
        if model is None or problem:
            self._show_verdict()
            self.view.prompt.setFocus()
            return
        self._attempted = False
        self._set(remembered(self._state, self._state.prompt))
        self._submit(self._state, model)

    def use_settings(self) -> None:
        """Takes over what the current picture was made with."""
        self._intake.take(self._gallery.current_path())

    def vary(self) -> None:
        """Draws pictures like the current one: its settings, new seeds, and it as the start."""
        self._intake.vary(self._gallery.current_path())

    def fulfil(self, wish: Wish) -> None:
        """Does what another panel asks for."""
        match wish:
            case UseSettings(path):
                self._intake.take_dropped(str(path))
            case DrawVariations(path):
                self._intake.vary(str(path))

    def _submit(self, state: ImagineState, model: ModelRef) -> None:
        wildcards = self._context.settings.get(WILDCARDS_FOLDER) or self._context.paths.wildcards
        request = request_for(state, model, str(wildcards))
        self._gallery.show_newest()
        self._context.jobs.submit(request, title=title_of(request.prompt))

    # ---- state -------------------------------------------------------------------------------

    def _model(self) -> ModelRef | None:
        return self._context.models.find(self._state.model) if self._state.model else None

    def _edit(self, changes: dict[str, Any]) -> None:
        self._set(replace(self._state, **changes))

    def _set(self, state: ImagineState) -> None:
        if state == self._state:
            return
        before, self._state = self._state, state
        self._show_words()
        if replace(before, prompt=state.prompt, negative_prompt=state.negative_prompt) != state:
            self._show_settings()
        self._show_tokens()
        self._context.states.save(_ID, state.to_json())

    def _show(self) -> None:
        self._show_words()
        self._show_settings()
        self._show_tokens()

    def _show_words(self) -> None:
        self.view.prompt.set_text(self._state.prompt)
        self.view.negative.set_text(self._state.negative_prompt)

    def _show_settings(self) -> None:
        state, model = self._state, self._model()
        negative = model is None or model.family.negative
        self.view.negative_toggle.setEnabled(negative)
        self.view.negative_toggle.setToolTip(
            "" if negative else self.tr("This model takes no negative prompt")
        )
        self.view.show_negative(state.negative_open)
        self.inspector.show_state(state, model, self._context.models)
        seconds = seconds_for(state)
        cost = self.tr("About {time}").format(time=duration(seconds)) if seconds else ""
        self.inspector.show_cost(cost)

    def _show_tokens(self) -> None:
        words = self.tr("{count} of {limit} tokens") if self._limit else ""
        self.view.tokens.setText(words.format(count=self._counted, limit=self._limit))
        set_role(self.view.tokens, "accent" if self._counted > self._limit else "fact")
        self._show_verdict()

    def _verdict_problem(self) -> str:
        return judge(self._state, self._model(), self._counted, self._limit).problem

    def _show_verdict(self) -> None:
        verdict = judge(self._state, self._model(), self._counted, self._limit)
        waits = verdict.problem and (self._attempted or self._model() is None)
        text = verdict.problem if waits else verdict.note
        self.inspector.show_verdict(text, serious=bool(waits))

    def _show_keys(self) -> None:
        actions = self._context.actions
        keys, tip = actions.shortcut_text("imagine.generate"), actions.tooltip("imagine.generate")
        self.inspector.set_shortcut(keys, tip)
        if model := self._model():
            self.view.empty.show_model(model.description, model.labels, keys)
        else:
            self.view.empty.show_model("", (), keys)

    def _connect(self) -> None:
        context, view = self._context, self.view
        context.models.changed.connect(self._on_models_changed)
        context.jobs.job_added.connect(self._on_jobs_added)
        context.jobs.queue_changed.connect(self._on_jobs_queue_changed)
        context.tokens.counted.connect(self._on_tokens_counted)
        context.actions.shortcuts_changed.connect(self._show_keys)
        self.inspector.edited.connect(self._edit)
        self.inspector.noted.connect(view.notice.tell)
        self.inspector.model_chosen.connect(self._on_inspector_model_chosen)
        self.inspector.generate_asked.connect(self.generate)
        view.prompt.edited.connect(self._on_prompt_edited)
        view.prompt.history_asked.connect(self._on_prompt_history_asked)
        view.negative.edited.connect(self._on_negative_edited)
        view.negative_toggle.clicked.connect(self._on_negative_toggled)
        view.earlier.clicked.connect(self._on_earlier_clicked)
        view.vary.clicked.connect(self.vary)
        view.empty.word_chosen.connect(self._on_empty_word_chosen)
        view.empty.folder_asked.connect(self._on_empty_folder_asked)
        self._gallery.batch_drawn.connect(self._on_gallery_batch_drawn)
        self._gallery.batch_failed.connect(self._on_gallery_batch_failed)
        self._intake.settings_found.connect(self._on_intake_settings_found)
        self._intake.variation_found.connect(self._on_intake_variation_found)
        self._intake.start_offered.connect(self._on_intake_start_offered)
        self._intake.refused.connect(view.notice.tell)
        self._counting.timeout.connect(self._on_counting_due)

    def _offer_actions(self) -> None:
        connect = self._context.actions.connect
        connect("imagine.generate", self.generate)
        connect("imagine.use_settings", self.use_settings, self._gallery.has_choice)
        connect("imagine.variations", self.vary, self._gallery.has_choice)
        connect("imagine.negative_prompt", self.view.negative_toggle.click)
        connect("imagine.history", self._on_earlier_clicked)
        connect("imagine.focus_prompt", self.focus_first)

    # ---- slots -------------------------------------------------------------------------------

    def _on_models_changed(self) -> None:
        models = self._context.models
        usable = [model for model in models.models if not model.inpaint and not model.missing]
        wanted = models.find(self._context.settings.get(DEFAULT_MODEL))
        if not self._state.model and usable:
            self._state = with_model(self._state, wanted or usable[0])
        self.inspector.show_models(models.models, self._state.model)
        self._on_model_changed()

    def _on_model_changed(self) -> None:
        model = self._model()
        self._limit = model.tokens if model else 0
        self._counted = 0
        self._show()
        self._show_keys()
        self._counting.start()

    def _on_inspector_model_chosen(self, model_id: str) -> None:
        if model := self._context.models.find(model_id):
            self._set(with_model(self._state, model))
            self._on_model_changed()

    def _on_prompt_edited(self, text: str) -> None:
        self._edit({"prompt": text})
        self._counting.start()

    def _on_prompt_history_asked(self, by: int) -> None:
        self._edit({"prompt": self._walk.step(by, self._state.prompt, self._state.history)})

    def _on_negative_edited(self, text: str) -> None:
        self._edit({"negative_prompt": text})

    def _on_negative_toggled(self, on: bool) -> None:
        self._edit({"negative_open": on})
        if on:
            self.view.negative.setFocus()

    def _on_earlier_clicked(self) -> None:
        menu = QMenu(self)
        for prompt in self._state.history[:_MENU_PROMPTS]:
            entry = menu.addAction(title_of(prompt))
            entry.setToolTip(prompt)
            entry.triggered.connect(partial(self._edit, {"prompt": prompt}))
        if menu.isEmpty():
            menu.addAction(self.tr("Prompts you have drawn will be here")).setEnabled(False)
        menu.setToolTipsVisible(True)
        menu.exec(self.view.earlier.mapToGlobal(QPoint(0, self.view.earlier.height())))
        menu.deleteLater()

    def _on_empty_word_chosen(self, word: str) -> None:
        self._edit({"prompt": word})
        self.focus_first()

    def _on_empty_folder_asked(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Choose a folder of models"))
        if folder:
            self._context.models.add_folder(Path(folder))

    def _on_counting_due(self) -> None:
        if model := self._model():
            self._context.tokens.count_tokens(model, self._state.prompt)

    def _on_tokens_counted(self, model_id: str, text: str, count: int, limit: int) -> None:
        if (model_id, text) == (self._state.model, self._state.prompt):
            self._counted, self._limit = count, limit
            self._show_tokens()

    def _on_jobs_added(self, job: Job) -> None:
        if isinstance(job.request, api.TextToImageRequest):
            self._gallery.watch(job, title_of(job.request.prompt))

    def _on_gallery_batch_drawn(
        self, request: api.TextToImageRequest, result: api.TextToImageResult
    ) -> None:
        self.view.notice.tell(" ".join(result.notes))
        model = self._context.models.find(request.model)
        if model and result.pictures and not request.init_image:
            each = result.seconds / len(result.pictures)
            timing = Timing(model.id, request.width, request.height, request.steps, each)
            self._set(measured(self._state, timing))

    def _on_gallery_batch_failed(self, failure: api.Failed) -> None:
        self._context.messages.report(
            Problem(failure.message, failure.hint, failure.trace, failure.code)
        )

    def _on_intake_settings_found(self, state: ImagineState, notice: str) -> None:
        self._set(state)
        self._on_model_changed()
        self.view.notice.tell(notice)
        self.focus_first()

    def _on_intake_variation_found(self, state: ImagineState) -> None:
        if model := self._context.models.find(state.model):
            self._submit(state, model)

    def _on_intake_start_offered(self, path: str) -> None:
        start = partial(self._edit, {"init_image": path, "more_open": True})
        text = self.tr("{file} does not say how it was made.").format(file=Path(path).name)
        self.view.notice.tell(text, self.tr("Use as start picture"), start)

    def _on_jobs_queue_changed(self) -> None:
        jobs = self._context.jobs
        self._gallery.settle_all_but({job.id for job in (*jobs.running(), *jobs.waiting())})

    # ---- Qt ----------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        # What comes from our own grid has its settings in "Use these settings".
        if event.source() is not self.view.grid and dropped_pictures(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = dropped_pictures(event.mimeData())[0]
        event.acceptProposedAction()
        self._intake.take_dropped(path)
