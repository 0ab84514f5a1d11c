"""A pipeline that does as its request says. Requests are plain dicts."""

from __future__ import annotations

import io
import multiprocessing as mp
import os
import signal
import sys
import time
from typing import TYPE_CHECKING, Any, ClassVar

import tqdm

from pipelines.api import JobContext, PipelineError, Preview

if TYPE_CHECKING:
    from collections.abc import Callable

Request = dict[str, Any]


class Scripted:
    """Steps of 10 ms; `at` names the step where `trouble` comes.

    Loading takes `load` seconds in parts of `silence` seconds and is done once per `model`.
    """

    id: ClassVar[str] = "scripted"

    def __init__(self) -> None:
        self._loads: dict[str, int] = {}

    def load(self, request: Request, say: Callable[[str], None]) -> None:
        model = request.get("model", "small")
        if model in self._loads:
            return
        say(f"Loading {model}")
        until = time.monotonic() + request.get("load", 0.0)
        while (left := until - time.monotonic()) > 0:
            time.sleep(min(left, request.get("silence", 60.0)))
            say(f"Loading {model}")
        if request.get("load_aborts"):
            os.abort()
        self._loads[model] = len(self._loads) + 1

    def run(self, request: Request, ctx: JobContext) -> Request:
        steps = request.get("steps", 10)
        for step in range(1, steps + 1):
            time.sleep(0.01)
            if step == request.get("at"):
                self._trouble(request["trouble"], ctx)
            ctx.progress(step, steps, "Denoising")
            ctx.preview(lambda: [Preview(bytes(3 * 8 * 8), 8, 8, part) for part in (0, 1)])
            if step in request.get("produce", ()):
                ctx.produced({"step": step})
        if request.get("decode"):  # a long last part without steps, in tiles
            self._trouble("long", ctx)
        return {"pid": os.getpid(), "loads": dict(self._loads), "folder": str(ctx.folder)}

    def unload(self) -> None:
        self._loads.clear()

    def _trouble(self, name: str, ctx: JobContext) -> None:
        match name:
            case "long":  # a step of a minute in blocks of 10 ms
                for _ in range(6000):
                    ctx.check()
                    time.sleep(0.01)
            case "memory":
                raise PipelineError("out_of_memory", "Not enough memory", "Use a smaller size")
            case "bug":
                raise ZeroDivisionError("oops")
            case "exit":
                sys.exit(3)
            case "abort":
                os.abort()
            case "hang":
                time.sleep(600)


def own_process(request: Request, ctx: JobContext) -> Request:
    """Starts a process of its own, as a converter of untrusted files would."""
    process = mp.get_context("spawn").Process(target=time.sleep, args=(request["sleep"],))
    process.start()
    if request.get("leave"):
        ctx.progress(process.pid or 0, 0)
        time.sleep(600)
    process.join()
    return {"exitcode": process.exitcode}


def modules(_request: Request, _ctx: JobContext) -> dict[str, Any]:
    """What the child imported, and what it was told about the outside world."""
    return {
        "modules": sorted(sys.modules),
        "offline": os.environ.get("HF_HUB_OFFLINE"),
        "kernels": os.environ.get("USE_HUB_KERNELS"),
    }


def unreadable(_request: Request, _ctx: JobContext) -> object:
    return BadToUnpickle()


class BadToUnpickle:
    def __reduce__(self) -> tuple[Any, ...]:
        return (int, ("not a number",))


def unreadable_part(_request: Request, ctx: JobContext) -> None:
    """Hands out a part that cannot be read and then works on for a minute."""
    ctx.produced(BadToUnpickle())
    for _ in range(6000):
        ctx.check()
        time.sleep(0.01)


def draw_a_bar_and_die(_request: Request, _ctx: JobContext) -> None:
    """As model libraries do while they load; then the system kills the process."""
    list(tqdm.tqdm(range(2), file=io.StringIO()))
    os.kill(os.getpid(), signal.SIGKILL)
