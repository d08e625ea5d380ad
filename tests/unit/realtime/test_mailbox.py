import asyncio

from footfall.realtime import Mailbox
from footfall.realtime.mailbox import WAITING_AT_MOST


def mailbox() -> Mailbox:
    return Mailbox(lambda: "whole", is_member=True)


async def test_it_begins_with_the_whole() -> None:
    box = mailbox()
    box.put("in the whole already")

    assert await box.next() == "whole"
    assert box.waiting == 0


async def test_it_keeps_the_order() -> None:
    box = mailbox()
    await box.next()
    box.put("first")
    box.put("second")

    assert [await box.next(), await box.next()] == ["first", "second"]


async def test_it_waits_for_a_message() -> None:
    box = mailbox()
    await box.next()
    waiting = asyncio.create_task(box.next())
    await asyncio.sleep(0)
    assert not waiting.done()

    box.put("at last")

    assert await waiting == "at last"


async def test_it_starts_anew_for_who_falls_behind() -> None:
    box = mailbox()
    await box.next()
    for number in range(1_000):
        box.put(str(number))
        assert box.waiting <= WAITING_AT_MOST

    assert await box.next() == "whole"
    box.put("after")
    assert await box.next() == "after"


async def test_it_tells_the_end() -> None:
    box = mailbox()
    await box.next()
    waiting = asyncio.create_task(box.next())

    box.close()

    assert await waiting is None
