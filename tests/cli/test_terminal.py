from __future__ import annotations

from studio.cli.terminal import printable


def test_a_terminal_gets_no_orders_from_a_file() -> None:
    assert printable("a\x1b[2Jb\rc\nGrüße 帽子") == "a\ufffd[2Jb\ufffdc\nGrüße 帽子"
