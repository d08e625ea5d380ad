"""`footfall.client` against `footfall serve`: all that can be asked, by the client that blocks and that of asyncio."""

import asyncio
import re
from collections.abc import Callable, Iterator
from typing import Any, get_args

import httpx2 as httpx
import pytest
from tests.serving import FootfallServer

from footfall.api.native.reports import REPORTS
from footfall.client import AsyncClient, Client, Event, NotSent, Receipt, Refused, Revenue, calls
from footfall.client.calls import Call, ReportName
from footfall.client.values import Deleted

SITE = "read.example"
FILTERS = [["is", "visit:country", ["EE"]]]


class Server(FootfallServer):
    """A server with the keys of a person and of a site."""

    def prepare(self) -> None:
        self.command("user", "add", "--password-stdin", "ann@example.com", text="correct horse battery")
        for domain in (SITE, "sent.example", "lost.example"):
            self.command("site", "add", domain, "--timezone", "Etc/UTC", "--owner", "ann@example.com")
        self.key = self.command("key", "create", "--owner", "ann@example.com", "--scope", "admin").strip()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("client") / "data") as server:
        server.prepare()
        with Client(server.url, server.key) as client:
            client.send(SITE, seen(), waits=True)
        yield server


def seen() -> list[Event]:
    revenue = Revenue("49.90", "EUR")
    return [
        Event(name="pageview", url=f"https://{SITE}/", visitor="ann", country="EE", source="News"),
        Event(name="pageview", url=f"https://{SITE}/shop", visitor="ann"),
        Event(name="Order", url=f"https://{SITE}/shop", visitor="ann", revenue=revenue, props={"plan": "pro"}),
        Event(name="pageview", url=f"https://{SITE}/shop", visitor="bob"),
    ]


Ask = Callable[[Server, Call[Any]], Any]


def blocking(server: Server, call: Call[Any]) -> Any:
    with Client(server.url, server.key) as client:
        return client.ask(call)


def by_asyncio(server: Server, call: Call[Any]) -> Any:
    async def ask() -> Any:
        async with AsyncClient(server.url, server.key) as client:
            return await client.ask(call)

    return asyncio.run(ask())


BOTH = pytest.mark.parametrize("ask", [blocking, by_asyncio])


@BOTH
@pytest.mark.parametrize(
    ("call", "told"),
    [
        (calls.query(SITE, ["visitors", "pageviews"], "day"), lambda answer: answer.results[0].metrics == [2, 3]),
        (
            calls.query(SITE, ["visitors"], "day", dimensions=["event:page"], limit=1, include={"total_rows": True}),
            lambda answer: (
                (answer.columns(), answer.meta.total_rows) == ({"event:page": ["/shop"], "visitors": [2]}, 2)
            ),
        ),
        (
            calls.query(SITE, ["total_revenue"], "day", filters=[["is", "event:name", ["Order"]]]),
            lambda answer: (
                answer.results[0].metrics[0].long == "€49.90" and answer.columns() == {"total_revenue": [49.9]}
            ),
        ),
        (
            calls.query(SITE, ["visitors"], "day", include={"comparisons": {"mode": "previous_period"}}),
            lambda answer: answer.results[0].comparison.metrics == [0],
        ),
        (
            calls.report("pages", SITE, "today", metrics=["visitors"], sort="-visitors", limit=1),
            lambda answer: answer.results == [{"page": "/shop", "visitors": 2}] and answer.meta.total_rows == 2,
        ),
        (
            calls.report("stats", SITE, "today", metrics=["visitors"], filters=["country:is:EE"], compare="previous"),
            lambda answer: answer.columns() == {"visitors": [1], "previous_visitors": [0]},
        ),
        (
            calls.report("properties", SITE, "today", property="plan", metrics=["events"]),
            lambda answer: {"value": "pro", "events": 1} in answer.results,
        ),
        (
            calls.report("timeseries", SITE, ("2026-01-01", "2026-01-02"), interval="day"),
            lambda answer: len(answer.results) == 2,
        ),
        (calls.sites(limit=1), lambda answer: len(answer.sites) == answer.meta.limit == 1),
        (calls.site(SITE), lambda answer: (answer.domain, answer.timezone) == (SITE, "Etc/UTC")),
        (calls.change_site(SITE, currency="USD"), lambda answer: answer.currency == "USD"),
        (calls.put_event_goal(SITE, "Order", display_name="Ordered"), lambda answer: answer.event_name == "Order"),
        (calls.put_page_goal(SITE, "/shop", scroll_threshold=50), lambda answer: answer.scroll_threshold == 50),
        (calls.goals(SITE), lambda answer: [goal.goal_type for goal in answer.goals] == ["event", "scroll"]),
        (calls.report("goals", SITE, "today"), lambda answer: answer.results[0]["events"] == 1),
        (calls.segments(SITE), lambda answer: isinstance(answer.segments, list)),
    ],
    ids=lambda value: value.path.removeprefix("/api/") if isinstance(value, Call) else "",
)
def test_it_asks(server: Server, ask: Ask, call: Call[Any], told: Callable[[Any], bool]) -> None:
    answer = ask(server, call)

    assert isinstance(answer, call.answer)
    assert told(answer), answer


@BOTH
def test_it_makes_and_deletes(server: Server, ask: Ask) -> None:
    site = ask(server, calls.create_site("made.example", "Europe/Tallinn"))
    segment = ask(server, calls.add_segment(site.domain, "Estonia", FILTERS, kind="site"))
    goal = ask(server, calls.put_event_goal(site.domain, "Signup", properties={"plan": "pro"}))

    assert site.timezone == "Europe/Tallinn"
    assert ask(server, calls.segments(site.domain)).segments == [segment]
    assert goal.custom_props == {"plan": "pro"}
    for call in (
        calls.delete_segment(site.domain, segment.id),
        calls.delete_goal(site.domain, goal.id),
        calls.delete_site(site.domain),
    ):
        assert ask(server, call) == Deleted("true")


@pytest.mark.parametrize("name", get_args(ReportName))
def test_it_asks_for_every_report(server: Server, name: ReportName) -> None:
    assert blocking(server, calls.report(name, SITE, "today")).meta.page == 1


def test_it_knows_every_report_there_is() -> None:
    assert set(get_args(ReportName)) == set(REPORTS)


@BOTH
@pytest.mark.parametrize(
    ("call", "status", "field", "sentence"),
    [
        (calls.report("pages", SITE, "soon"), 400, "period", "soon"),
        (calls.report("pages", "nobody.example"), 404, "site_id", "Site could not be found"),
        (calls.query(SITE, ["nonsense"]), 400, "", "nonsense"),
        (calls.site("nobody.example"), 404, "", "Site could not be found"),
    ],
)
def test_it_tells_what_is_wrong(
    server: Server, ask: Ask, call: Call[Any], status: int, field: str, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence) as refused:
        ask(server, call)

    assert (refused.value.status, refused.value.field) == (status, field)


def test_it_gives_data_frames(server: Server) -> None:
    pages = blocking(server, calls.report("pages", SITE, "today", metrics=["visitors"], sort="page"))
    asked = blocking(server, calls.query(SITE, ["visitors"], "day", dimensions=["event:page"]))

    assert pages.to_pandas().to_dict("list") == {"page": ["/", "/shop"], "visitors": [1, 2]}
    assert pages.to_polars().to_dict(as_series=False) == {"page": ["/", "/shop"], "visitors": [1, 2]}
    assert pages.to_arrow().to_pydict() == {"page": ["/", "/shop"], "visitors": [1, 2]}
    assert asked.to_polars().columns == ["event:page", "visitors"]


class LosesAnswers(httpx.BaseTransport):
    """Each second answer is lost on the way, or is one that asks to come back."""

    def __init__(self) -> None:
        self._inner = httpx.HTTPTransport()
        self.requests = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.requests += 1
        answer = self._inner.handle_request(request)
        answer.read()
        if self.requests % 2 == 0:
            return answer
        if self.requests % 4 == 1:
            raise httpx.ReadError("the connection was cut", request=request)
        return httpx.Response(503, headers={"retry-after": "1"})

    def close(self) -> None:
        self._inner.close()


def test_it_sends_again_and_nothing_is_stored_twice(server: Server) -> None:
    events = [Event(name="pageview", url="https://sent.example/", visitor=str(number)) for number in range(1_500)]
    transport = LosesAnswers()

    with Client(server.url, server.key, transport=transport) as client:
        receipt = client.send("sent.example", events, waits=True)

    assert transport.requests == 4  # two batches, each sent twice
    assert (receipt.accepted, receipt.duplicates) == (0, [*range(1_500)])
    stored = blocking(server, calls.query("sent.example", ["pageviews"], "day")).results[0].metrics
    assert stored == [1_500]


def test_it_tells_what_became_of_each_event(server: Server) -> None:
    async def send() -> Receipt:
        async with AsyncClient(server.url, server.key) as client:
            return await client.send(
                "sent.example", [Event(name="", url="https://sent.example/"), Event(name="x", url="nonsense:")]
            )

    receipt = asyncio.run(send())

    assert receipt.accepted == 0
    assert receipt.errors[0].field == "name"


def test_it_gives_back_what_could_not_be_sent() -> None:
    with (
        Client("http://127.0.0.1:9", "nobody") as client,
        pytest.raises(NotSent, match="1 events could not be sent") as lost,
    ):
        client.send("lost.example", Event(name="x", url="https://lost.example/"), patience_seconds=0.1)

    assert re.fullmatch("[0-9a-f]{32}", lost.value.events[0].id)
