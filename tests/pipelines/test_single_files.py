"""Whole single files open offline with the configurations that come with the program."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.catalog import companion_config, inspect_model
from pipelines.environment import HARDENED
from tests.pipelines.checkpoint_layouts import checkpoint
from tests.pipelines.header_files import write_safetensors

pytestmark = pytest.mark.slow

OPEN = """
import json, sys
import diffusers, torch
name, path, config = sys.argv[1:]
extra = {} if "XL" in name else {"safety_checker": None, "requires_safety_checker": False}
pipe = getattr(diffusers, name).from_single_file(
    path, config=config, local_files_only=True, dtype=torch.float16, **extra
)
models = {k: v for k, v in pipe.components.items() if isinstance(v, torch.nn.Module)}
weights = [w for model in models.values() for w in model.parameters()]
print(json.dumps({
    "models": sorted(models),
    "weights": sum(w.numel() for w in weights),
    "unloaded": sum(w.is_meta or w.dtype != torch.float16 or bool(w.any()) for w in weights),
    "in_channels": pipe.unet.config.in_channels,
    "prediction": pipe.scheduler.config.prediction_type,
    "tokens": pipe.tokenizer("a photo of a cat").input_ids,
}))
"""


@pytest.mark.parametrize(
    ("family", "in_channels", "pipeline", "millions"),
    [
        ("sd1", 4, "StableDiffusionPipeline", 1066),
        ("sd2", 4, "StableDiffusionPipeline", 1289),
        ("sdxl", 4, "StableDiffusionXLPipeline", 3468),
        ("sd1", 9, "StableDiffusionInpaintPipeline", 1066),
        ("sd2", 9, "StableDiffusionInpaintPipeline", 1289),
        ("sdxl", 9, "StableDiffusionXLInpaintPipeline", 3468),
    ],
)
def test_a_checkpoint_of_full_shape_opens_offline(
    tmp_path: Path, family: str, in_channels: int, pipeline: str, millions: int
) -> None:
    path = write_safetensors(tmp_path / "model.safetensors", checkpoint(family, in_channels))
    ref = inspect_model(path)
    assert (ref.family.id, ref.inpaint, ref.missing) == (family, in_channels == 9, "")
    config = companion_config(ref)
    assert config is not None
    done = subprocess.run(
        [sys.executable, "-c", OPEN, pipeline, str(path), str(config)],
        env={**os.environ, **HARDENED, "HF_HOME": str(tmp_path), "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout)
    encoders = ["text_encoder", "text_encoder_2"] if family == "sdxl" else ["text_encoder"]
    assert found["models"] == [*encoders, "unet", "vae"]
    # Zero, in half precision and not left empty: each weight came out of the file.
    assert found["unloaded"] == 0
    assert found["weights"] // 1_000_000 == millions
    assert found["in_channels"] == in_channels
    v_model = family == "sd2" and in_channels == 4
    assert found["prediction"] == ("v_prediction" if v_model else "epsilon")
    assert found["tokens"] == [49406, 320, 1125, 539, 320, 2368, 49407]
