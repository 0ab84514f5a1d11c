"""The Style panel, whose models stand still: the test says what they have made."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QPushButton, QWidget

from pipelines.api import Done, Failed, Picture, Produced, Progress
from pipelines.enhance_requests import EnhancedResult, EnlargeRequest, NotEnhanced, StyleRequest
from pipelines.looks import Look
from studio.panels.style.choices import choices_of
from studio.panels.style.state import StyleState
from studio.wishes import StylePicture
from tests.studio.dragging import drop_on

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.jobs.job import Job
    from studio.panels.style.panel import StylePanel
    from tests.studio.panels.style.conftest import Make
    from tests.studio.panels.style.world import World


def shown(qtbot: QtBot, panel: StylePanel, path: Path) -> None:
    with qtbot.waitSignal(panel._intake.taken):
        panel.open_picture(path)


def drawn(job: Job) -> None:
    """The lane has done the one picture of this job."""
    folder = Path(job.ticket.folder)
    request = job.request
    assert isinstance(request, StyleRequest | EnlargeRequest)
    made = folder / "0000.png"
    Image.new("RGB", (96, 64), "navy").save(made)
    picture = Picture(str(made), 0, 0, "", 96, 64, "harbour moss")
    job.apply(job.brought_home(Produced(picture)))
    home = job.items[-1]
    assert isinstance(home, Picture)
    job.apply(Done(EnhancedResult((home,), (), "CPU")))


def names(panel: StylePanel) -> list[str]:
    return [cell.name for cell in panel.view.strip.looks.cells()]


def test_the_first_step_is_a_picture(qtbot: QtBot, panel: StylePanel, world: World) -> None:
    assert panel.view.empty.isVisible()
    assert not panel.view.offer.isVisible()
    assert not world.actions.can_run("style.apply")
    shown(qtbot, panel, world.picture())
    assert panel.view.title.full_text() == "harbour"
    assert panel.view.facts.text() == "96 × 64"
    assert names(panel) == ["moss", "rust"]
    assert panel.state.look == "moss"
    assert world.actions.can_run("style.apply")


def test_without_networks_the_starter_set_is_offered(
    qtbot: QtBot, world: World, make: Make
) -> None:
    shutil.rmtree(world.networks)
    panel = make()
    assert panel.view.offer.isVisible()
    assert "MB" in panel.view.offer.text
    assert "fabula models install starter" in panel.view.offer.text
    asked: list[bool] = []
    world.actions.connect("models.install_starters", lambda: asked.append(True))
    assert "fabula models" not in panel.view.offer.text
    button = panel.view.offer.findChild(QPushButton)
    assert button is not None
    button.click()
    assert asked
    shown(qtbot, panel, world.picture())
    assert panel.view.strip.offer.isVisible()
    assert not panel.view.strip.looks.isVisible()
    assert not world.actions.can_run("style.apply")


def test_looks_are_drawn_one_after_another(qtbot: QtBot, panel: StylePanel, world: World) -> None:
    shown(qtbot, panel, world.picture())
    assert [job.title for job in world.gpu] == ["moss"]
    job = world.gpu[0]
    with Image.open(job.request.images[0]) as small:  # type: ignore[attr-defined]
        assert small.size == (96, 64)
    job.apply(Progress(250, 1000))
    assert panel.view.strip.looks.cells()[0].fraction == 0.25
    drawn(job)
    first, second = panel.view.strip.looks.cells()
    assert Path(first.path).exists()
    assert (second.path, second.fraction) == ("", None)
    assert [job.title for job in world.gpu] == ["moss", "rust"]
    world.gpu[1].apply(Failed("internal", "It broke.", "Take another."))
    assert panel.view.strip.looks.cells()[1].broken
    assert "It broke. Take another." in panel.view.strip.looks.cells()[1].tip


def test_what_was_drawn_is_kept(qtbot: QtBot, panel: StylePanel, world: World) -> None:
    path = world.picture()
    shown(qtbot, panel, path)
    drawn(world.gpu[0])
    shown(qtbot, panel, world.picture("other.png", (64, 64)))
    assert world.gpu[1].ticket.cancelled
    assert world.gpu[2].title == "moss"
    shown(qtbot, panel, path)
    assert panel.view.strip.looks.cells()[0].path
    assert world.gpu[-1].title == "rust"


def test_it_rests_while_nobody_sees_it(qtbot: QtBot, panel: StylePanel, world: World) -> None:
    panel.hide()
    shown(qtbot, panel, world.picture())
    assert not world.gpu
    panel.show()
    assert len(world.gpu) == 1


def test_the_chosen_look_is_drawn_next(qtbot: QtBot, world: World, make: Make) -> None:
    shutil.copy(world.networks / "moss.safetensors", world.networks / "zinc.safetensors")
    panel = make()
    shown(qtbot, panel, world.picture())
    panel.view.strip.looks.setFocus()
    QTest.keyClick(panel.view.strip.looks, Qt.Key.Key_End)
    assert panel.state.look == "zinc"
    drawn(world.gpu[0])
    assert world.gpu[1].title == "zinc"


def test_apply_and_compare(qtbot: QtBot, panel: StylePanel, world: World) -> None:
    path = world.picture()
    shown(qtbot, panel, path)
    panel._drawing.stop()
    panel._edit({"strength": 80, "keep_colours": True})
    world.actions.trigger("style.apply")
    job = world.gpu[-1]
    request = job.request
    assert isinstance(request, StyleRequest)
    assert request.images == (str(path),)
    assert (request.opacity, request.strength, request.keep_colours) == (0.8, 1.0, True)
    assert panel.view.stop.isVisible()
    world.actions.trigger("style.apply")
    assert world.gpu[-1] is job  # once is enough
    job.apply(Progress(500, 1000))
    assert panel.view.stage._fraction == 0.5
    drawn(job)
    qtbot.waitUntil(lambda: not panel.view.stop.isVisible())
    made = panel.view.stage._paths[1]
    assert Path(made).parent.parent == world.library.folder
    assert Path(made).name == "0001-harbour-moss.png"
    assert world.library.recent()[0].path == Path(made)
    panel._edit({"strength": 70})
    assert panel.view.stage._paths[1] != made
    panel._edit({"strength": 80})
    assert panel.view.stage._paths[1] == made


def test_hold_shows_the_original(qtbot: QtBot, panel: StylePanel, world: World) -> None:
    shown(qtbot, panel, world.picture())
    stage = panel.view.stage
    stage.set_split(0.3)
    QTest.mousePress(panel.view.hold, Qt.MouseButton.LeftButton)
    assert stage.split == 1
    QTest.mouseRelease(panel.view.hold, Qt.MouseButton.LeftButton)
    assert stage.split == 0.3


def test_a_look_and_then_larger(qtbot: QtBot, panel: StylePanel, world: World) -> None:
    shown(qtbot, panel, world.picture())
    panel._drawing.stop()
    panel._edit({"scale": 2})
    panel.apply()
    drawn(world.gpu[-1])
    qtbot.waitUntil(lambda: isinstance(world.gpu[-1].request, EnlargeRequest))
    larger = world.gpu[-1].request
    assert isinstance(larger, EnlargeRequest)
    assert larger.images == (str(world.library.recent()[0].path),)
    assert panel.view.stop.isVisible()
    world.gpu[-1].apply(Progress(500, 1000))
    assert panel.view.stage._fraction == 0.75
    drawn(world.gpu[-1])
    assert len(world.library.recent()) == 2
    assert panel.view.stage._paths[1] == str(world.library.recent()[0].path)


def test_stop(qtbot: QtBot, panel: StylePanel, world: World) -> None:
    shown(qtbot, panel, world.picture())
    panel._drawing.stop()
    panel.apply()
    job = world.gpu[-1]
    panel.view.stop.click()
    assert job.ticket.cancelled
    assert not world.problems


def test_a_failure_is_said(qtbot: QtBot, panel: StylePanel, world: World) -> None:
    shown(qtbot, panel, world.picture())
    panel._drawing.stop()
    panel.apply()
    world.gpu[-1].apply(Failed("disk_full", "The disk is full.", "Make room."))
    assert [(each.message, each.hint) for each in world.problems] == [
        ("The disk is full.", "Make room.")
    ]
    qtbot.waitUntil(lambda: panel.view.stage._fraction is None)
    assert world.actions.can_run("style.apply")


def test_a_folder_is_one_job(panel: StylePanel, world: World) -> None:
    (world.folder / "holiday").mkdir()
    for name in ("b.png", "a.jpg"):
        world.picture(f"holiday/{name}")
    (world.folder / "holiday" / "notes.txt").write_text("no picture")
    panel.do_folder(world.folder / "holiday")
    job = world.gpu[-1]
    assert job.title == "moss · holiday"
    assert [Path(each).name for each in job.request.images] == ["a.jpg", "b.png"]  # type: ignore[attr-defined]
    assert "2" in panel.view.notice.text
    bad = NotEnhanced(1, job.request.images[1], "bad_picture", "It is damaged.")  # type: ignore[attr-defined]
    job.apply(Done(EnhancedResult((Picture("", 0, 0, "", 1, 1),), (bad,), "CPU")))
    assert world.problems[0].message == "1 of 2 pictures could not be done. It is damaged."
    assert "b.png" in world.problems[0].details


def test_an_empty_folder_is_said(panel: StylePanel, world: World) -> None:
    (world.folder / "empty").mkdir()
    panel.do_folder(world.folder / "empty")
    assert "no picture in “empty”" in panel.view.notice.text
    assert not world.gpu


def test_what_is_no_picture_is_refused(qtbot: QtBot, panel: StylePanel, world: World) -> None:
    path = world.picture()
    shown(qtbot, panel, path)
    fake = world.folder / "text.png"
    fake.write_text("not a picture")
    with qtbot.waitSignal(panel._intake.refused):
        panel.open_picture(fake)
    assert "text.png" in panel.view.notice.text
    assert panel.state.picture == str(path)
    assert panel.view.title.full_text() == "harbour"


def test_a_picture_that_had_to_be_changed_is_told(
    qtbot: QtBot, panel: StylePanel, world: World
) -> None:
    path = world.folder / "print.jpg"
    Image.new("CMYK", (40, 30), (0, 128, 128, 0)).save(path)
    shown(qtbot, panel, path)
    assert "CMYK" in panel.view.notice.text


def test_drop_paste_and_wish(qtbot: QtBot, panel: StylePanel, world: World) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(world.picture("dropped.png")))])
    with qtbot.waitSignal(panel._intake.taken):
        assert drop_on(panel, mime, QPoint(200, 200))
    assert panel.view.title.full_text() == "dropped"
    with qtbot.waitSignal(panel._intake.taken):
        panel.fulfil(StylePicture(world.picture("sent.png")))
    assert panel.view.title.full_text() == "sent"
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(image)
    with qtbot.waitSignal(panel._intake.taken):
        world.actions.trigger("style.paste")
    assert Path(panel.state.picture).is_relative_to(world.library.folder)
    QGuiApplication.clipboard().setText("words")
    world.actions.trigger("style.paste")
    assert "clipboard" in panel.view.notice.text


def test_what_is_set_comes_back(qtbot: QtBot, panel: StylePanel, world: World, make: Make) -> None:
    shown(qtbot, panel, world.picture())
    panel._edit({"look": "rust", "strength": 40, "scale": 2})
    panel.hide()
    again = make()
    qtbot.waitUntil(lambda: again.view.title.full_text() == "harbour")
    assert again.state == panel.state
    assert again.view.strip.looks.currentRow() == 1


@pytest.mark.parametrize("spoiled", [None, [], {"strength": 200}, {"scale": 7, "likes": "a"}])
def test_a_spoiled_state_is_the_first_start(spoiled: object) -> None:
    assert StyleState.from_json(spoiled) == StyleState()


def test_the_state_there_and_back() -> None:
    state = StyleState("/a.png", "like:/b.png", 55, True, 3, "x4plus", "mine", ("/b.png",))
    assert StyleState.from_json(state.to_json()) == state


def test_the_look_of_any_picture() -> None:
    folder = Path("/starters/painting")
    looks = [
        Look("painting-3", "Painting 3", "painting", "Feed-forward", "Apache-2.0", 9, folder, 3),
        Look("any-picture", "Any picture", "like", "Feed-forward", "Apache-2.0", 9, folder),
    ]
    painting, mine = choices_of(looks, ["/pictures/monet.jpg"])
    assert (mine.name, mine.group) == ("monet", "mine")
    request = mine.request(("a.png",), 0.4)
    assert (request.like, request.strength, request.opacity) == ("/pictures/monet.jpg", 0.4, 1.0)
    request = painting.request(("a.png",), 0.4)
    assert (request.styles[0].style, request.strength, request.opacity) == (3, 1.0, 0.4)
    assert choices_of([], ["/pictures/monet.jpg"]) == ()


def test_every_control_has_a_name(qtbot: QtBot, panel: StylePanel, world: World) -> None:
    shown(qtbot, panel, world.picture())
    panel.apply()
    panel._edit({"scale": 2})
    for root in (panel, panel.inspector):
        for control in root.findChildren(QWidget):
            is_part = control.objectName().startswith("qt_")  # of a control that has the name
            if control.focusPolicy() != Qt.FocusPolicy.NoFocus and control.isVisible():
                assert control.accessibleName() or is_part, control


def test_kinds_of_looks(qtbot: QtBot, panel: StylePanel, world: World) -> None:
    shown(qtbot, panel, world.picture())
    groups = panel.view.strip._groups
    mine = next(each for each in groups.findChildren(QAbstractButton) if each.text() == "Mine")
    mine.click()
    assert panel.state.group == "mine"
    assert not names(panel)
    assert panel.view.strip._nothing.isVisible()
    assert panel.view.strip.like.isVisible()
