"""A real SMTP server on this machine, and the letters it was given."""

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

from footfall.settings import Settings

BASE_URL = "https://stats.example.com"


@dataclass
class Mailbox:
    """Takes every letter, in the order in which they came."""

    letters: list[EmailMessage] = field(default_factory=list)
    port: int = 0

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 (aiosmtpd's name)
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"

    def settings(self, **more: Any) -> Settings:
        given: dict[str, Any] = {
            "smtp_host": "127.0.0.1",
            "smtp_port": self.port,
            "smtp_security": "none",
            "smtp_from": "Footfall <stats@example.com>",
            "base_url": BASE_URL,
        }
        return Settings(**(given | more))

    def path(self) -> str:
        """Where the last letter leads, on this server."""
        links = re.findall(rf"{BASE_URL}(/\S+)", text_of(self.letters[-1]))
        assert len(links) == 1
        return str(links[0])


def text_of(letter: EmailMessage) -> str:
    return part_of(letter, "plain")


def part_of(letter: EmailMessage, kind: str) -> str:
    body = letter.get_body((kind,))
    assert body is not None
    return str(body.get_content())


@contextmanager
def open_mailbox(**options: Any) -> Iterator[Mailbox]:
    """Start the server; ``options`` are aiosmtpd's, for TLS and signing in."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        mailbox = Mailbox(port=free.getsockname()[1])
    controller = Controller(mailbox, hostname="127.0.0.1", port=mailbox.port, **options)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()
