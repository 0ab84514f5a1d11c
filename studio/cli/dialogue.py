"""`fabula dialogue`: conversations are checked, walked, played and converted without a window."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.atomic import write_text
from studio.cli import outputs
from studio.cli.dialogue_reports import finding_json, finding_line, sarif
from studio.cli.following import DONE, FAILED, WRONG, say_failure
from studio.cli.terminal import printable
from studio.document.dialogue.findings import Severity
from studio.document.dialogue.structure_checks import entries
from studio.document.dialogue.transcript import entry
from studio.document.dialogue.validation import validate
from studio.document.dialogue.walking import NotOfferedError, play, walk, walk_often
from studio.document.errors import ProjectError, explained
from studio.formats.dialogue_files import FORMATS, read_story_file, write_story

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from studio.document.dialogue.story import Place, Story, Value

HELP = "check, walk, play and convert conversations"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(metavar="ACTION", required=True)

    def add(
        name: str, about: str, work: Callable[[argparse.Namespace], int]
    ) -> argparse.ArgumentParser:
        action = actions.add_parser(name, help=about, description=about)
        action.add_argument("file", type=Path, metavar="FILE", help="a project or a story")
        action.add_argument("--json", action="store_true", help="print the result as JSON")
        action.set_defaults(act=work)
        return action

    check = add("check", "say what is wrong; 1 if there are errors", _check)
    check.add_argument("--sarif", action="store_true", help="print the findings as SARIF 2.1.0")
    often = add("walk", "play at random, many times; 1 if a walk finds no end", _walk)
    often.add_argument("--n", type=int, default=100, metavar="N", help="how often (100)")
    often.add_argument("--seed", type=int, default=1, metavar="N", help="of the first walk (1)")
    once = add("play", "play once and print the transcript", _play)
    picks = once.add_mutually_exclusive_group()
    picks.add_argument(
        "--choices", default="[]", metavar="LIST", help='what to pick, as 0,2,1 or ["Leave", 0]'
    )
    picks.add_argument("--seed", type=int, metavar="N", help="pick at random")
    once.add_argument("--set", default="{}", metavar="JSON", help="variables before the start")
    for action in (often, once):
        action.add_argument(
            "--start", metavar="PLACE", help="a conversation, or conversation/heading"
        )
    convert = add("convert", "write a story in another format", _convert)
    convert.add_argument("--to", required=True, choices=FORMATS, help="the format")
    convert.add_argument("-o", "--output", type=Path, metavar="FILE", help="where to write")
    convert.add_argument("--force", action="store_true", help="also over a file that is there")


def run(options: argparse.Namespace) -> int:
    act: Callable[[argparse.Namespace], int] = options.act
    try:
        return act(options)
    except ProjectError as error:
        say_failure(printable(str(error)), error.hint)
        return WRONG if error.code == "bad_argument" else FAILED


def _check(options: argparse.Namespace) -> int:
    story = _story(options)
    findings = validate(story)
    if options.sarif:
        print(json.dumps(sarif(story, findings, options.file), ensure_ascii=False))
    elif options.json:
        print(json.dumps([finding_json(each) for each in findings], ensure_ascii=False))
    else:
        for each in findings:
            print(printable(finding_line(story, each)))
        if not findings:
            print("Nothing was found.")
    return FAILED if any(each.severity is Severity.ERROR for each in findings) else DONE


def _walk(options: argparse.Namespace) -> int:
    story = _story(options)
    start = _start(story, options.start)
    if options.n < 1:
        raise ProjectError("bad_argument", "Walk at least once.")
    found = walk_often(story, start, options.n, seed=options.seed)
    never = found.never_seen(story)
    if options.json:
        result = {
            "walks": found.walks,
            "ends": dict(found.ends),
            "visits": {str(place): number for place, number in sorted(found.visits.items())},
            "never_seen": list(map(str, never)),
            "failed": [
                {
                    "seed": each.seed,
                    "reason": each.reason,
                    "place": str(each.place),
                    "picks": each.picks,
                }
                for each in found.failed
            ],
        }
        print(json.dumps(result, ensure_ascii=False))
    else:
        for reason, number in found.ends.most_common():
            print(f"{number:>7}  {reason}")
        for place in never:
            print(f"  never  {place}")
        for each in found.failed:
            print(f"{each.reason} at {each.place}: --seed {each.seed}")
    return DONE if set(found.ends) == {"end"} else FAILED


def _play(options: argparse.Namespace) -> int:
    story = _story(options)
    start, fixed = _start(story, options.start), _fixed(story, options.set)
    try:
        if options.seed is not None:
            done = walk(story, start, options.seed, fixed=fixed)
        else:
            given = play(story, start, _picks(options.choices), fixed=fixed)
            if given is None:
                raise ProjectError("bad_argument", "There are more menus than choices given.")
            done = given
    except NotOfferedError as error:
        offered = ", ".join(f"“{text}”" for text in error.offered)
        reason = f"{error.wanted!r} is not offered. Offered are {offered}."
        raise ProjectError("not_offered", reason) from error
    transcript = [line for event in done.events if (line := entry(event)) is not None]
    if options.json:
        result = {
            "transcript": transcript,
            "end": done.end.reason,
            "detail": done.end.detail,
            "variables": done.values,
        }
        print(json.dumps(result, ensure_ascii=False))
    else:
        for line in transcript:
            print(printable(_shown(line)))
        print(f"({done.end.reason})")
    return DONE if done.end.reason == "end" else FAILED


def _convert(options: argparse.Namespace) -> int:
    story, format_ = _story(options), FORMATS[options.to]
    exported = write_story(story, options.to)
    for loss in exported.losses:
        say_failure(f"{loss.place}: {loss.reason}")
    target = options.output or options.file.with_suffix(format_.suffix)
    if not options.force:
        if options.output is None:
            target = outputs.free_name(target)
        elif target.exists():
            raise ProjectError("bad_argument", f"“{target}” is there already.", "Add --force.")
    with explained(f"“{target.name}” could not be written"):
        write_text(target, exported.text)
    if options.json:
        losses = [
            {"place": str(each.place), "reason": each.reason, "changes_play": each.changes_play}
            for each in exported.losses
        ]
        print(json.dumps({"file": str(target), "losses": losses}, ensure_ascii=False))
    else:
        print(target)
    return DONE


def _story(options: argparse.Namespace) -> Story:
    imported = read_story_file(options.file)
    for each in imported.kept:
        say_failure(f"Line {each.line}: {each.reason}.")
    if not imported.story.conversations:
        raise ProjectError("bad_story", f"“{options.file.name}” holds no conversation.")
    return imported.story


def _start(story: Story, given: str | None) -> Place:
    """Where a play begins: the first conversation that no other one leads to, unless given."""
    if given is None:
        places = entries(story)
        if not places:
            raise ProjectError("bad_story", "No conversation of this story has a start.")
        return places[0]
    text = given if "/" in given else f"{given}/"
    place = story.resolve(text, "")
    if place is None or story.find(place) is None:
        raise ProjectError("bad_argument", f"There is no “{given}” in this story.")
    return place


def _picks(text: str) -> list[str | int]:
    picks = _json(text if text.lstrip().startswith("[") else f"[{text}]", "--choices")
    if not isinstance(picks, list) or not all(type(each) in (str, int) for each in picks):
        raise ProjectError("bad_argument", "Give choices as texts and numbers.")
    return picks


def _fixed(story: Story, text: str) -> dict[str, Value]:
    given, known = _json(text, "--set"), story.initial_values()
    if not isinstance(given, dict):
        raise ProjectError("bad_argument", 'Give variables as in {"trust": 2}.')
    fixed: dict[str, Value] = {}
    for name, value in given.items():
        if isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        if name not in known or type(value) is not type(known[name]):
            raise ProjectError("bad_argument", f"“{name}” is no variable that can hold {value!r}.")
        fixed[name] = value
    return fixed


def _json(text: str, name: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ProjectError("bad_argument", f"What {name} was given is no JSON.") from error


def _shown(line: list[Any]) -> str:
    match line:
        case ["say", speaker, text]:
            return f"{speaker}: {text}" if speaker else text
        case ["menu", texts]:
            return "\n".join(f"  {number}  {text}" for number, text in enumerate(texts))
    return f"> {line[1]}"
