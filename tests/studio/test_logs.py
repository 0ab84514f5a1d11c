from __future__ import annotations

import logging
import re
import threading
import warnings
from collections.abc import Iterator
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


def test_a_line_says_when_how_bad_which_thread_and_where(file: Path) -> None:
    worker = threading.Thread(
        target=logging.getLogger("studio.x").warning, args=("Grüße \udcff",), name="lane-gpu"
    )
    worker.start()
    worker.join()
    logging.getLogger("studio.x").debug("not for the log")
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
