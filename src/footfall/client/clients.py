"""The two clients: one that blocks, one for asyncio. They do the same, for calls and deliveries are values."""

import asyncio
import time
from collections.abc import Generator, Iterable
from typing import Any, Self, TypeVar

import httpx2 as httpx
import msgspec

from footfall.client.calls import Call
from footfall.client.delivery import Outcome, Post, Step, Wait, deliver
from footfall.client.errors import NotAnswered, refusal
from footfall.client.values import Event, Receipt

Answer = TypeVar("Answer")

PATIENCE_SECONDS = 300.0
_TIMEOUT_SECONDS = 60.0


def _options(url: str, key: str, **more: Any) -> dict[str, Any]:
    headers = {"authorization": f"Bearer {key}", "user-agent": "footfall-client"}
    return {"base_url": url, "headers": headers, "timeout": _TIMEOUT_SECONDS, **more}


def _request(call: Call[Any]) -> dict[str, Any]:
    request = {"method": call.method, "url": call.path, "params": list(call.query)}
    return request if call.body is None else request | {"json": call.body}


def _posted(post: Post) -> dict[str, Any]:
    headers = {"content-type": "application/json"}
    return {"url": "/api/v1/events", "content": post.body, "headers": headers} | (
        {"params": {"wait": "true"}} if post.waits else {}
    )


def _answer(call: Call[Answer], answer: httpx.Response) -> Answer:
    if answer.status_code != 200:
        raise refusal(answer)
    try:
        return msgspec.json.decode(answer.content, type=call.answer)
    except msgspec.MsgspecError as error:
        raise NotAnswered(f"{call.path} answered what this client does not know: {error}") from error


def _no_answer(error: httpx.TransportError) -> NotAnswered:
    return NotAnswered(f"The server did not answer: {error or type(error).__name__}")


def _listed(events: Event | Iterable[Event]) -> list[Event]:
    return [events] if isinstance(events, Event) else list(events)


def _next(steps: Generator[Step, Outcome, Receipt], outcome: Outcome) -> Step | Receipt:
    try:
        return steps.send(outcome)
    except StopIteration as end:
        receipt: Receipt = end.value
        return receipt


class Client:
    """Asks and sends, and blocks meanwhile; close it, or use it as a context.

    ``url`` is the server's public address, ``key`` an API key; ``transport`` replaces the network.
    """

    def __init__(self, url: str, key: str, *, transport: httpx.BaseTransport | None = None) -> None:
        self._http = httpx.Client(**_options(url, key, transport=transport))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def ask(self, call: Call[Answer]) -> Answer:
        """Send a call; raises Refused, AskedTooOften or NotAnswered."""
        try:
            return _answer(call, self._http.request(**_request(call)))
        except httpx.TransportError as error:
            raise _no_answer(error) from error

    def send(
        self,
        site: str,
        events: Event | Iterable[Event],
        *,
        waits: bool = False,
        patience_seconds: float = PATIENCE_SECONDS,
    ) -> Receipt:
        """Send events, and again under the same ids while the server takes none; raises NotSent or Refused.

        With ``waits`` it returns once they can be queried.
        """
        steps = deliver(site, _listed(events), waits=waits, patience_seconds=patience_seconds)
        outcome: Outcome = None
        while not isinstance(step := _next(steps, outcome), Receipt):
            outcome = self._do(step)
        return step

    def _do(self, step: Step) -> Outcome:
        if isinstance(step, Wait):
            time.sleep(step.seconds)
            return None
        try:
            return self._http.post(**_posted(step))
        except httpx.TransportError as error:
            return error


class AsyncClient:
    """The same for asyncio; use it as an asynchronous context."""

    def __init__(self, url: str, key: str, *, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._http = httpx.AsyncClient(**_options(url, key, transport=transport))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def ask(self, call: Call[Answer]) -> Answer:
        """Send a call; raises Refused, AskedTooOften or NotAnswered."""
        try:
            return _answer(call, await self._http.request(**_request(call)))
        except httpx.TransportError as error:
            raise _no_answer(error) from error

    async def send(
        self,
        site: str,
        events: Event | Iterable[Event],
        *,
        waits: bool = False,
        patience_seconds: float = PATIENCE_SECONDS,
    ) -> Receipt:
        """Send events, and again under the same ids while the server takes none; raises NotSent or Refused.

        With ``waits`` it returns once they can be queried.
        """
        steps = deliver(site, _listed(events), waits=waits, patience_seconds=patience_seconds)
        outcome: Outcome = None
        while not isinstance(step := _next(steps, outcome), Receipt):
            outcome = await self._do(step)
        return step

    async def _do(self, step: Step) -> Outcome:
        if isinstance(step, Wait):
            await asyncio.sleep(step.seconds)
            return None
        try:
            return await self._http.post(**_posted(step))
        except httpx.TransportError as error:
            return error
