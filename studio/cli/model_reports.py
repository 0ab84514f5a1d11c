"""What `fabula models list` and `fabula models check` say."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from pipelines.api import PipelineError
from pipelines.catalog import find_models, hub_cache_folder
from pipelines.model_check.verdict import check_model
from pipelines.starters.manifest import EVERYTHING, starters
from pipelines.starters.places import installed_folder
from studio.cli.following import DONE, FAILED, say_failure
from studio.cli.terminal import printable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pipelines.model_check.findings import Verdict

_COLUMNS = ("id", "family", "licence")
_WIDEST = 40  # characters of a column


def list_models(folders: Iterable[Path], *, as_json: bool) -> int:
    """Prints the picture models, then the starters; on stderr what looks like one and is none."""
    models, broken = find_models(folders, hub_cache_folder())
    rows = [
        _row(each.id, "picture", each.family.title, each.licence, each.size_bytes, each.path)
        for each in models
    ]
    missing = []
    for starter in starters():
        folder = installed_folder(starter)
        if folder is None:
            missing.append(starter)
            continue
        name, kind, family = starter.id, starter.kind, starter.family
        rows.append(_row(name, kind, family, starter.licence, starter.size, folder))
    if as_json:
        for row in rows:
            print(json.dumps(row, ensure_ascii=False))
    else:
        _print_table(rows)
        if missing:
            names = ", ".join(each.id for each in missing)
            print(f"\nNot installed: {names}")
            size = _megabytes(sum(each.wheel_pin.size for each in missing))
            print(f"“fabula models install {EVERYTHING}” fetches them ({size}).")
    for each in broken:
        say_failure(each.message, each.hint)
    return DONE


def report_check(path: Path, *, as_json: bool) -> int:
    """Prints what a file or folder is and what speaks against it; FAILED if anything does."""
    try:
        verdict = check_model(path)
    except PipelineError as error:
        say_failure(str(error), error.hint)
        return FAILED
    if as_json:
        print(json.dumps({**asdict(verdict), "usable": not verdict.findings}, ensure_ascii=False))
    else:
        _print_verdict(verdict)
    return FAILED if verdict.findings else DONE


def _print_verdict(verdict: Verdict) -> None:
    what = ", ".join(word for word in (verdict.kind, verdict.family, verdict.licence) if word)
    lines = [verdict.path, f"{what or 'of unknown kind'}, {_megabytes(verdict.size)}"]
    lines += [f"{each.message} {each.hint}" for each in verdict.findings]
    if not verdict.findings:
        lines.append("Nothing speaks against it.")
    print(printable("\n  ".join(lines)))


def _row(name: str, kind: str, family: str, licence: str, size: int, path: Path) -> dict[str, Any]:
    return {
        "id": name,
        "kind": kind,
        "family": family,
        "licence": licence,
        "size": size,
        "path": str(path),
    }


def _print_table(rows: list[dict[str, Any]]) -> None:
    widths = {name: min(_WIDEST, max(len(row[name]) for row in rows)) for name in _COLUMNS}
    for row in rows:
        cells = [_cut(row[name], widths[name]).ljust(widths[name]) for name in _COLUMNS]
        print(printable("  ".join((*cells, _megabytes(row["size"]).rjust(9), row["path"]))))


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"
