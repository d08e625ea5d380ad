"""/badge and /counter: what anybody may read of a site whose owner allows it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO

import httpx2 as httpx
import pytest
from PIL import Image
from tests.acceptance.running import Running, running_by
from tests.people import ManualClock

from footfall.settings import Settings

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def clock() -> ManualClock:
    return ManualClock(int(NOW.timestamp() * 1000))


@pytest.fixture(scope="module")
def alice(tmp_path_factory: pytest.TempPathFactory, clock: ManualClock) -> Iterator[Running]:
    settings = Settings(data_dir=tmp_path_factory.mktemp("counts") / "data", apply_interval_ms=10, max_memory_mb=800)
    with running_by(settings, clock) as running:
        running.key = running.install.people.keys.create(["events:write"], site_id=running.site.id)
        running.install.sites.update(running.site.id, public_counter=True)
        views = [view(f"2026-03-09T10:{minute:02}:00", "ann", "/blog/a") for minute in range(3)]
        views += [view(f"2026-01-02T10:00:{second:02}", f"person {second}", "/") for second in range(20)]
        send(running, *views)
        yield running


@pytest.fixture
def shy_alice(alice: Running) -> Iterator[Running]:
    alice.install.sites.update(alice.site.id, public_counter=False)
    yield alice
    alice.install.sites.update(alice.site.id, public_counter=True)


def view(at: str, visitor: str, path: str) -> dict[str, str]:
    url = f"https://alice.example{path}"
    return {"name": "pageview", "url": url, "visitor": visitor, "timestamp": f"{at}+00:00"}


def send(alice: Running, *views: dict[str, str]) -> None:
    assert alice.send(*views).status_code == 202
    alice.settle()


def read(alice: Running, path: str) -> httpx.Response:
    return alice.http.get(path, headers={"referer": "https://alice.example/"})


@pytest.mark.parametrize(
    ("path", "views"),
    [
        ("alice.example/blog/a.json", 3),
        ("alice.example//blog/a.json", 3),
        ("alice.example/.json", 20),
        ("alice.example/TOTAL.json", 23),
        ("alice.example/nowhere.json", 0),
    ],
)
def test_it_counts_the_views_of_a_page(alice: Running, path: str, views: int) -> None:
    answer = alice.http.get(f"/badge/{path}")

    assert answer.json() == {"views": views, "text": f"{views} views"}
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cache-control"] == "public, max-age=60"


def test_it_draws_a_badge(alice: Running) -> None:
    answer = alice.http.get(f"/badge/{alice.site.public_id}/TOTAL.svg")

    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert "<title>23 views</title>" in answer.text


@pytest.mark.parametrize(
    ("path", "header", "said"),
    [
        ("/badge/alice.example/TOTAL.svg", "de-AT,de;q=0.9", "<title>23 Aufrufe</title>"),
        ("/badge/alice.example/TOTAL.svg?lang=de", "en", "<title>23 Aufrufe</title>"),
        ("/badge/alice.example/TOTAL.json?lang=xx", "fr", "23 views"),
        ("/counter/TOTAL.html", "de", "21 Besuche"),
    ],
)
def test_it_speaks_the_language_of_its_reader(alice: Running, path: str, header: str, said: str) -> None:
    answer = alice.http.get(path, headers={"referer": "https://alice.example/", "accept-language": header})

    assert said in answer.text
    assert answer.headers["vary"] == "Accept-Language"


@pytest.mark.parametrize("path", ["/badge/alice.example/TOTAL.json", "/counter/TOTAL.json", "/counter/TOTAL.html"])
def test_it_shows_nothing_unless_the_owner_allows_it(shy_alice: Running, path: str) -> None:
    hidden = read(shy_alice, path)
    unknown = read(shy_alice, path.replace("alice.example", "nowhere.example"))

    assert (hidden.status_code, unknown.status_code) == (404, 404)
    assert hidden.json() == unknown.json()
    assert hidden.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    ("path", "status", "count"),
    [
        ("%2Fblog%2Fa.json", 200, "1"),
        ("blog/a.json", 200, "1"),
        ("TOTAL.json", 200, "21"),
        ("TOTAL.json?start=2026-03-01", 200, "1"),
        ("TOTAL.json?start=week", 200, "1"),
        ("TOTAL.json?end=2026-02-01", 200, "20"),
        ("nowhere.json", 404, "0"),
    ],
)
def test_it_counts_visits_as_goatcounter_does(alice: Running, path: str, status: int, count: str) -> None:
    answer = read(alice, f"/counter/{path}")

    assert (answer.status_code, answer.json()) == (status, {"count": count, "count_unique": count})
    assert answer.headers["access-control-allow-origin"] == "*"


def test_it_shows_the_counter_as_page_and_picture(alice: Running) -> None:
    page, picture = read(alice, "/counter/TOTAL.html"), read(alice, "/counter/TOTAL.svg")
    pixels = read(alice, "/counter/TOTAL.png")

    assert "<p>21 visits</p>" in page.text
    assert "frame-ancestors *" in page.headers["content-security-policy"]
    assert picture.headers["content-type"].startswith("image/svg+xml")
    assert pixels.headers["content-type"] == "image/png"
    assert Image.open(BytesIO(pixels.content)).height == 40


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/counter/TOTAL.gif", 404),
        ("/counter/TOTAL", 404),
        ("/badge/alice.example/TOTAL.gif", 404),
        ("/counter/TOTAL.json?start=monday", 400),
        ("/counter/TOTAL.json?start=2026-02-02&end=2026-02-01", 400),
        (f"/badge/alice.example/{'x' * 2001}.json", 400),
    ],
)
def test_it_says_what_is_wrong(alice: Running, path: str, status: int) -> None:
    answer = read(alice, path)

    assert (answer.status_code, list(answer.json())) == (status, ["error"])


def test_it_asks_the_store_once_a_minute(alice: Running, clock: ManualClock) -> None:
    before = alice.http.get("/badge/alice.example/news.json").json()["views"]
    send(alice, view("2025-06-01T12:00:00", "bea", "/news"))

    kept = alice.http.get("/badge/alice.example/news.json").json()["views"]
    clock.move(seconds=61)
    renewed = alice.http.get("/badge/alice.example/news.json").json()["views"]

    assert (before, kept, renewed) == (0, 0, 1)
