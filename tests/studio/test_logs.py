from __future__ import annotations

import logging
import re
import threading
import warnings
from collections.abc import Iterator
from logging.handlers import RotatingFileHandler
from pathlib import Path

import pytest

from studio import logs
from studio.logs import log_tail, start_log


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    root = logging.getLogger()
    level = root.level
    path = tmp_path / "state" / "fabula.log"
    handler = start_log(path)
    yield path
    root.removeHandler(handler)
    root.setLevel(level)
    handler.close()
    logging.captureWarnings(False)


def file_handler() -> logging.Handler:
    """The one that `start_log` has set up; pytest has some of its own."""
    handlers = logging.getLogger().handlers
    return next(each for each in handlers if isinstance(each, RotatingFileHandler))


def test_a_line_says_when_how_bad_which_thread_and_where(file: Path) -> None:
    # Half a character cannot be told by one process of the tests to another: pytest must not hear.
    logger = logging.getLogger("studio.x")
    logger.propagate = False
    logger.addHandler(file_handler())
    try:
        worker = threading.Thread(target=logger.warning, args=("Grüße \udcff",), name="lane-gpu")
        worker.start()
        worker.join()
        logger.debug("not for the log")
    finally:
        logger.handlers.clear()
        logger.propagate = True
    line = file.read_text("utf-8")
    assert re.fullmatch(
        r"\d{4}-\d\d-\d\d [\d:,]+ WARNING +lane-gpu studio\.x: Grüße \\udcff\n", line
    )


def test_python_warnings_are_logged(file: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(True)
        warnings.warn("old-fashioned", stacklevel=1)
    assert "old-fashioned" in file.read_text()


def test_the_log_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    monkeypatch.setattr(logs, "_BYTES", 2_000)
    handler = start_log(tmp_path / "small" / "log")
    try:
        for number in range(300):
            logging.getLogger("x").warning("%d %s", number, "x" * 50)
    finally:
        logging.getLogger().removeHandler(handler)
        handler.close()
    sizes = [path.stat().st_size for path in (tmp_path / "small").iterdir()]
    assert len(sizes) == 4
    assert max(sizes) <= 2_000


def test_the_tail(tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.write_bytes(b"x" * 300_000 + b"\n\xff one\ntwo\nthree\n")
    assert log_tail(path, 2) == "two\nthree"
    assert log_tail(path, 3).splitlines()[0].endswith(" one")
    assert len(log_tail(path, 100)) <= 256_000
    assert log_tail(tmp_path / "none") == ""
