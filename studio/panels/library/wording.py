"""Numbers, dates and filters in words."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from studio.library_query import Order, Period
    from studio.panels.library.state import SizeRange


_TOOLS = {
    "fabula": "Fabula Studio",
    "a1111": "A1111",
    "comfyui": "ComfyUI",
    "invokeai": "InvokeAI",
    "fooocus": "Fooocus",
    "draw_things": "Draw Things",
    "swarmui": "SwarmUI",
    "novelai": "NovelAI",
}


def number(value: int) -> str:
    """ "12 408": three digits at a time, by spaces at which no line ends."""
    return f"{value:,}".replace(",", "\N{NO-BREAK SPACE}")


def count(found: int, total: int) -> str:
    """ "46 of 12 408 pictures"."""
    if found == total:
        one, many = say("1 picture"), say("{n} pictures")
        return one if total == 1 else many.format(n=number(total))
    words = say("{n} of {total} pictures")
    return words.format(n=number(found), total=number(total))


def pixels(width: int, height: int) -> str:
    """ "1216 × 832"."""
    return f"{width} × {height}"


def order(value: Order) -> str:
    return {
        "newest": say("Newest first"),
        "oldest": say("Oldest first"),
        "prompt": say("By prompt"),
    }[value]


def period(value: Period) -> str:
    return {
        "": "",
        "today": say("Today"),
        "week": say("This week"),
        "month": say("This month"),
        "year": say("This year"),
    }[value]


def folder(path: PurePath, missing: bool = False) -> str:
    """ "outputs/txt2img-images": the end of its name, and whether it is not there."""
    end = "/".join(part for part in path.parts[-2:] if part != path.anchor)
    return say("{folder}, not there now").format(folder=end) if missing else end


def source(name: str) -> str:
    """The folder of a filter; "" is the library's own."""
    return folder(PurePath(name)) if name else say("The library's own folder")


def tool(name: str) -> str:
    """What a `pipelines.metadata.settings.Tool` calls itself; "" for an unknown one."""
    return _TOOLS.get(name, "")


def size_range(value: SizeRange) -> str:
    if value.longest is None:
        return say("Over {n} px").format(n=number(value.shortest - 1))
    if value.shortest <= 1:
        return say("Up to {n} px").format(n=number(value.longest))
    words = say("{low} to {high} px")
    return words.format(low=number(value.shortest), high=number(value.longest))


def say(text: str) -> str:
    return QCoreApplication.translate("Library", text)
