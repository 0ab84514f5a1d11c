"""Two changes in a row, as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.document.documents import Change

if TYPE_CHECKING:
    from studio.document.documents import Document


def joined(first: tuple[Change, Change], second: tuple[Change, Change]) -> tuple[Change, Change]:
    """Takes and gives pairs of a change and the change that undoes it, as `Project.apply` does.

    Documents that end as they began are in neither half. Assets are left out: they are in the
    project already.
    """
    before = _states(second[1]) | _states(first[1])
    after = _states(first[0]) | _states(second[0])
    # A change may put what was there already; then the way back does not name it.
    moved = [key for key in after if key in before and before[key] != after[key]]
    return _change(after, before, moved), _change(before, after, moved)


def size_of(change: Change) -> int:
    """About how many bytes of memory its documents take."""
    return sum(len(document.text) + len(document.key) for document in change.puts) + sum(
        map(len, change.deletes)
    )


def _states(change: Change) -> dict[str, Document | None]:
    """What becomes of each document: its new value, or None where it goes."""
    return {document.key: document for document in change.puts} | dict.fromkeys(change.deletes)


def _change(
    to: dict[str, Document | None], origin: dict[str, Document | None], keys: list[str]
) -> Change:
    """From the states in `origin` to those in `to`."""
    return Change(
        puts=tuple(document for key in keys if (document := to[key]) is not None),
        deletes=tuple(key for key in keys if to[key] is None and origin[key] is not None),
    )
