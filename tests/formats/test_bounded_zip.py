"""Members of archives, in bounds."""

from __future__ import annotations

import io
import zipfile

import pytest

from studio.formats import bounded_zip
from studio.formats.bounded_zip import opened_zip
from studio.formats.imported_bible import UnreadableError


def _archive(data: bytes, method: int = zipfile.ZIP_DEFLATED, count: int = 1) -> io.BytesIO:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for number in range(count):
            archive.writestr(f"{number}.txt", data)
    return buffer


def test_a_member_is_read_by_its_very_name() -> None:
    with opened_zip(_archive(b"hello")) as archive:
        assert archive.read("0.txt", 5) == b"hello"
        assert archive.read("./0.txt", 5) is None
        assert archive.read("0.TXT", 5) is None


def test_a_member_over_the_limit_is_refused() -> None:
    with (
        opened_zip(_archive(b"hello")) as archive,
        pytest.raises(UnreadableError, match="too much"),
    ):
        archive.read("0.txt", 4)


def test_a_member_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(_archive(b"x" * 5000).getvalue())
    for size in (5000).to_bytes(4, "little"), (5000).to_bytes(4, "little"):
        at = data.index(size)
        data[at : at + 4] = (10).to_bytes(4, "little")
    with opened_zip(io.BytesIO(data)) as archive, pytest.raises(UnreadableError):
        archive.read("0.txt", 100)


def test_a_bomb_is_refused_before_it_unpacks() -> None:
    with (
        opened_zip(_archive(b"\0" * 2**22)) as archive,
        pytest.raises(UnreadableError, match="too much"),
    ):
        archive.read("0.txt", 2**30)


def test_the_sum_of_all_members_is_bounded() -> None:
    with opened_zip(_archive(b"hello", count=2), largest_sum=8) as archive:
        archive.read("0.txt", 100)
        with pytest.raises(UnreadableError, match="too much"):
            archive.read("1.txt", 100)


def test_only_usual_packing_is_read() -> None:
    with (
        opened_zip(_archive(b"hello", zipfile.ZIP_LZMA)) as archive,
        pytest.raises(UnreadableError, match="unknown way"),
    ):
        archive.read("0.txt", 100)


def test_the_number_of_members_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded_zip, "MOST_MEMBERS", 1)
    with (
        pytest.raises(UnreadableError, match="more than 1 files"),
        opened_zip(_archive(b"", count=2)),
    ):
        pass


def test_what_is_no_archive_is_refused() -> None:
    with pytest.raises(UnreadableError, match="damaged"), opened_zip(io.BytesIO(b"PK\3\4")):
        pass
