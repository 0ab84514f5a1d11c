"""The story bible in the whole panel, with a real project."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pipelines import api, codec
from pipelines.adapters import LoraRef
from pipelines.families import family
from studio.document.bible.entry import EntryKind, LoraUse
from studio.document.bible.entry_json import entry_document
from studio.document.documents import Change
from studio.document.opening import new_project
from studio.library import Entry as LibraryEntry
from studio.widgets.mention_completer import MentionCompleter
from studio.wishes import DrawPrompt, UseSettings
from tests.document.bible.entries import entry
from tests.studio.panels.imagine.fakes import SDXL, Window, info

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.document.bible.entry import Entry
    from studio.jobs.job import Job
    from studio.panels.imagine.panel import ImaginePanel
    from studio.widgets.entry_chip import EntryChip

MARA = entry(
    "Mara", prompt="red hair", negative="hat", seed=7, loras=(LoraUse("~/mara.safetensors", 0.8),)
)
TOWER = entry("Lighthouse", kind=EntryKind.PLACE, prompt="white tower")
INK = entry("Ink wash", kind=EntryKind.LOOK, prompt="ink on paper")


@pytest.fixture
def window(window: Window) -> Window:
    """With three entries in its project."""
    put(window, MARA, TOWER, INK)
    return window


def put(window: Window, *entries: Entry) -> None:
    assert window.project.edit("Edit", Change(puts=tuple(map(entry_document, entries))))


def chips(panel: ImaginePanel) -> list[tuple[str, bool]]:
    return [(chip._name, bool(chip.value)) for chip in panel.view.used.chips]


def chip(panel: ImaginePanel, name: str) -> EntryChip:
    (found,) = (each for each in panel.view.used.chips if each._name == name)
    return found


def told(panel: ImaginePanel) -> str:
    return panel.view.told.text.toPlainText()


def request(window: Window) -> api.TextToImageRequest:
    made = window.jobs.all[-1].request
    assert isinstance(made, api.TextToImageRequest)
    return made


def choose_look(panel: ImaginePanel, name: str) -> None:
    menu = panel.view.used.look_menu()
    (action,) = (each for each in menu.actions() if each.text() == name)
    action.trigger()
    menu.deleteLater()


# ---- what is shown -------------------------------------------------------------------------------


def test_a_mention_is_told_as_its_fragment_and_has_a_chip(panel: ImaginePanel) -> None:
    assert (chips(panel), panel.view.told.isVisible()) == ([], False)
    panel.view.prompt.set_text("@Mara at the @Lighthouse, dusk")
    assert chips(panel) == [("Mara", True), ("Lighthouse", True)]
    assert panel.view.told.isVisible()
    assert panel.view.told.line.full_text() == "red hair at the white tower, dusk"
    assert told(panel) == "red hair at the white tower, dusk\nNot: hat"
    tinted = [each.cursor.selectedText() for each in panel.view.told.text.extraSelections()]
    assert tinted == ["red hair", "white tower", "hat"]


def test_it_opens_and_the_panel_remembers_that(
    make: Callable[[], ImaginePanel], panel: ImaginePanel
) -> None:
    panel.view.prompt.set_text("@Mara")
    view = panel.view.told
    assert (view.line.full_text(), view.text.isVisible()) == ("red hair", False)
    view.toggle.click()
    assert (view.line.full_text(), view.text.isVisible()) == ("", True)
    assert view.loras.text() == "LoRA: mara 0.8"
    again = make()
    assert again.view.told.text.isVisible()
    assert chips(again) == [("Mara", True)]


def test_a_chip_leaves_its_entry_out_and_brings_it_back(panel: ImaginePanel) -> None:
    panel.view.prompt.set_text("@Mara at the @Lighthouse")
    QTest.mouseClick(chip(panel, "Mara"), Qt.MouseButton.LeftButton)
    assert chips(panel) == [("Mara", False), ("Lighthouse", True)]
    assert told(panel) == "Mara at the white tower"
    QTest.keyClick(chip(panel, "Lighthouse"), Qt.Key.Key_Delete)
    assert told(panel) == "Mara at the Lighthouse"
    assert "brought" not in chip(panel, "Mara").toolTip()
    assert "left out" in chip(panel, "Mara").accessibleName()
    QTest.mouseClick(chip(panel, "Mara"), Qt.MouseButton.LeftButton)
    assert told(panel) == "red hair at the Lighthouse\nNot: hat"
    # Typed anew, it is used again.
    panel.view.prompt.set_text("a door")
    panel.view.prompt.set_text("a door, @Lighthouse")
    assert told(panel) == "a door, white tower"


def test_a_look_is_added_without_a_mention(panel: ImaginePanel) -> None:
    assert panel.view.used.add_look.isVisible()
    panel.view.prompt.set_text("a castle")
    choose_look(panel, "Ink wash")
    assert (panel.view.prompt.text(), chips(panel)) == ("a castle", [("Look: Ink wash", True)])
    assert told(panel) == "a castle, ink on paper"
    menu = panel.view.used.look_menu()
    assert [(each.text(), each.isChecked()) for each in menu.actions()] == [("Ink wash", True)]
    chip(panel, "Look: Ink wash").click()
    assert (chips(panel), panel.view.told.isVisible()) == ([], False)


def test_a_project_without_looks_offers_none(window: Window, panel: ImaginePanel) -> None:
    window.project.edit("Delete", Change(deletes=(INK.key,)))
    assert not panel.view.used.add_look.isVisible()


def test_what_is_told_is_what_is_counted_and_judged(
    qtbot: QtBot, window: Window, panel: ImaginePanel
) -> None:
    put(window, replace(MARA, prompt="word " * 40))
    panel.view.prompt.set_text("@Mara waits")
    qtbot.waitUntil(lambda: panel._tokens.count == 41)
    assert panel.view.tokens.text() == "41 of 32 tokens"
    assert panel.inspector._verdict.text() == "Only the first 32 of 41 tokens count."


def test_the_seed_of_an_entry_is_offered_until_it_is_taken(panel: ImaginePanel) -> None:
    panel.view.prompt.set_text("@Lighthouse and @Mara")
    seed = panel.view.told.seed
    assert (seed.isVisible(), seed.accessibleName()) == (True, "Use Mara's seed")
    seed.click()
    assert (panel.state.seed, seed.isVisible()) == (7, False)


def test_names_are_completed_in_both_prompts(panel: ImaginePanel) -> None:
    panel._edit({"negative_open": True})
    for field in (panel.view.prompt, panel.view.negative):
        field.setFocus()
        QTest.keyClicks(field, "@li")
        (completer,) = field.findChildren(MentionCompleter)
        assert completer.popup
        assert completer.popup.names == ["Lighthouse"]
        QTest.keyClick(field, Qt.Key.Key_Tab)
        assert field.text() == "@Lighthouse"


# ---- what is drawn -------------------------------------------------------------------------------


def test_the_request_is_told_and_knows_what_it_was_made_from(
    window: Window, panel: ImaginePanel
) -> None:
    panel.view.prompt.set_text("@Mara at the @Lighthouse")
    choose_look(panel, "Ink wash")
    chip(panel, "Lighthouse").click()
    panel.generate()
    made = request(window)
    assert (made.prompt, made.negative_prompt) == (
        "red hair at the Lighthouse, ink on paper",
        "hat",
    )
    assert (made.typed_prompt, made.typed_negative_prompt) == ("@Mara at the @Lighthouse", "")
    assert [use.entry for use in made.made_from] == ["mara", "ink_wash"]
    assert panel.state.history[0] == "@Mara at the @Lighthouse"
    assert window.jobs.all[-1].title == "Mara at the Lighthouse"


def test_a_prompt_without_mentions_says_nothing_of_the_bible(
    window: Window, panel: ImaginePanel
) -> None:
    panel.view.prompt.set_text("a castle")
    panel.generate()
    made = request(window)
    assert (made.prompt, made.typed_prompt, made.made_from) == ("a castle", "", ())


def test_loras_of_entries_are_used_where_they_can_be(window: Window, panel: ImaginePanel) -> None:
    file = Path("/elsewhere/Mara.safetensors")
    window.models.loras = (LoraRef("mara", file, family("sdxl"), "Mara", (), 1),)
    panel.view.prompt.set_text("@Mara")
    panel.generate()
    assert request(window).loras == ()
    assert panel.view.notice.text == "The LoRA “mara” is not for Starter icons; it was left out."
    panel.inspector.model_chosen.emit(SDXL.id)
    panel.generate()
    assert request(window).loras == (api.Lora(str(file), 0.8),)
    panel._edit({"loras": (api.Lora(str(file), 0.3),)})
    panel.generate()
    assert request(window).loras == (api.Lora(str(file), 0.3),)
    window.models.loras = ()
    panel._edit({"loras": ()})
    panel.generate()
    assert panel.view.notice.text == "There is no LoRA “mara.safetensors”; it was left out."


def settings_of(window: Window, tmp_path: Path) -> Path:
    """A picture that the last request made."""
    made = request(window)
    path = tmp_path / "made.png"
    said = info(prompt=made.prompt, negative_prompt=made.negative_prompt, seed=made.seed)
    plain = json.loads(json.dumps(codec.to_json(made)))
    window.infos[str(path)] = replace(said, request=plain)
    return path


def test_used_settings_bring_back_what_was_typed(
    window: Window, panel: ImaginePanel, tmp_path: Path
) -> None:
    panel.inspector.model_chosen.emit(SDXL.id)
    window.models.loras = (LoraRef("mara", tmp_path / "mara.safetensors", None, "Mara", (), 1),)
    (tmp_path / "mara.safetensors").touch()
    panel.view.prompt.set_text("@Mara at the @Lighthouse")
    choose_look(panel, "Ink wash")
    chip(panel, "Lighthouse").click()
    panel.generate()
    assert len(request(window).loras) == 1
    before = panel.state
    path = settings_of(window, tmp_path)
    panel.view.prompt.set_text("other words")
    put(window, replace(MARA, name="Mia"))
    panel.fulfil(UseSettings(path))
    after = panel.state
    assert after.prompt == "@Mia at the @Lighthouse"
    assert (after.negative_prompt, after.loras) == ("", ())
    assert (after.left_out, after.looks) == (before.left_out, before.looks)


def test_without_the_entry_the_words_of_it_come_back(
    window: Window, panel: ImaginePanel, tmp_path: Path
) -> None:
    panel.view.prompt.set_text("@Mara waits")
    choose_look(panel, "Ink wash")
    panel.generate()
    path = settings_of(window, tmp_path)
    window.project.edit("Delete", Change(deletes=(MARA.key,)))
    panel.fulfil(UseSettings(path))
    assert panel.state.prompt == "red hair waits, ink on paper"
    assert (panel.state.negative_prompt, panel.state.looks) == ("hat", ())


# ---- the bible changes ---------------------------------------------------------------------------


def test_another_name_is_written_into_the_prompt_and_undone_there(
    window: Window, panel: ImaginePanel
) -> None:
    panel.view.prompt.set_text("(@Mara:1.2) waits")
    panel.view.negative.set_text("not @Mara")
    panel.generate()
    put(window, replace(MARA, name="Mia Lind"))
    assert panel.view.prompt.text() == panel.state.prompt == "(@Mia Lind:1.2) waits"
    assert panel.state.negative_prompt == "not @Mia Lind"
    assert panel.state.history == ("(@Mia Lind:1.2) waits",)
    window.project.undo()
    assert panel.state.prompt == "(@Mara:1.2) waits"


def test_an_edit_of_an_entry_is_told_at_once(window: Window, panel: ImaginePanel) -> None:
    panel.view.prompt.set_text("@Mara")
    put(window, replace(MARA, prompt="grey hair", negative=""))
    assert told(panel) == "grey hair"
    window.project.edit("Delete", Change(deletes=(MARA.key,)))
    assert (chips(panel), panel.view.told.isVisible()) == ([], False)


def test_another_project_has_another_bible(
    window: Window, panel: ImaginePanel, tmp_path: Path
) -> None:
    panel.view.prompt.set_text("@Mara")
    window.project.replace(new_project(tmp_path)).close()
    assert (panel.state.prompt, chips(panel)) == ("@Mara", [])


def drawn(window: Window, panel: ImaginePanel, prompt: str) -> Job:
    panel._edit({"prompt": prompt, "count": 1})
    panel.generate()
    job = window.jobs.all[-1]
    job.apply(api.Started())
    picture = window.draw(job, 0, "#8899cc")
    job.apply(api.Done(api.TextToImageResult((picture,), "cpu", "float32")))
    return job


def test_pictures_are_older_than_what_changed_since(
    window: Window, panel: ImaginePanel, make: Callable[[], ImaginePanel]
) -> None:
    def warnings(shown: ImaginePanel) -> list[str]:
        sections = shown.view.grid._sections
        return [
            item.caption.rpartition(" · ")[2] if item.warned else ""
            for section in sections
            for item in section.items
        ]

    job = drawn(window, panel, "@Mara waits")
    drawn(window, panel, "a castle")
    assert warnings(panel) == ["", ""]
    put(window, replace(MARA, prompt="grey hair"))
    assert warnings(panel) == ["", "Older than Mara's prompt"]
    # What the library has of it says so too.
    (kept,) = window.library.batch(job.id)
    settings: dict[str, Any] = codec.to_json(job.request)
    window.library.add(
        LibraryEntry(
            kept.path, kept.made, 9, 9, kept.prompt, kept.seed, batch=job.id, settings=settings
        )
    )
    again = make()
    assert sorted(warnings(again)) == ["", "Older than Mara's prompt"]
    titles = {section.title for section in again.view.grid._sections}
    assert titles == {"Mara waits", "A castle"}
    window.project.undo()
    assert warnings(panel) == ["", ""]


def test_a_wish_fills_the_prompt(panel: ImaginePanel) -> None:
    panel.fulfil(DrawPrompt("@Mara, portrait"))
    assert panel.state.prompt == "@Mara, portrait"
    assert panel.focusWidget() is panel.view.prompt
