"""Who acts in a request, for the audit log: the edge knows where it comes from; who it is, the accounts find out."""

from collections.abc import Callable

from starlette.requests import HTTPConnection

from footfall.collect.asgi import App
from footfall.collect.http import Receive, Scope, Send
from footfall.metadata import NOBODY, Actor, act_as, network_of


def with_actor(app: App, client_of: Callable[[HTTPConnection], str]) -> App:
    """Let each request of ``app`` have an actor of its own."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        # Not undone: the end of a connection may come in another context, and the task ends with its request.
        act_as(Actor(NOBODY, network=network_of(client_of(HTTPConnection(scope)))))
        await app(scope, receive, send)

    return answer
