"""The way out: one SMTP server, named in the settings."""

import logging
from email.errors import MessageError
from typing import Any

import aiosmtplib

from footfall.errors import Unavailable
from footfall.mail.letter import Letter, compose
from footfall.settings import Settings, smtp_password
from footfall.texts import Words

log = logging.getLogger(__name__)

_TIMEOUT_SECONDS = 15.0
_REACH_SECONDS = 5.0


class Post:
    """Sends letters over the server of ``settings``."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @property
    def is_set_up(self) -> bool:
        """Tell whether there is a server to send over."""
        return bool(self._settings.smtp_host)

    async def send(self, letter: Letter, words: Words) -> None:
        """Send one letter in the words of who asked for it; raises Unavailable where that is not possible.

        Nobody's address is logged.
        """
        settings = self._settings
        if not self.is_set_up:
            raise Unavailable("This server sends no mail: FOOTFALL_SMTP_HOST is not set.")
        try:
            message = compose(letter.in_words(words), settings.smtp_from, words.tag)
            await aiosmtplib.send(message, **_server(settings), timeout=_TIMEOUT_SECONDS)
        except (aiosmtplib.SMTPException, OSError, MessageError, ValueError) as error:
            log.error("a letter could not be sent: %s", type(error).__name__)
            raise Unavailable("The mail could not be sent just now; see the log, or try again later.") from None

    async def reach(self) -> None:
        """Connect and sign in as for a letter; raises Unavailable, which says what the server said."""
        client = aiosmtplib.SMTP(**_server(self._settings), timeout=_REACH_SECONDS)
        try:
            async with client:
                await client.noop()
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            raise Unavailable(f"The mail server does not take us ({error}); see FOOTFALL_SMTP_….") from None

    async def try_to_send(self, letter: Letter, words: Words) -> bool:
        """Send one letter where that is possible, and tell whether it was."""
        try:
            await self.send(letter, words)
        except Unavailable:
            return False
        return True


def _server(settings: Settings) -> dict[str, Any]:
    return {
        "hostname": settings.smtp_host,
        "port": settings.smtp_port,
        "username": settings.smtp_user or None,
        "password": smtp_password(settings) or None,
        "use_tls": settings.smtp_security == "tls",
        "start_tls": settings.smtp_security == "starttls",
    }
