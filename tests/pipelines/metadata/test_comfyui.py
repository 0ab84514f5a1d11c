"""ComfyUI's graphs, walked from the saved picture back."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pipelines.metadata.comfyui import read
from pipelines.metadata.settings import Reading, Settings, Tool

Graph = dict[str, dict[str, Any]]


def node(kind: str, **inputs: object) -> dict[str, Any]:
    return {"class_type": kind, "inputs": inputs}


def reading_of(graph: Graph) -> Reading:
    reading = read({"prompt": json.dumps(graph), "workflow": "{}"})
    assert reading is not None
    assert reading.tool is Tool.COMFYUI
    return reading


def default(**sampler: object) -> Graph:
    """The graph ComfyUI starts with, plus adapters, a clip skip and a VAE."""
    values = {
        "seed": 156680208700286, "steps": 20, "cfg": 8, "sampler_name": "dpmpp_2m",
        "scheduler": "karras", "denoise": 1, "model": ["11", 0], "positive": ["6", 0],
        "negative": ["7", 0], "latent_image": ["5", 0],
    }  # fmt: skip
    return {
        "3": node("KSampler", **(values | sampler)),
        "4": node("CheckpointLoaderSimple", ckpt_name="sd\\v1-5.safetensors"),
        "5": node("EmptyLatentImage", width=512, height=768, batch_size=1),
        "6": node("CLIPTextEncode", text="a 帽子", clip=["12", 0]),
        "7": node("CLIPTextEncode", text="blurry", clip=["12", 0]),
        "8": node("VAEDecode", samples=["3", 0], vae=["13", 0]),
        "9": node("SaveImage", filename_prefix="ComfyUI", images=["8", 0]),
        "10": node("LoraLoader", lora_name="ink.safetensors", strength_model=0.8,
                   strength_clip=1, model=["4", 0], clip=["4", 1]),
        "11": node("LoraLoaderModelOnly", lora_name="line.safetensors", strength_model=0.5,
                   model=["10", 0]),
        "12": node("CLIPSetLastLayer", stop_at_clip_layer=-2, clip=["10", 1]),
        "13": node("VAELoader", vae_name="kl-f8.safetensors"),
        "20": node("Note", text="remember the milk"),
    }  # fmt: skip


DEFAULT = Settings(
    prompt="a 帽子",
    negative_prompt="blurry",
    width=512,
    height=768,
    steps=20,
    guidance=8.0,
    scheduler="DPM++ 2M Karras",
    seed=156680208700286,
    model="v1-5",
    loras=(("ink", 0.8), ("line", 0.5)),
    clip_skip=1,
    vae="kl-f8",
)


def test_the_graph_it_starts_with() -> None:
    reading = reading_of(default())
    assert reading.settings == DEFAULT
    assert reading.unknown == {
        "SaveImage 9": "filename_prefix: ComfyUI",
        "Note 20": "text: remember the milk",
    }


def test_a_second_pass_only_refines_the_first() -> None:
    graph = default()
    graph["30"] = node("LatentUpscale", samples=["3", 0], width=1024, height=1536)
    graph["31"] = node(
        "KSampler", seed=1, steps=9, cfg=3, sampler_name="euler", scheduler="normal", denoise=0.5,
        model=["4", 0], positive=["6", 0], negative=["7", 0], latent_image=["30", 0],
    )  # fmt: skip
    graph["8"] = node("VAEDecode", samples=["31", 0], vae=["4", 2])
    reading = reading_of(graph)
    assert reading.settings.seed == DEFAULT.seed
    assert (reading.settings.width, reading.settings.height) == (512, 768)
    assert reading.settings.strength is None
    assert "steps: 9" in reading.unknown["KSampler 31"]


def test_a_start_picture() -> None:
    graph = default(latent_image=["30", 0], denoise=0.6)
    graph["30"] = node("VAEEncode", pixels=["31", 0], vae=["4", 2])
    graph["31"] = node("LoadImage", image="photo.png")
    settings = reading_of(graph).settings
    assert settings.strength == 0.6
    assert (settings.width, settings.height) == (None, None)


def test_sdxl_with_an_advanced_sampler_and_linked_values() -> None:
    graph = default()
    graph["3"] = node(
        "KSamplerAdvanced", add_noise="enable", noise_seed=["30", 0], steps=25, cfg=7.0,
        sampler_name="euler_ancestral", scheduler="normal", start_at_step=0, end_at_step=20,
        model=["4", 0], positive=["6", 0], negative=["32", 1], latent_image=["5", 0],
    )  # fmt: skip
    graph["6"] = node(
        "CLIPTextEncodeSDXL", text_g=["31", 0], text_l="in ink", width=4096, clip=["4", 1]
    )
    graph["30"] = node("Seed (rgthree)", seed=77)
    graph["31"] = node("PrimitiveString", value="a hat")
    graph["32"] = node(
        "ControlNetApplyAdvanced", positive=["6", 0], negative=["7", 0], control_net=["40", 0]
    )
    settings = reading_of(graph).settings
    assert settings.prompt == "a hat\nin ink"
    assert settings.negative_prompt == "blurry"
    assert settings.seed == 77
    assert settings.scheduler == "Euler a"


def test_flux_with_its_sampler_in_pieces() -> None:
    graph = {
        "1": node("SamplerCustomAdvanced", noise=["2", 0], guider=["3", 0], sampler=["4", 0],
                  sigmas=["5", 0], latent_image=["6", 0]),
        "2": node("RandomNoise", noise_seed=2**64 - 1),
        "3": node("BasicGuider", model=["7", 0], conditioning=["8", 0]),
        "4": node("KSamplerSelect", sampler_name="euler"),
        "5": node("BasicScheduler", scheduler="simple", steps=20, denoise=1.0, model=["7", 0]),
        "6": node("EmptySD3LatentImage", width=1024, height=1024, batch_size=1),
        "7": node("UNETLoader", unet_name="flux1-dev.safetensors", weight_dtype="default"),
        "8": node("FluxGuidance", guidance=3.5, conditioning=["9", 0]),
        "9": node("CLIPTextEncodeFlux", clip_l="a hat", t5xxl="a hat", guidance=1, clip=["10", 0]),
        "10": node("DualCLIPLoader", clip_name1="t5", clip_name2="l"),
        "11": node("VAEDecode", samples=["1", 0], vae=["12", 0]),
        "12": node("VAELoader", vae_name="ae.safetensors"),
        "13": node("SaveImage", images=["11", 0]),
    }  # fmt: skip
    assert reading_of(graph).settings == Settings(
        prompt="a hat",
        width=1024,
        height=1024,
        steps=20,
        guidance=3.5,
        scheduler="Euler Simple",
        seed=2**64 - 1,
        model="flux1-dev",
        vae="ae",
    )


def test_nodes_of_other_people() -> None:
    graph: Graph = {
        "1": node("KSampler (Efficient)", seed=5, steps=8, cfg=2.0, sampler_name="lcm",
                  scheduler="sgm_uniform", denoise=1.0, model=["2", 0], positive=["2", 1],
                  negative=["2", 2], latent_image=["2", 3]),
        "2": node("Efficient Loader", ckpt_name="a.safetensors", positive="a hat",
                  negative="blurry", lora_1={"on": True, "lora": "x.safetensors", "strength": 0.5},
                  lora_2={"on": False, "lora": "y", "strength": 1}),
        "3": node("Save Everything", images=["1", 5]),
    }  # fmt: skip
    settings = reading_of(graph).settings
    assert settings.prompt == "a hat"
    assert settings.negative_prompt == "blurry"
    assert settings.model == "a"
    assert settings.loras == (("x", 0.5),)
    assert settings.scheduler == "LCM SGM Uniform"


def test_a_negative_that_is_zeroed_out_is_empty() -> None:
    graph = default(negative=["30", 0])
    graph["30"] = node("ConditioningZeroOut", conditioning=["6", 0])
    assert reading_of(graph).settings.negative_prompt == ""


def test_a_graph_without_sampler_is_listed() -> None:
    reading = reading_of({"1": node("LoadImage", image="photo.png")})
    assert reading.settings == Settings()
    assert reading.unknown == {"LoadImage 1": "image: photo.png"}


def test_links_that_go_round_in_circles_end() -> None:
    graph = default(positive=["30", 0], seed=["31", 0], model=["32", 0], latent_image=["3", 0])
    graph["30"] = node("ConditioningCombine", conditioning_1=["30", 0], conditioning_2=["6", 0])
    graph["31"] = node("Seed", seed=["31", 0])
    graph["32"] = node("ModelMerge", model=["32", 0])
    settings = reading_of(graph).settings
    assert settings.prompt == "a 帽子"
    assert settings.seed is None


def test_what_is_no_graph() -> None:
    assert read({"prompt": "a prompt"}) is None
    assert read({"prompt": '{"a": {"class_type": 3}}'}) is None
    assert read({"UserComment": json.dumps(default())}) is not None


_VALUE = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3)
    | st.tuples(st.sampled_from(["3", "4", "6", "8", 3, "x"]), st.integers(0, 2)).map(list)
    | st.lists(st.integers(), max_size=2) | st.dictionaries(st.text(max_size=2), st.integers())
)  # fmt: skip


@given(st.data())
def test_no_graph_is_too_strange(data: st.DataObject) -> None:
    graph = default()
    for _ in range(data.draw(st.integers(1, 6))):
        inputs = graph[data.draw(st.sampled_from(sorted(graph)))]["inputs"]
        inputs[data.draw(st.sampled_from(sorted({*inputs, "model", "guider", "sigmas"})))] = (
            data.draw(_VALUE)
        )
    reading_of(graph)
