"""A model's folder is described from its configurations, or refused with what is wrong with it."""

from __future__ import annotations

import json
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipelines.api import PipelineError
from pipelines.model_folder import component_weights, inspect_folder
from pipelines.model_ref import Defaults
from tests.pipelines.header_files import write_safetensors
from tests.pipelines.model_folders import write_json, write_model


def refused(folder: Path) -> PipelineError:
    with pytest.raises(PipelineError) as caught:
        inspect_folder(folder)
    assert caught.value.hint
    return caught.value


def test_a_whole_folder(tmp_path: Path) -> None:
    ref = inspect_folder(write_model(tmp_path / "dreams"))
    assert (ref.id, ref.title, ref.kind, ref.family.id) == ("dreams", "dreams", "folder", "sd1")
    assert ref.defaults == Defaults(512, 512, 25, 7.0)
    assert ref.shapes == ref.family.shapes
    assert (ref.tokens, ref.inpaint, ref.variant, ref.missing) == (77, False, "", "")
    weights = sum(file.stat().st_size for file in ref.path.rglob("*.safetensors"))
    assert ref.size_bytes == weights
    assert ref.licence == "CreativeML OpenRAIL-M"


@pytest.mark.parametrize(
    ("class_name", "changes", "family", "size"),
    [
        (
            "StableDiffusionPipeline",
            {"unet": {"cross_attention_dim": 1024, "sample_size": 96}},
            "sd2",
            768,
        ),
        (
            "StableDiffusionPipeline",
            {"unet": {"cross_attention_dim": 1024, "sample_size": 64}},
            "sd2",
            512,
        ),
        ("StableDiffusionXLPipeline", {"unet": {"sample_size": 128}}, "sdxl", 1024),
        ("StableDiffusion3Pipeline", {"transformer": {"sample_size": 128}}, "sd3", 1024),
        (
            "FluxPipeline",
            {"transformer": {"in_channels": 64, "guidance_embeds": True}},
            "flux",
            1024,
        ),
        ("Flux2KleinPipeline", {"transformer": {}}, "flux2", 1024),
        ("ZImagePipeline", {"transformer": {}}, "z-image", 1024),
        ("QwenImagePipeline", {"transformer": {}}, "qwen-image", 1328),
        ("SanaPipeline", {"transformer": {}}, "sana", 1024),
        ("PixArtSigmaPipeline", {"transformer": {"sample_size": 64}}, "pixart-sigma", 512),
        ("PixArtAlphaPipeline", {"transformer": {"sample_size": 128}}, "pixart-alpha", 1024),
    ],
)
def test_families_and_sizes(
    tmp_path: Path, class_name: str, changes: dict[str, Any], family: str, size: int
) -> None:
    ref = inspect_folder(write_model(tmp_path / "model", class_name, **changes))
    assert (ref.family.id, ref.defaults.width, ref.defaults.height) == (family, size, size)
    assert ref.shapes["1:1"] == (size, size)


@pytest.mark.parametrize(
    ("class_name", "changes"),
    [
        ("StableDiffusionInpaintPipeline", {"unet": {"in_channels": 9}}),
        ("StableDiffusionXLInpaintPipeline", {"unet": {"in_channels": 9, "sample_size": 128}}),
        ("FluxFillPipeline", {"transformer": {"in_channels": 384}}),
    ],
)
def test_inpaint_models(tmp_path: Path, class_name: str, changes: dict[str, Any]) -> None:
    ref = inspect_folder(write_model(tmp_path / "model", class_name, **changes))
    assert ref.inpaint
    assert ref.inpaint_class == class_name
    if class_name == "FluxFillPipeline":
        assert (ref.defaults.steps, ref.defaults.guidance) == (50, 30.0)


@pytest.mark.parametrize(
    ("name", "class_name", "changes", "steps", "guidance"),
    [
        ("sd-turbo", "StableDiffusionPipeline", {}, 4, 1.0),
        ("SDXL-Lightning", "StableDiffusionXLPipeline", {}, 6, 1.5),
        ("lcm", "LatentConsistencyModelPipeline", {}, 4, 8.0),
        ("schnell", "FluxPipeline", {"transformer": {"guidance_embeds": False}}, 4, 0.0),
        ("dev", "FluxPipeline", {"transformer": {"guidance_embeds": True}}, 28, 3.5),
        ("klein", "Flux2KleinPipeline", {"transformer": {}, "index": {"is_distilled": True}}, 4, 1),
        (
            "base",
            "Flux2KleinPipeline",
            {"transformer": {}, "index": {"is_distilled": False}},
            50,
            4,
        ),
        ("Z-Image-Turbo", "ZImagePipeline", {"transformer": {}}, 9, 0.0),
        ("Z-Image", "ZImagePipeline", {"transformer": {}}, 40, 4.0),
    ],
)
def test_steps_and_guidance(
    tmp_path: Path,
    name: str,
    class_name: str,
    changes: dict[str, Any],
    steps: int,
    guidance: float,
) -> None:
    defaults = inspect_folder(write_model(tmp_path / name, class_name, **changes)).defaults
    assert (defaults.steps, defaults.guidance) == (steps, guidance)


def test_a_short_tokenizer(tmp_path: Path) -> None:
    folder = write_model(tmp_path / "model")
    write_json(folder / "tokenizer" / "tokenizer_config.json", {"model_max_length": 32})
    assert inspect_folder(folder).tokens == 32
    write_json(folder / "tokenizer" / "tokenizer_config.json", {"model_max_length": 10**30})
    assert inspect_folder(folder).tokens == 77


def test_half_precision_only(tmp_path: Path) -> None:
    folder = write_model(tmp_path / "model")
    for part, stem in (("unet", "diffusion_pytorch_model"), ("vae", "diffusion_pytorch_model")):
        file = folder / part / f"{stem}.safetensors"
        file.rename(folder / part / f"{stem}.fp16.safetensors")
    assert inspect_folder(folder).variant == "fp16"


def test_full_precision_is_preferred_and_counted_once(tmp_path: Path) -> None:
    folder = write_model(tmp_path / "model")
    size = inspect_folder(folder).size_bytes
    write_safetensors(folder / "unet" / "diffusion_pytorch_model.fp16.safetensors", {"w": (500,)})
    ref = inspect_folder(folder)
    assert (ref.variant, ref.size_bytes) == ("", size)


def test_shards(tmp_path: Path) -> None:
    folder = write_model(tmp_path / "model")
    unet = folder / "unet"
    (unet / "diffusion_pytorch_model.safetensors").unlink()
    names = [f"diffusion_pytorch_model-0000{number}-of-00002.safetensors" for number in (1, 2)]
    index = unet / "diffusion_pytorch_model.safetensors.index.json"
    write_json(index, {"weight_map": {"a": names[0], "b": names[1], "c": names[0]}})
    write_safetensors(unet / names[0], {"a": (4,), "c": (4,)})
    error = refused(folder)
    assert error.code == "missing_component"
    assert f"unet/{names[1]} is missing" in str(error)
    write_safetensors(unet / names[1], {"b": (4,)})
    assert component_weights(unet) == ("", [unet / name for name in names])
    assert inspect_folder(folder).family.id == "sd1"
    write_json(index, {"weight_map": {"a": "../../secret"}})
    assert refused(folder).code == "not_a_model"


def test_a_missing_folder(tmp_path: Path) -> None:
    assert refused(tmp_path / "none").code == "not_found"


def test_a_folder_that_is_no_model(tmp_path: Path) -> None:
    error = refused(tmp_path)
    assert error.code == "not_a_model"
    assert "model_index.json" in str(error)


def remove(*names: str) -> Callable[[Path], None]:
    def apply(folder: Path) -> None:
        for name in names:
            path = folder / name
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    return apply


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("unet", "unet/config.json"),
        ("unet/diffusion_pytorch_model.safetensors", "unet/diffusion_pytorch_model.safetensors"),
        ("vae", "vae/config.json"),
        ("text_encoder/model.safetensors", "text_encoder/"),
        ("tokenizer", "tokenizer/tokenizer.json"),
        ("scheduler/scheduler_config.json", "scheduler/scheduler_config.json"),
    ],
)
def test_a_missing_component_is_named(tmp_path: Path, name: str, said: str) -> None:
    folder = write_model(tmp_path / "dreams")
    remove(name)(folder)
    error = refused(folder)
    assert error.code == "missing_component"
    assert "“dreams” is incomplete" in str(error)
    assert said in str(error)


def test_truncated_weights_name_the_component(tmp_path: Path) -> None:
    folder = write_model(tmp_path / "dreams")
    write_safetensors(
        folder / "vae" / "diffusion_pytorch_model.safetensors", {"w": (300,)}, missing=10
    )
    error = refused(folder)
    assert error.code == "truncated"
    assert "vae/diffusion_pytorch_model.safetensors is incomplete" in str(error)


def test_pickled_weights_only(tmp_path: Path) -> None:
    folder = write_model(tmp_path / "dreams")
    remove("unet/diffusion_pytorch_model.safetensors")(folder)
    (folder / "unet" / "diffusion_pytorch_model.bin").write_bytes(pickle.dumps({}))
    assert refused(folder).code == "pickle"


def test_a_pickle_renamed(tmp_path: Path) -> None:
    folder = write_model(tmp_path / "dreams")
    path = folder / "unet" / "diffusion_pytorch_model.safetensors"
    path.write_bytes(pickle.dumps([0] * 100))
    assert refused(folder).code == "pickle"


def test_an_unknown_family_is_named(tmp_path: Path) -> None:
    error = refused(write_model(tmp_path / "film", "WanPipeline"))
    assert error.code == "unknown_family"
    assert "WanPipeline" in str(error)
    assert "SDXL" in error.hint


@pytest.mark.parametrize("class_name", [["pipeline", "Mine"], None, 5])
def test_a_pipeline_with_code_of_its_own(tmp_path: Path, class_name: Any) -> None:
    assert refused(write_model(tmp_path / "model", class_name)).code == "unknown_family"


def test_foreign_code_is_refused(tmp_path: Path) -> None:
    folder = write_model(tmp_path / "model", index={"vae": ["my_vae", "MyVae"]})
    assert refused(folder).code == "foreign_code"


@pytest.mark.parametrize(
    "config",
    [
        {"auto_map": {"AutoModel": "code.Model"}},
        {"text_config": {"layers": [{"_attn_implementation_internal": "org/kernel"}]}},
        {"_attn_implementation_internal": "stranger/kernel"},
    ],
)
def test_a_config_that_names_foreign_code_is_refused(
    tmp_path: Path, config: dict[str, Any]
) -> None:
    folder = write_model(tmp_path / "model")
    write_json(folder / "text_encoder" / "config.json", config)
    assert refused(folder).code == "foreign_code"


def test_harmless_attention_settings_are_fine(tmp_path: Path) -> None:
    folder = write_model(tmp_path / "model")
    write_json(
        folder / "text_encoder" / "config.json",
        {"_attn_implementation_autoset": True, "attn_implementation": "sdpa"},
    )
    assert inspect_folder(folder).family.id == "sd1"


@pytest.mark.parametrize("content", ["", "{", "[]", "[" * 100_000])
@pytest.mark.parametrize("name", ["model_index.json", "unet/config.json"])
def test_damaged_json_is_named(tmp_path: Path, name: str, content: str) -> None:
    folder = write_model(tmp_path / "model")
    (folder / name).write_text(content)
    error = refused(folder)
    assert error.code == "not_a_model"
    assert name.rpartition("/")[2] in str(error)


@pytest.mark.parametrize(
    ("card", "licence"),
    [
        ("---\nlicense: apache-2.0\ntags: [x]\n---\n# Hello", "apache-2.0"),
        ("---\nlicense: other\nlicense_name: flux-klein\n---\n", "flux-klein"),
        ("# No front matter\nlicense: mit", "CreativeML OpenRAIL-M"),
    ],
)
def test_the_licence_of_the_model_card(tmp_path: Path, card: str, licence: str) -> None:
    folder = write_model(tmp_path / "model")
    (folder / "README.md").write_text(card, encoding="utf-8")
    assert inspect_folder(folder).licence == licence


def test_a_snapshot_of_the_hub_has_the_repository_s_name(tmp_path: Path) -> None:
    folder = tmp_path / "models--org--sd-turbo" / "snapshots" / ("a" * 40)
    ref = inspect_folder(write_model(folder))
    assert (ref.id, ref.title, ref.kind) == ("org/sd-turbo", "sd-turbo", "hub")
    assert ref.defaults.steps == 4


# ---- fabula.json -------------------------------------------------------------------------------


def test_fabula_json_overrides(tmp_path: Path) -> None:
    folder = write_model(tmp_path / "model")
    write_json(
        folder / "fabula.json",
        {
            "title": "Ink wash",
            "licence": "MIT",
            "description": "Draws in ink.",
            "labels": ["cat", "dog"],
            "shapes": {"1:1": [256, 256]},
            "defaults": {"width": 256, "height": 256, "steps": 8, "guidance": 2},
        },
    )
    ref = inspect_folder(folder)
    assert (ref.title, ref.licence, ref.description) == ("Ink wash", "MIT", "Draws in ink.")
    assert ref.labels == ("cat", "dog")
    assert ref.shapes == {"1:1": (256, 256)}
    assert ref.defaults == Defaults(256, 256, 8, 2.0)


def test_fabula_json_may_say_little(tmp_path: Path) -> None:
    folder = write_model(tmp_path / "model")
    write_json(folder / "fabula.json", {"defaults": {"scheduler": "Euler a"}, "later": 1})
    ref = inspect_folder(folder)
    assert (ref.title, ref.defaults) == ("model", Defaults(512, 512, 25, 7.0, "Euler a"))


@pytest.mark.parametrize(
    "content",
    [
        {"title": 5},
        {"labels": "cat"},
        {"labels": [1]},
        {"shapes": {}},
        {"shapes": {"1:1": [512]}},
        {"shapes": {"1:1": [512, "512"]}},
        {"defaults": {"steps": 0}},
        {"defaults": {"steps": True}},
        {"defaults": {"guidance": "high"}},
        {"defaults": []},
    ],
)
def test_fabula_json_of_wrong_types_is_refused(tmp_path: Path, content: Any) -> None:
    folder = write_model(tmp_path / "model")
    write_json(folder / "fabula.json", content)
    error = refused(folder)
    assert error.code == "not_a_model"
    assert "fabula.json" in str(error)


def test_the_starter() -> None:
    folder = Path(__file__).parents[2] / "assets" / "models" / "starter-icons"
    ref = inspect_folder(folder)
    assert (ref.id, ref.title, ref.family.id, ref.tokens) == (
        "starter-icons",
        "Starter icons",
        "sd1",
        32,
    )
    assert ref.shapes == {"1:1": (128, 128)}
    assert ref.defaults == Defaults(128, 128, 20, 3.0)
    assert len(ref.labels) == 12
    assert json.loads((folder / "unet" / "config.json").read_text())["sample_size"] * 8 == 128


@pytest.mark.parametrize("side", [0, -64, 2**40, True])
def test_a_native_size_that_cannot_be_is_not_believed(tmp_path: Path, side: Any) -> None:
    folder = write_model(tmp_path / "m", unet={"sample_size": side})
    assert inspect_folder(folder).defaults.width == 512
