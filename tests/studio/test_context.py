"""Reading how a picture was made, off the window's thread."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, cast

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from studio.context import Context
from studio.jobs.job import Job
from tests.studio.lanes import io_jobs

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from pipelines.pictures import PictureInfo
    from studio.jobs.service import JobService

__all__ = ["io_jobs"]


@pytest.fixture
def context(io_jobs: JobService) -> Context:
    """Only with a queue: reading needs nothing else."""
    others = dict.fromkeys(Context.__slots__)
    return Context(**cast("dict[str, JobService]", {**others, "jobs": io_jobs}))  # type: ignore[arg-type]


def test_the_answer_comes_in_the_windows_thread(
    context: Context, qtbot: QtBot, tmp_path: Path
) -> None:
    text = PngInfo()
    text.add_text("parameters", "an owl\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 9")
    Image.new("RGB", (4, 3)).save(tmp_path / "owl.png", pnginfo=text)
    heard: list[tuple[PictureInfo | None, threading.Thread]] = []

    def done(info: PictureInfo | None) -> None:
        heard.append((info, threading.current_thread()))

    context.read_info(tmp_path / "owl.png", done)
    assert heard == []
    qtbot.waitUntil(lambda: bool(heard), timeout=20_000)
    ((info, thread),) = heard
    assert thread is threading.main_thread()
    assert info is not None
    assert (info.settings.prompt, info.settings.seed, info.width) == ("an owl", 9, 4)
    qtbot.waitUntil(lambda: not context.jobs.findChildren(Job))


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n", b"GIF89a", None])
def test_what_is_no_picture_is_answered_too(
    context: Context, qtbot: QtBot, tmp_path: Path, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / "torn.png").write_bytes(content)
    heard: list[PictureInfo | None] = []
    context.read_info(tmp_path / "torn.png", heard.append)
    qtbot.waitUntil(lambda: heard == [None], timeout=20_000)
