"""Mentions as links."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studio.document.bible.bible import Bible
from studio.panels.bible.linked_text import linked_entry, with_links
from tests.studio.panels.bible.fakes import MARA, STORY, TOM

BIBLE = Bible((*STORY, replace(MARA, id="a b/c", name="The [odd] *one*", aliases=(), order=9.0)))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Nobody.", "Nobody."),
        ("@Mara waits.", "[@Mara](entry:mara) waits."),
        ("@Old Tom and @Mari", "[@Old Tom](entry:tom) and [@Mari](entry:mara)"),
        ("@Nobody, tom@Mara.org", "@Nobody, tom@Mara.org"),
        ("@[The [odd] *one*]", "[@The \\[odd\\] \\*one\\*](entry:a%20b%2Fc)"),
    ],
)
def test_a_mention_leads_to_its_entry(text: str, read: str) -> None:
    assert with_links(text, BIBLE) == read


def test_links_elsewhere_lead_nowhere() -> None:
    assert linked_entry("entry:a%20b%2Fc") == "a b/c"
    assert linked_entry(f"entry:{TOM.id}") == "tom"
    assert linked_entry("https://example.org/entry:tom") == ""
    assert linked_entry("file:///etc/passwd") == ""
