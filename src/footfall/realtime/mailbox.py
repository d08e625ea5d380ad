"""What waits for one listener: bounded, whatever the listener does."""

import asyncio
from collections import deque
from collections.abc import Callable

WAITING_AT_MOST = 16


class Mailbox:
    """Messages in order. One who falls behind loses what waits and starts anew from ``whole``, as at the beginning."""

    def __init__(self, whole: Callable[[], str], *, is_member: bool) -> None:
        self.is_member = is_member
        self._whole = whole
        self._waiting: deque[str] = deque()
        self._starts_anew = True
        self._is_closed = False
        self._changed = asyncio.Event()
        self._changed.set()

    @property
    def waiting(self) -> int:
        """How many messages wait."""
        return len(self._waiting)

    def put(self, message: str) -> None:
        """Let a message wait; whoever starts anew needs none but the whole."""
        if self._starts_anew:
            return
        self._waiting.append(message)
        if len(self._waiting) > WAITING_AT_MOST:
            self._waiting.clear()
            self._starts_anew = True
        self._changed.set()

    def close(self) -> None:
        """End: the listener is told once it asks."""
        self._is_closed = True
        self._changed.set()

    async def next(self) -> str | None:
        """The next message; waits for one. None at the end."""
        while not (self._waiting or self._starts_anew or self._is_closed):
            self._changed.clear()
            await self._changed.wait()
        if self._is_closed:
            return None
        if self._starts_anew:
            self._starts_anew = False
            return self._whole()
        return self._waiting.popleft()
