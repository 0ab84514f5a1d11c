"""How much longer 2,000 entries take than 200 to find what applies to 100,000 characters.

The ratio is what counts: near 1, because each word of the text is looked up once, however many
entries there are. Building the index, once for every change of the bible, is told beside it.
Run: python benchmarks/retrieval.py [--entries 2000] [--characters 100000]
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from studio.document.bible.bible import Bible
from studio.document.bible.entry import Entry, EntryKind
from studio.document.bible.retrieval import retrieve

RUNS = 7
FIRING = 50  # entries that the text is about, however many there are


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=2000)
    parser.add_argument("--characters", type=int, default=100_000)
    options = parser.parse_args()
    few = max(options.entries // 10, FIRING)
    text = make_text(options.characters)
    slow, fast = measure(text, options.entries), measure(text, few)
    for entries, (build, run) in ((options.entries, slow), (few, fast)):
        print(f"{entries:6,} entries: index {build * 1000:6.1f} ms, retrieval {run * 1000:6.1f} ms")
    print(f"ratio of the retrievals: {slow[1] / fast[1]:.2f}")


def measure(text: str, entries: int) -> tuple[float, float]:
    """Seconds for the index, and the median for a retrieval with it."""
    bible = Bible(tuple(make_entry(number) for number in range(entries)))
    begin = time.perf_counter()
    retrieve("", bible, budget=2000, count_tokens=len)
    build = time.perf_counter() - begin
    times = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        found = retrieve(text, bible, budget=2000, count_tokens=len)
        times.append(time.perf_counter() - begin)
        assert len(found.fired) + len(found.fell_out) >= FIRING
    return build, statistics.median(times)


def make_entry(number: int) -> Entry:
    return Entry(
        id=str(number),
        kind=EntryKind.LORE,
        name=f"name{number}",
        aliases=(f"the alias{number}",),
        keywords=(f"key{number}", f"long key{number} of it"),
        summary="Keeps the lamp.",
        text="Came to the lighthouse before the war and never left. " * 5,
    )


def make_text(characters: int) -> str:
    """Words of which one in ten belongs to an entry."""
    chooser = random.Random(1)
    words: list[str] = []
    length = 0
    while length < characters:
        number = chooser.randrange(FIRING)
        names = (f"Name{number}", f"the alias{number}'s", f"keys{number}", f"key{number}")
        plain = f"word{chooser.randrange(3000)}"
        words.append(chooser.choice(names) if chooser.random() < 0.1 else plain)
        length += len(words[-1]) + 1
    return " ".join(words)


if __name__ == "__main__":
    main()
