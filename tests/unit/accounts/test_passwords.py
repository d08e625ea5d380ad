"""Hashing: off the event loop, and only so much of it."""

import asyncio
import threading
from typing import Literal

import pytest
from argon2 import Parameters, PasswordHasher, extract_parameters
from tests.people import quick_passwords

from footfall.accounts import HashingThreads
from footfall.accounts.passwords import Passwords
from footfall.errors import InvalidInput, Unavailable


def test_it_knows_its_own_hashes_and_no_other() -> None:
    passwords = quick_passwords()
    password_hash = passwords.hash("correct horse battery")

    assert passwords.verify(password_hash, "correct horse battery")
    assert not passwords.verify(password_hash, "correct horse batterz")
    assert not passwords.verify(None, "correct horse battery")


def test_it_works_as_hard_where_there_is_no_such_person() -> None:
    tried: list[Parameters] = []

    class Noting(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002 -- its name there
            tried.append(extract_parameters(str(hash)))
            return super().verify(hash, password)

    passwords = Passwords(Noting(time_cost=2, memory_cost=64, parallelism=2))

    passwords.verify(passwords.hash("correct horse battery"), "correct horse battery")
    passwords.verify(None, "correct horse battery")

    assert tried[0] == tried[1]


_LONG = "eleven swans cross the lake at noon while nobody counts them; " * 3


@pytest.mark.parametrize(
    "password", ["qwertyuiop", "password123", "P4ssw0rd!!", "Manchester1", "aaaaaaaaaaaa", "abcdefghij", "footfall2026"]
)
def test_it_refuses_what_is_tried_first(password: str) -> None:
    with pytest.raises(InvalidInput, match="first that people try"):
        quick_passwords().hash(password)


@pytest.mark.parametrize("password", ["correct horse battery", "ein langer Satz", "Xk29!kd02m", "ααββγγδδεε ζ", _LONG])
def test_it_takes_any_characters_as_they_stand(password: str) -> None:
    passwords = quick_passwords()
    password_hash = passwords.hash(password)

    assert passwords.verify(password_hash, password)
    assert not passwords.verify(password_hash, password.upper())
    assert not passwords.verify(password_hash, password[:-1])


async def test_it_works_off_the_event_loop() -> None:
    threads = HashingThreads(workers=1)

    name = await threads.run(lambda: threading.current_thread().name)

    assert name.startswith("hashing")
    threads.close()


async def test_it_refuses_work_once_the_line_is_full() -> None:
    threads, gate = HashingThreads(workers=1, waiting=1), threading.Event()
    running = [asyncio.create_task(threads.run(gate.wait)) for _ in range(2)]
    await asyncio.sleep(0)

    with pytest.raises(Unavailable):
        await threads.run(gate.wait)

    gate.set()
    assert await asyncio.gather(*running) == [True, True]
    assert await threads.run(gate.wait)
    threads.close()
