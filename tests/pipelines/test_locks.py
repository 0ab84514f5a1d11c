from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from pipelines.locks import FileLock


def test_one_at_a_time_and_free_again_after_a_release_or_an_end(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    first = FileLock.acquire(path)
    assert first is not None
    assert FileLock.acquire(path) is None
    first.release()
    script = "import sys; from pathlib import Path; from pipelines.locks import FileLock\n"
    script += "assert FileLock.acquire(Path(sys.argv[1]))"
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-c", script, str(path)], check=True, cwd=root)
    second = FileLock.acquire(path)
    assert second is not None
    with second:
        assert FileLock.acquire(path) is None
