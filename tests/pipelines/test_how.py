from __future__ import annotations

import pytest

from pipelines.how import How


@pytest.mark.parametrize("how", [How(), How("cuda", previews=False, memory_share=0.25)])
def test_comes_through_the_environment_unchanged(how: How) -> None:
    assert How.from_environment(how.to_environment()) == how


def test_what_was_not_told_is_the_default() -> None:
    assert How.from_environment({}) == How()
    assert How.from_environment({"FABULA_DEVICE": "cpu"}) == How("cpu")


def test_this_process_is_asked_at_each_call(monkeypatch: pytest.MonkeyPatch) -> None:
    for device in ("mps", "xpu"):
        monkeypatch.setenv("FABULA_DEVICE", device)
        assert How.from_environment().device == device
