from __future__ import annotations

from pathlib import Path

from pipelines import codec
from pipelines.api import Lora, TextToImageRequest
from pipelines.edit_requests import RemoveRequest
from pipelines.portable import located, portable

HOME = Path("/home/mara")
REQUEST = TextToImageRequest(
    model="/home/mara/models/a",
    prompt="/home/mara/is a place",
    negative_prompt="~/x",
    loras=(Lora("/home/mara/loras/ink.safetensors", 0.8), Lora("/mnt/loras/b.safetensors")),
    embeddings=("/home/mara/e.safetensors",),
    init_image="/home/mara/.local/state/fabula/spool/inputs/00/start.png",
    init_source="/home/mara/start.png",
    wildcards="/home/mara/.config/fabula/wildcards",
)


def test_the_home_folder_is_not_told() -> None:
    told = portable(codec.to_json(REQUEST), HOME)
    assert told["model"] == "~/models/a"
    assert told["loras"] == [
        {"path": "~/loras/ink.safetensors", "weight": 0.8},
        {"path": "/mnt/loras/b.safetensors", "weight": 1.0},
    ]
    assert told["embeddings"] == ["~/e.safetensors"]
    assert told["init_image"] == "~/start.png"
    assert "wildcards" not in told


def test_prompts_stay_as_they_are() -> None:
    told = portable(codec.to_json(REQUEST), HOME)
    assert (told["prompt"], told["negative_prompt"]) == ("/home/mara/is a place", "~/x")
    assert located(told, HOME)["negative_prompt"] == "~/x"


def test_on_another_machine_the_home_is_another() -> None:
    told = portable(codec.to_json(REQUEST), HOME)
    there = codec.from_json(located(told, Path("/Users/tom")))
    assert there.model == str(Path("/Users/tom/models/a"))
    assert there.loras[0].path == str(Path("/Users/tom/loras/ink.safetensors"))
    assert there.loras[1].path == "/mnt/loras/b.safetensors"


def test_a_home_that_is_everything_hides_nothing() -> None:
    assert portable(codec.to_json(REQUEST), Path("/"))["model"] == "/home/mara/models/a"


def test_a_picture_is_named_where_it_came_from() -> None:
    request = RemoveRequest("/home/mara/.spool/a.png", picture_source="/home/mara/photo.png")
    told = portable(codec.to_json(request), HOME)
    assert told["picture"] == "~/photo.png"
    assert "picture_source" not in told
    assert "init_image" not in told
