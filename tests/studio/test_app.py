"""The whole program, as its own process: start, draw, close; and what it must never do."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from typing import Any

import psutil
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tests.processes import is_gone

ROOT = Path(__file__).parent.parent.parent

# What a test wants of the running program is told by `script(studio, say)`, called once shown.
PROGRAM = """
import json, sys, time
sys.path.insert(0, {root!r})

def say(**facts):
    print(json.dumps(facts), flush=True)

{script}

def main():
    from studio import app
    from PySide6.QtCore import QTimer
    class Watched(app.Studio):
        def __init__(self, *args):
            super().__init__(*args)
            self.furnished.connect(lambda: QTimer.singleShot(100, lambda: script(self, say)))
    app.Studio = Watched
    from studio.__main__ import main
    return main()

if __name__ == "__main__":
    sys.exit(main())
"""


class Program:
    def __init__(self, folder: Path, home: Path, script: str, *arguments: str) -> None:
        path = folder / "program.py"
        text = PROGRAM.format(root=str(ROOT), script=textwrap.dedent(script))
        path.write_text(text, encoding="utf-8")
        self.process = subprocess.Popen(
            [sys.executable, str(path), *arguments],
            env=os.environ | {"FABULA_HOME": str(home), "TMPDIR": str(folder)},
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def hear(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, self.process.communicate(timeout=30)[1]
        facts: dict[str, Any] = json.loads(line)
        return facts

    def wait(self, timeout: float = 60) -> tuple[int, str]:
        _, errors = self.process.communicate(timeout=timeout)
        return self.process.returncode, errors

    def children(self) -> list[int]:
        return [child.pid for child in psutil.Process(self.process.pid).children(recursive=True)]


DRAW = """
def script(studio, say):
    from pipelines.api import TextToImageRequest
    model = studio.context.models.models[0]
    request = TextToImageRequest(str(model.path), "a fox", steps=STEPS, guidance=3.0, count=COUNT)
    for number in range(JOBS):
        job = studio.context.jobs.submit(request, title=f"job {number}")
        if number == 0:
            job.item_produced.connect(lambda item: say(path=item.path))
            job.progressed.connect(lambda progress: say(step=progress.step))
            job.settled.connect(lambda: finish(studio, say, job))
"""


def test_a_picture_is_drawn_and_found_again_and_no_model_library_enters_the_window(
    tmp_path: Path, home: Path
) -> None:
    script = (
        DRAW.replace("STEPS", "2").replace("COUNT", "1").replace("JOBS", "1")
        + """
def finish(studio, say, job):
    heavy = [n for n in ("torch", "diffusers", "transformers", "numpy", "safetensors", "tokenizers")
             if n in sys.modules]
    say(state=job.state.value, heavy=heavy)
    studio.window.close()
"""
    )
    program = Program(tmp_path, home, script)
    facts: list[dict[str, Any]] = []
    while not facts or "state" not in facts[-1]:
        facts.append(program.hear())
    assert facts[-1] == {"state": "succeeded", "heavy": []}
    path = Path(next(fact["path"] for fact in facts if "path" in fact))
    assert path.is_relative_to(home / "pictures" / "Fabula")
    assert program.wait() == (0, "")

    again = Program(
        tmp_path,
        home,
        """
def script(studio, say):
    entry = studio.context.library.recent(1)[0]
    say(path=str(entry.path), prompt=entry.prompt, steps=entry.settings["steps"])
    studio.window.close()
""",
    )
    assert again.hear() == {"path": str(path), "prompt": "a fox", "steps": 2}
    assert again.wait() == (0, "")


def test_closing_with_ten_jobs_is_quick_and_leaves_nothing(tmp_path: Path, home: Path) -> None:
    script = (
        DRAW.replace("STEPS", "500").replace("COUNT", "50").replace("JOBS", "10")
        + """
    from studio.settings_table import CONFIRM_QUIT_WITH_JOBS
    studio.context.settings.set(CONFIRM_QUIT_WITH_JOBS, False)
    from PySide6.QtCore import QSocketNotifier
    notifier = QSocketNotifier(0, QSocketNotifier.Type.Read, studio)
    notifier.activated.connect(lambda *_: studio.window.close())

def finish(studio, say, job):
    say(state=job.state.value)
"""
    )
    reader, writer = os.pipe()
    path = tmp_path / "program.py"
    path.write_text(PROGRAM.format(root=str(ROOT), script=script), encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, str(path)],
        env=os.environ | {"FABULA_HOME": str(home), "TMPDIR": str(tmp_path)},
        stdin=reader,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        while "step" not in json.loads(process.stdout.readline()):
            pass
        children = [c.pid for c in psutil.Process(process.pid).children(recursive=True)]
        assert len(children) >= 2
        began = time.monotonic()
        os.write(writer, b"x")
        process.stdout.read()
        process.wait(timeout=30)
        seconds = time.monotonic() - began
    os.close(reader)
    os.close(writer)
    assert process.returncode == 0
    assert seconds < 20, seconds  # and not the hours of the jobs; benchmarks/close.py measures it
    assert all(is_gone(pid, within=1) for pid in children)
    assert [p.name for p in tmp_path.iterdir()] == ["program.py"]


def test_killed_while_drawing_it_offers_a_retry_and_keeps_what_waits(
    tmp_path: Path, home: Path
) -> None:
    script = (
        DRAW.replace("STEPS", "5").replace("COUNT", "400").replace("JOBS", "3")
        + """
def finish(studio, say, job):
    say(state=job.state.value)
"""
    )
    program = Program(tmp_path, home, script)
    while "path" not in program.hear():
        pass
    children = program.children()
    program.process.kill()
    program.wait()
    assert all(is_gone(pid) for pid in children)
    again = Program(
        tmp_path,
        home,
        """
def script(studio, say):
    jobs = studio.context.jobs
    say(stopped=[job.title for job in jobs.stopped()], paused=jobs.paused,
        waiting=[job.title for job in jobs.waiting()],
        pictures=len(studio.context.library.recent(9999)),
        files=len(list(studio.context.library.folder.rglob("*.png"))))
    studio.window.close()
""",
    )
    facts = again.hear()
    assert facts["stopped"] == ["job 0"]
    assert facts["waiting"] == ["job 1", "job 2"]
    assert facts["paused"] is True
    assert facts["pictures"] >= 1
    assert facts["files"] >= facts["pictures"]
    assert again.wait() == (0, "")


def test_no_tcp_port_is_opened(tmp_path: Path, home: Path) -> None:
    script = (
        DRAW.replace("STEPS", "300").replace("COUNT", "9").replace("JOBS", "1")
        + """
def finish(studio, say, job):
    say(state=job.state.value)
"""
    )
    program = Program(tmp_path, home, script)
    while "step" not in program.hear():
        pass
    for pid in (program.process.pid, *program.children()):
        listening = [
            connection
            for connection in psutil.Process(pid).net_connections(kind="inet")
            if connection.status == psutil.CONN_LISTEN
        ]
        assert not listening
    program.process.send_signal(signal.SIGKILL)
    program.wait()


def test_a_second_start_hands_over_and_leaves(tmp_path: Path, home: Path) -> None:
    first = Program(
        tmp_path,
        home,
        """
def script(studio, say):
    window = studio.window
    raised = window.activateWindow
    window.activateWindow = lambda: (raised(), say(raised=True), window.close())
    say(ready=True)
""",
    )
    first.hear()
    second = Program(tmp_path, home, "def script(studio, say): say(second=True)")
    assert second.process.communicate(timeout=60)[0] == ""
    assert second.process.returncode == 0
    assert first.hear() == {"raised": True}
    assert first.wait()[0] == 0


def test_a_picture_given_at_the_start_has_its_settings_taken(tmp_path: Path, home: Path) -> None:
    picture = tmp_path / "theirs.png"
    text = PngInfo()
    text.add_text("parameters", "a lighthouse\nSteps: 11, Sampler: Euler, CFG scale: 4, Seed: 9")
    Image.new("RGB", (64, 64)).save(picture, pnginfo=text)
    program = Program(
        tmp_path,
        home,
        """
def script(studio, say):
    from PySide6.QtCore import QTimer
    panel = studio.window.panel("imagine")
    def look():
        if panel.state.prompt:
            say(prompt=panel.state.prompt, steps=panel.state.steps, seed=panel.state.seed)
            studio.window.close()
        else:
            QTimer.singleShot(50, look)
    look()
""",
        str(picture),
    )
    assert program.hear() == {"prompt": "a lighthouse", "steps": 11, "seed": 9}
    assert program.wait() == (0, "")


@pytest.mark.skipif(os.name == "nt", reason="folders are locked otherwise there")
def test_a_state_folder_that_is_a_file_gets_a_sentence(tmp_path: Path, home: Path) -> None:
    (home / "state").write_text("in the way", encoding="utf-8")
    code, errors = Program(tmp_path, home, "def script(studio, say): pass").wait()
    assert code == 1
    assert "state" in errors
    assert "Traceback" not in errors
