"""A single file is described from its header, or refused with what it is instead."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from pipelines.api import PipelineError
from pipelines.model_file import inspect_file
from pipelines.model_ref import Defaults
from tests.pipelines.checkpoint_layouts import checkpoint
from tests.pipelines.header_files import write_safetensors

LDM = "model.diffusion_model."
FLUX = {"img_in.weight": (3072, 64), "double_blocks.0.img_attn.norm.key_norm.scale": (128,)}


def refused(path: Path) -> PipelineError:
    with pytest.raises(PipelineError) as caught:
        inspect_file(path)
    assert caught.value.hint
    return caught.value


def test_a_whole_checkpoint(tmp_path: Path) -> None:
    path = write_safetensors(tmp_path / "sd_xl_base_1.0.safetensors", checkpoint("sdxl"))
    ref = inspect_file(path)
    assert (ref.id, ref.title, ref.kind) == ("sd_xl_base_1.0", "sd_xl_base_1.0", "file")
    assert (ref.family.id, ref.inpaint, ref.missing, ref.prediction) == ("sdxl", False, "", "")
    assert ref.defaults == Defaults(1024, 1024, 30, 5.5)
    assert ref.size_bytes == path.stat().st_size


def test_the_denoiser_alone_says_what_is_missing(tmp_path: Path) -> None:
    unet = {name: shape for name, shape in checkpoint("sd1").items() if name.startswith(LDM)}
    ref = inspect_file(write_safetensors(tmp_path / "unet.safetensors", unet))
    assert ref.family.id == "sd1"
    assert "only the denoiser" in ref.missing


def test_families_without_a_tokenizer_here_say_what_is_missing(tmp_path: Path) -> None:
    ref = inspect_file(write_safetensors(tmp_path / "flux1-dev.safetensors", FLUX))
    assert ref.family.id == "flux"
    assert "FLUX.1 folder" in ref.missing


@pytest.mark.parametrize(
    ("family", "name", "metadata", "size", "prediction"),
    [
        ("sd2", "v2-1_768-ema-pruned", {}, 768, ""),
        ("sd2", "v2-1_512-ema-pruned", {}, 512, "epsilon"),
        ("sd2", "sd_turbo", {}, 512, "epsilon"),
        ("sd2", "mine", {"modelspec.prediction_type": "epsilon"}, 768, "epsilon"),
        ("sd2", "mine", {"modelspec.prediction_type": "v"}, 768, ""),
        ("sd1", "mine", {"modelspec.prediction_type": "v"}, 512, "v_prediction"),
        ("sd1", "mine", {"modelspec.resolution": "768x768"}, 768, ""),
        ("sd1", "mine", {"modelspec.resolution": "wide"}, 512, ""),
        ("sdxl", "sd_xl_turbo_1.0_fp16", {}, 512, ""),
    ],
)
def test_size_and_prediction(
    tmp_path: Path, family: str, name: str, metadata: dict[str, str], size: int, prediction: str
) -> None:
    path = write_safetensors(tmp_path / f"{name}.safetensors", checkpoint(family), metadata)
    ref = inspect_file(path)
    assert (ref.defaults.width, ref.shapes["1:1"]) == (size, (size, size))
    assert ref.prediction == prediction


def test_the_mark_of_v_prediction_models(tmp_path: Path) -> None:
    shapes = {**checkpoint("sdxl"), "v_pred": (), "ztsnr": ()}
    assert inspect_file(write_safetensors(tmp_path / "m.safetensors", shapes)).prediction == (
        "v_prediction"
    )


def test_the_inpaint_variant_of_sd2_predicts_noise_anyway(tmp_path: Path) -> None:
    path = write_safetensors(tmp_path / "512-inpainting-ema.safetensors", checkpoint("sd2", 9))
    ref = inspect_file(path)
    assert (ref.inpaint, ref.defaults.width, ref.prediction) == (True, 512, "")


def test_strangers_text_becomes_one_short_line(tmp_path: Path) -> None:
    metadata = {"modelspec.license": "MIT\nor\t" + "x" * 500, "modelspec.description": "a\n b"}
    path = write_safetensors(tmp_path / "m.safetensors", checkpoint("sd1"), metadata)
    ref = inspect_file(path)
    assert ref.licence == ("MIT or " + "x" * 500)[:120]
    assert ref.description == "a b"


@pytest.mark.parametrize(
    ("shapes", "code", "said"),
    [
        ({"lora_unet_mid_block.lora_down.weight": (4, 4)}, "not_a_model", "is a LoRA"),
        ({"decoder.conv_in.weight": (512, 4, 3, 3)}, "not_a_model", "is a VAE"),
        ({"emb_params": (4, 768)}, "not_a_model", "is an embedding"),
        ({"conv_first.weight": (64, 3, 3, 3)}, "unknown_family", "not known here"),
        (
            {f"{LDM}input_blocks.4.1.transformer_blocks.0.attn2.to_k.weight": (768, 1280)},
            "unknown_family",
            "SDXL refiner",
        ),
    ],
)
def test_other_files_are_named(
    tmp_path: Path, shapes: dict[str, tuple[int, ...]], code: str, said: str
) -> None:
    error = refused(write_safetensors(tmp_path / "thing.safetensors", shapes))
    assert error.code == code
    assert "thing.safetensors" in str(error)
    assert said in str(error)


def test_a_renamed_pickle(tmp_path: Path) -> None:
    path = tmp_path / "model.safetensors"
    path.write_bytes(pickle.dumps([0] * 50))
    assert refused(path).code == "pickle"


@pytest.mark.parametrize("said", ["00x00", "08x08", "9992x9992", "513x513", "x"])
def test_a_native_size_that_cannot_be_is_not_believed(tmp_path: Path, said: str) -> None:
    path = write_safetensors(
        tmp_path / "a.safetensors", checkpoint("sd1"), {"modelspec.resolution": said}
    )
    assert inspect_file(path).defaults.width == 512
