"""A storyboard for tests."""

from __future__ import annotations

from studio.document.storyboard.model import (
    Frame,
    Scene,
    Sequence,
    Shot,
    Speech,
    Storyboard,
    Version,
)

PICTURE = "a" * 64


def harbour() -> Storyboard:
    """Two sequences, three scenes, six shots: 1A to 1C, 7A, 7B, 2A."""
    first = Scene(
        "one",
        "INT. LIGHTHOUSE - NIGHT",
        synopsis="Mara meets the visitor.",
        shots=(
            Shot("a", size="LS", lens="24", action="Rain beats on the glass. Mara waits."),
            Shot("b", size="CU", dialogue=(Speech("MARA", "You came back.", "(V.O.)"),)),
            Shot("c", size="OTS", movement="dolly in", duration=3.5, notes="Slow", label=""),
        ),
    )
    second = Scene(
        "two",
        "EXT. CLIFF - DAY",
        number="7",
        shots=(
            Shot(
                "d",
                action="The visitor walks along the edge.",
                transition="dissolve",
                custom={"Location": "Étretat, “high” road"},
                frames=(Frame("f", (Version(PICTURE, "a cliff"),)),),
            ),
            Shot("e", label="7Z", dialogue=(Speech("VISITOR", "I never really left."),)),
        ),
    )
    third = Scene("three", "INT. BOAT - DAWN", shots=(Shot("g", action="Waves."),))
    return Storyboard(
        "board",
        "The Lighthouse",
        "2.39",
        sequences=(Sequence("s1", "Act One", (first, second)), Sequence("s2", "Act Two", (third,))),
    )
