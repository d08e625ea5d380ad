import pytest

from footfall.api.live import ASK_AGAIN_SECONDS, messages
from footfall.errors import NotFound
from footfall.realtime import Mailbox


class Right:
    """The right to watch, until it is taken."""

    def __init__(self) -> None:
        self.asked = 0
        self.is_taken = False

    async def ask_again(self) -> None:
        self.asked += 1
        if self.is_taken:
            raise NotFound("There is no such site.")


class Seconds:
    """A clock moved by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


async def test_it_asks_for_the_right_again_every_minute() -> None:
    right, seconds, mailbox = Right(), Seconds(), Mailbox(lambda: "whole", is_member=True)
    told = messages(mailbox, right.ask_again, seconds)
    assert await anext(told) == "whole"
    asked = []
    for _ in range(6):
        seconds.now += ASK_AGAIN_SECONDS / 2
        mailbox.put("more")
        await anext(told)
        asked.append(right.asked)

    assert asked == [0, 0, 1, 1, 1, 2]


async def test_it_tells_nothing_more_once_the_right_is_taken() -> None:
    right, seconds, mailbox = Right(), Seconds(), Mailbox(lambda: "whole", is_member=True)
    told = messages(mailbox, right.ask_again, seconds)
    await anext(told)
    right.is_taken = True
    seconds.now += ASK_AGAIN_SECONDS + 1
    mailbox.put("not for you")

    with pytest.raises(NotFound):
        await anext(told)


async def test_it_ends_with_the_mailbox() -> None:
    mailbox = Mailbox(lambda: "whole", is_member=True)
    told = messages(mailbox, Right().ask_again)
    await anext(told)

    mailbox.close()

    assert [message async for message in told] == []
