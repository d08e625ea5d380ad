"""Refused requests, one by one in the log: who wanted what without the right to it, in the words of the audit log.

Of the address it tells the network, of the path the pattern alone, and nothing that was sent. A flood leaves a bounded
number of lines, and how many were left out.
"""

import logging
import threading
from collections.abc import Callable

from footfall.accounts import Attempts
from footfall.collect.asgi import App
from footfall.collect.doors import Caller
from footfall.collect.http import Message, Receive, Scope, Send
from footfall.errors import FootfallError, NotAllowed, TooManyRequests
from footfall.metadata import NOBODY, Clock
from footfall.metadata.acting import actor_now

log = logging.getLogger(__name__)

_OF_ONE_NETWORK = 20  # lines a minute
_OF_ALL = 60  # at 250 bytes each some 20 MB a day
_REFUSED = (401, 403)
_NOT_FOUND = 404  # to who is known, what is another's looks like what is not there


class Refusals:
    """Writes them down; ``clock`` gives UTC milliseconds."""

    def __init__(self, clock: Clock) -> None:
        self._of_one = Attempts(clock, limit=_OF_ONE_NETWORK, window_seconds=60)
        self._of_all = Attempts(clock, limit=_OF_ALL, window_seconds=60)
        self._left_out = 0
        self._lock = threading.Lock()

    def note(self, asked: str, status: int) -> None:
        """Write down that who acts now was refused what they ``asked``, such as GET /sites/{domain}."""
        actor = actor_now()
        with self._lock:
            try:
                self._of_one.spend(actor.network)
                self._of_all.spend("")
            except TooManyRequests:
                self._left_out += 1
                return
            left_out, self._left_out = self._left_out, 0
        refusal = {
            "asked": asked,
            "status": status,
            "actor": actor.kind,
            "user": actor.user_id,
            "via": actor.via,
            "network": actor.network,
            "left_out": left_out,
        }
        told = ", ".join(f"{name} {value}" for name, value in refusal.items() if value)
        log.warning("refused: %s", told, extra={"fields": {"refusal": refusal}})


def with_refusals(app: App, refusals: Refusals) -> App:
    """Let ``app`` answer, and write down what it refuses."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_on(message: Message) -> None:
            status = _status_of(message)
            if _is_refusal(scope, status):
                refusals.note(_asked(scope), status)
            await send(message)

        await app(scope, receive, send_on)

    return answer


class _NotedCaller:
    """Writes down which key wanted to send events of a site that it does not reach."""

    def __init__(self, caller: Caller, asked: str, refusals: Refusals) -> None:
        self._caller = caller
        self._asked = asked
        self._refusals = refusals

    def may_use(self, site_id: int) -> bool:
        may = self._caller.may_use(site_id)
        if not may:
            self._refusals.note(self._asked, NotAllowed.status)
        return may


def noting_refusals(check_key: Callable[[str, str], Caller], refusals: Refusals) -> Callable[[str, str], Caller]:
    """A check of keys for intake, which answers by itself: what is refused is written down with the scope it takes."""

    def check(key_text: str, scope: str) -> Caller:
        asked = f"intake as {scope}"
        try:
            return _NotedCaller(check_key(key_text, scope), asked, refusals)
        except FootfallError as error:
            if error.status in _REFUSED:
                refusals.note(asked, error.status)
            raise

    return check


def _status_of(message: Message) -> int:
    if message["type"] in ("http.response.start", "websocket.http.response.start"):
        return int(message["status"])
    return 0


def _is_refusal(scope: Scope, status: int) -> bool:
    if status == _NOT_FOUND:
        return actor_now().kind != NOBODY and "route" in scope
    return status in _REFUSED


def _asked(scope: Scope) -> str:
    route = scope.get("route")
    return f"{scope.get('method', 'LIVE')} {getattr(route, 'path', 'an unknown path')}"
