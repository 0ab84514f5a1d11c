"""What a retry still has to do."""

from __future__ import annotations

from pipelines.api import TextToImageRequest
from pipelines.enhance_requests import EnlargeRequest, StyleRequest
from studio.jobs.inputs import rest_of


def test_pictures_that_are_done_are_left_out_wherever_they_stand() -> None:
    request = StyleRequest(("a", "b", "c", "d"), "/network")
    rest = rest_of(request, {0, 2})
    assert rest == StyleRequest(("b", "d"), "/network")
    assert rest_of(EnlargeRequest(("a", "b"), "/network"), {0}).images == ("b",)


def test_all_of_it_where_none_or_all_are_done() -> None:
    request = StyleRequest(("a", "b"), "/network")
    assert rest_of(request, ()) == request
    assert rest_of(request, {0, 1}) == request


def test_drawn_pictures_go_on_with_the_next_seed() -> None:
    request = TextToImageRequest("/model", "a fox", count=4, seed=10)
    rest = rest_of(request, {0, 1, 2})
    assert (rest.count, rest.seed) == (1, 13)
