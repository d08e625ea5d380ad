import asyncio
from collections.abc import Callable
from typing import cast

from footfall.spool.gathering import Appended, Gathering, Group


class Timer:
    def __init__(self) -> None:
        self.is_cancelled = False

    def cancel(self) -> None:
        self.is_cancelled = True


class Loop:
    """An event loop whose clock stands still until it is told to go on."""

    def __init__(self) -> None:
        self.now = 100.0
        self._due: list[tuple[float, Timer, Callable[[], None]]] = []

    def time(self) -> float:
        return self.now

    def create_future(self) -> "asyncio.Future[Appended]":
        return asyncio.Future(loop=cast(asyncio.AbstractEventLoop, self))

    def get_debug(self) -> bool:
        return False

    def call_later(self, seconds: float, run: Callable[[], None]) -> Timer:
        timer = Timer()
        self._due.append((self.now + seconds, timer, run))
        return timer

    def call_soon(self, run: Callable[[], None]) -> None:
        self.call_later(0, run)

    def call_soon_threadsafe(self, run: Callable[..., None], *arguments: object) -> None:
        run(*arguments)

    def go_on(self, milliseconds: float) -> None:
        self.now += milliseconds / 1000
        due, self._due = self._due, []
        for at, timer, run in due:
            if timer.is_cancelled:
                continue
            if at <= self.now + 1e-9:
                run()
            else:
                self._due.append((at, timer, run))


class Requests:
    """Requests that gather, and the sizes of the groups that were handed over."""

    def __init__(self) -> None:
        self.loop = Loop()
        self._groups: list[Group] = []
        self._gathering = Gathering(cast(asyncio.AbstractEventLoop, self.loop), self._groups.append)

    def come(self, count: int) -> None:
        for _ in range(count):
            self._gathering.add([])

    def commit(self) -> None:
        group = self._groups[-1]
        self._gathering.finish(group, [Appended(1)] * len(group.requests))

    @property
    def sizes(self) -> list[int]:
        return [len(group.requests) for group in self._groups]


def with_one_committed() -> Requests:
    requests = Requests()
    requests.come(1)
    requests.loop.go_on(0)
    requests.commit()
    return requests


def test_it_hands_over_at_once_what_comes_after_a_pause() -> None:
    requests = Requests()
    requests.come(1)
    requests.loop.go_on(0)
    assert requests.sizes == [1]


def test_it_takes_along_what_comes_in_the_same_turn() -> None:
    requests = Requests()
    requests.come(3)
    requests.loop.go_on(0)
    assert requests.sizes == [3]


def test_it_lets_few_wait_for_company() -> None:
    requests = with_one_committed()
    requests.come(15)
    requests.loop.go_on(7)
    assert requests.sizes == [1]
    requests.loop.go_on(1)
    assert requests.sizes == [1, 15]


def test_it_lets_many_wait_half_as_long() -> None:
    requests = with_one_committed()
    requests.come(15)
    requests.loop.go_on(3)
    requests.come(1)
    requests.loop.go_on(0.5)
    assert requests.sizes == [1]
    requests.loop.go_on(0.5)
    assert requests.sizes == [1, 16]
    requests.loop.go_on(10)
    assert requests.sizes == [1, 16]


def test_it_goes_at_once_with_the_one_that_makes_it_many() -> None:
    requests = with_one_committed()
    requests.come(15)
    requests.loop.go_on(6)
    requests.come(1)
    requests.loop.go_on(0)
    assert requests.sizes == [1, 16]


def test_it_hands_over_one_group_at_a_time() -> None:
    requests = Requests()
    requests.come(1)
    requests.loop.go_on(0)
    requests.come(40)
    requests.loop.go_on(20)
    assert requests.sizes == [1]
    requests.commit()
    requests.loop.go_on(0)
    assert requests.sizes == [1, 40]
