"""What an anonymous visitor sends is data wherever it is shown: on no page markup, in no file a formula."""

import csv
import io
from html.parser import HTMLParser

import msgspec
import pytest
from tests.acceptance.doors.requests import Asked
from tests.acceptance.doors.test_access import CALLERS
from tests.acceptance.doors.test_headers import pages
from tests.acceptance.doors.world import World

MARKUP = """'"><xss onxss=1></title></script><script>xss()</script>{{7*7}}"""
SCRIPT = "javascript:xss()"
FORMULA = "=HYPERLINK(1)"
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
_LINKS = ("href", "src", "action", "formaction", "hx-get", "hx-post")


@pytest.fixture(scope="module")
def attacked(world: World) -> World:
    """A site whose visitors sent what would do harm, in every field there is."""
    for number, value in enumerate((MARKUP, SCRIPT, FORMULA)):
        agent = {"host": "stats.example", "user-agent": f"Mozilla/5.0 (X11; Linux) Firefox/128.0 {value}"}
        path = f"https://{world.site.domain}/{value}?utm_source={value}&utm_medium={value}&utm_campaign={value}&ref={value}"
        event = {
            "site": world.site.public_id,
            "url": path,
            "referrer": f"https://referrer-{number}.example/{value}",
            "props": {value: value, "plan": value, "title": value},
            "language": value,
            "timezone": value,
            "screen_width": 1280,
        }
        for name in ("pageview", value):
            answer = world.ask(
                "POST /api/v1/event", agent, world.site, Asked({"wait": "true"}, json=event | {"name": name})
            )
            assert answer.status == 202, answer.body
        hit = {"p": f"/{value}", "t": value, "r": value, "q": value, "site": world.site.public_id}
        world.ask("GET /count", agent, world.site, Asked(hit))
        payload = {
            "website": "{website_id}",
            "hostname": "{domain}",
            "url": f"/{value}",
            "title": value,
            "name": value[:50],
        }
        world.ask(
            "POST /api/send", agent, world.site, Asked(json={"type": "event", "payload": payload | {"tag": value}})
        )
        traits = {"site": "{public_id}", "user": f"u{number}", "traits": {"name": value, value: value}}
        assert world.ask("POST /api/v1/identify", agent, world.site, Asked(json=traits)).status == 202
    owner = CALLERS["owner"](world, world.site)
    world.ask("POST /api/v2/query", owner, world.site)
    return world


class _Page(HTMLParser):
    """Collects what a visitor must not be able to make."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        if tag == "xss" or any(name.startswith("on") for name in names):
            self.found.append(tag)
        if tag == "script" and "src" not in names and names.get("type") != "application/json":
            self.found.append("inline script")
        self.found += [f"{name}={value}" for name, value in names.items() if name in _LINKS and _runs(value or "")]


def _runs(link: str) -> bool:
    return link.strip().lower().startswith(("javascript:", "data:", "vbscript:"))


def test_it_shows_them_on_every_page_as_text(attacked: World) -> None:
    seen = 0
    owner = CALLERS["owner"](attacked, attacked.site)
    targets = [one for one in pages(attacked) if "{panel}" not in one]
    panels = ("pages", "sources", "channels", "campaigns", "events", "properties", "browsers", "countries", "languages")
    targets += [f"GET /sites/{{domain}}/panels/{name}{end}" for name in panels for end in ("", "/all")]

    for operation in targets:
        for query in ({}, {"period": "today"}, {"period": MARKUP, "filter": MARKUP, "saved": MARKUP, "q": MARKUP}):
            answer = attacked.ask(operation, owner, attacked.site, Asked(query) if query else None)
            assert answer.status < 500, operation
            if answer.headers.get("content-type", "").startswith("text/html"):
                assert _Page(answer.body.decode()).found == [], operation
                seen += b"HYPERLINK" in answer.body

    assert seen > 3, "the values must have been shown somewhere"


def test_it_gives_them_to_programs_as_data(attacked: World) -> None:
    seen = 0

    for operation in pages(attacked):
        asked = Asked({"period": "today"}) if "/sites/{public_id}/" in operation else None
        answer = attacked.ask(operation, CALLERS["owner"](attacked, attacked.site), attacked.site, asked)
        if b"HYPERLINK" in answer.body and not answer.headers["content-type"].startswith(("text/html", "text/csv")):
            assert answer.headers["content-type"].startswith(("application/json", "application/x-ndjson")), operation
            assert [msgspec.json.decode(line) for line in answer.body.splitlines()]
            seen += 1

    assert seen > 5


def test_it_writes_no_formula_into_a_file(attacked: World) -> None:
    seen, owner = 0, CALLERS["owner"](attacked, attacked.site)

    for operation in pages(attacked):
        if not operation.startswith("GET /api/v1/sites/{public_id}/"):
            continue
        answer = attacked.ask(operation, owner, attacked.site, Asked({"format": "csv", "period": "today"}))
        if answer.headers.get("content-type", "").startswith("text/csv"):
            cells = [cell for row in csv.reader(io.StringIO(answer.body.decode())) for cell in row]
            harmful = [cell for cell in cells if cell.startswith(_FORMULAS) and not _is_number(cell)]
            assert harmful == [], operation
            seen += "HYPERLINK" in answer.body.decode()

    assert seen > 3


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
