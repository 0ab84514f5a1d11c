"""The whole panel by what a person does, with real files and a real library."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QSplitter,
    QWidget,
)

from pipelines import api
from pipelines.hub.requests import HubFile, HubOffer, HubQuestion
from pipelines.starters.manifest import starters
from pipelines.starters.requests import InstallRequest, InstallResult, Verified, VerifyRequest
from studio import theme
from studio.document.documents import Document
from studio.panels.models import panel as module
from studio.panels.models.hub_dialog import HubDialog
from studio.panels.models.panel import ModelsPanel
from studio.settings_table import FORGOTTEN_MODELS, LORA_FOLDERS, MODEL_FOLDERS
from studio.wishes import DownloadModel, InstallStarters, UseModel
from tests.pipelines.header_files import write_safetensors
from tests.pipelines.model_folders import write_model
from tests.studio.panels.models.fakes import Window
from tests.studio.scenery import OFFSCREEN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

pytestmark = OFFSCREEN

LORA = {"lora_unet_down_blocks_0_attentions_0_to_k.lora_down.weight": (8, 768)}
OFFER = HubOffer(
    HubQuestion("org/tiny"),
    "c0ffee" + "1" * 34,
    (HubFile("w.safetensors", 6_900_000_000, "a" * 64),),
    12,
    "text-to-image",
    "sai-nc-community",
    "non-commercial",
    True,
    0,
)


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    """With a whole model, a torn one and two LoRAs."""
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("HF_HUB_CACHE", raising=False)
    if not theme.application().styleSheet() or theme.current().name != "dark":
        theme.current().set("dark")
    models = tmp_path / "models"
    write_model(models / "dreamshaper")
    (write_model(models / "torn") / "vae" / "config.json").unlink()
    for name in ("ink", "wash"):
        write_safetensors(models / "loras" / f"{name}.safetensors", LORA)
    made = Window(tmp_path)
    made.settings.set(LORA_FOLDERS, (models,))
    made.settings.set(MODEL_FOLDERS, (models,))
    yield made
    made.close()


@pytest.fixture
def panel(window: Window, qtbot: QtBot) -> ModelsPanel:
    return show(window, qtbot)


def show(window: Window, qtbot: QtBot) -> ModelsPanel:
    made = ModelsPanel(window.context)
    host = QSplitter()
    host.addWidget(made)
    host.addWidget(made.inspector)
    qtbot.addWidget(host)
    host.resize(1270, 720)
    with qtbot.waitActive(host):
        host.show()
        host.activateWindow()
    made.host = host  # type: ignore[attr-defined]
    return made


def titles(panel: ModelsPanel) -> list[str]:
    rows = panel.view.rows
    return [rows.index(row).data() for row in range(rows.rowCount())]


def choose(panel: ModelsPanel, title: str) -> None:
    panel.view.list.setCurrentIndex(panel.view.rows.index(titles(panel).index(title)))


def told(widget: QWidget) -> str:
    """The texts of all labels that can be seen."""
    QApplication.sendPostedEvents()  # what was laid out just now is shown then
    labels = (each for each in widget.findChildren(QLabel) if each.isVisibleTo(widget))
    return "\n".join(each.accessibleName() or each.text() for each in labels)


def button(widget: QWidget, name: str) -> QAbstractButton:
    (found,) = (
        each
        for each in widget.findChildren(QAbstractButton)
        if each.accessibleName() == name and each.isVisibleTo(widget)
    )
    return found


def field(panel: ModelsPanel, name: str) -> str:
    (found,) = (
        each for each in panel.inspector.findChildren(QLineEdit) if each.accessibleName() == name
    )
    return found.text()


def answer(yes: bool) -> list[str]:
    """Presses a button of the question that comes next; the list gets what it asked."""
    asked: list[str] = []

    def press() -> None:
        question = QApplication.activeModalWidget()
        assert isinstance(question, QMessageBox)
        asked.append(f"{question.text()}\n{question.informativeText()}")
        role = QMessageBox.ButtonRole
        wanted = role.DestructiveRole if yes else role.RejectRole
        next(b for b in question.buttons() if question.buttonRole(b) is wanted).click()

    QTimer.singleShot(0, press)
    return asked


# ---- the list --------------------------------------------------------------------------------


def test_what_is_on_the_disk_is_listed_and_found(
    panel: ModelsPanel, window: Window, qtbot: QtBot
) -> None:
    assert titles(panel) == ["dreamshaper", "Starter icons", "ink", "wash", "torn"]
    QTest.keyClicks(panel.view.bar.field, "lora zz")
    assert titles(panel) == []
    assert button(panel, "Show all models").isVisibleTo(panel)
    assert "0 of 5 models" in told(panel.view.bar)
    button(panel, "Show all models").click()
    assert len(titles(panel)) == 5
    QTest.keyClicks(panel.view.bar.field, "wash")
    assert titles(panel) == ["wash"]
    QTest.keyClick(panel.view.bar.field, Qt.Key.Key_Down)
    assert panel.view.list.hasFocus()
    assert show(window, qtbot).view.bar.field.text() == "wash"


def test_chips_filter_by_kind_and_licence(panel: ModelsPanel) -> None:
    bar = panel.view.bar
    bar._edit("kind", "lora")
    assert titles(panel) == ["ink", "wash"]
    assert button(bar, "Kind: LoRA. Del takes it off").isVisible()
    QTest.keyClick(bar._chips["kind"], Qt.Key.Key_Delete)
    bar._edit("licence_class", "open")
    assert titles(panel) == ["dreamshaper", "Starter icons"]
    bar._edit("licence_class", "")
    bar._edit("source", "program")
    assert titles(panel) == ["Starter icons"]


def test_the_chosen_model_says_what_it_is_and_what_uses_it(
    panel: ModelsPanel, window: Window
) -> None:
    choose(panel, "dreamshaper")
    said = told(panel.inspector)
    for words in ("SD 1.5", "CreativeML OpenRAIL-M", "Open", "Own folders", "Nothing"):
        assert words in said
    assert field(panel, "Path") == str(window.folder / "models" / "dreamshaper")
    request = api.TextToImageRequest(model="dreamshaper", prompt="x")
    window.jobs.submit(request, title="A harbour")
    window.documents["1"] = Document.make("1", "shot", {"title": "1A", "model": "dreamshaper"})
    window.jobs.queue_changed.emit()
    assert "1 job of the queue · 1 document of the project" in told(panel.inspector)
    assert panel.inspector._usage.toolTip() == "A harbour\n1A"


def test_a_model_that_cannot_be_used_says_why(panel: ModelsPanel) -> None:
    choose(panel, "torn")
    assert "vae/config.json is missing" in told(panel.inspector)
    assert not button(panel.inspector, "Use in Imagine").isEnabled()


def test_a_picture_model_is_used_in_imagine(panel: ModelsPanel, window: Window) -> None:
    choose(panel, "dreamshaper")
    button(panel.inspector, "Use in Imagine").click()
    panel.view.list.activated.emit(panel.view.list.currentIndex())
    assert window.wished == [("imagine", UseModel("dreamshaper"))] * 2
    choose(panel, "ink")
    assert not window.actions.can_run("model_files.use")


def test_five_hundred_models_are_listed_at_once(panel: ModelsPanel, window: Window) -> None:
    for number in range(500):
        write_safetensors(window.folder / "models" / "loras" / f"s{number:03}.safetensors", LORA)
    window.models.look_again()
    assert len(titles(panel)) == 505
    QTest.keyClicks(panel.view.bar.field, "s499")
    assert titles(panel) == ["s499"]


# ---- one model -------------------------------------------------------------------------------


def test_a_hash_is_computed_when_it_is_asked_for(panel: ModelsPanel, window: Window) -> None:
    choose(panel, "ink")
    assert field(panel, "sha256") == ""
    button(panel.inspector, "Compute the sha256").click()
    data = (window.folder / "models" / "loras" / "ink.safetensors").read_bytes()
    assert field(panel, "sha256") == hashlib.sha256(data).hexdigest()
    choose(panel, "wash")
    assert field(panel, "sha256") == ""


def test_a_hash_on_its_way_can_be_stopped(panel: ModelsPanel, window: Window) -> None:
    window.jobs.held_io = True
    choose(panel, "ink")
    button(panel.inspector, "Compute the sha256").click()
    (job,) = window.jobs.fetches
    job.apply(api.Progress(41, 100))
    button(panel.inspector, "Stop, 41 % read").click()
    assert job.ticket.cancelled
    job.apply(api.Cancelled())
    assert button(panel.inspector, "Compute the sha256").isEnabled()
    assert window.problems == []


def test_a_check_says_what_speaks_against_it(panel: ModelsPanel) -> None:
    choose(panel, "ink")
    assert "Not checked yet" in told(panel.inspector)
    button(panel.inspector, "Check").click()
    assert "Nothing speaks against it." in told(panel.inspector)
    choose(panel, "torn")
    button(panel.inspector, "Check").click()
    assert panel.inspector._verdict.property("role") == "danger"
    assert "vae/config.json is missing" in panel.inspector._verdict.text()


def test_off_the_list_leaves_the_file_and_can_be_undone(panel: ModelsPanel, window: Window) -> None:
    ink = window.folder / "models" / "loras" / "ink.safetensors"
    choose(panel, "ink")
    button(panel.inspector, "Take off the list").click()
    assert titles(panel) == ["dreamshaper", "Starter icons", "wash", "torn"]
    assert ink.exists()
    assert window.settings.get(FORGOTTEN_MODELS) == (ink,)
    panel.view.bar._chips["forgotten"].click()
    assert titles(panel) == ["ink"]
    button(panel.inspector, "Put back on the list").click()
    panel.view.bar._chips["forgotten"].click()
    assert "ink" in titles(panel)


def test_deleting_takes_that_one_file_to_the_trash(panel: ModelsPanel, window: Window) -> None:
    folder = window.folder / "models" / "loras"
    choose(panel, "ink")
    asked = answer(yes=False)
    button(panel.inspector, "Delete file…").click()
    assert str(folder / "ink.safetensors") in asked[0]
    assert "Used by: Nothing" in asked[0]
    assert "trash" in asked[0]
    assert "ink" in titles(panel)
    answer(yes=True)
    button(panel.inspector, "Delete file…").click()
    assert titles(panel) == ["dreamshaper", "Starter icons", "wash", "torn"]
    assert [path.name for path in folder.iterdir()] == ["wash.safetensors"]
    assert list((window.folder / "data" / "Trash" / "files").iterdir())


def test_folders_that_others_made_are_left_alone(panel: ModelsPanel) -> None:
    for title, why in (("dreamshaper", "did not make"), ("Starter icons", "part of the program")):
        choose(panel, title)
        delete = button(panel.inspector, "Delete folder…")
        assert not delete.isEnabled()
        assert why in delete.toolTip()


# ---- the starter set -------------------------------------------------------------------------


def test_the_starter_set_is_installed_with_progress(panel: ModelsPanel, window: Window) -> None:
    button(panel, "Install: Vintage").click()
    button(panel, "Install all, 225 MB").click()
    one, rest = window.jobs.fetches
    assert one.request == InstallRequest(("vintage",))
    assert "vintage" not in cast("InstallRequest", rest.request).ids
    assert "On its way" in told(panel.view.card)
    assert "1 more after it" in told(panel.view.line)
    one.apply(api.Progress(21, 84, "Fetching Vintage"))
    assert "Fetching Vintage" in told(panel.view.line)
    assert "25 % of 42 MB" in told(panel.view.line)
    (bar,) = panel.view.line.findChildren(QProgressBar)
    assert bar.value() == 250
    button(panel.view.line, "Cancel").click()
    assert one.ticket.cancelled
    one.apply(api.Cancelled())
    rest.apply(api.Failed("offline", "No index answers.", "Check the network."))
    assert not panel.view.line.isVisibleTo(panel)
    assert button(panel, "Install: Vintage").isVisible()
    assert [each.message for each in window.problems] == ["No index answers."]


def test_installed_starters_are_verified_repaired_and_listed(
    panel: ModelsPanel, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = {each.id: window.folder / each.id for each in starters()}
    monkeypatch.setattr(window.work, "installed", lambda: there)
    panel.fulfil(InstallStarters())
    assert window.jobs.fetches == []
    window.work.starters_changed.emit()
    assert "All 5 are installed, 286 MB" in told(panel.view.card)
    assert {"Vintage", "Real-ESRGAN"} <= set(titles(panel))
    button(panel, "Verify").click()
    (job,) = window.jobs.fetches
    assert job.request == VerifyRequest()
    job.apply(api.Done((Verified("vintage", ("m is not what was installed.",)),)))
    assert window.problems[0].code == "damaged_starter"
    button(panel, "Repair: Vintage").click()
    repair = window.jobs.fetches[-1]
    assert repair.request == InstallRequest(("vintage",), again=True)
    repair.apply(api.Done(InstallResult(("vintage",), ())))
    assert "All 5 are installed" in told(panel.view.card)


def test_a_starter_is_removed_after_a_yes(
    panel: ModelsPanel, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = {"vintage": window.folder / "vintage"}
    removed: list[str] = []
    monkeypatch.setattr(window.work, "installed", lambda: there)
    monkeypatch.setattr(window.work, "remove", lambda starter: removed.append(starter.id))
    window.work.starters_changed.emit()
    choose(panel, "Vintage")
    assert not window.actions.can_run("model_files.forget")
    asked = answer(yes=True)
    button(panel.inspector, "Remove starter…").click()
    assert removed == ["vintage"]
    assert "installed again" in asked[0]


# ---- the hub ---------------------------------------------------------------------------------


def dialog_of(panel: ModelsPanel) -> HubDialog:
    panel.fulfil(DownloadModel())
    (dialog,) = panel.window().findChildren(HubDialog)
    return dialog


def test_nothing_is_fetched_from_the_hub_before_it_is_confirmed(
    panel: ModelsPanel, window: Window, qtbot: QtBot
) -> None:
    window.jobs.held_io = True
    dialog = dialog_of(panel)
    assert not dialog.download.isEnabled()
    QTest.keyClicks(dialog.field, "org/tiny")
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    (question,) = window.jobs.fetches
    assert question.request == HubQuestion("org/tiny")
    question.apply(api.Done(OFFER))
    said = told(dialog)
    for words in ("org/tiny", "c0ffee1111", "6.9 GB in 1 files", "sai-nc-community (non-commer"):
        assert words in said
    assert "asked first" in said
    with qtbot.waitSignal(dialog.confirmed):
        QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    download = window.jobs.fetches[-1]
    assert download.request == OFFER
    download.apply(api.Progress(3_450_000_000, 6_900_000_000, "Fetching w.safetensors"))
    assert "3.5 GB of 6.9 GB" in told(panel.view.line)


def test_another_name_voids_what_was_looked_up(panel: ModelsPanel, window: Window) -> None:
    window.jobs.held_io = True
    dialog = dialog_of(panel)
    dialog.field.setText("org/tiny")
    dialog.look.click()
    window.jobs.fetches[0].apply(api.Done(OFFER))
    assert dialog.download.isEnabled()
    dialog.field.setText("org/other")
    assert not dialog.download.isEnabled()
    assert "c0ffee" not in told(dialog)
    dialog.look.click()
    dialog.field.setText("org/third")
    assert window.jobs.fetches[1].ticket.cancelled


def test_what_the_hub_refuses_is_said_in_the_dialog(panel: ModelsPanel, window: Window) -> None:
    window.jobs.held_io = True
    dialog = dialog_of(panel)
    dialog.field.setText("no name")
    dialog.look.click()
    assert "ORG/NAME" in told(dialog)
    assert window.jobs.fetches == []
    dialog.field.setText("org/none")
    dialog.look.click()
    window.jobs.fetches[0].apply(api.Failed("no_such_model", "The hub shows none.", "Look."))
    assert "The hub shows none. Look." in told(dialog)
    assert dialog.look.isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


# ---- everywhere ------------------------------------------------------------------------------


def test_every_control_has_a_name(panel: ModelsPanel) -> None:
    choose(panel, "ink")
    for part in (panel, panel.inspector, dialog_of(panel)):
        for each in part.findChildren(QWidget):
            if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isVisibleTo(part):
                assert each.accessibleName(), each


def test_the_keyboard_reaches_the_list_and_the_menu(panel: ModelsPanel, window: Window) -> None:
    panel.focus_first()
    assert panel.view.bar.field.hasFocus()
    shown: list[object] = []
    patched = pytest.MonkeyPatch()
    patched.setattr(module, "show_actions", lambda *given: shown.append(given[1]))
    panel.view.list.customContextMenuRequested.emit(panel.view.list.rect().center())
    patched.undo()
    assert shown == [module._MENU]
    for group in module._MENU:
        for action_id in group:
            assert window.actions.is_available(action_id)


def test_rows_are_painted_with_their_facts(panel: ModelsPanel) -> None:
    index = panel.view.rows.index(titles(panel).index("Starter icons"))
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Starter icons, Picture model · SD 1.5 · 47 MB · Apache-2.0 (open)"
    before = panel.view.list.viewport().grab().toImage()
    choose(panel, "torn")
    assert panel.view.list.viewport().grab().toImage() != before
    assert isinstance(button(panel, "Add a folder"), QPushButton)
