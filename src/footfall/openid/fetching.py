"""Requests to a provider: to the addresses it names, within bounds of time and size, following it nowhere else."""

import asyncio
import logging
from collections.abc import Mapping
from ssl import SSLContext
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import httpx2 as httpx
import msgspec

from footfall.errors import Unavailable

log = logging.getLogger(__name__)

_TIMEOUT_SECONDS = 10.0
_MAX_BYTES = 512 * 1024
_HOST_ERRORS = 500


class Fetched(NamedTuple):
    """What a provider answered: the status, and an object."""

    status: int
    content: dict[str, Any]


class Fetching:
    """Asks over the network."""

    def __init__(self) -> None:
        self._trusted: SSLContext | None = None

    async def fetch(
        self,
        url: str,
        *,
        form: Mapping[str, str] | None = None,
        basic: tuple[str, str] | None = None,
        bearer: str = "",
    ) -> Fetched:
        """Ask for a JSON object, sending ``form`` if there is one; raises Unavailable where none comes.

        A redirect is no answer: it would lead to a host nobody has named.
        """
        # Unpacked, a small answer may be a large one.
        headers = {"accept": "application/json", "accept-encoding": "identity"}
        headers |= {"authorization": f"Bearer {bearer}"} if bearer else {}
        auth = httpx.BasicAuth(*basic) if basic else None
        try:
            async with asyncio.timeout(_TIMEOUT_SECONDS), self._client() as client:
                method = "GET" if form is None else "POST"
                async with client.stream(method, url, data=form, headers=headers, auth=auth) as response:
                    body = await _bounded(response)
                    status = response.status_code
            content = msgspec.json.decode(body, type=dict[str, Any])
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, msgspec.MsgspecError, UnicodeError) as error:
            raise _unavailable(url, type(error).__name__) from None
        if 300 <= status < 400 or status >= _HOST_ERRORS:
            raise _unavailable(url, f"status {status}")
        return Fetched(status, content)

    def _client(self) -> httpx.AsyncClient:
        # Reading the certificates of the world takes longer than most answers.
        self._trusted = self._trusted or httpx.create_ssl_context()
        return httpx.AsyncClient(verify=self._trusted, timeout=_TIMEOUT_SECONDS, follow_redirects=False)


async def _bounded(response: httpx.Response) -> bytes:
    body = bytearray()
    async for block in response.aiter_bytes():
        body += block
        if len(body) > _MAX_BYTES:
            raise httpx.DecodingError("too long")
    return bytes(body)


def _unavailable(url: str, reason: str) -> Unavailable:
    # The host alone: a path or query may tell who was asked about.
    log.warning("the provider at %s gave no answer that can be used: %s", urlsplit(url).hostname, reason)
    return Unavailable("The provider does not answer as it should just now; try again later, or sign in another way.")
