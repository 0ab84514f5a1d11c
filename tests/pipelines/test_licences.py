"""What a licence lets people do, by its name as cards, headers and families write it."""

from __future__ import annotations

import pytest

from pipelines.families import FAMILIES
from pipelines.licences import LicenceClass, class_of_licence


@pytest.mark.parametrize(
    ("licence", "expected"),
    [
        ("apache-2.0", "open"),
        ("Apache-2.0; after Fluent Emoji (MIT), Noto (Apache-2.0), Twemoji (CC BY 4.0)", "open"),
        ("CreativeML OpenRAIL++-M", "open"),
        ("cc-by-nc-4.0", "non-commercial"),
        ("CC BY NC 4.0", "non-commercial"),
        ("flux-1-dev-non-commercial-license", "non-commercial"),
        ("Qwen Research", "non-commercial"),
        ("4B: Apache-2.0, 9B: FLUX Non-Commercial", "non-commercial"),
        ("sai-nc-community", "non-commercial"),
        ("stabilityai-ai-community", "revenue-capped"),
        ("Stability AI Community", "revenue-capped"),
        ("krea-community", "revenue-capped"),
        ("llama3.1", "gated"),
        ("gemma", "gated"),
        ("Permit me", "unknown"),
        ("other", "unknown"),
        ("", "unknown"),
    ],
)
def test_licences_have_classes(licence: str, expected: LicenceClass) -> None:
    assert class_of_licence(licence) == expected


def test_no_family_that_we_draw_with_is_unknown() -> None:
    assert {class_of_licence(each.licence) for each in FAMILIES} <= {
        "open",
        "revenue-capped",
        "non-commercial",
    }
