"""How long the validator takes: a chain, a tree and a web of up to 10,000 nodes.

python -m benchmarks.dialogue_validation
"""

from __future__ import annotations

import time

from studio.document.dialogue.validation import validate
from tests.document.dialogue.shapes import SHAPES

BAR = 5.0
"""Seconds for 10,000 nodes."""


def main() -> None:
    for name, shape in SHAPES.items():
        for size in (1_250, 2_500, 5_000, 10_000):
            story = shape(size)
            begin = time.perf_counter()
            found = validate(story)
            took = time.perf_counter() - begin
            print(f"{name:<6}{size:>7} nodes{took:>8.2f} s{len(found):>7} findings")
        print(f"{'':<6} bar {BAR} s: {'kept' if took <= BAR else 'MISSED'}")


if __name__ == "__main__":
    main()
