"""The end of what nobody expected: the log is told the place in the code, and no word of what was asked or sent."""

import logging
import traceback

from footfall.collect.asgi import App
from footfall.collect.http import Receive, Scope, Send

log = logging.getLogger(__name__)


def without_messages(app: App) -> App:
    """Let ``app`` answer; what it raises after answering 500 is logged here, so that nobody logs its message.

    The engine's messages quote queries, and a query may hold what a filter was set to.
    """

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await app(scope, receive, send)
        except Exception as error:
            places = "".join(traceback.format_tb(error.__traceback__))
            log.error("a request failed with %s at\n%s", type(error).__name__, places)

    return answer
