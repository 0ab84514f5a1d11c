"""A stand-in for a picture pipeline that writes files at once and can be told to fail."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, ClassVar

from pipelines.api import JobContext, Picture, PipelineError, TextToImageRequest

if TYPE_CHECKING:
    from collections.abc import Callable


class Drawing:
    """Each picture takes `steps` steps of 2 ms; the prompt "fail" fails."""

    id: ClassVar[str] = "drawing"

    def load(self, request: TextToImageRequest, say: Callable[[str], None]) -> None: ...

    def run(self, request: TextToImageRequest, ctx: JobContext) -> None:
        if request.prompt == "fail":
            raise PipelineError("out_of_memory", "Not enough memory.", "Choose a smaller size.")
        for index in range(request.count):
            for step in range(request.steps):
                time.sleep(0.002)
                ctx.progress(step + 1, request.steps, part=index, parts=request.count)
            path = ctx.folder / f"{index:04d}.png"
            path.write_bytes(b"png")
            ctx.produced(Picture(str(path), index, index, request.prompt, 8, 8))

    def unload(self) -> None: ...
