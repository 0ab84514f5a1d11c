"""`fabula models`: what models there are, and the starter set comes and goes."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.api import PipelineError
from pipelines.assets import assets_folder
from pipelines.catalog import hub_cache_folder
from pipelines.starters.manifest import EVERYTHING, chosen, starters
from pipelines.starters.places import starters_folder
from pipelines.starters.requests import InstallRequest, InstallResult, VerifyRequest
from pipelines.starters.upkeep import remove
from studio.cli import model_download, model_reports
from studio.cli.following import DONE, FAILED, WRONG, follow_bytes, say_failure
from studio.paths import Paths
from studio.settings_table import LORA_FOLDERS, MODEL_FOLDERS, load_settings

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable

    from pipelines.starters.manifest import Starter

HELP = "list, check, install, download and remove models"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(metavar="ACTION", required=True)

    def add(
        name: str, about: str, work: Callable[[argparse.Namespace], int]
    ) -> argparse.ArgumentParser:
        action = actions.add_parser(name, help=about, description=about)
        action.add_argument("--json", action="store_true", help="print the result as JSON")
        action.set_defaults(act=work)
        return action

    ids = ", ".join(each.id for each in starters())
    add("list", "what is on this disk", _list)
    add("where", "the folders that are looked through", _where)
    one = add("check", "judge a model without loading it", _check)
    one.add_argument("path", type=Path, metavar="FILE", help="a file or a folder")
    new = add("install", "fetch the starter set, or some of it", _install)
    new.add_argument("ids", nargs="+", metavar="ID", help=f"{EVERYTHING} for all, or {ids}")
    new.add_argument("--again", action="store_true", help="also what is installed already")
    new.add_argument("-q", "--quiet", action="store_true", help="no progress")
    model_download.add_arguments(add("get", "download a model of the hub", model_download.get))
    sure = add("verify", "hash what is installed of the starter set", _verify)
    sure.add_argument("ids", nargs="*", metavar="ID", help="all that are installed, or these")
    sure.add_argument("-q", "--quiet", action="store_true", help="no progress")
    gone = add("remove", "delete starters that were installed", _remove)
    gone.add_argument("ids", nargs="+", metavar="ID", help=f"{EVERYTHING} for all, or {ids}")


def run(options: argparse.Namespace) -> int:
    act: Callable[[argparse.Namespace], int] = options.act
    return act(options)


def _list(options: argparse.Namespace) -> int:
    folders = load_settings(Paths.default().settings_file).get(MODEL_FOLDERS)
    return model_reports.list_models(folders, as_json=options.json)


def _check(options: argparse.Namespace) -> int:
    return model_reports.report_check(options.path, as_json=options.json)


def _where(options: argparse.Namespace) -> int:
    settings = load_settings(Paths.default().settings_file)
    places: dict[str, list[Path]] = {
        "program": [assets_folder() / "models"],
        "starters": [starters_folder()],
        "models": [*settings.get(MODEL_FOLDERS)],
        "loras": [*settings.get(LORA_FOLDERS)],
        "hub": [hub_cache_folder()],
    }
    if options.json:
        print(json.dumps({name: [str(path) for path in each] for name, each in places.items()}))
        return DONE
    for name, paths in places.items():
        for path in paths:
            print(f"{name:<10}{path}")
    return DONE


def _install(options: argparse.Namespace) -> int:
    wanted = _chosen(options.ids)
    if wanted is None:
        return WRONG
    request = InstallRequest(tuple(each.id for each in wanted), options.again)
    code, result = follow_bytes("pipelines.starters.install:install", request, options)
    if isinstance(result, InstallResult):
        if options.json:
            print(json.dumps({**asdict(result), "folder": str(starters_folder())}))
        else:
            for name in (*result.installed, *result.present):
                print(starters_folder() / name)
    return code


def _verify(options: argparse.Namespace) -> int:
    wanted = _chosen(options.ids or [EVERYTHING])
    if wanted is None:
        return WRONG
    request = VerifyRequest(tuple(each.id for each in wanted) if options.ids else ())
    code, result = follow_bytes("pipelines.starters.upkeep:verify", request, options)
    if not isinstance(result, tuple):
        return code
    if not result and not options.json:
        print("No starter is installed.")
    for each in result:
        if options.json:
            print(json.dumps(asdict(each), ensure_ascii=False))
        elif not each.problems:
            print(f"{each.id} is as it was installed.")
        for problem in each.problems:
            say_failure(problem, f"“fabula models install --again {each.id}” replaces it.")
    return FAILED if any(each.problems for each in result) else code


def _remove(options: argparse.Namespace) -> int:
    wanted = _chosen(options.ids)
    if wanted is None:
        return WRONG
    if EVERYTHING in options.ids:
        wanted = tuple(each for each in wanted if (starters_folder() / each.id).is_dir())
    removed = []
    try:
        for starter in wanted:
            removed.append(str(remove(starter)))
    except PipelineError as error:
        say_failure(str(error), error.hint)
        return FAILED
    finally:
        if options.json:
            print(json.dumps({"removed": removed}))
        else:
            print(*removed, sep="\n", end="\n" * bool(removed))
    return DONE


def _chosen(ids: Iterable[str]) -> tuple[Starter, ...] | None:
    try:
        return chosen(ids, starters())
    except PipelineError as error:
        say_failure(str(error), error.hint)
        return None
