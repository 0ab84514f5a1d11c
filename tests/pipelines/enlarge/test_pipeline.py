"""An enlarging job from its request to files with all they have to say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pipelines.api import PipelineError
from pipelines.enhance_requests import EnlargeRequest
from pipelines.enlarge.pipeline import Enlarge
from pipelines.pictures import read_info
from tests.requirements import real_starter
from tests.scripted_context import ScriptedContext
from tests.tiny_gans import CompactNet, ResnetGenerator, instance, save, seeded


@pytest.fixture
def network(tmp_path: Path) -> str:
    return str(save(seeded(CompactNet(2)), tmp_path / "crisp.safetensors"))


@pytest.fixture
def ctx(tmp_path: Path) -> ScriptedContext:
    (tmp_path / "out").mkdir()
    return ScriptedContext(tmp_path / "out")


def photo(path: Path, mode: str = "RGB") -> str:
    Image.effect_noise((20, 16), 90).convert(mode).save(path)
    return str(path)


def do(request: EnlargeRequest, ctx: ScriptedContext) -> Image.Image:
    pipeline = Enlarge()
    pipeline.load(request, lambda _message: None)
    pipeline.run(request, ctx)
    with Image.open(ctx.items[-1].path) as image:
        image.load()
        return image


def test_the_file_says_how_it_was_made(network: str, ctx: ScriptedContext, tmp_path: Path) -> None:
    made = do(EnlargeRequest((photo(tmp_path / "a.png", "RGBA"),), network, scale=3), ctx)
    assert (made.mode, made.size) == ("RGBA", (60, 48))
    assert "algorithmicallyEnhanced" in made.info["XML:com.adobe.xmp"]
    info = read_info(Path(ctx.items[0].path))
    assert info.settings.model == "crisp"
    assert info.unknown["family"] == "Real-ESRGAN compact ×2"
    assert info.request is not None
    assert (info.request["kind"], info.request["scale"]) == ("enlarge", 3)


def test_an_exact_size_a_mask_and_a_blend(
    network: str, ctx: ScriptedContext, tmp_path: Path
) -> None:
    source, mask = photo(tmp_path / "a.png"), tmp_path / "mask.png"
    Image.new("L", (20, 16)).save(mask)
    request = EnlargeRequest((source,), network, width=51, height=33, mask=str(mask))
    made = do(request, ctx)
    with Image.open(source) as image:
        plain = image.resize((51, 33), Image.Resampling.LANCZOS)
    np.testing.assert_array_equal(np.asarray(made), np.asarray(plain))
    full, half = (do(replace(request, mask="", opacity=share), ctx) for share in (1.0, 0.5))
    middle = (np.asarray(full).astype(int) + np.asarray(plain)) / 2
    assert np.abs(np.asarray(half) - middle).max() <= 1


def test_the_starters_network(ctx: ScriptedContext, tmp_path: Path) -> None:
    folder = str(real_starter("real-esrgan"))
    source = photo(tmp_path / "a.png")
    made = do(EnlargeRequest((source,), folder, "animevideov3", scale=2.5), ctx)
    assert made.size == (50, 40)
    assert read_info(Path(ctx.items[0].path)).settings.model == "realesr-animevideov3-x3"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"scale": 0.0}, "bad_size"),
        ({"scale": 17.0}, "bad_size"),
        ({"width": 100}, "bad_size"),
        ({"opacity": -0.1}, "bad_opacity"),
    ],
)
def test_impossible_requests(change: dict[str, float], code: str, network: str) -> None:
    request = replace(EnlargeRequest(("a.png",), network), **change)  # type: ignore[arg-type]
    with pytest.raises(PipelineError) as caught:
        Enlarge().load(request, lambda _message: None)
    assert caught.value.code == code


def test_a_network_that_changes_the_look_is_none(tmp_path: Path) -> None:
    path = save(ResnetGenerator(instance(True)), tmp_path / "look.safetensors")
    with pytest.raises(PipelineError, match="look"):
        Enlarge().load(EnlargeRequest(("a.png",), str(path)), lambda _message: None)
