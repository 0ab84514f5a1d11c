"""How large files are, in words."""

from __future__ import annotations

_GIGABYTE, _MEGABYTE, _KILOBYTE = 10**9, 10**6, 10**3


def size_text(size: int) -> str:
    """ "6.9 GB", "286 MB", "4 KB": of so many bytes."""
    if size >= _GIGABYTE:
        return f"{size / _GIGABYTE:.1f} GB"
    if size >= _MEGABYTE:
        return f"{size / _MEGABYTE:.0f} MB"
    return f"{max(1, round(size / _KILOBYTE))} KB"
