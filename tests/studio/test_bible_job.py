"""Export as a job: what is written, and what a bad disk makes of it."""

from __future__ import annotations

import json
import pickle
from typing import TYPE_CHECKING

import pytest

from pipelines.api import JobCancelled, PipelineError
from studio.bible_job import ExportKind, ExportRequest, export_bible
from studio.document.bible.entry import Entry, EntryKind
from studio.formats.bible_files import read_bible
from tests.scripted_context import ScriptedContext

if TYPE_CHECKING:
    from pathlib import Path

MARA = Entry("mara", EntryKind.CHARACTER, "Mara", summary="Comes back.", order=1.0)
TOM = Entry("tom", EntryKind.CHARACTER, "Mara", summary="Another of that name.", order=2.0)


def test_several_cards_of_one_name_lie_beside_each_other(tmp_path: Path) -> None:
    request = ExportRequest(ExportKind.CARD_JSON, tmp_path, (MARA, TOM), {})
    paths = export_bible(request, ScriptedContext(tmp_path))
    assert len(set(paths)) == 2
    assert {read_bible(path).entries[0].summary for path in paths} == {MARA.summary, TOM.summary}


def test_a_named_file_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "book.json"
    path.write_text("old")
    request = ExportRequest(ExportKind.LOREBOOK, path, (MARA,), {})
    assert export_bible(request, ScriptedContext(tmp_path)) == (path,)
    assert json.loads(path.read_text())["spec"] == "lorebook_v3"


def test_cancelling_leaves_whole_files(tmp_path: Path) -> None:
    request = ExportRequest(ExportKind.CARD_PNG, tmp_path, (MARA, TOM), {})
    with pytest.raises(JobCancelled):
        export_bible(request, ScriptedContext(tmp_path, cancel_at=2))
    (path,) = tmp_path.iterdir()
    assert read_bible(path).entries[0].name == "Mara"


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    request = ExportRequest(ExportKind.LOREBOOK, tmp_path / "no" / "a.json", (MARA,), {})
    with pytest.raises(PipelineError, match=r"“a\.json” could not be written") as told:
        export_bible(request, ScriptedContext(tmp_path))
    assert told.value.hint


def test_a_request_crosses_to_a_child(tmp_path: Path) -> None:
    request = ExportRequest(ExportKind.FOLDER, tmp_path, (MARA,), {}, (MARA, TOM))
    assert pickle.loads(pickle.dumps(request)) == request
