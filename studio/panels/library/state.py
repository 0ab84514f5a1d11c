"""What the Library panel shows, as it is kept between starts."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, get_args

from studio.library_query import Order, Period, Query

ROW_HEIGHTS = (80, 320)  # pixels
_ROW_HEIGHT = 150


@dataclass(frozen=True, slots=True)
class SizeRange:
    """Pictures whose longer side is from `shortest` to `longest` pixels; None is without end."""

    shortest: int
    longest: int | None


SIZES = (SizeRange(1, 512), SizeRange(513, 1024), SizeRange(1025, 2048), SizeRange(2049, None))


@dataclass(frozen=True, slots=True)
class LibraryState:
    """`row_height` is about how high a row of pictures is, in pixels."""

    query: Query = field(default_factory=Query)
    row_height: int = _ROW_HEIGHT

    def to_json(self) -> dict[str, Any]:
        """Without the ranked list: what means what may be another list at the next start."""
        return asdict(replace(self, query=replace(self.query, ranked=None)))

    @classmethod
    def from_json(cls, saved: object) -> LibraryState:
        """What can be understood of `saved`, whatever it is; the rest is as at the first start."""
        found = saved if isinstance(saved, dict) else {}
        height = found.get("row_height")
        low, high = ROW_HEIGHTS
        return cls(
            _query(found.get("query")),
            min(high, max(low, height)) if isinstance(height, int) else _ROW_HEIGHT,
        )


def _query(saved: object) -> Query:
    found = saved if isinstance(saved, dict) else {}
    values = {f.name: found[f.name] for f in fields(Query) if _fits(f.name, found.get(f.name))}
    return Query(**values)


def _fits(name: str, value: object) -> bool:
    match name:
        case "words" | "model" | "collection" | "source" | "tool":
            return isinstance(value, str)
        case "kept" | "by_meaning":
            return isinstance(value, bool)
        case "shortest" | "longest" | "seed":
            return isinstance(value, int) and not isinstance(value, bool) and value >= 0
        case "period":
            return value in get_args(Period)
        case "order":
            return value in get_args(Order)
        case _:
            return False
