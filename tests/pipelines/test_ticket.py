from __future__ import annotations

import threading

from pipelines.ticket import Ticket


def test_wishes_come_from_any_thread() -> None:
    ticket = Ticket("tests.scripted:Scripted", {})
    assert (ticket.cancelled, ticket.paused) == (False, False)
    for wish in (ticket.pause, ticket.cancel):
        thread = threading.Thread(target=wish)
        thread.start()
        thread.join()
    assert (ticket.cancelled, ticket.paused) == (True, True)
    ticket.pause(False)
    assert (ticket.cancelled, ticket.paused) == (True, False)


def test_each_has_an_id_of_its_own_unless_it_is_given_one() -> None:
    ids = {Ticket("a:b", {}).id for _ in range(20)}
    assert len(ids) == 20
    assert Ticket("a:b", {}, job_id="mine").id == "mine"


def test_the_environment_is_its_own() -> None:
    told = {"FABULA_DEVICE": "cpu"}
    ticket = Ticket("a:b", {}, environment=told)
    told["FABULA_DEVICE"] = "cuda"
    assert ticket.environment == {"FABULA_DEVICE": "cpu"}
