"""The judgement on a model file or folder: what it is, and everything that speaks against it."""

from __future__ import annotations

import os
import stat
import struct
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.api import PipelineError
from pipelines.catalog import inspect_model
from pipelines.file_facts import facts_of
from pipelines.headers import read_header
from pipelines.model_check.findings import Finding, Verdict
from pipelines.model_check.pickles import pickle_findings
from pipelines.model_facts import asks_for_a_program, read_json
from pipelines.model_folder import INDEX
from pipelines.model_search import CHECKPOINTS

if TYPE_CHECKING:
    from collections.abc import Iterator

_START = 512  # bytes that tell what a file is
_MAX_FILES = 10_000
_CODE = frozenset(
    {".bat", ".cmd", ".dll", ".dylib", ".exe", ".js", ".ps1", ".py", ".pyc", ".pyd", ".sh", ".so"}
)
_NCNN = b"7767517\n"  # the first line of every .param file of ncnn
_FACTS = ("model_type", "_class_name")
_MAX_TENSORS = 1_000_000
_GGUF_TEXT = 8  # GGUF_METADATA_VALUE_TYPE_STRING
_LONGEST = 64  # bytes of the name of an architecture


def check_model(path: Path) -> Verdict:
    """Reads headers, configurations and the opcodes of pickles; no weight is read, nothing is run.

    Raises PipelineError "not_found" or "unreadable".
    """
    try:
        if path.is_dir():
            return _check_folder(path)
        return _check_file(path)
    except FileNotFoundError as error:
        raise PipelineError(
            "not_found", f"There is nothing at {path}.", "Was it moved, or its disk unplugged?"
        ) from error
    except OSError as error:
        raise PipelineError(
            "unreadable",
            f"{error.filename or path} cannot be read: {error.strerror or error}.",
            "Check that you may read all of it.",
        ) from error


def _check_file(path: Path) -> Verdict:
    size = path.stat().st_size
    findings = _findings_of(path)
    kind, family, licence = "", "", ""
    start = _start_of(path)
    if start.startswith(b"GGUF"):
        kind, family = "gguf", _gguf_family(start)
    elif start.startswith(_NCNN):
        kind = "ncnn"
    elif path.suffix.lower() == ".onnx":
        kind = "onnx"
    elif not findings:
        try:
            facts = facts_of(path)
            kind, family = facts.kind, facts.family.title if facts.family else ""
            if kind == "model":
                ref = inspect_model(path)
                family, licence = ref.family.title, ref.licence
        except PipelineError as error:
            findings.append(Finding(str(path), error.code, str(error), error.hint))
    return Verdict(str(path), kind, family, licence, size, tuple(findings))


def _check_folder(path: Path) -> Verdict:
    kind, family, licence = "", "", ""
    findings: list[Finding] = []
    size = 0
    for file in _files_below(path):
        size += file.stat().st_size
        findings += _findings_of(file)
    try:
        if (path / INDEX).is_file():
            ref = inspect_model(path)
            kind, family, licence = "model", ref.family.title, ref.licence
        else:
            kind, family, licence = _described(path)
    except PipelineError as error:
        findings.append(Finding(str(path), error.code, str(error), error.hint))
    return Verdict(str(path), kind, family, licence, size, tuple(findings))


def _described(path: Path) -> tuple[str, str, str]:
    """Kind, family and licence of a folder that is no picture model, by its descriptions."""
    if (path / "fabula.json").is_file():
        facts = read_json(path / "fabula.json")
        return "starter", str(facts.get("family", "")), str(facts.get("licence", ""))
    if (path / "config.json").is_file():
        facts = read_json(path / "config.json")
        family = next((str(facts[key]) for key in _FACTS if key in facts), "")
        return "model" if family else "", family, ""
    raise PipelineError(
        "not_a_model",
        f"{path} is not a model's folder: it has no {INDEX} and no config.json.",
        "Choose the folder that holds one of them, or a single file.",
    )


def _files_below(folder: Path) -> Iterator[Path]:
    count = 0
    for place, folders, names in os.walk(folder, onerror=_raise):
        folders.sort()
        for name in sorted(names):
            file = Path(place, name)
            if os.path.isfile(file):
                yield file
                count += 1
            if count >= _MAX_FILES:
                return


def _raise(error: OSError) -> None:
    raise error


def _findings_of(path: Path) -> list[Finding]:
    """What speaks against one file by itself."""
    suffix = path.suffix.lower()
    if suffix in _CODE:
        message = f"{path.name} is a program."
        return [Finding(str(path), "code", message, "Programs in a model's folder are never run.")]
    if suffix == ".json":
        return _foreign_code(path)
    start = _start_of(path)
    findings = pickle_findings(path, start)
    if start.startswith(b"GGUF") and not _is_gguf(start):
        message = f"{path.name} is damaged: its header makes no sense."
        findings.append(Finding(str(path), "not_a_model", message, "Download it again."))
    elif not findings and suffix in CHECKPOINTS and not start.startswith(b"GGUF"):
        try:
            read_header(path)
        except PipelineError as error:
            findings.append(Finding(str(path), error.code, str(error), error.hint))
    return findings


def _foreign_code(path: Path) -> list[Finding]:
    """A configuration can name a repository whose program transformers or diffusers would run."""
    try:
        asks = asks_for_a_program(read_json(path))
    except PipelineError:  # a list of words, or larger than any configuration
        return []
    if not asks:
        return []
    message = f"{path.name} asks for a stranger's program."
    return [Finding(str(path), "foreign_code", message, "Such programs are never run here.")]


def _start_of(path: Path) -> bytes:
    if not stat.S_ISREG(path.stat().st_mode):  # reading from a pipe could wait for ever
        raise PipelineError("unreadable", f"{path} is no file.", "Choose a model's file or folder.")
    with path.open("rb") as file:
        return file.read(_START)


def _is_gguf(start: bytes) -> bool:
    """The header of the GGUF specification, versions 2 and 3: counts of tensors and of values."""
    if len(start) < 24:
        return False
    version, tensors, values = struct.unpack("<IQQ", start[4:24])
    return version in (2, 3) and tensors < _MAX_TENSORS and values < _MAX_TENSORS


def _gguf_family(start: bytes) -> str:
    """`general.architecture`, which the specification wants and writers put first; "" if not."""
    key = b"general.architecture"
    begin = 24 + 8
    value = begin + len(key)
    if not _is_gguf(start) or start[begin:value] != key:
        return ""
    kind, length = struct.unpack_from("<IQ", start, value)
    text = start[value + 12 : value + 12 + length]
    return text.decode("utf-8", "replace") if kind == _GGUF_TEXT and length < _LONGEST else ""
