"""The socket that takes connections, which outlives the process that opened it.

A reload starts a fresh process in the place of this one. Connections that arrive meanwhile wait in the socket's queue
and are answered late rather than refused.
"""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from footfall.errors import SettingsError

_BACKLOG = 2048
_KEPT = "FOOTFALL_KEPT_SOCKET"  # the number of its descriptor, for the process that follows


@contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """Give the socket the process before has kept, or open one; raises SettingsError where that is not possible."""
    listener = _kept(host, port) or _opened(host, port)
    with listener:
        yield listener


def keep_for_next(listener: socket.socket) -> None:
    """Let the process that takes the place of this one go on with the same socket."""
    kept = os.dup(listener.fileno())
    os.set_inheritable(kept, True)
    os.environ[_KEPT] = str(kept)


def _kept(host: str, port: int) -> socket.socket | None:
    number = os.environ.pop(_KEPT, "")
    if not number.isdigit():
        return None
    try:
        kept = socket.socket(fileno=int(number))
    except OSError:
        return None
    if kept.getsockname()[:2] != (host, port):
        kept.close()  # another address is wanted now
        return None
    kept.set_inheritable(False)
    return kept


def _opened(host: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError as error:
        raise SettingsError(f"Port {port} of {host} cannot be opened; choose another with --port.") from error
