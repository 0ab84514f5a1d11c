"""The whole panel, with real jobs whose events the test writes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QDoubleSpinBox, QFileDialog, QWidget

from pipelines import api
from pipelines.adapters import LoraRef
from pipelines.families import family
from studio.jobs.job import Job, JobState
from studio.panels.imagine.panel import ImaginePanel
from studio.settings_table import DEFAULT_MODEL, RECENT_PROMPTS
from studio.tokens import PICTURE
from studio.widgets.chip import Chip
from studio.widgets.picture_mime import files_mime
from studio.widgets.start_card import StartCard
from studio.wishes import DrawVariations, UseSettings
from tests.studio.dragging import drop_on
from tests.studio.panels.imagine.fakes import FLUX, SDXL, STARTER, FakeModels, Window, info

if TYPE_CHECKING:
    import pytest
    from pytestqt.qtbot import QtBot

Make = Callable[[], ImaginePanel]


def drawn(window: Window, panel: ImaginePanel, prompt: str = "a castle", count: int = 2) -> Job:
    """A batch that was drawn to its end."""
    panel.view.prompt.set_text(prompt)
    panel._edit({"count": count})
    panel.generate()
    job = window.jobs.all[-1]
    job.apply(api.Started())
    pictures = tuple(window.draw(job, index, "#8899cc") for index in range(count))
    job.apply(api.Done(api.TextToImageResult(pictures, "cpu", "float32", (), 1.0 * count)))
    return job


def verdict(panel: ImaginePanel) -> str:
    return panel.inspector._verdict.text()


# ---- first start ---------------------------------------------------------------------------------


def test_the_first_start_offers_words_and_one_click_fills_the_prompt(
    qtbot: QtBot, panel: ImaginePanel
) -> None:
    assert panel.view.empty.isVisible()
    assert panel.state.model == "starter-icons"
    chips = panel.view.empty.findChildren(Chip)
    assert [chip.text() for chip in chips] == ["castle", "rocket", "owl"]
    QTest.mouseClick(chips[1], Qt.MouseButton.LeftButton)
    assert panel.view.prompt.text() == panel.state.prompt == "rocket"


def test_without_words_generate_says_what_to_do_and_queues_nothing(
    window: Window, panel: ImaginePanel
) -> None:
    assert verdict(panel) == ""
    panel.generate()
    assert (verdict(panel), window.jobs.all) == ("Type what you want to see.", [])
    panel.view.prompt.set_text("a")
    assert verdict(panel) == ""


def test_without_a_model_the_panel_says_so_at_once(window: Window, make: Make) -> None:
    window.models = FakeModels()
    panel = make()
    assert verdict(panel).startswith("Add a model")
    window.models.models = (STARTER,)
    window.models.changed.emit()
    assert (verdict(panel), panel.state.model) == ("", "starter-icons")


def test_before_the_first_look_has_ended_no_model_is_missed(window: Window, make: Make) -> None:
    window.models = FakeModels()
    window.models.complete = False
    panel = make()
    assert verdict(panel) == "Looking for models…"
    window.models.complete = True
    window.models.changed.emit()
    assert verdict(panel).startswith("Add a model")


def test_the_settings_name_the_model_to_begin_with(
    window: Window, panel: ImaginePanel, make: Make
) -> None:
    assert panel.state.model == "starter-icons"
    window.settings.set(DEFAULT_MODEL, "SDXL base 1.0")
    models, window.models.models = window.models.models, (STARTER,)
    again = make()
    assert again.state.model == "starter-icons"
    window.models.models = models  # found later
    window.models.changed.emit()
    assert (again.state.model, again.state.width) == ("sdxl-base", SDXL.defaults.width)
    again.inspector.model_chosen.emit("flux")
    window.models.changed.emit()
    assert again.state.model == "flux"


def test_a_choice_made_before_the_settings_model_is_found_stands(
    window: Window, make: Make
) -> None:
    window.settings.set(DEFAULT_MODEL, "/models/flux")
    models, window.models.models = window.models.models, (STARTER, SDXL)
    panel = make()
    panel.inspector.model_chosen.emit("sdxl-base")
    window.models.models = models
    window.models.changed.emit()
    assert panel.state.model == "sdxl-base"


def test_adding_models_is_the_windows_action(window: Window, panel: ImaginePanel) -> None:
    asked: list[str] = []
    window.actions.connect("models.add_folder", lambda: asked.append("folder"))
    panel.view.empty.folder_asked.emit()
    assert asked == ["folder"]


def test_the_sample_is_offered_where_there_is_one(window: Window, panel: ImaginePanel) -> None:
    asked: list[str] = []
    cards = panel.view.empty.findChildren(StartCard)
    assert [card.isHidden() for card in cards] == [True, False, True]
    window.actions.connect("project.open_sample", lambda: asked.append("sample"))
    assert [card.isHidden() for card in cards] == [False, False, True]
    cards[0].pressed.emit()
    assert asked == ["sample"]


# ---- drawing -------------------------------------------------------------------------------------


def test_generate_queues_what_is_set(window: Window, panel: ImaginePanel) -> None:
    panel.view.prompt.set_text("a castle, dusk")
    window.actions.trigger("imagine.generate")
    (job,) = window.jobs.all
    assert job.title == "A castle"
    request = job.request
    assert isinstance(request, api.TextToImageRequest)
    assert (request.model, request.prompt) == (str(STARTER.path), "a castle, dusk")
    assert (request.width, request.steps, request.guidance, request.count) == (128, 20, 3.0, 4)
    assert panel.state.history == ("a castle, dusk",)


def test_the_preview_and_the_progress_are_on_their_cell(
    window: Window, panel: ImaginePanel
) -> None:
    panel._edit({"count": 1})
    panel.view.prompt.set_text("a castle")
    panel.generate()
    (job,) = window.jobs.all
    job.apply(api.Loading("Loading Starter icons"))
    job.apply(api.Started())
    job.apply(api.Progress(10, 20, "Step 10 of 20", 1.0, 0, 1))
    job.apply(api.Preview(bytes((40, 160, 80)) * 16, 4, 4, 0))
    grid = panel.view.grid
    image = grid.viewport().grab().toImage()
    assert image.pixelColor(100, 100) == QColor(40, 160, 80)
    width = image.width()
    side = grid._cell(f"{job.id}/0")
    assert width >= side.width()
    accent = PICTURE["accent"]
    y = int(side.bottom()) - 2
    assert image.pixelColor(int(side.width() * 0.4), y) == QColor(accent)
    assert image.pixelColor(int(side.width() * 0.6), y) != QColor(accent)


def test_the_first_finished_picture_is_chosen_and_counted(
    window: Window, panel: ImaginePanel
) -> None:
    job = drawn(window, panel)
    assert [item.key for item in panel.view.grid.chosen()] == [f"{job.id}/0"]
    assert panel.view.head.title.full_text() == "A castle"
    assert panel.view.head.facts.text() == "2 pictures"


def test_the_cost_is_what_the_last_batch_took(window: Window, panel: ImaginePanel) -> None:
    assert not panel.inspector._cost.isVisible()
    drawn(window, panel, count=2)
    assert panel.inspector._cost.text() == "About 2 s"
    panel._edit({"count": 6})
    assert panel.inspector._cost.text() == "About 6 s"
    panel._edit({"width": 512})
    assert panel.inspector._cost.text() == ""


def test_a_cancelled_batch_leaves_its_finished_pictures(
    window: Window, panel: ImaginePanel
) -> None:
    panel.view.prompt.set_text("a castle")
    panel.generate()
    (job,) = window.jobs.all
    window.draw(job, 0, "#8899cc")
    job.apply(api.Cancelled())
    assert panel.view.head.facts.text() == "1 picture"
    panel.generate()
    window.jobs.all[-1].apply(api.Cancelled())
    assert panel.view.head.facts.text() == "1 picture"


def test_a_job_interrupted_with_the_program_does_not_wait_for_ever(
    window: Window, panel: ImaginePanel
) -> None:
    panel.view.prompt.set_text("a castle")
    panel.generate()
    window.jobs.all[0].state = JobState.INTERRUPTED
    window.jobs.queue_changed.emit()
    assert panel.view.empty.isVisible()


def test_a_waiting_job_of_the_last_time_is_shown(
    window: Window, panel: ImaginePanel, make: Make
) -> None:
    panel.view.prompt.set_text("a castle")
    panel.generate()
    again = make()
    assert again.view.head.title.full_text() == "A castle"


def test_a_failure_is_reported_with_its_way_out(window: Window, panel: ImaginePanel) -> None:
    panel.view.prompt.set_text("a castle")
    panel.generate()
    window.jobs.all[0].apply(api.Failed("out_of_memory", "No room.", "Make it smaller.", "trace"))
    (problem,) = window.problems
    assert (problem.message, problem.hint, problem.details) == (
        "No room.",
        "Make it smaller.",
        "trace",
    )
    assert panel.view.empty.isVisible()


def test_notes_of_the_result_are_told(window: Window, panel: ImaginePanel) -> None:
    panel.view.prompt.set_text("a castle")
    panel.generate()
    job = window.jobs.all[0]
    picture = window.draw(job, 0, "#8899cc")
    job.apply(api.Done(api.TextToImageResult((picture,), "cpu", "float32", ("In tiles.",), 1.0)))
    assert panel.view.notice.isVisible()
    assert panel.view.notice.text == "In tiles."


def test_the_prompt_keeps_the_focus(qtbot: QtBot, window: Window, panel: ImaginePanel) -> None:
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    panel.focus_first()
    drawn(window, panel)
    assert panel.view.prompt.hasFocus()


def test_a_lora_in_the_prompt_is_used_and_an_unknown_one_is_told(
    window: Window, panel: ImaginePanel
) -> None:
    ink = LoraRef("ink", Path("/l/ink.safetensors"), None, "Ink", (), 1)
    window.models.loras = (ink,)
    panel.view.prompt.set_text("a fox <lora:ink:0.8> <lora:gone:1>")
    panel.generate()
    (job,) = window.jobs.all
    request = job.request
    assert isinstance(request, api.TextToImageRequest)
    assert (request.prompt, request.loras) == ("a fox", (api.Lora(str(ink.path), 0.8),))
    assert panel.view.notice.text == "There is no LoRA “gone”; it was left out."
    assert panel.state.prompt == panel.state.history[0] == "a fox <lora:ink:0.8> <lora:gone:1>"


def test_the_inspector_says_that_the_model_is_loaded(window: Window, panel: ImaginePanel) -> None:
    assert panel.inspector._facts.full_text() == "128 px · 47 MB · Apache-2.0"
    drawn(window, panel)
    assert panel.inspector._facts.full_text() == "128 px · 47 MB · Apache-2.0 · loaded"
    panel.inspector.model_chosen.emit("sdxl-base")
    assert panel.inspector._facts.full_text() == "SDXL · 6.9 GB · OpenRAIL++"


def test_while_the_queue_is_paused_generate_says_so(
    qtbot: QtBot, window: Window, panel: ImaginePanel
) -> None:
    window.jobs.paused = True
    panel.view.prompt.set_text("a castle")
    panel.generate()
    assert panel.view.notice.text == "The queue is paused: the pictures wait."
    resume = panel.view.notice.findChildren(QAbstractButton)[0]
    QTest.mouseClick(resume, Qt.MouseButton.LeftButton)
    assert not window.jobs.paused
    assert not panel.view.notice.isVisible()


def test_what_is_next_follows_the_queue(window: Window, panel: ImaginePanel) -> None:
    for words in ("first", "second"):
        panel.view.prompt.set_text(words)
        panel.generate()
    assert panel.view.head.title.full_text() == "First"
    window.jobs.all.reverse()
    window.jobs.queue_changed.emit()
    assert panel.view.head.title.full_text() == "Second"


def test_a_smaller_size_helps_where_memory_is_short(window: Window, panel: ImaginePanel) -> None:
    panel.inspector.model_chosen.emit("sdxl-base")
    window.actions.trigger("imagine.smaller")
    assert (panel.state.width, panel.state.height) == (1008, 576)
    assert panel.view.notice.text == "The size is 1008 × 576 now. Press Ctrl+Enter to try it."


# ---- settings ------------------------------------------------------------------------------------


def test_a_long_prompt_is_allowed_with_a_note(
    qtbot: QtBot, window: Window, panel: ImaginePanel
) -> None:
    panel.view.prompt.set_text("word " * 60)
    qtbot.waitUntil(lambda: panel.view.tokens.text() == "60 of 32 tokens")
    assert verdict(panel) == "Only the first 32 of 60 tokens count."
    panel.generate()
    assert len(window.jobs.all) == 1


def test_a_lora_is_added_weighed_and_removed(window: Window, panel: ImaginePanel) -> None:
    sdxl = family("sdxl")
    window.models.loras = (
        LoraRef("ink", Path("/l/ink.safetensors"), sdxl, "Ink wash", (), 1),
        LoraRef("old", Path("/l/old.safetensors"), family("sd1"), "Old", (), 1),
    )
    panel.inspector.model_chosen.emit("sdxl-base")
    loras = panel.inspector._more._loras
    assert [loras._add.itemText(i) for i in range(loras._add.count())] == ["Add a LoRA", "Ink wash"]
    loras._on_add_activated(1)
    assert panel.state.loras == (api.Lora("/l/ink.safetensors", 1.0),)
    weight = loras.findChild(QDoubleSpinBox)
    assert isinstance(weight, QDoubleSpinBox)
    weight.setValue(0.6)
    assert panel.state.loras == (api.Lora("/l/ink.safetensors", 0.6),)
    (remove,) = loras.findChildren(QAbstractButton)
    QTest.mouseClick(remove, Qt.MouseButton.LeftButton)
    assert not panel.state.loras


def test_choosing_a_model_shows_what_it_can(window: Window, panel: ImaginePanel) -> None:
    inspector = panel.inspector
    assert inspector._only.isVisible()
    assert inspector._shapes.mapTo(inspector, QPoint()).x() == 16
    inspector.model_chosen.emit("flux")
    assert inspector._shapes.options == tuple(FLUX.shapes)
    assert not inspector._only.isVisible()
    assert not panel.view.negative_toggle.isEnabled()
    assert panel.view.negative_toggle.toolTip() == "This model takes no negative prompt"
    fields = inspector._more._fields
    assert fields["clip_skip"].isHidden()
    assert fields["embeddings"].isHidden()
    assert not fields["loras"].isHidden()
    inspector.model_chosen.emit("sdxl-base")
    assert not fields["clip_skip"].isHidden()
    assert panel.state.guidance == SDXL.defaults.guidance


def test_a_side_off_the_lattice_snaps(panel: ImaginePanel) -> None:
    panel.inspector._more._width.setValue(133)
    assert panel.state.width == 136
    assert panel.inspector._size.text() == "136 × 128"
    assert panel.view.notice.text == "Sides are multiples of 8 pixels for this model: 136."
    panel.inspector._more._width.setValue(134)
    assert panel.inspector._more._width.value() == 136


def test_everything_comes_back_after_a_restart(
    window: Window, panel: ImaginePanel, make: Make
) -> None:
    job = drawn(window, panel, "a lighthouse")
    panel._edit({"seed": 7, "steps": 33, "negative_prompt": "blur", "negative_open": True})
    again = make()
    assert again.state == panel.state
    assert again.view.prompt.text() == "a lighthouse"
    assert again.view.negative.isVisible()
    assert again.view.head.title.full_text() == "A lighthouse"
    assert {item.path for item in again.view.grid._items.values()} == {
        picture.path for picture in job.items if isinstance(picture, api.Picture)
    }


def test_history_leafs_by_keys(qtbot: QtBot, window: Window, panel: ImaginePanel) -> None:
    for words in ("first", "second"):
        drawn(window, panel, words)
    panel.view.prompt.set_text("draft")
    for key, expected in (
        (Qt.Key.Key_Up, "second"),
        (Qt.Key.Key_Up, "first"),
        (Qt.Key.Key_Down, "second"),
        (Qt.Key.Key_Down, "draft"),
    ):
        QTest.keyClick(panel.view.prompt, key, Qt.KeyboardModifier.AltModifier)
        assert panel.state.prompt == expected


def test_the_settings_say_how_many_prompts_are_remembered(
    window: Window, panel: ImaginePanel, make: Make
) -> None:
    for words in ("first", "second", "third"):
        drawn(window, panel, words)
    window.settings.set(RECENT_PROMPTS, 2)
    assert panel.state.history == ("third", "second")
    window.settings.set(RECENT_PROMPTS, 0)
    drawn(window, panel, "fourth")
    assert not panel.state.history
    panel._edit({"history": ("of an earlier run",)})
    assert not make().state.history


# ---- with pictures -------------------------------------------------------------------------------


def test_keeping_reaches_the_library_and_back(window: Window, panel: ImaginePanel) -> None:
    drawn(window, panel)
    path = Path(panel.view.grid.chosen()[0].path)
    window.actions.trigger("imagine.keep")
    assert window.library.get(path).kept
    assert panel.view.head.facts.text() == "2 pictures · 1 kept"
    window.actions.trigger("imagine.keep")
    assert not window.library.get(path).kept


def test_a_picture_that_the_library_lost_is_a_sentence(window: Window, panel: ImaginePanel) -> None:
    drawn(window, panel)
    window.library.forget(Path(panel.view.grid.chosen()[0].path))
    window.actions.trigger("imagine.keep")
    assert "could not be marked" in window.problems[0].message


def test_delete_and_undo(window: Window, panel: ImaginePanel) -> None:
    job = drawn(window, panel, count=3)
    panel.view.grid.select_all()
    paths = [item.path for item in panel.view.grid.chosen()]
    window.actions.trigger("imagine.delete")
    assert panel.view.empty.isVisible()
    assert not any(Path(path).exists() for path in paths)
    window.actions.trigger("imagine.undo")
    assert [item.path for item in panel.view.grid._items.values()] == paths
    assert panel.view.head.facts.text() == "3 pictures"
    assert all(Path(path).exists() for path in paths)
    assert not window.actions.can_run("imagine.undo")
    assert job.id in panel.view.grid._plan.tops


def test_undo_shows_what_is_back_even_if_not_all_is(window: Window, panel: ImaginePanel) -> None:
    drawn(window, panel, count=3)
    panel.view.grid.select_all()
    paths = [Path(item.path) for item in panel.view.grid.chosen()]
    window.actions.trigger("imagine.delete")
    paths[2].with_suffix(".gone").unlink()
    window.actions.trigger("imagine.undo")
    assert [item.path for item in panel.view.grid._items.values()] == [str(p) for p in paths[:2]]
    assert "could not be brought back" in window.problems[0].message


def test_a_picture_that_comes_back_under_another_name_is_shown(
    window: Window, panel: ImaginePanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn(window, panel, count=2)
    path = Path(panel.view.grid.chosen()[0].path)
    entry = window.library.get(path)
    window.actions.trigger("imagine.delete")
    other = path.with_name("other.png")
    path.with_suffix(".gone").rename(other)
    monkeypatch.setattr(window.trash, "undo", lambda: (replace(entry, path=other),))
    window.actions.trigger("imagine.undo")
    assert str(other) in {item.path for item in panel.view.grid._items.values()}


def test_copying_gives_the_whole_picture_and_its_seed(
    qtbot: QtBot, window: Window, panel: ImaginePanel
) -> None:
    panel._edit({"seed": 41})
    drawn(window, panel)
    window.actions.trigger("imagine.copy_seed")
    assert QGuiApplication.clipboard().text() == "41"
    window.actions.trigger("imagine.copy_image")
    qtbot.waitUntil(lambda: not QGuiApplication.clipboard().image().isNull())
    assert QGuiApplication.clipboard().image().width() == 128


def test_save_as_copies_the_bytes(
    window: Window, panel: ImaginePanel, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    drawn(window, panel)
    target = tmp_path / "mine.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    window.actions.trigger("imagine.save_as")
    assert target.read_bytes() == Path(panel.view.grid.chosen()[0].path).read_bytes()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("/nowhere/at/all.png", ""))
    window.actions.trigger("imagine.save_as")
    assert "could not be written" in window.problems[0].message


def test_keys_lead_to_the_pictures_and_back(
    qtbot: QtBot, window: Window, panel: ImaginePanel
) -> None:
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    job = drawn(window, panel)
    panel.view.grid.clear_selection()
    window.actions.trigger("imagine.focus_pictures")
    assert panel.view.grid.hasFocus()
    assert [item.key for item in panel.view.grid.chosen()] == [f"{job.id}/0"]
    window.actions.trigger("imagine.focus_prompt")
    assert panel.view.prompt.hasFocus()


def test_zoom_leafs_and_comes_back(qtbot: QtBot, window: Window, panel: ImaginePanel) -> None:
    job = drawn(window, panel)
    QTest.keyClick(panel.view.grid, Qt.Key.Key_Return)
    assert panel.view.currentWidget() is panel.view.zoom
    QTest.keyClick(panel.view.zoom, Qt.Key.Key_Right)
    assert [item.key for item in panel.view.grid.chosen()] == [f"{job.id}/1"]
    window.actions.trigger("imagine.delete")
    window.actions.trigger("imagine.delete")
    assert panel.view.currentWidget() is not panel.view.zoom


def test_a_picture_of_the_library_is_shown_large(
    window: Window, panel: ImaginePanel, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = drawn(window, panel)
    path = Path(panel.view.grid._items[f"{job.id}/1"].path)
    assert panel.show_picture(path)
    assert panel.view.currentWidget() is panel.view.zoom
    assert [item.path for item in panel.view.grid.chosen()] == [str(path)]
    assert not panel.show_picture(path.with_name("gone.png"))
    assert not panel.show_picture(Path("/elsewhere/a.png"))
    monkeypatch.setattr("studio.panels.imagine.gallery._RECALLED", 0)
    later = make()
    assert later.view.empty.isVisible()
    assert later.show_picture(path)
    assert len(later.view.grid._items) == 2


def test_variations_begin_from_the_picture_and_leave_the_settings_alone(
    window: Window, panel: ImaginePanel
) -> None:
    drawn(window, panel)
    path = panel.view.grid.chosen()[0].path
    window.infos[path] = info(prompt="an owl", steps=9, seed=5, model="starter-icons")
    before = panel.state
    window.actions.trigger("imagine.variations")
    request = window.jobs.all[-1].request
    assert isinstance(request, api.TextToImageRequest)
    assert (request.prompt, request.steps, request.init_image) == ("an owl", 9, path)
    assert panel.state == before


def test_use_settings_takes_them_over(window: Window, panel: ImaginePanel) -> None:
    drawn(window, panel)
    path = panel.view.grid.chosen()[0].path
    window.infos[path] = info({"ENSD": "1"}, prompt="an owl", steps=9, seed=5)
    window.actions.trigger("imagine.use_settings")
    assert (panel.state.prompt, panel.state.steps, panel.state.seed) == ("an owl", 9, 5)
    assert panel.view.prompt.text() == "an owl"
    assert panel.view.notice.text == "Not used: ENSD."


# ---- dropping ------------------------------------------------------------------------------------


def drop(panel: QWidget, path: Path) -> bool:
    """Whether the panel took the file."""
    return drop_on(panel, files_mime([str(path)]))


def test_a_dropped_picture_brings_its_settings(
    window: Window, panel: ImaginePanel, tmp_path: Path
) -> None:
    path = tmp_path / "theirs.png"
    window.infos[str(path)] = info(prompt="a fox", model="gone")
    assert drop(panel, path)
    assert panel.state.prompt == "a fox"
    assert "“gone” is not here" in panel.view.notice.text


def test_a_picture_without_settings_offers_itself_as_the_start(
    qtbot: QtBot, window: Window, panel: ImaginePanel, tmp_path: Path
) -> None:
    path = tmp_path / "photo.jpg"
    window.infos[str(path)] = info()
    assert drop(panel, path)
    buttons = panel.view.notice.findChildren(QAbstractButton)
    (offer,) = (button for button in buttons if button.text() == "Use as start picture")
    QTest.mouseClick(offer, Qt.MouseButton.LeftButton)
    assert panel.state.init_image == str(path)
    assert panel.inspector._more._strength.isVisible()


def test_what_is_no_picture_is_a_sentence(
    window: Window, panel: ImaginePanel, tmp_path: Path
) -> None:
    path = tmp_path / "broken.png"
    window.infos[str(path)] = None
    assert drop(panel, path)
    assert panel.view.notice.text == "broken.png cannot be read as a picture."
    assert not drop(panel, tmp_path / "notes.txt")


# ---- everybody -----------------------------------------------------------------------------------


def test_every_control_has_a_name(window: Window, panel: ImaginePanel) -> None:
    drawn(window, panel)
    panel._edit({"more_open": True, "loras": (api.Lora("/l.safetensors", 1.0),)})
    nameless = [
        (type(widget).__name__, widget.objectName())
        for whole in (panel, panel.inspector)
        for widget in whole.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and not widget.accessibleName()
        and not (isinstance(widget, QAbstractButton) and widget.text())
        and not widget.focusProxy()
        and widget.objectName() != "qt_spinbox_lineedit"
    ]
    assert nameless == []


def test_a_narrow_panel_leaves_buttons_out_instead_of_cutting_them(
    window: Window, panel: ImaginePanel
) -> None:
    head = panel.view.head
    drawn(window, panel)
    assert head.closer.isVisible()
    panel.resize(480, 600)
    assert head.keep.isVisible()
    assert not head.closer.isVisible()
    shown = [b for b in head.findChildren(QAbstractButton) if b.isVisible() and b is not head.rest]
    assert all(b.width() >= b.sizeHint().width() for b in shown)
    panel.resize(974, 720)
    assert head.closer.isVisible()


def tab_order(whole: QWidget) -> list[str]:
    """The names of what Tab leads to in `whole`."""
    found: list[str] = []
    widget = whole.nextInFocusChain()
    while widget and widget is not whole:
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            found.append(widget.accessibleName())
        widget = widget.nextInFocusChain()
    return found


def test_tab_goes_where_the_eye_goes(qtbot: QtBot, window: Window, panel: ImaginePanel) -> None:
    names = tab_order(panel)
    chips = [names.index(word) for word in ("castle", "rocket", "owl", "Choose a folder")]
    assert chips == sorted(chips)
    panel._edit({"more_open": True})
    panel._edit({"loras": (api.Lora("/l/ink.safetensors", 1.0),)})
    qtbot.waitUntil(lambda: "Weight of ink" in tab_order(panel.inspector))
    order = ["Model", "1:1", "Steps", "Scheduler", "Weight of ink", "Remove ink", "LoRA"]
    names = tab_order(panel.inspector)
    assert [names.index(name) for name in order] == sorted(names.index(name) for name in order)
    panel.inspector.model_chosen.emit("sdxl-base")
    qtbot.waitUntil(lambda: "16:9" in tab_order(panel.inspector))
    names = tab_order(panel.inspector)
    assert names[1:4] == ["1:1", "3:2", "16:9"]


def test_a_thousand_pictures_lay_out_quickly(window: Window, panel: ImaginePanel) -> None:
    job = drawn(window, panel, count=1)
    batch = panel._gallery._results.find(job.id)
    assert batch is not None
    for number in range(250):
        cells = tuple(
            replace(batch.cells[0], index=index, path=f"/{number}-{index}.png")
            for index in range(4)
        )
        panel._gallery._results.add(replace(batch, id=f"old {number}", cells=cells))
    panel._gallery.refresh()
    assert isinstance(panel.view.grid.viewport().grab().toImage(), QImage)
    assert len(panel.view.grid._items) == 1001


def test_what_other_panels_wish(make: Make, window: Window, tmp_path: Path) -> None:
    panel = make()
    path = tmp_path / "theirs.png"
    window.infos[str(path)] = info(prompt="an owl", seed=9, steps=7)
    panel.fulfil(UseSettings(path))
    assert (panel.state.prompt, panel.state.seed, panel.state.steps) == ("an owl", 9, 7)
    panel.fulfil(DrawVariations(path))
    (job,) = window.jobs.all
    assert isinstance(job.request, api.TextToImageRequest)
    assert (job.request.prompt, job.request.init_image) == ("an owl", str(path))
