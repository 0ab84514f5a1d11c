"""How the shell speaks of jobs."""

from __future__ import annotations

import pytest

from pipelines import api
from pipelines.enhance_requests import StyleRequest
from studio.jobs.job import Job, JobState
from studio.shell import phrases
from tests.studio.scenery import request


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.2, "1 s left"),
        (3.4, "3 s left"),
        (59.4, "59 s left"),
        (60, "1 min left"),
        (600, "10 min left"),
    ],
)
def test_time_left(seconds: float, words: str) -> None:
    assert phrases.time_left(seconds) == words


def test_amount() -> None:
    assert phrases.amount(Job("", request(1))) == "1 picture"
    assert phrases.amount(Job("", request(4))) == "4 pictures"
    assert phrases.amount(Job("", StyleRequest(("a.png", "b.png"), "/network"))) == "2 pictures"
    assert phrases.amount(Job("", None)) == ""


def test_the_worker_says_what_it_does() -> None:
    job = Job("", request())
    job.apply(api.Loading("Loading Starter icons"))
    assert phrases.worker_sentence(job) == "Loading Starter icons"
    job.apply(api.Started())
    job.apply(api.Progress(3, 20))
    assert phrases.worker_sentence(job) == "Drawing step 3 of 20"
    job.apply(api.Progress(3, 20, "Step 3 of 20"))
    assert phrases.worker_sentence(job) == "Step 3 of 20"
    job.apply(api.Paused(True))
    assert phrases.worker_sentence(job) == "Paused"


def test_why_a_job_stopped() -> None:
    job = Job("", request())
    job.state = JobState.INTERRUPTED
    assert phrases.why_stopped(job) == "Interrupted when the program closed"
