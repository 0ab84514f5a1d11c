"""Which files of a repository are taken."""

from __future__ import annotations

from pipelines.hub.choice import chosen
from pipelines.hub.requests import HubFile


def taken(*paths: str, components: set[str] | None = None) -> set[str]:
    return {file.path for file in chosen([HubFile(path, 1, "0") for path in paths], components)}


def test_no_program_no_pickle_nothing_hidden() -> None:
    kept = {"config.json", "merges.txt", "a.safetensors", "tokenizer.model", "README.md", "LICENSE"}
    others = {"run.py", "a.bin", "a.ckpt", "a.gguf", "a.onnx", ".git/x.json", "x.md", "x.png"}
    assert taken(*kept, *others) == kept


def test_of_a_pipeline_only_its_parts_and_one_precision_of_each() -> None:
    kept = {
        "model_index.json",
        "unet/config.json",
        "unet/diffusion_pytorch_model.safetensors",
        "text/model.fp16-00001-of-00002.safetensors",
        "text/model.fp16-00002-of-00002.safetensors",
        "text/model.safetensors.index.fp16.json",
    }
    others = {
        "sd.safetensors",
        "onnx/config.json",
        "unet/diffusion_pytorch_model.fp16.safetensors",
        "unet/diffusion_pytorch_model.non_ema.safetensors",
        "text/model.bf16.safetensors",
    }
    assert taken(*kept, *others, components={"unet", "text"}) == kept


def test_without_parts_names_with_dots_are_names() -> None:
    paths = {"ink.v1.safetensors", "ink.v2.safetensors", "x.fp16.safetensors", "x.safetensors"}
    assert taken(*paths) == paths
