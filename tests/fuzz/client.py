"""Sends bytes to intake's own connections without a socket between, and reads what they answer."""

import asyncio
from collections.abc import Sequence
from typing import Any

from footfall.collect.asgi import CollectApp
from footfall.collect.connection import REQUEST_SECONDS, IntakeConnection, Lane

_CONTINUE = b"HTTP/1.1 100"


class Wire(asyncio.Transport):
    """The client's end: keeps what is written."""

    def __init__(self) -> None:
        super().__init__({"peername": ("127.0.0.1", 1)})
        self.written = b""
        self.is_for_pages = False
        self.is_done = asyncio.Event()
        self._protocol: asyncio.BaseProtocol | None = None
        self._is_closed = False

    def write(self, data: Any) -> None:
        if not bytes(data).startswith(_CONTINUE):
            self.written += bytes(data)
            self.is_done.set()

    def close(self) -> None:
        self._is_closed = True
        self.is_done.set()

    def is_closing(self) -> bool:
        return self._is_closed

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        self._protocol = protocol

    def pause_reading(self) -> None:
        """Nothing more comes anyway."""

    def resume_reading(self) -> None:
        """Nothing more comes anyway."""


class Pages:
    """The server of everything that is not intake's."""

    def connection_made(self, transport: asyncio.Transport) -> None:
        assert isinstance(transport, Wire)
        transport.is_for_pages = True
        transport.is_done.set()

    def data_received(self, data: bytes) -> None:
        """Not looked at here."""


class Client:
    """Many requests side by side."""

    def __init__(self, app: CollectApp) -> None:
        self._lane = Lane(app, set(), Pages)

    async def send(self, requests: Sequence[Sequence[bytes]], within_seconds: float) -> list[Wire]:
        """Send each request, in its parts; raises TimeoutError where one is never answered."""
        wires = [self._begin(parts) for parts in requests]
        async with asyncio.timeout(within_seconds):
            for wire in wires:
                await wire.is_done.wait()
        return wires

    def _begin(self, parts: Sequence[bytes]) -> Wire:
        wire, connection = Wire(), IntakeConnection(self._lane)
        connection.connection_made(wire)
        for part in parts:
            if not (wire.is_for_pages or wire.is_closing()):
                connection.data_received(part)
        if connection.is_receiving and not wire.is_closing():  # the rest never comes
            self._lane.seconds += REQUEST_SECONDS + 1
            connection.check_time(self._lane.seconds)
        return wire
