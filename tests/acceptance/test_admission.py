"""One verdict per event: each reason to refuse one, told to the sender and counted for the site."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest
from sqlalchemy import text
from tests.acceptance.running import FIREFOX, Running, running_by
from tests.people import ManualClock, bearer

from footfall.app.jobs import run_once
from footfall.app.upkeep import jobs_of
from footfall.collect.umami import website_id
from footfall.domain import DropReason
from footfall.errors import TooManyRequests
from footfall.settings import Settings
from footfall.sites import ShieldKind

GOOGLEBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
PER_CLIENT = 5
ELSEWHERE = {"X-Forwarded-For": "203.0.113.7"}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", apply_interval_ms=10, max_memory_mb=800, rate_per_client=PER_CLIENT)


def shielded(kind: ShieldKind, value: str) -> Callable[[Running], httpx.Response]:
    def send(running: Running) -> httpx.Response:
        running.install.belongings.shields.add(running.site.id, kind, value)
        url = "https://staging.alice.example/admin/users?a=1"
        return running.visit(url=url, timezone="Europe/Berlin", headers=ELSEWHERE)

    return send


def host_not_allowed(running: Running) -> httpx.Response:
    running.install.sites.update(running.site.id, allowed_hostnames=["alice.example"])
    return running.visit(url="https://mirror.example/")


def too_many(running: Running) -> httpx.Response:
    return until_too_fast(lambda: running.visit(headers=ELSEWHERE))


def quota(running: Running) -> httpx.Response:
    running.install.sites.update(running.site.id, monthly_events=2)
    return [running.visit() for _ in range(3)][-1]


def twice(running: Running) -> httpx.Response:
    return [running.visit(id="once") for _ in range(2)][-1]


def identify(running: Running) -> httpx.Response:
    body = {"type": "identify", "payload": {"website": website_id(running.site), "data": {}}}
    return running.http.post("/api/send", json=body, headers={"User-Agent": FIREFOX})


def keyed(**fields: Any) -> Callable[[Running], httpx.Response]:
    event = {"name": "pageview", "url": "https://alice.example/", "visitor": "v"}
    return lambda running: running.send(event | fields)


def visit(**fields: Any) -> Callable[[Running], httpx.Response]:
    return lambda running: running.visit(**fields)


CASES: dict[DropReason, Callable[[Running], httpx.Response]] = {
    DropReason.UNKNOWN_SITE: visit(site="nobody"),
    DropReason.HOST_NOT_ALLOWED: host_not_allowed,
    DropReason.SHIELD_ADDRESS: shielded(ShieldKind.ADDRESS, "203.0.113.0/24"),
    DropReason.SHIELD_COUNTRY: shielded(ShieldKind.COUNTRY, "DE"),
    DropReason.SHIELD_PAGE: shielded(ShieldKind.PAGE, "/admin/*"),
    DropReason.SHIELD_HOSTNAME: shielded(ShieldKind.HOSTNAME, "staging.*"),
    DropReason.OPTED_OUT: visit(headers={"Sec-GPC": "1"}),
    DropReason.BOT: visit(headers={"User-Agent": GOOGLEBOT}),
    DropReason.REFERRER_SPAM: visit(referrer="https://semalt.com/"),
    DropReason.PREFETCH: visit(headers={"Sec-Purpose": "prefetch"}),
    DropReason.RATE: too_many,
    DropReason.QUOTA: quota,
    DropReason.UNSUPPORTED: identify,
    DropReason.TOO_OLD: keyed(timestamp="1999-01-01"),
    DropReason.NO_VISIT: keyed(name="engagement", engagement_time_ms=10),
    DropReason.DUPLICATE: twice,
}
UNTOLD = {DropReason.NO_VISIT}  # found after the answer
NOBODYS = {DropReason.UNKNOWN_SITE}  # there is no site to count it for


@pytest.mark.parametrize("reason", DropReason)
def test_it_refuses_for_each_reason(running: Running, reason: DropReason) -> None:
    answer = CASES[reason](running)

    running.settle()
    assert told(answer) == ([] if reason in UNTOLD else [reason.value])
    assert verdicts(running)["dropped"] == ({} if reason in NOBODYS else {reason.value: 1})


def test_it_asks_shields_about_the_address_a_key_states(running: Running) -> None:
    running.install.belongings.shields.add(running.site.id, ShieldKind.ADDRESS, "2001:db8:1::/48")
    view = {"name": "pageview", "url": "https://alice.example/", "user_agent": FIREFOX}

    answer = running.send(view | {"ip": "2001:db8:1:7::1"}, view | {"ip": "2001:db8:2:7::1"})

    assert answer.json()["accepted"] == 1
    assert told(answer) == ["shield_address"]


def test_it_counts_what_was_stored_before_the_start_into_the_quota(settings: Settings) -> None:
    clock = ManualClock()
    with running_by(settings, clock) as running:
        running.install.sites.update(running.site.id, monthly_events=3)
        running.visit()
        running.visit()
    clock.move(seconds=10)

    with running_by(settings, clock) as running:
        answers = [running.visit() for _ in range(2)]
        clock.move(days=31)
        next_month = running.visit()

        assert [told(answer) for answer in answers] == [[], ["quota"]]
        assert told(next_month) == []


def test_it_keeps_verdicts_over_a_restart(settings: Settings) -> None:
    clock = ManualClock()
    for _ in range(2):
        with running_by(settings, clock) as running:
            running.visit()
            running.visit(headers={"Sec-GPC": "1"})
            counted = verdicts(running)

    assert counted == {"accepted": 2, "rejected": 0, "dropped": {"opted_out": 2}}


def test_it_takes_events_while_counts_cannot_be_written(running: Running) -> None:
    (write_down,) = (job for job in jobs_of(running.install) if job.name == "write down what became of events")
    rename(running, "verdicts", "away")
    running.visit()
    run_once(write_down)
    assert running.visit().json() == {"accepted": 1}
    rename(running, "away", "verdicts")

    run_once(write_down)

    assert running.install.belongings.verdict_days.of_site(running.site.id, 0) == {"accepted": 2}
    assert verdicts(running)["accepted"] == 2


DOORS: dict[str, Callable[[Running], httpx.Response]] = {
    "native": lambda running: running.visit(),
    "pixel": lambda running: running.http.get(
        f"/px/{running.site.public_id}.gif", headers={"User-Agent": FIREFOX, "Referer": "https://alice.example/"}
    ),
    "plausible": lambda running: running.http.post(
        "/api/event",
        json={"n": "pageview", "u": "https://alice.example/", "d": "alice.example"},
        headers={"User-Agent": FIREFOX},
    ),
    "umami": lambda running: running.http.post(
        "/api/send",
        json={
            "type": "event",
            "payload": {"website": website_id(running.site), "url": "/", "hostname": "alice.example"},
        },
        headers={"User-Agent": FIREFOX},
    ),
    "goatcounter": lambda running: running.http.get("/count", params={"p": "/"}, headers={"User-Agent": FIREFOX}),
}
SENTENCE = "Too many events within a minute; send them again later."
SHAPES: dict[str, Any] = {
    "native": {"error": {"code": "too_many_requests", "message": SENTENCE}},
    "pixel": {"error": {"code": "too_many_requests", "message": SENTENCE}},
    "plausible": {"errors": {"request": [SENTENCE]}},
    "umami": {"error": {"message": SENTENCE, "code": "too-many-requests", "status": 429}},
    "goatcounter": None,
}


@pytest.mark.parametrize("door", DOORS)
def test_it_tells_who_is_too_fast_in_the_shape_of_the_door(running: Running, door: str) -> None:
    answer = until_too_fast(lambda: DOORS[door](running))

    assert 0 < int(answer.headers["retry-after"]) <= 60
    assert told(answer) == ["rate"]
    if SHAPES[door] is None:
        assert answer.headers["x-goatcounter"] == SENTENCE
    else:
        assert answer.json() == SHAPES[door]


def test_it_tells_a_sender_for_several_sites_what_was_refused(running: Running) -> None:
    running.install.sites.create("second.example")
    body = {"n": "pageview", "u": "https://alice.example/", "d": "alice.example,second.example"}

    for _ in range(PER_CLIENT):
        answer = running.http.post("/api/event", json=body, headers={"User-Agent": FIREFOX})
        assert answer.status_code == 202

    assert answer.headers["x-plausible-dropped"] in ("1", "2")
    assert told(answer) == ["rate"]


def test_it_counts_a_keyed_batch_for_no_client(running: Running) -> None:
    views = [{"name": "pageview", "url": "https://alice.example/", "visitor": str(n)} for n in range(PER_CLIENT * 3)]

    assert running.send(*views).json()["accepted"] == len(views)


def test_it_tells_verdicts_to_those_with_a_key_for_the_site(running: Running) -> None:
    running.visit()
    running.visit(url="ftp://alice.example/")
    path = f"/api/v1/sites/{running.site.public_id}/verdicts"

    assert verdicts(running) == {"accepted": 1, "rejected": 1, "dropped": {}}
    assert running.http.get(path).status_code == 401
    assert running.http.get(path, headers=bearer(running.key)).status_code == 401


def rename(running: Running, table: str, name: str) -> None:
    with running.install.database.session() as session:
        session.execute(text(f"ALTER TABLE {table} RENAME TO {name}"))


def until_too_fast(send: Callable[[], httpx.Response]) -> httpx.Response:
    """The first refusal; where the minute turns meanwhile, one or two more may pass."""
    for _ in range(2 * PER_CLIENT):
        answer = send()
        if answer.status_code == TooManyRequests.status:
            return answer
        assert answer.status_code < 300
    raise AssertionError("nothing was refused")


def told(answer: httpx.Response) -> list[str]:
    """The reasons an answer names, in its header or, for a batch, in its body."""
    named = answer.headers.get("x-footfall-dropped")
    if named:
        return [named]
    is_batch = answer.headers.get("content-type") == "application/json"
    return [each["reason"] for each in answer.json().get("dropped", [])] if is_batch else []


def verdicts(running: Running) -> Any:
    key = running.install.people.keys.create(["sites:read"], site_id=running.site.id)
    return running.http.get(f"/api/v1/sites/{running.site.public_id}/verdicts", headers=bearer(key)).json()
