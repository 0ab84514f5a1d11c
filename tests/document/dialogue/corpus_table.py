"""Small conversations with known faults: `CODES-what.txt`, and what the validator says of them.

`python -m tests.document.dialogue.corpus_table` prints the table.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from studio.document.dialogue.script_parser import parse_script
from studio.document.dialogue.structure_checks import Cast
from studio.document.dialogue.validation import validate

FOLDER = Path(__file__).with_name("corpus")
CAST = Cast(speakers={"Mara", "Keeper", "Tom"}, portraits={"Mara", "Keeper"})


@dataclass(frozen=True, slots=True)
class Case:
    """`expected` are the codes that the file's name lists, none for a `clean` one."""

    name: str
    expected: frozenset[str]
    found: frozenset[str]


@cache
def cases() -> tuple[Case, ...]:
    found = []
    for path in sorted(FOLDER.glob("*.txt")):
        codes = path.stem.partition("-")[0]
        expected = frozenset() if codes == "clean" else frozenset(codes.split("+"))
        story = parse_script(path.read_text(encoding="utf-8"))
        codes_found = frozenset(each.code for each in validate(story, CAST))
        found.append(Case(path.stem, expected, codes_found))
    return tuple(found)


def table() -> str:
    """For each code how often it is there, was found, missed, and was a false alarm."""
    there: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    false: Counter[str] = Counter()
    number = 0
    for case in cases():
        number += 1
        there.update(case.expected)
        missed.update(case.expected - case.found)
        false.update(case.found - case.expected)
    lines = [f"{'finding':<22}{'there':>7}{'found':>7}{'missed':>8}{'false':>7}"]
    for code in sorted(there | false):
        found = there[code] - missed[code]
        row = f"{code:<22}{there[code]:>7}{found:>7}{missed[code]:>8}{false[code]:>7}"
        lines.append(row)
    lines.append(f"{number} conversations, {missed.total()} missed, {false.total()} false alarms")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(table() + "\n")
