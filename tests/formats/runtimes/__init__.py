"""The real runtimes of other programs' formats, where this machine has them."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

from tests.requirements import need

HERE = Path(__file__).parent


def run_node(script: str, given: object, *packages: str) -> Any:
    """What a script here makes of JSON; skips the test without Node or one of its packages.

    Node looks for the packages in the folders of NODE_PATH.
    """
    node = shutil.which("node")
    need("node", node is not None, "There is no Node.js on this machine.")
    assert node is not None
    for package in packages:
        found = subprocess.run(
            [node, "-e", f"require.resolve({package!r})"], capture_output=True, check=False
        )
        need("node", found.returncode == 0, f"NODE_PATH holds no package {package}.")
    done = subprocess.run(
        [node, str(HERE / script)],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return json.loads(done.stdout)
