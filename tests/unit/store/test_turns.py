import threading
from collections.abc import Iterator
from concurrent.futures import Future
from functools import partial

import pytest

from footfall.errors import Unavailable
from footfall.store.turns import Turns

ALICE, BOB, CHARLIE = 1, 2, 3


@pytest.fixture
def turns() -> Iterator[Turns]:
    turns = Turns(1, lambda: None)
    yield turns
    turns.close()
    turns.join()


def hold(turns: Turns, site_id: int) -> tuple[threading.Event, Future[bool]]:
    """Take a thread for a site until the event is set."""
    began, ends = threading.Event(), threading.Event()

    def wait() -> bool:
        began.set()
        return ends.wait(10)

    held = turns.submit(site_id, wait)
    began.wait(10)
    return ends, held


def test_it_lets_sites_take_turns(turns: Turns) -> None:
    order, sites = list[int](), (ALICE, ALICE, ALICE, BOB, BOB, CHARLIE)
    ends, _ = hold(turns, ALICE)

    asked: list[Future[None]] = [turns.submit(site, partial(order.append, site)) for site in sites]
    ends.set()
    for each in asked:
        each.result(10)

    assert order == [ALICE, BOB, CHARLIE, ALICE, BOB, ALICE]


def test_it_gives_the_error_to_who_asked(turns: Turns) -> None:
    failed = turns.submit(ALICE, lambda: 1 // 0)

    with pytest.raises(ZeroDivisionError):
        failed.result(10)
    assert turns.submit(ALICE, lambda: 7).result(10) == 7


def test_it_uses_every_thread_for_a_site_that_is_alone() -> None:
    turns, together = Turns(2, lambda: None), threading.Barrier(2)

    both = [turns.submit(ALICE, lambda: together.wait(10)) for _ in range(2)]

    assert sorted(each.result(10) for each in both) == [0, 1]
    turns.close()
    turns.join()


def test_it_keeps_the_spare_thread_from_a_site_that_runs_something(turns: Turns) -> None:
    began = list[int]()
    ends, held = hold(turns, ALICE)
    more = turns.submit(ALICE, lambda: began.append(ALICE))

    turns.submit(BOB, lambda: began.append(BOB)).result(10)
    ends.set()
    more.result(10)

    assert held.result(10)
    assert began == [BOB, ALICE]


def test_it_cancels_what_waits_when_closed(turns: Turns) -> None:
    ends, running = hold(turns, ALICE)
    waiting = turns.submit(ALICE, lambda: True)

    turns.close()
    ends.set()

    assert (running.result(10), waiting.cancelled()) == (True, True)
    with pytest.raises(Unavailable):
        turns.submit(BOB, lambda: True)
