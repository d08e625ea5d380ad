from footfall.collect.http import Receive, Response, Scope
from footfall.collect.routes import Route, RouteTable


async def door(scope: Scope, receive: Receive) -> Response:
    return Response(200)


EXACT, FIRST, SECOND = {"POST": door}, {"GET": door}, {"HEAD": door}
TABLE = RouteTable([Route("/js/a-*.js", FIRST), Route("/js/*.js", SECOND), Route("/js/a-b.js", EXACT)])


def test_it_prefers_exact_paths_then_the_earlier_pattern() -> None:
    assert TABLE.methods("/js/a-b.js") is EXACT
    assert TABLE.methods("/js/a-c.js") is FIRST
    assert TABLE.methods("/js/c.js") is SECOND
    assert TABLE.methods("/js/c.css") is None
