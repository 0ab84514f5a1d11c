"""LoRAs, VAEs and embeddings are found where A1111 and ComfyUI keep them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from pipelines.adapters import (
    find_embeddings,
    find_loras,
    find_vaes,
    inspect_embedding,
    inspect_lora,
    inspect_vae,
)
from pipelines.api import PipelineError
from tests.pipelines.checkpoint_layouts import checkpoint
from tests.pipelines.header_files import write_safetensors

KEY = "lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn2_to_k.lora_down.weight"
LORA = {KEY: (8, 768)}
VAE = {"decoder.conv_in.weight": (512, 4, 3, 3)}
EMBEDDING = {"emb_params": (8, 768)}


def test_a_lora(tmp_path: Path) -> None:
    metadata = {"modelspec.trigger_phrase": "inkwash, moon , inkwash"}
    path = write_safetensors(tmp_path / "ink.safetensors", LORA, metadata)
    lora = inspect_lora(path)
    assert (lora.id, lora.title, lora.trigger_words) == ("ink", "ink", ("inkwash", "moon"))
    assert lora.family is not None
    assert lora.family.id == "sd1"
    assert lora.size_bytes == path.stat().st_size


def test_tags_of_every_training_picture_are_trigger_words(tmp_path: Path) -> None:
    metadata = {
        "ss_tag_frequency": json.dumps({"10_ink": {"inkwash": 20, "moon": 7, "1girl": 19}}),
        "ss_dataset_dirs": json.dumps({"10_ink": {"n_repeats": 10, "img_count": 20}}),
    }
    path = write_safetensors(tmp_path / "ink.safetensors", LORA, metadata)
    assert inspect_lora(path).trigger_words == ("inkwash",)


@pytest.mark.parametrize("tags", ["", "{", "[1]", '{"10_ink": 5}', '{"10_ink": {"a": "b"}}'])
def test_nonsense_in_the_metadata_gives_no_trigger_words(tmp_path: Path, tags: str) -> None:
    metadata = {"ss_tag_frequency": tags, "ss_dataset_dirs": '{"10_ink": {"img_count": 20}}'}
    path = write_safetensors(tmp_path / "ink.safetensors", LORA, metadata)
    assert inspect_lora(path).trigger_words == ()


def test_a_vae(tmp_path: Path) -> None:
    vae = inspect_vae(write_safetensors(tmp_path / "ft-mse.safetensors", VAE))
    assert (vae.id, vae.latent_channels) == ("ft-mse", 4)


def test_files_without_a_name_take_that_of_their_folder(tmp_path: Path) -> None:
    lora = write_safetensors(tmp_path / "ink" / "pytorch_lora_weights.safetensors", LORA)
    assert inspect_lora(lora).id == "ink"
    file = write_safetensors(tmp_path / "ft-mse" / "diffusion_pytorch_model.safetensors", VAE)
    assert inspect_vae(file).path == file
    (file.parent / "config.json").write_text("{}")
    assert inspect_vae(file) == inspect_vae(file.parent)
    assert (inspect_vae(file).id, inspect_vae(file).path) == ("ft-mse", file.parent)


@pytest.mark.parametrize(
    ("shapes", "family"),
    [
        ({"emb_params": (8, 768)}, "sd1"),
        ({"<ink>": (768,)}, "sd1"),
        ({"emb_params": (8, 1024)}, "sd2"),
        ({"clip_l": (2, 768), "clip_g": (2, 1280)}, "sdxl"),
    ],
)
def test_an_embedding(tmp_path: Path, shapes: dict[str, tuple[int, ...]], family: str) -> None:
    found = inspect_embedding(write_safetensors(tmp_path / "ink.safetensors", shapes))
    assert (found.id, found.family.id) == ("ink", family)


def test_each_refuses_the_others(tmp_path: Path) -> None:
    lora = write_safetensors(tmp_path / "lora.safetensors", LORA)
    vae = write_safetensors(tmp_path / "vae.safetensors", VAE)
    half = write_safetensors(tmp_path / "half.safetensors", {"clip_g": (2, 1280)})
    for inspect, path, code in (
        (inspect_lora, vae, "not_a_lora"),
        (inspect_vae, lora, "not_a_vae"),
        (inspect_embedding, lora, "not_an_embedding"),
        (inspect_embedding, half, "not_an_embedding"),
    ):
        with pytest.raises(PipelineError, match=path.name) as caught:
            inspect(path)
        assert caught.value.code == code


@pytest.mark.parametrize(
    "places",
    [
        ("models/Lora/style", "models/VAE", "embeddings", "models/Stable-diffusion"),
        ("models/loras", "models/vae", "models/embeddings", "models/checkpoints"),
        ("", "", "", ""),
    ],
    ids=["A1111", "ComfyUI", "all in one folder"],
)
def test_layouts(tmp_path: Path, places: tuple[str, ...]) -> None:
    lora, vae, embedding, model = places
    write_safetensors(tmp_path / lora / "ink.safetensors", LORA)
    write_safetensors(tmp_path / vae / "ft-mse.SAFETENSORS", VAE)
    write_safetensors(tmp_path / embedding / "bad-hands.safetensors", EMBEDDING)
    write_safetensors(tmp_path / model / "dreams.safetensors", checkpoint("sd1"))
    (tmp_path / lora / "broken.safetensors").write_bytes(b"nothing")
    assert [each.id for each in find_loras([tmp_path])] == ["ink"]
    assert [each.id for each in find_vaes([tmp_path])] == ["ft-mse"]
    assert [each.id for each in find_embeddings([tmp_path])] == ["bad-hands"]


def test_a_file_counts_once(tmp_path: Path) -> None:
    path = write_safetensors(tmp_path / "loras" / "ink.safetensors", LORA)
    (tmp_path / "linked").symlink_to(path.parent)
    assert [each.id for each in find_loras([tmp_path, path.parent])] == ["ink"]


def test_thousands_of_loras(tmp_path: Path) -> None:
    shapes = {KEY.replace("0", str(number), 1): (8, 768) for number in range(264)}
    first = write_safetensors(tmp_path / "0.safetensors", shapes, {"notes": "x" * 20_000})
    for number in range(1, 1000):
        os.link(first, tmp_path / f"{number}.safetensors")
    assert len(find_loras([tmp_path])) == 1000
