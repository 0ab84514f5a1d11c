"""Texts in PNG files, without touching the pixels."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from studio.formats.imported_bible import UnreadableError
from studio.formats.png_texts import find_texts, with_texts, without_texts
from tests.formats.making import png, png_with_chunk, text_chunk


def test_texts_go_in_and_out_and_the_file_is_as_it_was() -> None:
    written = with_texts(png(), {"a": "one", "b": "two"})
    assert {key: chunk.text() for key, chunk in find_texts(written, ("a", "b")).items()} == {
        "a": "one", "b": "two",
    }  # fmt: skip
    assert without_texts(written, ("a", "b")) == png()
    assert set(find_texts(without_texts(written, ("a",)), ("a", "b"))) == {"b"}


def test_an_independent_reader_finds_them() -> None:
    with Image.open(io.BytesIO(with_texts(png(), {"chara": "one"}))) as image:
        image.load()
        assert image.info["chara"] == "one"


def test_what_follows_the_end_is_left_away() -> None:
    assert without_texts(png() + b"#!/bin/sh", ()) == png()


def test_a_file_that_ends_early_is_read_as_far_as_it_goes() -> None:
    whole = with_texts(png(), {"a": "one"})
    assert find_texts(whole[:-12], ("a",))["a"].text() == "one"
    assert find_texts(whole[:-13], ("a",)) == {}
    with pytest.raises(UnreadableError, match="damaged picture"):
        with_texts(png()[:-12], {"a": "one"})


def test_a_damaged_text_is_refused() -> None:
    spoiled = png_with_chunk(text_chunk(b"zTXt", b"a\0\0no zlib"))
    with pytest.raises(UnreadableError, match="damaged text"):
        find_texts(spoiled, ("a",))["a"].text()
