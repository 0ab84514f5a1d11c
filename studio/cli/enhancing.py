"""What `fabula style` and `fabula enlarge` share: their inputs, their outputs, the job."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines import atomic
from pipelines.api import Picture, PipelineError
from pipelines.copies import copy_picture
from pipelines.enhance_requests import EnhancedResult
from pipelines.how import How
from studio import registry
from studio.cli import outputs
from studio.cli.following import DONE, FAILED, WRONG, follow, say_failure
from studio.paths import Paths
from studio.settings_table import DEVICE, MEMORY_SHARE, load_settings

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from pipelines.enhance_requests import EnlargeRequest, StyleRequest

    Request = StyleRequest | EnlargeRequest

_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".gif"})


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments that both verbs have."""
    parser.add_argument(
        "inputs", nargs="+", type=Path, metavar="PICTURE", help="pictures, or folders of them"
    )
    parser.add_argument(
        "--blend", type=float, default=100.0, metavar="PERCENT", help="of the result (%(default)g)"
    )
    parser.add_argument(
        "--mask", type=Path, metavar="PICTURE", help="white where the picture changes"
    )
    parser.add_argument(
        "--keep-colours", action="store_true", help="change only how light and dark it is"
    )
    parser.add_argument("--device", choices=("auto", "cuda", "mps", "xpu", "cpu"))
    parser.add_argument("-o", "--output", type=Path, help="a picture file, or a folder")
    parser.add_argument("--force", action="store_true", help="replace existing files")
    parser.add_argument(
        "--resume", action="store_true", help="leave out pictures whose result is there already"
    )
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.add_argument("-q", "--quiet", action="store_true", help="no progress")


def find_pictures(inputs: Sequence[Path], tag: str) -> list[Path]:
    """The files among `inputs`, and the pictures in the folders, without results of `tag`.

    Raises PipelineError `no_picture`.
    """
    found: list[Path] = []
    for path in inputs:
        if path.is_dir():
            found += sorted(
                each
                for each in path.iterdir()
                if each.suffix.lower() in _PICTURES and not each.stem.endswith(f".{tag}")
            )
        else:
            found.append(path)
    if not found:
        raise PipelineError("no_picture", f"There is no picture in “{inputs[0]}”.")
    return [path.resolve() for path in found]


class Targets:
    """Where each result goes: `-o`, or beside its picture as `NAME.TAG.png`."""

    def __init__(self, options: argparse.Namespace, pictures: Sequence[Path], tag: str) -> None:
        """Makes the folder that `-o` names for several. Raises PipelineError `bad_path`."""
        output: Path | None = options.output
        self._tag = tag
        self._file = self._folder = None
        # Two pictures of the same name from two folders, or a.png beside a.jpg.
        self._numbered = not options.force and not options.resume
        if output is None:
            return
        if len(pictures) == 1 and not options.inputs[0].is_dir() and not output.is_dir():
            if output.suffix.lower() not in (".png", ".jpg", ".jpeg", ".webp"):
                raise PipelineError(
                    "bad_path",
                    f"“{output.name}” names no kind of picture that can be written.",
                    "Let the name end in .png, .jpg or .webp.",
                )
            self._file, self._numbered = output, False
            folder = output.parent
            if not folder.is_dir():
                raise PipelineError("bad_path", f"There is no folder “{folder}”.", "Make it first.")
            return
        if output.exists() and not output.is_dir():
            raise PipelineError(
                "bad_path", f"“{output}” is no folder.", "Several pictures need a folder."
            )
        output.mkdir(parents=True, exist_ok=True)
        self._folder = output

    def of(self, picture: Path) -> Path:
        """The file that the result of `picture` is named for, whether it exists or not."""
        if self._file is not None:
            return self._file
        return (self._folder or picture.parent) / f"{picture.stem}.{self._tag}.png"

    def place(self, made: Path, picture: Path) -> Path:
        """Moves the finished picture there and returns where. Raises OSError or PipelineError."""
        target = self.of(picture)
        if self._numbered:
            target = outputs.free_name(target)
        if target.suffix.lower() == ".png":
            atomic.move(made, target)
        else:
            copy_picture(made, target)
        return target


def check_share(name: str, value: float, most: float) -> None:
    """Raises PipelineError `bad_share`."""
    if not 0 <= value <= most:
        raise PipelineError("bad_share", f"{name} {value:g} is impossible.", f"Use 0 to {most:g}.")


def start(request: Request, tag: str, options: argparse.Namespace) -> int:
    """Does `request` for the pictures that `options` name. Returns the exit code.

    Every finished picture is in its place at once, whatever becomes of the others.
    """
    try:
        pictures = find_pictures(options.inputs, tag)
        targets = Targets(options, pictures, tag)
    except PipelineError as error:
        say_failure(str(error), error.hint)
        return WRONG
    if options.resume:
        pictures = [each for each in pictures if not targets.of(each).exists()]
        if not pictures:
            say_failure("Nothing is left to do.")
            return DONE
    request = replace(request, images=tuple(map(str, pictures)))
    settings = load_settings(Paths.default().settings_file)
    how = How(options.device or settings.get(DEVICE), False, settings.get(MEMORY_SHARE))
    written: list[dict[str, object]] = []

    def take(item: object) -> None:
        if isinstance(item, Picture):
            source = Path(request.images[item.index])
            path = targets.place(Path(item.path), source)
            written.append({**asdict(item), "path": str(path), "source": str(source)})
            if not options.json:
                print(path)

    target = registry.pipeline(request.kind).target
    quiet = options.quiet or options.json
    code, result = follow(target, request, how=how, take=take, quiet=quiet)
    if code != DONE or not isinstance(result, EnhancedResult):
        return code
    if options.json:
        print(json.dumps({**asdict(result), "pictures": written}, ensure_ascii=False))
    for note in () if options.json else result.notes:
        say_failure(note)
    for each in result.failed:
        say_failure(each.message, each.hint)
    return FAILED if result.failed else DONE
