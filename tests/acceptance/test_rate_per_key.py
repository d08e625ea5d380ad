"""A key that asks too often is refused in the words of the API it asks, and told when to come back."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest
from tests.acceptance.running import Running, running_by
from tests.people import ManualClock

from footfall.collect.umami import website_id
from footfall.settings import Settings

SENTENCE = (
    "Too many API requests. Your API key is limited to 2 requests per hour. Please contact us to request more capacity."
)


@pytest.fixture(scope="module")
def alice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder: Path = tmp_path_factory.mktemp("rates") / "data"
    with running_by(Settings(data_dir=folder, rate_per_key=2, max_memory_mb=800), ManualClock()) as running:
        yield running


def ask(alice: Running, method: str, path: str, key: str, **more: Any) -> httpx.Response:
    path = path.replace("WEBSITE", website_id(alice.site)).replace("SITE", alice.site.public_id)
    return alice.http.request(method, path, headers={"Authorization": f"Bearer {key}"}, **more)


V2 = {"site_id": "alice.example", "metrics": ["visitors"], "date_range": "day"}


@pytest.mark.parametrize(
    ("method", "path", "more"),
    [
        ("POST", "/api/v2/query", {"json": V2}),
        ("GET", "/api/v1/stats/aggregate?site_id=alice.example", {}),
        ("GET", "/api/v1/sites", {}),
        ("GET", "/api/v1/sites/alice.example", {}),
        ("GET", "/api/v1/sites/goals?site_id=alice.example", {}),
        ("GET", "/api/v1/sites/custom-props?site_id=alice.example", {}),
        ("GET", "/api/v1/sites/SITE/segments", {}),
        ("GET", "/api/v1/sites/SITE/shields", {}),
        ("GET", "/api/v1/sites/SITE/verdicts", {}),
    ],
)
def test_it_refuses_a_key_that_asks_too_often(alice: Running, method: str, path: str, more: dict[str, Any]) -> None:
    key = alice.install.people.keys.create(["stats:read", "sites:read"], site_id=alice.site.id)

    first, second, third = (ask(alice, method, path, key, **more) for _ in range(3))

    assert (first.status_code, second.status_code, third.status_code) == (200, 200, 429)
    assert [answer.headers["ratelimit-remaining"] for answer in (first, second, third)] == ["1", "0", "0"]
    assert third.json() == {"error": SENTENCE}
    assert 0 < int(third.headers["retry-after"]) <= 3600
    assert third.headers["retry-after"] == third.headers["ratelimit-reset"]
    assert third.headers["ratelimit-limit"] == "2"


def test_it_refuses_in_the_shape_of_umamis_api(alice: Running) -> None:
    key = alice.install.people.keys.create(["stats:read"], site_id=alice.site.id)

    *_, refused = (ask(alice, "GET", "/api/websites/WEBSITE/active", key) for _ in range(3))

    assert refused.status_code == refused.json()["error"]["status"] == 429
    assert int(refused.headers["retry-after"]) > 0


def test_it_counts_no_key_that_does_not_fit(alice: Running) -> None:
    key = alice.install.people.keys.create(["events:write"], site_id=alice.site.id)

    answers = [ask(alice, "GET", "/api/v1/sites", key) for _ in range(4)]

    assert {answer.status_code for answer in answers} == {401}
