"""Reads thousands of spoiled PNG, JPEG and WebP files and says what the worst of them took.

Run: python scripts/spoil_pictures.py [--files 5000] [--seed 1]
It ends with 1 where one raised something, took over 2 s, or over 500 MB of memory.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

MOST_SECONDS = 2
MOST_MEMORY = 500  # MB


def main() -> int:
    from tests.pipelines.metadata.spoiling import read_spoiled

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        toll = read_spoiled(Path(folder), options.files, options.seed)
    memory = toll.memory / 1_000_000
    print(
        f"{options.files} files: the slowest {toll.slowest * 1000:.0f} ms, {memory:.0f} MB at most"
    )
    return int(toll.slowest > MOST_SECONDS or memory > MOST_MEMORY)


if __name__ == "__main__":
    sys.exit(main())
