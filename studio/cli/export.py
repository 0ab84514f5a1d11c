"""`fabula export`: a project into plain files without a window."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from studio.cli import outputs
from studio.cli.following import DONE, FAILED, WRONG, say_failure
from studio.document.errors import ProjectError
from studio.document.export import export_project

if TYPE_CHECKING:
    import argparse

HELP = "unpack a project into plain files"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("project", type=Path, metavar="PROJECT", help="a .fabula file")
    parser.add_argument("-o", "--output", type=Path, metavar="FOLDER", help="where to write")
    parser.add_argument(
        "--force", action="store_true", help="write into a folder that holds other files"
    )
    parser.add_argument("--json", action="store_true", help="print the result as JSON")


def run(options: argparse.Namespace) -> int:
    project: Path = options.project
    folder = options.output or project.with_name(f"{project.stem}.export")
    if options.output is None and not options.force:
        folder = outputs.free_name(folder)
    try:
        exported = export_project(project, folder, force=options.force)
    except ProjectError as error:
        say_failure(str(error), error.hint)
        return WRONG if error.code == "bad_folder" else FAILED
    if options.json:
        result = {"folder": str(folder), "files": exported.files}
        print(json.dumps(result, ensure_ascii=False))
    else:
        print(folder)
    return DONE
