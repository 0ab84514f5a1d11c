"""The queue and the surroundings of the shell's parts."""

from __future__ import annotations

from tests.studio.scenery import context, jobs

__all__ = ["context", "jobs"]
