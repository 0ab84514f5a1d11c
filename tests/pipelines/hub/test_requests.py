"""Names as people type them."""

from __future__ import annotations

import pytest

from pipelines.api import PipelineError
from pipelines.hub.requests import HubQuestion


def test_a_name_may_have_a_revision() -> None:
    assert HubQuestion.parse(" org/name ") == HubQuestion("org/name", "main")
    assert HubQuestion.parse("org/name@refs/pr/3") == HubQuestion("org/name", "refs/pr/3")
    assert HubQuestion.parse("gpt2").repo == "gpt2"


@pytest.mark.parametrize(
    "text",
    ["", "a/b/c", "../x", "org/..", "a b/c", "org/name@", "org/name@../x", "https://hub/org/name",
     "org/na--me", "/etc/passwd", "org/ñame", "o/" + "n" * 100],
)  # fmt: skip
def test_what_is_no_name_is_refused(text: str) -> None:
    with pytest.raises(PipelineError) as caught:
        HubQuestion.parse(text)
    assert caught.value.code == "bad_name"
