"""How many tokens of a prompt a model reads, counted with its own tokenizer and without torch."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from tokenizers import Regex, Tokenizer
from tokenizers.decoders import BPEDecoder
from tokenizers.models import BPE
from tokenizers.normalizers import NFC, Lowercase, Replace, Sequence
from tokenizers.pre_tokenizers import ByteLevel, Split
from tokenizers.pre_tokenizers import Sequence as Steps

if TYPE_CHECKING:
    from pathlib import Path

# As in CLIP's published tokenizer: contractions, runs of letters, single digits, the rest.
_CLIP_PIECES = r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"
CLIP_TOKENS = 77
ENDS = 2  # a CLIP prompt is stored between a mark for its start and one for its end


def count_tokens(tokenizer_folder: Path, text: str) -> int:
    """The tokens of `text`, both end marks included; 0 for an empty one.

    Raises OSError if the folder holds no tokenizer that this can read.
    """
    if not text.strip():
        return 0
    return len(_tokenizer(tokenizer_folder).encode(text, add_special_tokens=False)) + ENDS


@lru_cache(maxsize=8)
def _tokenizer(folder: Path) -> Tokenizer:
    if (folder / "tokenizer.json").is_file():
        stored = Tokenizer.from_file(str(folder / "tokenizer.json"))
        stored.no_padding()  # the file says how prompts are filled up and cut
        stored.no_truncation()
        return stored
    vocabulary, merges = folder / "vocab.json", folder / "merges.txt"
    if not (vocabulary.is_file() and merges.is_file()):
        raise FileNotFoundError(f"no tokenizer in {folder}")
    tokenizer = Tokenizer(
        BPE.from_file(
            str(vocabulary), str(merges), unk_token="<|endoftext|>", end_of_word_suffix="</w>"
        )
    )
    tokenizer.normalizer = Sequence([NFC(), Replace(Regex(r"\s+"), " "), Lowercase()])
    tokenizer.pre_tokenizer = Steps(
        [
            Split(Regex(_CLIP_PIECES), behavior="removed", invert=True),
            ByteLevel(add_prefix_space=False),
        ]
    )
    tokenizer.decoder = BPEDecoder(suffix="</w>")
    return tokenizer
