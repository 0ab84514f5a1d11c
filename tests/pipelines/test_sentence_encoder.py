"""Texts become vectors as the model's card says, on a real BertModel of random weights."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import AutoModel, AutoTokenizer

from pipelines.api import JobCancelled, PipelineError
from pipelines.model_search import unchecked
from pipelines.sentence_encoder import SentenceEncoder
from tests.requirements import real_starter
from tests.tiny_sentence_model import DIMENSIONS, build_sentence_model

TEXTS = ["a red fox", "the lighthouse at night", "", "the sea " * 300, "a robot"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_sentence_model(tmp_path_factory.mktemp("model") / "tiny")


@pytest.fixture(scope="module")
def encoder(folder: Path) -> SentenceEncoder:
    return SentenceEncoder(folder)


def test_vectors_are_means_over_the_tokens_of_length_one(
    encoder: SentenceEncoder, folder: Path
) -> None:
    rows = encoder.encode(TEXTS, unchecked)
    assert rows.shape == (5, DIMENSIONS)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    tokens = AutoTokenizer.from_pretrained(folder)(TEXTS[1], return_tensors="pt")
    with torch.inference_mode():
        states = AutoModel.from_pretrained(folder).eval()(**tokens).last_hidden_state[0]
    mean = states.mean(0)
    assert np.allclose(rows[1], (mean / mean.norm()).numpy(), atol=1e-5)


def test_a_text_has_the_same_vector_in_any_company(encoder: SentenceEncoder) -> None:
    together = encoder.encode(TEXTS * 20, unchecked)
    for text, row in zip(TEXTS, together, strict=False):
        assert np.allclose(encoder.encode([text], unchecked)[0], row, atol=1e-5)
    assert encoder.encode([], unchecked).shape == (0, DIMENSIONS)


def test_what_comes_after_256_tokens_does_not_count(encoder: SentenceEncoder) -> None:
    first, second, other = encoder.encode(
        ["fox " * 254 + "robot", "fox " * 254 + "castle", "fox " * 253 + "castle"], unchecked
    )
    assert np.allclose(first, second, atol=1e-6)
    assert not np.allclose(first, other, atol=1e-4)


def test_cancel_comes_through_within_a_layer(encoder: SentenceEncoder) -> None:
    seen = []

    def cancel() -> None:
        seen.append(1)
        if len(seen) == 3:
            raise JobCancelled

    with pytest.raises(JobCancelled):
        encoder.encode(["a fox"], cancel)
    assert len(encoder.encode(["a fox"], unchecked)) == 1


def test_another_model_has_another_key(encoder: SentenceEncoder, tmp_path: Path) -> None:
    assert SentenceEncoder(build_sentence_model(tmp_path / "b", seed=1)).key != encoder.key


def test_a_folder_without_a_whole_model_is_told(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(PipelineError):
        SentenceEncoder(tmp_path)
    for path in folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "config.json").write_text("{")
    with pytest.raises(PipelineError) as caught:
        SentenceEncoder(tmp_path)
    assert caught.value.code == "not_a_model"
    assert "all-minilm-l6-v2" in caught.value.hint


@pytest.mark.slow
def test_the_real_one_knows_what_is_near() -> None:
    encoder = SentenceEncoder(real_starter("all-minilm-l6-v2"))
    beacon, lighthouse, robot = encoder.encode(["harbour beacon", "lighthouse", "robot"], unchecked)
    assert encoder.dimensions == 384
    assert lighthouse @ beacon > 0.5 > robot @ lighthouse
