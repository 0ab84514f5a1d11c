"""Scripts to read, and what other programs read in them."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.requirements import need

HERE = Path(__file__).parent
LIGHTHOUSE = HERE / "lighthouse.fountain"
_PROGRAM = HERE / "tokens_fountain.cjs"


def fountain_js_tokens(scripts: Sequence[str]) -> list[list[dict[str, Any]]]:
    """Skips the test where node or its package fountain-js is missing."""
    node = shutil.which("node")
    need("node", node is not None and _has_fountain_js(node), "node has no package fountain-js.")
    assert node is not None
    run = subprocess.run(
        [node, str(_PROGRAM)], input=json.dumps(scripts), capture_output=True, text=True, timeout=20
    )
    assert run.returncode == 0, run.stderr
    tokens: list[list[dict[str, Any]]] = json.loads(run.stdout)
    return tokens


def _has_fountain_js(node: str) -> bool:
    """Node looks for packages in the folders of NODE_PATH."""
    command = [node, "-e", "require('fountain-js')"]
    return subprocess.run(command, capture_output=True, check=False, timeout=10).returncode == 0
