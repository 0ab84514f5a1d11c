"""`fabula models get`: what a name on the hub stands for, and after a yes the download."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from pipelines.api import PipelineError
from pipelines.hub.requests import HubDownloaded, HubOffer, HubQuestion
from studio.cli.following import WRONG, follow_bytes, say_failure
from studio.cli.terminal import printable

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="ORG/NAME[@REVISION]", help="a model on the hub")
    parser.add_argument("-y", "--yes", action="store_true", help="download without asking")
    parser.add_argument("-q", "--quiet", action="store_true", help="no progress")


def get(options: argparse.Namespace) -> int:
    """Says name, size and licence first; fetches only what was confirmed."""
    try:
        question = HubQuestion.parse(options.name)
    except PipelineError as error:
        say_failure(str(error), error.hint)
        return WRONG
    code, offer = follow_bytes("pipelines.hub.ask:ask", question, options)
    if not isinstance(offer, HubOffer):
        return code
    if not options.json:
        print(printable("\n".join(_lines(offer))))
    if not options.yes and not _confirmed():
        return WRONG
    code, done = follow_bytes("pipelines.hub.download:download", offer, options)
    if isinstance(done, HubDownloaded):
        print(_as_json(offer, done) if options.json else done.snapshot)
    return code


def _lines(offer: HubOffer) -> list[str]:
    licence = f"{offer.licence or 'not named'} ({offer.licence_class})"
    gate = "; its publisher wants to be asked first" if offer.gated else ""
    here = f", {offer.present / 1e6:,.1f} MB of it are here" if offer.present else ""
    return [
        f"{offer.question.repo} {offer.commit[:10]}",
        f"  For      {offer.kind or 'not named'}",
        f"  Licence  {licence}{gate}",
        f"  Size     {offer.size / 1e6:,.1f} MB in {len(offer.files)} files{here}",
    ]


def _confirmed() -> bool:
    if not sys.stdin.isatty():
        say_failure("Nothing was downloaded: nobody can be asked here.", "Add --yes.")
        return False
    print("Download it? [y/N] ", end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip().lower() in ("y", "yes"):
        return True
    say_failure("Nothing was downloaded.")
    return False


def _as_json(offer: HubOffer, done: HubDownloaded) -> str:
    return json.dumps(
        {
            "repo": offer.question.repo,
            "commit": offer.commit,
            "licence": offer.licence,
            "licence_class": offer.licence_class,
            "size": offer.size,
            "fetched": done.fetched,
            "path": done.snapshot,
        }
    )
