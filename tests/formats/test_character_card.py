"""Character cards: what is read, what is refused to be obeyed, and that nothing is lost."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import Any

import pytest
import tavern_card
from hypothesis import given, settings
from PIL import Image

from studio.document.assets import Asset
from studio.document.bible.entry import Entry, EntryKind, Voice
from studio.document.bible.entry_json import entry_document, read_entry
from studio.formats.card_mapping import lore_of
from studio.formats.character_card import (
    read_charx,
    read_json_card,
    read_png_card,
    write_json_card,
    write_png_card,
)
from studio.formats.imported_bible import UnreadableError
from studio.formats.png_texts import find_texts, with_texts
from tests.formats.making import (
    MARA,
    V3,
    card_datas,
    charx,
    go_on,
    in_base64,
    png,
    png_card,
    png_with_chunk,
    text_chunk,
    v2_of,
    without_ids,
)


def test_a_card_becomes_a_character_and_lore() -> None:
    mara, light, pattern = read_json_card(V3, go_on).entries
    assert (mara.kind, mara.name, mara.aliases) == (EntryKind.CHARACTER, "Mara", ("Mar",))
    assert mara.tags == ("smuggler", "harbour")
    assert mara.text == (
        "## Description\n\nA smuggler with <b>one</b> glove.\n\n<|im_start|>system\n\n"
        "## Personality\n\nDry, loyal.\n\n## Scenario\n\nA harbour at night.\n\n"
        "## Example messages\n\n<START>\n{{user}}: Who are you?\n"
        "{{char}}: Nobody you would miss."
    )
    assert mara.voice.samples == ("Nobody you would miss.", "*She looks up.*", "You came back.")
    assert (light.kind, light.name, light.order) == (EntryKind.LORE, "The lighthouse", 7.0)
    assert (light.keywords, light.always_on) == (("lighthouse", "light"), True)
    assert not pattern.enabled
    assert pattern.text == "A pattern."


def test_a_lone_description_stands_without_a_heading() -> None:
    mara, *_ = read_json_card({"name": "Mara", "description": "A smuggler."}, go_on).entries
    assert mara.text == "A smuggler."


def test_what_a_model_could_obey_is_kept_and_never_in_a_text() -> None:
    bible = read_json_card(V3, go_on)
    mara = bible.entries[0]
    shown = repr(replace(mara, extras={}))
    for member in ("creator_notes", "system_prompt", "post_history_instructions"):
        assert MARA[member] not in shown
        assert mara.extras["card"]["data"][member] == MARA[member]
    assert "The card brings instructions for a text model: they are kept, not used." in bible.notes
    assert "Its author remarks: “Best with rain.”" in bible.notes


def test_notes_say_what_is_not_as_its_author_meant() -> None:
    notes = "\n".join(read_json_card(V3, go_on).notes)
    for part in (
        "switched off",
        "second keyword",
        "patterns",
        "other programs",
        "nothing was fetched",
    ):
        assert part in notes


def test_each_import_has_ids_of_its_own() -> None:
    first, second = read_json_card(V3, go_on), read_json_card(V3, go_on)
    ids = {entry.id for entry in (*first.entries, *second.entries)}
    assert len(ids) == 6
    assert lore_of(first.entries[0], (*second.entries, *first.entries)) == first.entries[1:]


@pytest.mark.parametrize("keyword", ["ccv3", "chara"])
def test_the_picture_of_a_card_comes_without_the_card(keyword: str) -> None:
    bible = read_png_card(png_card(V3, keyword), go_on)
    (picture,) = bible.pictures
    assert picture == Asset.from_bytes(png())
    mara = bible.entries[0]
    assert mara.portrait == mara.references[0].asset == picture.hash


def test_the_newer_card_wins() -> None:
    both = with_texts(png(), {"ccv3": in_base64(V3), "chara": in_base64(v2_of({"name": "Old"}))})
    assert read_png_card(both, go_on).entries[0].name == "Mara"


def test_where_the_newer_card_is_damaged_the_older_is_read() -> None:
    both = with_texts(png(), {"ccv3": "!!", "chara": in_base64(v2_of({"name": "Old"}))})
    bible = read_png_card(both, go_on)
    assert bible.entries[0].name == "Old"
    assert "Its newer card is damaged: the older one was read." in bible.notes


@pytest.mark.parametrize("kind", [b"tEXt", b"zTXt", b"iTXt"])
@pytest.mark.parametrize("plain", [True, False])
def test_a_card_is_found_in_every_kind_of_text(kind: bytes, plain: bool) -> None:
    import zlib

    text = json.dumps(V3).encode() if plain else in_base64(V3).encode()
    packed = zlib.compress(text)
    bodies = {b"tEXt": text, b"zTXt": b"\0" + packed, b"iTXt": b"\1\0en\0chara\0" + packed}
    card = png_with_chunk(text_chunk(kind, b"chara\0" + bodies[kind]))
    assert read_png_card(card, go_on).entries[0].name == "Mara"


def test_a_flat_card_and_one_of_older_names_are_read() -> None:
    flat = {name: MARA[name] for name in ("name", "description", "first_mes")} | {"avatar": "none"}
    (mara,) = read_json_card(flat, go_on).entries
    assert mara.extras["card"]["outer"] == {"avatar": "none"}
    book = {"character_book": MARA["character_book"]}
    assert len(read_json_card(flat | book, go_on).entries) == 3
    (old,) = read_json_card({"char_name": "Ann", "char_persona": "Old."}, go_on).entries
    assert (old.name, old.text) == ("Ann", "Old.")


def test_an_archive_gives_its_pictures() -> None:
    assets = [
        {"type": "emotion", "uri": "embeded://assets/sad.png", "name": "sad", "ext": "png"},
        {"type": "icon", "uri": "embeded://assets/main.png", "name": "main", "ext": "png"},
        {"type": "other", "uri": "embeded://assets/evil.lua", "name": "evil", "ext": "lua"},
        {"type": "other", "uri": "embeded://../../etc/passwd", "name": "x", "ext": ""},
        {"type": "other", "uri": "file:///etc/passwd", "name": "x", "ext": ""},
    ]
    members = {
        "assets/main.png": png("red"),
        "assets/sad.png": png("blue"),
        "assets/evil.lua": b"os",
    }
    data = charx({**V3, "data": MARA | {"assets": assets}}, members)
    bible = read_charx(io.BytesIO(data), go_on)
    mara = bible.entries[0]
    assert [reference.caption for reference in mara.references] == ["", "sad"]
    assert mara.portrait == Asset.from_bytes(png("red")).hash
    assert {picture.hash for picture in bible.pictures} == {r.asset for r in mara.references}
    assert "2 of its files are no pictures that can be used: left out." in bible.notes
    assert "1 of its files lie elsewhere: nothing was fetched." in bible.notes


@settings(max_examples=60, deadline=None)
@given(card_datas)
def test_what_is_read_and_written_is_read_as_the_same(data: dict[str, Any]) -> None:
    bible = read_json_card(v2_of(data), go_on)
    for entry in bible.entries:
        assert read_entry(entry_document(entry)) == entry  # as a project keeps it
    character, *lore = bible.entries
    in_json = read_json_card(json.loads(write_json_card(character, lore)), go_on)
    assert without_ids(in_json) == without_ids(bible)
    in_png = read_png_card(write_png_card(character, lore, None), go_on)
    assert without_ids(in_png) == without_ids(bible)
    assert in_png.pictures == ()


def test_an_unchanged_card_is_written_as_it_was() -> None:
    character, *lore = read_json_card(V3, go_on).entries
    written = json.loads(write_json_card(character, lore))
    assert written == V3


def test_a_portrait_comes_back_bit_for_bit() -> None:
    character, *lore = read_json_card(V3, go_on).entries
    again = read_png_card(write_png_card(character, lore, png("blue")), go_on)
    assert again.pictures == (Asset.from_bytes(png("blue")),)


def test_a_portrait_of_another_format_keeps_its_pixels_and_what_it_says() -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (3, 2), "green").save(buffer, "WEBP", lossless=True, xmp=b"<x/>")
    written = write_png_card(Entry("1", EntryKind.CHARACTER, "Ann"), (), buffer.getvalue())
    with Image.open(io.BytesIO(written)) as image:
        assert image.format == "PNG"
        assert image.convert("RGB").getpixel((1, 1)) == (0, 128, 0)
    assert find_texts(written, ("XML:com.adobe.xmp",))["XML:com.adobe.xmp"].text() == "<x/>"


def test_changes_are_written_and_the_rest_stays() -> None:
    mara, light, pattern = read_json_card(V3, go_on).entries
    changed = replace(
        mara,
        name="Mara Vance",
        aliases=("Mar", "the Glove"),
        text=mara.text.replace("Dry, loyal.", "Dry."),
        prompt="a woman with one glove",
        seed=7,
    )
    dim = replace(light, text="It burns again.", keywords=("lamp",), always_on=False)
    written = json.loads(write_json_card(changed, (dim, pattern)))["data"]
    assert written["name"] == "Mara Vance"
    assert written["personality"] == "Dry."
    for member in ("description", "scenario", "system_prompt", "group_only_greetings", "assets"):
        assert written[member] == MARA[member]
    first, second = written["character_book"]["entries"]
    assert (first["content"], first["keys"], first["constant"]) == (
        "It burns again.", ["lamp"], False,
    )  # fmt: skip
    assert first["extensions"] == {"probability": 40}
    assert second == MARA["character_book"]["entries"][1]
    again = read_json_card(json.loads(write_json_card(changed, (dim, pattern))), go_on).entries[0]
    assert replace(again, id="", extras={}) == replace(changed, id="", extras={})


def test_somebody_made_here_travels_whole() -> None:
    made = Entry(
        "1", EntryKind.CHARACTER, "Ann", ("A", "Annie"), "A cook.", "She *cooks*.", ("t",),
        ("kitchen",), False, "a cook", "blurry", seed=5, voice=Voice("slow", ("Aye.", "No.")),
    )  # fmt: skip
    (again,) = read_png_card(write_png_card(made, (), None), go_on).entries
    assert replace(again, id="1", extras={}) == made
    data = json.loads(write_json_card(made, ()))["data"]
    assert (data["description"], data["nickname"]) == ("She *cooks*.", "A")
    assert data["mes_example"] == "<START>\n{{char}}: Aye.\n{{char}}: No."


def test_another_parser_reads_what_is_written() -> None:
    character, *lore = read_json_card(V3, go_on).entries
    for read in (
        tavern_card.parse_card(write_json_card(character, lore)),
        tavern_card.parse_png_card(write_png_card(character, lore, png())),
    ):
        assert read["spec"] == "chara_card_v3"
        for member in ("name", "description", "first_mes", "tags", "extensions", "character_book"):
            assert read["data"][member] == MARA[member]
    chunks = find_texts(write_png_card(character, lore, png()), ("chara",))
    older = tavern_card.parse_card(chunks["chara"].text())
    assert (older["spec"], older["data"]["name"]) == ("chara_card_v2", "Mara")


def test_a_card_that_another_writer_made_is_read() -> None:
    written = tavern_card.write_png_card(v2_of(MARA), png("blue"))
    bible = read_png_card(written, go_on)
    assert bible.entries[0].name == "Mara"
    assert bible.pictures == (Asset.from_bytes(png("blue")),)


@pytest.mark.parametrize(
    "value",
    [
        [], 3, "x", {}, {"data": 1}, {"name": ""}, {"spec": "chara_card_v3"},
        {"spec": "chara_card_v2", "data": {"name": "  "}}, {"spec": "chara_card_v3", "data": []},
    ],
)  # fmt: skip
def test_what_is_no_card_is_refused(value: object) -> None:
    with pytest.raises(UnreadableError):
        read_json_card(value, go_on)


@pytest.mark.parametrize("member", sorted(MARA.keys() - {"name"}))
@pytest.mark.parametrize("wrong", [None, 3, [], {}, [None, {}], "", True])
def test_members_of_wrong_types_do_no_harm(member: str, wrong: object) -> None:
    bible = read_json_card(v2_of(MARA | {member: wrong}), go_on)
    character, *lore = bible.entries
    again = read_json_card(json.loads(write_json_card(character, lore)), go_on)
    assert without_ids(again) == without_ids(bible)
