from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import closing

import pytest

from studio.document.errors import ProjectError, explained


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk_full"),
        (errno.EROFS, "read_only_disk"),
        (errno.EACCES, "not_allowed"),
        (errno.ENOENT, "not_found"),
        (errno.ENAMETOOLONG, "bad_name"),
        (errno.EIO, "disk_failed"),
    ],
)
def test_errors_of_the_disk_become_a_sentence_and_a_hint(number: int, code: str) -> None:
    with pytest.raises(ProjectError) as error, explained("“a” could not be saved"):
        raise OSError(number, os.strerror(number))
    assert error.value.code == code
    assert str(error.value).startswith("“a” could not be saved: ")
    assert str(error.value).endswith(".")
    assert error.value.hint.endswith(".")


def test_errors_of_sqlite_do_too() -> None:
    with closing(sqlite3.connect(":memory:")) as db:
        with pytest.raises(ProjectError) as error, explained("It failed"):
            db.execute("SELECT CAST(x'ff' AS TEXT)").fetchall()
        assert error.value.code == "damaged"
        with pytest.raises(sqlite3.ProgrammingError), explained("It failed"):
            db.execute("SELECT ?", ())


def test_what_is_explained_already_stays() -> None:
    with pytest.raises(ProjectError, match=r"^inside$"), explained("outside"):
        raise ProjectError("code", "inside")
