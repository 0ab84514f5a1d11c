"""Gives pictures another look: a GAN's, a painting style's, or that of another picture."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from pipelines.api import PipelineError
from pipelines.enhancing import Used, check_common, enhance
from pipelines.how import How
from pipelines.pictures import open_rgb
from pipelines.sources import NO_SOURCE, source_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from PIL import Image

    from pipelines.api import JobContext
    from pipelines.enhance_requests import EnhancedResult, StyleRequest
    from pipelines.enhancing import Step
    from pipelines.style.painting import PaintingStyles
    from pipelines.style.translator import Translator

_PAINTING = "Feed-forward style transfer"


class Style:
    """Keeps the last network warm."""

    id: ClassVar[str] = "style"

    def __init__(self) -> None:
        self._source, self._wanted = NO_SOURCE, ""
        self._network: Translator | PaintingStyles | None = None
        self._family = self._sha256 = ""

    def load(self, request: StyleRequest, say: Callable[[str], None]) -> None:
        """Brings in the network. Raises PipelineError: what the request makes impossible, or
        what is wrong with the network's file."""
        check_common(request)
        if not 0 <= request.strength <= 1:
            raise PipelineError(
                "bad_strength", f"A strength of {request.strength:g} is impossible.", "Use 0 to 1."
            )
        source, device = source_of(request.network), How.from_environment().device
        if self._network is None or source != self._source or device != self._wanted:
            self.unload()
            path = Path(request.network)
            if path.is_dir():
                self._open_painting(path, say)
            else:
                self._open_translator(path, device, say)
            self._source, self._wanted = source, device

    def _open_painting(self, folder: Path, say: Callable[[str], None]) -> None:
        say("Importing onnxruntime")
        from pipelines.style.painting import PaintingStyles

        self._network, self._family = PaintingStyles(folder), _PAINTING

    def _open_translator(self, path: Path, device: str, say: Callable[[str], None]) -> None:
        say("Importing torch")
        importlib.import_module("torch")
        from pipelines.devices import choose_device
        from pipelines.networks.weights import open_weights, unknown
        from pipelines.style.translator import Translator

        weights = open_weights(path, say)
        if weights.spec.enlarges:
            raise unknown(path, "It is one that enlarges: use it there.")
        self._network = Translator(weights, path, choose_device(device))
        self._family, self._sha256 = weights.spec.title, weights.sha256

    def run(self, request: StyleRequest, ctx: JobContext) -> EnhancedResult:
        """Does the pictures. `load` came before with the same request."""
        from pipelines.style.painting import PaintingStyles

        network = self._network
        if network is None:
            raise RuntimeError("run() before load()")
        if isinstance(network, PaintingStyles):
            return self._painted(network, request, ctx)

        def translated(image: Image.Image, step: Step) -> Image.Image:
            return network.translate(image, ctx.folder, ctx.check, step)

        name = request.look or Path(request.network).stem
        used = Used(name, self._family, self._sha256, network.device)
        return enhance(request, ctx, translated, used)

    def _painted(
        self, network: PaintingStyles, request: StyleRequest, ctx: JobContext
    ) -> EnhancedResult:
        name = request.look or Path(request.network).name
        if request.like:
            style = open_rgb(Path(request.like))[0].convert("RGB")
            names: tuple[str, ...] = ("arbitrary_predict", "arbitrary_transform")

            def change(image: Image.Image, step: Step) -> Image.Image:
                return network.like(image, style, request.strength, ctx.check, step)
        else:
            names = ("multistyle26",)

            def change(image: Image.Image, step: Step) -> Image.Image:
                return network.built_in(image, request.styles, ctx.check, step)

            if not request.styles:
                raise PipelineError(
                    "bad_style", "No painting style was chosen.", "Choose one, or a picture."
                )
        sha256 = "+".join(network.sha256(each) for each in names)
        return enhance(request, ctx, change, Used(name, self._family, sha256, network.device))

    def unload(self) -> None:
        self._network, self._source = None, NO_SOURCE
        self._family = self._sha256 = ""
