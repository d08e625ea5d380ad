"""Speaking to the install, wherever it is open.

A command is an HTTP client either way: of the running server, or, where none runs, of the same application opened in
this process. So there's one code path, and the data has one owner.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

import httpx2 as httpx

from footfall import app
from footfall.app.lock import running_server
from footfall.cli.in_process import InProcessTransport
from footfall.errors import FootfallError, TooManyRequests, Unavailable
from footfall.metadata.clock import system_clock
from footfall.settings import Settings, load_secrets

_TIMEOUT_SECONDS = 600.0


class Download(NamedTuple):
    """An answer that is read bit by bit."""

    headers: Mapping[str, str]
    blocks: Iterator[bytes]


class Connection:
    """Requests with the rights of this machine's owner; answers other than 2xx raise FootfallError."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    def call(self, method: str, path: str, **options: Any) -> Any:
        """Send a request; returns the decoded JSON answer, or None where there's no body."""
        response = self._client.request(method, path, **options)
        _raise_for(response)
        return response.json() if response.content else None

    @contextmanager
    def download(self, path: str, **options: Any) -> Iterator[Download]:
        """Send a GET and give the answer's headers, and its bytes as they come."""
        with self._client.stream("GET", path, **options) as response:
            if response.status_code >= 300:
                response.read()
            _raise_for(response)
            yield Download(response.headers, response.iter_bytes())


@contextmanager
def connect(settings: Settings) -> Iterator[Connection]:
    """Connect to the server that owns the data folder, or open the install in this process."""
    url = running_server(settings.data_dir)
    if url is None:
        with (
            app.open_install(settings, system_clock) as install,
            _client(settings, "http://footfall", InProcessTransport(app.web_app(install))) as client,
        ):
            yield Connection(client)
        return
    if not url:
        raise Unavailable("Another command or a starting server holds the data folder; try again in a moment.")
    with _client(settings, url, None) as client:
        yield Connection(client)


def _client(settings: Settings, base_url: str, transport: httpx.BaseTransport | None) -> httpx.Client:
    token = load_secrets(settings.data_dir).local_token
    return httpx.Client(
        base_url=base_url,
        transport=transport,
        timeout=_TIMEOUT_SECONDS,
        trust_env=False,
        headers={"Authorization": f"Bearer {token}"},
    )


def _raise_for(response: httpx.Response) -> None:
    if response.status_code < 300:
        return
    try:
        error = response.json()["error"]
        message = error["message"] if isinstance(error, dict) else str(error)
    except (ValueError, KeyError, TypeError):
        message = f"Footfall answered {response.status_code}; see its log."
    if response.status_code == TooManyRequests.status:
        raise TooManyRequests(message, retry_after_seconds=int(response.headers.get("retry-after", 1)))
    raise FootfallError(message)
