"""Asks where a copy of a picture goes, and as which kind of file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from studio.translation import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from collections.abc import Collection

_KINDS = {
    ".png": QT_TRANSLATE_NOOP("CopyDialog", "PNG picture (*.png)"),
    ".webp": QT_TRANSLATE_NOOP("CopyDialog", "WebP picture, loses nothing either (*.webp)"),
    ".jpg": QT_TRANSLATE_NOOP("CopyDialog", "JPEG picture, smaller and less exact (*.jpg *.jpeg)"),
}
_SUFFIXES = (*_KINDS, ".jpeg")


def ask_for_copy(window: QWidget, name: str) -> Path | None:
    """The file to write, whose suffix is one that can be written; None if the person gave up.

    `name` is proposed. A name without such a suffix gets that of the chosen kind, and a number
    where that file exists: the dialog has not asked whether it may be replaced.
    """
    kinds = {_say(words): suffix for suffix, words in _KINDS.items()}
    usual = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
    folder = Path(usual) if Path(usual).is_dir() else Path.home()
    wanted, kind = QFileDialog.getSaveFileName(
        window, _say(_TITLE), str(folder / name), ";;".join(kinds), next(iter(kinds))
    )
    if not wanted:
        return None
    path = Path(wanted)
    if path.suffix.lower() in _SUFFIXES:
        return path
    return unused(path.with_name(path.name + kinds.get(kind, ".png")))


def unused(path: Path, taken: Collection[Path] = ()) -> Path:
    """`path`, or with a number where it is `taken` or a file has that name already."""
    number = 2
    free = path
    while free.exists() or free in taken:
        free = path.with_stem(f"{path.stem}-{number}")
        number += 1
    return free


_TITLE = QT_TRANSLATE_NOOP("CopyDialog", "Save a copy as")


def _say(text: str) -> str:
    return QCoreApplication.translate("CopyDialog", text)
