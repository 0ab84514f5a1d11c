from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines import codec
from pipelines.adapters import EmbeddingRef, LoraRef
from pipelines.api import Lora, TextToImageRequest
from pipelines.metadata.settings import Settings
from studio.document.bible.bible import Bible
from studio.panels.imagine.checks import judge
from studio.panels.imagine.history import HistoryWalk
from studio.panels.imagine.restore import restored, says_something
from studio.panels.imagine.state import ImagineState, with_model
from tests.studio.panels.imagine.fakes import FLUX, SDXL, STARTER, FakeModels, info

if TYPE_CHECKING:
    from studio.model_shelf import ModelShelf

STATE = with_model(ImagineState(), STARTER)


@pytest.fixture
def models() -> ModelShelf:
    made = FakeModels(STARTER, SDXL, FLUX)
    made.loras = (LoraRef("ink", Path("/loras/Ink.safetensors"), None, "Ink", (), 1),)
    return cast("ModelShelf", made)


def test_embeddings_are_the_words_that_have_their_names(models: ModelShelf) -> None:
    sdxl, flux = SDXL.family, FLUX.family
    cast("Any", models).embeddings = (
        EmbeddingRef("easy-negative", Path("/e/easy.safetensors"), sdxl, 1),
        EmbeddingRef("negative", Path("/e/negative.safetensors"), sdxl, 1),
    )
    said = info(prompt="a fox", negative_prompt="blur, (Easy-Negative:1.1)", model="sdxl-base")
    before = replace(STATE, embeddings=("/e/old.safetensors",))
    assert restored(before, said, models, Bible()).state.embeddings == ("/e/easy.safetensors",)
    assert flux.embeddings is False
    said = info(prompt="easy-negative", model="flux")
    assert restored(before, said, models, Bible()).state.embeddings == ()


def test_files_of_ours_that_lie_elsewhere_are_found_by_name(models: ModelShelf) -> None:
    request = TextToImageRequest(
        "sdxl-base",
        "a fox",
        loras=(Lora("/there/INK.safetensors", 0.5), Lora("/there/x.safetensors")),
    )
    said = replace(info(prompt="a fox"), request=codec.to_json(request))
    found = restored(STATE, said, models, Bible())
    assert found.state.loras == (Lora(str(Path("/loras/Ink.safetensors")), 0.5),)
    assert "LoRA x" in found.notice


def test_everything_an_a1111_picture_says_is_taken_over(models: ModelShelf) -> None:
    said = info(
        prompt="a castle",
        negative_prompt="blur",
        width=1000,
        height=768,
        steps=30,
        guidance=6.5,
        scheduler="DPM++ 2M Karras",
        seed=42,
        model="SDXL-Base",
        loras=(("ink", 0.8),),
        clip_skip=1,
    )
    found = restored(STATE, said, models, Bible())
    assert found.notice == ""
    assert found.state == replace(
        STATE,
        model="sdxl-base",
        prompt="a castle",
        negative_prompt="blur",
        negative_open=True,
        width=1000,
        height=768,
        steps=30,
        guidance=6.5,
        scheduler="DPM++ 2M Karras",
        seed=42,
        loras=found.state.loras,
        clip_skip=1,
    )
    assert [(lora.path, lora.weight) for lora in found.state.loras] == [
        ("/loras/Ink.safetensors", 0.8)
    ]


def test_what_cannot_be_used_is_named(models: ModelShelf) -> None:
    said = info(
        {"Hires upscale": "2", "ENSD": "31337"},
        prompt="a castle",
        model="dreamshaper_8",
        scheduler="Restart",
        seed=2**60,
        loras=(("unknown", 1.0),),
    )
    found = restored(STATE, said, models, Bible())
    assert found.state.model == STATE.model
    assert found.state.seed is None
    assert found.notice == (
        "The model “dreamshaper_8” is not here; the chosen one stays. Not used: Hires upscale, "
        "ENSD, seed 1152921504606846976, scheduler Restart, LoRA unknown."
    )


def test_a_size_off_the_lattice_is_snapped_and_named(models: ModelShelf) -> None:
    found = restored(STATE, info(prompt="x", width=515, height=512), models, Bible())
    assert (found.state.width, found.state.height) == (512, 512)
    assert found.notice == "Not used: size 515 × 512, now 512 × 512."


def test_a_long_list_is_counted(models: ModelShelf) -> None:
    said = info({f"part {n}": "" for n in range(9)}, prompt="x")
    assert restored(STATE, said, models, Bible()).notice.endswith("part 5 and 3 more.")


def test_a_picture_of_ours_comes_back_whole(models: ModelShelf, tmp_path: Path) -> None:
    ink = tmp_path / "ink.safetensors"
    ink.touch()
    request = TextToImageRequest(
        model=str(SDXL.path),
        prompt="a {red|blue} castle",
        width=1024,
        height=1024,
        steps=12,
        guidance=4.5,
        seed=100,
        count=4,
        init_image="/gone/start.png",
        loras=(Lora(str(ink), 0.5), Lora("/gone/old.safetensors", 1.0)),
        clip_skip=1,
    )
    said = info({"CreatorTool": "Fabula Studio"}, prompt="a blue castle", seed=102)
    found = restored(STATE, replace(said, request=codec.to_json(request)), models, Bible())
    assert found.state.prompt == "a {red|blue} castle"
    assert (found.state.seed, found.state.steps, found.state.scheduler) == (102, 12, "")
    assert (found.state.model, found.state.width) == ("sdxl-base", 1024)
    assert found.state.loras == (Lora(str(ink), 0.5),)
    assert found.state.init_image == ""
    assert found.notice == "Not used: start picture start, LoRA old."


@pytest.mark.parametrize(
    "request_json",
    [{"kind": "text_to_image"}, {"kind": "of tomorrow", "schema": 1}, {"schema": "x"}],
)
def test_a_request_this_version_cannot_read_leaves_the_settings(
    models: ModelShelf, request_json: dict[str, object]
) -> None:
    said = replace(info(prompt="a fox", steps=9), request=request_json)
    found = restored(STATE, said, models, Bible())
    assert (found.state.prompt, found.state.steps) == ("a fox", 9)


def test_ours_names_the_model_by_its_path(models: ModelShelf) -> None:
    said = replace(info(prompt="x"), request={"model": str(SDXL.path)})
    assert restored(STATE, said, models, Bible()).state.model == "sdxl-base"


def test_a_picture_without_settings_says_so() -> None:
    assert not says_something(info())
    assert says_something(info(prompt="x"))


_SETTINGS = st.builds(
    Settings,
    prompt=st.none() | st.text(max_size=5),
    width=st.none() | st.integers(-5, 10**6),
    height=st.none() | st.integers(-5, 10**6),
    steps=st.none() | st.integers(-5, 10**6),
    guidance=st.none() | st.floats(),
    scheduler=st.none() | st.sampled_from(["Euler", "DPM fast", ""]),
    seed=st.none() | st.integers(-5, 2**64),
    model=st.none() | st.sampled_from(["flux", "a/b", ""]),
    loras=st.lists(st.tuples(st.just("ink"), st.floats())).map(tuple),
    clip_skip=st.none() | st.integers(-3, 99),
    strength=st.none() | st.floats(),
    vae=st.none() | st.just("v"),
)


@given(_SETTINGS)
def test_whatever_a_picture_says_gives_a_state_that_can_be_saved(settings: Settings) -> None:
    shelf = cast("Any", _Shelf())
    state = restored(STATE, replace(info(), settings=settings), shelf, Bible()).state
    assert ImagineState.from_json(state.to_json()) == state


class _Shelf:
    models = (STARTER, SDXL, FLUX)
    vaes = ()
    embeddings = ()
    loras = (LoraRef("ink", Path("/loras/Ink.safetensors"), None, "Ink", (), 1),)

    def find(self, name: str) -> object:
        return next((model for model in self.models if model.id == name), None)


# ---- what is said beside Generate ----------------------------------------------------------------


def test_sentences_beside_generate() -> None:
    asked = replace(STATE, prompt="a castle")
    assert judge(ImagineState(), None, 0, 0).problem.startswith("Add a model")
    assert judge(asked, None, 0, 0).problem == (
        "The model “starter-icons” is not here. Choose another one."
    )
    assert judge(STATE, STARTER, 0, 32).problem == "Type what you want to see."
    assert judge(asked, replace(STARTER, missing="The VAE is missing."), 0, 32).problem == (
        "The VAE is missing."
    )
    assert judge(asked, STARTER, 60, 32).note == "Only the first 32 of 60 tokens count."
    assert judge(asked, STARTER, 3, 32) == judge(asked, STARTER, 32, 32)
    weighted = replace(asked, prompt="a (castle:1.2)")  # read in several windows
    assert judge(weighted, STARTER, 60, 32).note == ""
    blur = replace(asked, negative_prompt="blur", guidance=1.0)
    assert "guidance" in judge(blur, STARTER, 3, 32).note


# ---- history -------------------------------------------------------------------------------------


def test_leafing_keeps_the_draft() -> None:
    walk, history = HistoryWalk(), ("new", "old")
    seen = []
    text = "draft"
    for by in (1, 1, 1, -1, -1, -1):
        text = walk.step(by, text, history)
        seen.append(text)
    assert seen == ["new", "old", "old", "new", "draft", "draft"]


def test_typing_makes_a_new_draft() -> None:
    walk = HistoryWalk()
    assert walk.step(1, "", ("new", "old")) == "new"
    assert walk.step(1, "new and more", ("new", "old")) == "new"
    assert walk.step(-1, "new", ("new", "old")) == "new and more"
