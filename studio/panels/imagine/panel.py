"""The Imagine panel: holds the state, shows it, and turns it into jobs."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.loaded_model import LoadedModel
from studio.panels.imagine.checks import Verdict, judge
from studio.panels.imagine.earlier import EarlierPrompts
from studio.panels.imagine.gallery import Gallery
from studio.panels.imagine.inspector import Inspector
from studio.panels.imagine.intake import Intake
from studio.panels.imagine.sizes import size_text, smaller
from studio.panels.imagine.starter_offer import StarterOffer
from studio.panels.imagine.starting_model import StartingModel
from studio.panels.imagine.state import ImagineState, Timing, remembered, told_state, with_model
from studio.panels.imagine.story import Story
from studio.panels.imagine.submitter import Submitter
from studio.panels.imagine.timing import duration, measured, seconds_for
from studio.panels.imagine.view import ImagineView
from studio.settings_table import DEFAULT_MODEL, RECENT_PROMPTS
from studio.stale_pictures import StalePictures
from studio.token_watch import TokenWatch
from studio.widgets.picture_drops import PictureDrops
from studio.widgets.picture_loader import PictureLoader
from studio.widgets.picture_mime import dropped_pictures
from studio.wishes import DrawPrompt, DrawVariations, InpaintPicture, UseModel, UseSettings

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

    from pipelines import api
    from pipelines.model_ref import ModelRef
    from studio.context import Context
    from studio.wishes import Wish

_ID = "imagine"


class ImaginePanel(QWidget):
    """Words become pictures. `inspector` is shown at the right of the window.

    Everything the person sets is kept in the panels' states and comes back at the next start.
    """

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._state = ImagineState.from_json(context.states.load(_ID))
        self._starting = StartingModel(context.settings.get(DEFAULT_MODEL))
        self._earlier = EarlierPrompts(self)
        self._loaded = LoadedModel(context.jobs, self)
        self._tokens = TokenWatch(context.tokens, self)
        self._attempted = False
        self._loader = PictureLoader(parent=self)
        self.view = ImagineView(self._loader, self)
        self.inspector = Inspector()
        self._story = Story(context, self.view, lambda: self._state, self)
        self._gallery = Gallery(context, self.view, self._loader, StalePictures(context.bible))
        self._submitter = Submitter(context, self._story, self._gallery, self.view.notice, self)
        self._intake = Intake(context, self._story, lambda: self._state, self)
        StarterOffer(context, self.view.empty, self)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.view)
        # What comes from our own grid has its settings in "Use these settings".
        PictureDrops(self).dropped.connect(self._on_drops_dropped)
        self._connect()
        self._offer_actions()
        self._forget_prompts()
        self._on_models_changed()

    @property
    def state(self) -> ImagineState:
        return self._state

    def focus_first(self) -> None:
        self.view.prompt.setFocus()

    def show_picture(self, path: Path) -> bool:
        """Chooses a picture of the library and shows it large; False for one it does not know."""
        return self._gallery.show_picture(path)

    def open_picture(self, path: Path) -> None:
        """Takes the settings of a picture of any program, or offers it as a start picture."""
        self._intake.take_dropped(str(path))

    # ---- doing -------------------------------------------------------------------------------

    def generate(self) -> None:
        """Queues a batch, or says what is missing."""
        self._attempted = True
        model = self._model()
        if model is None or self._verdict().problem:
            self._show_verdict()
            self.view.prompt.setFocus()
            return
        self._attempted = False
        limit = self._context.settings.get(RECENT_PROMPTS)
        self._set(remembered(self._state, self._state.prompt, limit))
        self._submitter.submit(self._state, model)

    def take_smaller_size(self) -> None:
        """For the next batch, where the memory did not suffice for this size."""
        if model := self._model():
            size = smaller((self._state.width, self._state.height), model.family.multiple)
            self._edit({"width": size[0], "height": size[1]})
            note = self.tr("The size is {size} now. Press {keys} to try it.")
            keys = self._context.actions.shortcut_text("imagine.generate")
            self.view.notice.tell(note.format(size=size_text(size), keys=keys))

    def use_settings(self) -> None:
        """Takes over what the current picture was made with."""
        self._intake.take(self._gallery.current_path())

    def vary(self) -> None:
        """Draws pictures like the current one: its settings, new seeds, and it as the start."""
        self._intake.vary(self._gallery.current_path())

    def send_to_inpaint(self) -> None:
        """Puts the current picture on a canvas."""
        path = Path(self._gallery.current_path())
        self._context.wishes.send("inpaint", InpaintPicture(path))

    def fulfil(self, wish: Wish) -> None:
        """Does what another panel asks for."""
        match wish:
            case UseSettings(path):
                self._intake.take_dropped(str(path))
            case DrawVariations(path):
                self._intake.vary(str(path))
            case DrawPrompt(text):
                self._on_words_chosen(text)
            case UseModel(model_id):
                self._on_inspector_model_chosen(model_id)

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
        self._show_told()
        self._show_tokens()
        self._context.states.save(_ID, state.to_json())

    def _forget_prompts(self) -> None:
        """Keeps no more earlier prompts than the settings say."""
        limit = self._context.settings.get(RECENT_PROMPTS)
        self._edit({"history": self._state.history[:limit]})

    def _show_words(self) -> None:
        self.view.prompt.set_text(self._state.prompt)
        self.view.negative.set_text(self._state.negative_prompt)

    def _show_told(self) -> None:
        self._story.show(self._state)
        self._tokens.watch(self._model(), self._story.tell(self._state.typed).expansion.prompt)

    def _show_settings(self) -> None:
        state, model = self._state, self._model()
        negative = model is None or model.family.negative
        self.view.negative_toggle.setEnabled(negative)
        self.view.negative_toggle.setToolTip(
            "" if negative else self.tr("This model takes no negative prompt")
        )
        self.view.show_negative(state.negative_open)
        self.inspector.show_state(state, model, self._context.models)
        self.inspector.show_loaded(model is not None and str(model.path) == self._loaded.path)
        seconds = seconds_for(state)
        cost = self.tr("About {time}").format(time=duration(seconds)) if seconds else ""
        self.inspector.show_cost(cost)

    def _show_tokens(self) -> None:
        self.view.show_tokens(self._tokens.count, self._tokens.limit)
        self._show_verdict()

    def _verdict(self) -> Verdict:
        told = told_state(self._state, self._story.tell(self._state.typed))
        return judge(told, self._model(), self._tokens.count, self._tokens.limit)

    def _show_verdict(self) -> None:
        if self._model() is None and not self._context.models.complete:
            self.inspector.show_verdict(self.tr("Looking for models…"), serious=False)
            return
        verdict = self._verdict()
        waits = verdict.problem and (self._attempted or self._model() is None)
        text = verdict.problem if waits else verdict.note
        self.inspector.show_verdict(text, serious=bool(waits))

    def _show_keys(self) -> None:
        actions = self._context.actions
        keys, tip = actions.shortcut_text("imagine.generate"), actions.tooltip("imagine.generate")
        self.inspector.set_shortcut(keys, tip)
        model = self._model()
        description, labels = (model.description, model.labels) if model else ("", ())
        self.view.empty.show_model(description, labels, keys)

    def _connect(self) -> None:
        context, view = self._context, self.view
        context.models.changed.connect(self._on_models_changed)
        self._tokens.changed.connect(self._show_tokens)
        context.actions.shortcuts_changed.connect(self._show_keys)
        context.settings.changed.connect(self._on_settings_changed)
        self._loaded.changed.connect(self._show_settings)
        self._earlier.chosen.connect(self._on_words_chosen)
        self.inspector.edited.connect(self._edit)
        self.inspector.noted.connect(view.notice.tell)
        self.inspector.model_chosen.connect(self._on_inspector_model_chosen)
        self.inspector.generate_asked.connect(self.generate)
        view.prompt.edited.connect(self._on_prompt_edited)
        view.prompt.history_asked.connect(self._on_prompt_history_asked)
        view.negative.edited.connect(self._on_negative_edited)
        view.negative_toggle.clicked.connect(self._on_negative_toggled)
        view.earlier.clicked.connect(self._on_earlier_clicked)
        view.head.vary.clicked.connect(self.vary)
        view.empty.word_chosen.connect(self._on_words_chosen)
        view.empty.folder_asked.connect(partial(context.actions.trigger, "models.add_folder"))
        view.empty.sample_asked.connect(partial(context.actions.trigger, "project.open_sample"))
        context.actions.available_changed.connect(self._on_actions_available_changed)
        self._on_actions_available_changed()
        self._gallery.batch_drawn.connect(self._on_gallery_batch_drawn)
        self._story.edited.connect(self._edit)
        self._story.changed.connect(self._on_story_changed)
        self._intake.settings_found.connect(self._on_intake_settings_found)
        self._intake.variation_found.connect(self._on_intake_variation_found)
        self._intake.start_offered.connect(self._on_intake_start_offered)
        self._intake.refused.connect(view.notice.tell)

    def _offer_actions(self) -> None:
        connect = self._context.actions.connect
        connect("imagine.generate", self.generate)
        connect("imagine.use_settings", self.use_settings, self._gallery.has_choice)
        connect("imagine.variations", self.vary, self._gallery.has_choice)
        connect("imagine.inpaint", self.send_to_inpaint, self._gallery.has_choice)
        connect("imagine.negative_prompt", self.view.negative_toggle.click)
        connect("imagine.smaller", self.take_smaller_size, lambda: self._model() is not None)
        connect("imagine.history", self._on_earlier_clicked)
        connect("imagine.focus_prompt", self.focus_first)

    # ---- slots -------------------------------------------------------------------------------

    def _on_models_changed(self) -> None:
        models = self._context.models
        self._state = self._starting.choose(self._state, models)
        self.inspector.show_models(models.models, self._state.model)
        self._on_model_changed()

    def _on_model_changed(self) -> None:
        self._show_words()
        self._show_settings()
        self._show_told()
        self._show_tokens()
        self._show_keys()

    def _on_inspector_model_chosen(self, model_id: str) -> None:
        self._starting.leave()
        if model := self._context.models.find(model_id):
            self._set(with_model(self._state, model))
            self._on_model_changed()

    def _on_prompt_edited(self, text: str) -> None:
        self._edit(self._story.retyped(text))

    def _on_prompt_history_asked(self, by: int) -> None:
        self._earlier.step(by, self._state.prompt, self._state.history)

    def _on_negative_edited(self, text: str) -> None:
        self._edit({"negative_prompt": text})

    def _on_negative_toggled(self, on: bool) -> None:
        self._edit({"negative_open": on})
        if on:
            self.view.negative.setFocus()

    def _on_earlier_clicked(self) -> None:
        self._earlier.show_menu(self.view.earlier, self._state.history)

    def _on_words_chosen(self, prompt: str) -> None:
        self._edit(self._story.retyped(prompt))
        self.focus_first()

    def _on_settings_changed(self, key: str) -> None:
        if key == RECENT_PROMPTS.key:
            self._forget_prompts()

    def _on_gallery_batch_drawn(
        self, request: api.TextToImageRequest, result: api.TextToImageResult
    ) -> None:
        model = self._context.models.find(request.model)
        if model and result.pictures and not request.init_image:
            each = result.seconds / len(result.pictures)
            timing = Timing(model.id, request.width, request.height, request.steps, each)
            self._set(measured(self._state, timing))

    def _on_story_changed(self) -> None:
        self._show_told()
        self._gallery.refresh()

    def _on_intake_settings_found(self, state: ImagineState, notice: str) -> None:
        self._set(state)
        self._on_model_changed()
        self.view.notice.tell(notice)
        self.focus_first()

    def _on_intake_variation_found(self, state: ImagineState) -> None:
        if model := self._context.models.find(state.model):
            self._submitter.submit(state, model)

    def _on_actions_available_changed(self) -> None:
        self.view.empty.show_sample(self._context.actions.is_available("project.open_sample"))

    def _on_intake_start_offered(self, path: str) -> None:
        start = partial(self._edit, {"init_image": path, "more_open": True})
        text = self.tr("{file} does not say how it was made.").format(file=Path(path).name)
        self.view.notice.tell(text, self.tr("Use as start picture"), start)

    def _on_drops_dropped(self, mime: QMimeData) -> None:
        self._intake.take_dropped(dropped_pictures(mime)[0])
