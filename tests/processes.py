"""Looking after processes in tests."""

from __future__ import annotations

import time

import psutil


def is_gone(pid: int, within: float = 20.0) -> bool:
    """Whether a process, ours or not, ends soon; a zombie has ended."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        try:
            if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.05)
    return False
