"""Enlarges pictures with a GAN: a starter network by ncnn, a person's own by torch."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from pipelines.enhancing import Used, check_common, enhance
from pipelines.enlarge.sizes import MAX_SCALE, check_size, final_size
from pipelines.how import How
from pipelines.sources import source_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from PIL import Image

    from pipelines.api import JobContext
    from pipelines.enhance_requests import EnhancedResult, EnlargeRequest
    from pipelines.enhancing import Step
    from pipelines.enlarge.network import EnlargingNetwork


class Enlarge:
    """Keeps the last network warm."""

    id: ClassVar[str] = "enlarge"

    def __init__(self) -> None:
        self._key: object = None
        self._network: EnlargingNetwork | None = None
        self._used = Used("", "", "", "")

    def load(self, request: EnlargeRequest, say: Callable[[str], None]) -> None:
        """Brings in the network. Raises PipelineError: what the request makes impossible, or
        what is wrong with the network's file."""
        check_common(request)
        check_size(request)
        device, path = How.from_environment().device, Path(request.network)
        wanted = request.scale if path.is_dir() and not request.width else 0
        key = (source_of(request.network), request.variant, wanted, device)
        if self._network is None or key != self._key:
            self.unload()
            if path.is_dir():
                self._open_starter(path, request, device, say)
            else:
                self._open_own(path, device, say)
            self._key = key

    def _open_starter(
        self, folder: Path, request: EnlargeRequest, device: str, say: Callable[[str], None]
    ) -> None:
        say("Importing ncnn")
        from pipelines.enlarge.ncnn_network import NcnnNetwork
        from pipelines.enlarge.starter import choose_network

        chosen = choose_network(folder, request.variant, _wanted_scale(request))
        say(f"Loading {chosen.name}")
        self._network = NcnnNetwork(chosen.param, chosen.scale, device)
        self._used = Used(chosen.name, "Real-ESRGAN", chosen.sha256, self._network.device)

    def _open_own(self, path: Path, device: str, say: Callable[[str], None]) -> None:
        say("Importing torch")
        importlib.import_module("torch")
        from pipelines.devices import choose_device
        from pipelines.enlarge.torch_network import TorchNetwork
        from pipelines.networks.weights import open_weights, unknown

        weights = open_weights(path, say)
        if not weights.spec.enlarges:
            raise unknown(path, "It is one that changes the look: use it there.")
        self._network = TorchNetwork(weights, path, choose_device(device))
        self._used = Used(path.stem, weights.spec.title, weights.sha256, self._network.device)

    def run(self, request: EnlargeRequest, ctx: JobContext) -> EnhancedResult:
        """Does the pictures. `load` came before with the same request."""
        from pipelines.enlarge.tiles import enlarge

        network = self._network
        if network is None:
            raise RuntimeError("run() before load()")

        def larger(image: Image.Image, step: Step) -> Image.Image:
            return enlarge(image, final_size(image.size, request), network, ctx.check, step)

        return enhance(request, ctx, larger, self._used)

    def unload(self) -> None:
        self._network, self._key = None, None


def _wanted_scale(request: EnlargeRequest) -> float:
    """Where a size is asked for, pictures of one job may need different scales: the largest."""
    return MAX_SCALE if request.width else request.scale
