"""The rows of intake's table of routes; each front door brings its own."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import NamedTuple

from footfall.collect.http import Receive, Response, Scope
from footfall.errors import FootfallError

Door = Callable[[Scope, Receive], Awaitable[Response]]
Methods = Mapping[str, Door]


class Route(NamedTuple):
    """A path and what each method does there; one ``*`` in the path stands for any text."""

    path: str
    methods: Methods


def read_by(door: Door) -> Methods:
    """What can be read: by GET, and its headers alone by HEAD."""
    return {"GET": door, "HEAD": door}


def in_shape(door: Door, shape: Callable[[FootfallError], Response]) -> Door:
    """A door that tells its errors in the shape of its own protocol."""

    async def answer(scope: Scope, receive: Receive) -> Response:
        try:
            return await door(scope, receive)
        except FootfallError as error:
            return shape(error)

    return answer


class RouteTable:
    """Finds the row of a path: exact paths first, then patterns in their order."""

    def __init__(self, routes: Iterable[Route]) -> None:
        rows = list(routes)
        self._exact = {row.path: row.methods for row in rows if "*" not in row.path}
        self._patterns = [(row.path.partition("*"), row.methods) for row in rows if "*" in row.path]

    def methods(self, path: str) -> Methods | None:
        """What may be done at ``path``; None where it is no path of intake."""
        exact = self._exact.get(path)
        if exact is not None:
            return exact
        for (start, _, end), methods in self._patterns:
            if path.startswith(start) and path.endswith(end):
                return methods
        return None
