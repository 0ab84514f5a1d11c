"""Times and sizes in words that every part of the window uses."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

_MEGABYTE, _KILOBYTE = 1_000_000, 1000
_MINUTE, _HOUR, _DAY = 60, 3600, 86400  # seconds


def moment(when: datetime) -> str:
    """ "today 18:04", "yesterday 9:12" or "22 Nov 2026 10:20"."""
    local = when.astimezone()
    time = QLocale().toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)
    days = (datetime.now().astimezone().date() - local.date()).days
    if days == 0:
        return _tr("today {time}").format(time=time)
    if days == 1:
        return _tr("yesterday {time}").format(time=time)
    date = QLocale().toString(QDate(local.year, local.month, local.day), "d MMM yyyy")
    return f"{date} {time}"


def megabytes(size: int) -> str:
    """ "1.6 MB", "74 KB", "0 KB" for nothing."""
    if size >= _MEGABYTE:
        return _tr("{n} MB").format(n=f"{size / _MEGABYTE:.1f}")
    kilobytes = max(1, round(size / _KILOBYTE)) if size else 0
    return _tr("{n} KB").format(n=kilobytes)


def ago(seconds: float) -> str:
    """ "12 s ago", "3 min ago", "2 h ago", "4 days ago"."""
    seconds = max(0.0, seconds)
    if seconds < _MINUTE:
        return _tr("{n} s ago").format(n=int(seconds))
    if seconds < _HOUR:
        return _tr("{n} min ago").format(n=int(seconds / _MINUTE))
    if seconds < _DAY:
        return _tr("{n} h ago").format(n=int(seconds / _HOUR))
    days = int(seconds / _DAY)
    return _tr("1 day ago") if days == 1 else _tr("{n} days ago").format(n=days)


def project_title(path: Path) -> str:
    """ "Harbour – stories": the file and its folder, for lists in which names may come twice."""
    return f"{path.stem} – {path.parent.name}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Facts", text)
