"""The words for what a camera does, as storyboards and shot lists write them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """`code` is what is kept and stands in lists; `name` is spelled out; `prompt` is what an image
    model is told, "" for what no still picture shows; `aliases` are read as the same."""

    code: str
    name: str
    prompt: str = ""
    aliases: tuple[str, ...] = ()


SIZES = (
    Term("ECU", "Extreme close-up", "extreme close-up", ("XCU", "BCU")),
    Term("CU", "Close-up", "close-up", ("close up",)),
    Term("MCU", "Medium close-up", "medium close-up"),
    Term("MS", "Medium shot", "medium shot", ("mid shot",)),
    Term("MLS", "Medium long shot", "medium long shot", ("cowboy", "cowboy shot", "MWS")),
    Term("FS", "Full shot", "full body shot"),
    Term("LS", "Long shot", "wide shot", ("WS", "wide shot", "wide")),
    Term("ELS", "Extreme long shot", "extreme wide shot", ("EWS", "XLS")),
    Term("EST", "Establishing shot", "establishing shot", ("establishing",)),
    Term("INSERT", "Insert", "detail shot", ("INS",)),
    Term("2S", "Two-shot", "two shot", ("two shot", "2-shot")),
    Term("OTS", "Over the shoulder", "over-the-shoulder shot", ("over-the-shoulder",)),
    Term("POV", "Point of view", "point-of-view shot"),
)
ANGLES = (
    Term("eye", "Eye level", "", ("eye level", "eye-level")),
    Term("low", "Low angle", "low angle", ("low angle",)),
    Term("high", "High angle", "high angle", ("high angle",)),
    Term("overhead", "Overhead", "bird's-eye view", ("bird's-eye", "birds-eye", "top")),
    Term("worm", "Worm's-eye", "worm's-eye view", ("worm's-eye", "worms-eye")),
    Term("dutch", "Dutch angle", "dutch angle", ("dutch angle", "canted")),
)
LENSES = tuple(
    Term(str(mm), f"{mm} mm", f"{mm}mm lens", (f"{mm}mm",))
    for mm in (14, 18, 24, 28, 35, 50, 85, 100, 135, 200)
)
MOVEMENTS = (
    Term("static", "Static", "", ("locked off",)),
    Term("pan left", "Pan left", "", ("pan L",)),
    Term("pan right", "Pan right", "", ("pan R",)),
    Term("tilt up", "Tilt up", "", ("tilt U",)),
    Term("tilt down", "Tilt down", "", ("tilt D",)),
    Term("dolly in", "Dolly in", "", ("push in",)),
    Term("pull out", "Pull out", "", ("dolly out",)),
    Term("truck left", "Truck left", "", ("truck L",)),
    Term("truck right", "Truck right", "", ("truck R",)),
    Term("crane up", "Crane up", "", ("pedestal up", "crane U")),
    Term("crane down", "Crane down", "", ("pedestal down", "crane D")),
    Term("zoom in", "Zoom in"),
    Term("zoom out", "Zoom out"),
    Term("handheld", "Handheld", "", ("hand-held",)),
    Term("arc", "Arc"),
    Term("whip pan", "Whip pan", "motion blur"),
    Term("rack focus", "Rack focus", "shallow depth of field"),
)
TRANSITIONS = (
    Term("cut", "Cut", "", ("CUT TO:",)),
    Term("dissolve", "Dissolve", "", ("DISSOLVE TO:",)),
    Term("fade in", "Fade in", "", ("FADE IN:", "FADE IN")),
    Term("fade out", "Fade out", "", ("FADE OUT:", "FADE OUT", "FADE OUT.", "FADE TO BLACK:")),
    Term("wipe", "Wipe", "", ("WIPE TO:",)),
    Term("match cut", "Match cut", "", ("MATCH CUT TO:",)),
)

VOCABULARY: Mapping[str, tuple[Term, ...]] = {
    "size": SIZES,
    "angle": ANGLES,
    "lens": LENSES,
    "movement": MOVEMENTS,
    "transition": TRANSITIONS,
}
"""The terms by the field of a shot that holds their code."""

_BY_WORD = {
    field: {
        word.casefold(): term
        for term in reversed(terms)
        for word in (*term.aliases, term.name, term.code)
    }
    for field, terms in VOCABULARY.items()
}


def find_term(field: str, written: str) -> Term | None:
    """What a code, a name or an alias means in that field, whatever its case."""
    return _BY_WORD[field].get(" ".join(written.split()).casefold())


def code_of(field: str, written: str) -> str:
    """The code of a known term; other words are kept as somebody wrote them."""
    term = find_term(field, written)
    return term.code if term else " ".join(written.split())
