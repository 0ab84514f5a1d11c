from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.assets import assets_folder
from pipelines.token_count import count_tokens

CLIP = assets_folder() / "configs" / "sd15" / "tokenizer"
STARTER = assets_folder() / "models" / "starter-icons" / "tokenizer"


def test_clip_counts_as_clip_does() -> None:
    # 49406 320 1125 539 320 2368 49407
    assert count_tokens(CLIP, "a photo of a cat") == 7
    assert count_tokens(CLIP, "A  Photo of a CAT") == 7


def test_the_starter_counts_with_its_own_pieces() -> None:
    assert count_tokens(STARTER, "a castle on a blue background") == 8


def test_nothing_is_no_token() -> None:
    assert count_tokens(CLIP, " \n") == 0


def test_a_folder_without_tokenizer_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="no tokenizer"):
        count_tokens(tmp_path, "a")
