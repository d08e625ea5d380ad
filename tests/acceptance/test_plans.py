"""Teams with plans: views are counted from the store, told on pages, by API and letter, and dropped past them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx2 as httpx
import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient
from sqlalchemy import text
from tests.acceptance.mailbox import Mailbox, open_mailbox, text_of
from tests.acceptance.pages_app import form_token
from tests.acceptance.running import FIREFOX, Running
from tests.people import PASSWORD, ManualClock

from footfall.accounts import Team, Teams
from footfall.app import Install, open_install, web_app
from footfall.app.jobs import run_once
from footfall.app.upkeep import jobs_of
from footfall.app.web import pages_and_api
from footfall.cli import main
from footfall.cli.in_process import InProcessTransport
from footfall.domain.plans import Month
from footfall.settings import Settings

GOOGLEBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
NOW_MS = int(datetime(2026, 11, 20, 12, tzinfo=UTC).timestamp() * 1000)


@dataclass
class Hosted(Running):
    """A hosted install: Alice owns it and a team on Free; Charlie and Dora have teams of their own."""

    clock: ManualClock
    team: Team
    mailbox: Mailbox

    def use(self, views: int) -> None:
        """Let Alice's site have had so many views this month, and count."""
        self.install.allowances.usage.write_down(Month.at(self.clock()), {self.site.id: views})
        self.run_job("count the views of teams")

    def run_job(self, name: str) -> None:
        run_once(next(job for job in jobs_of(self.install) if job.name == name))

    def browser(self, email: str) -> TestClient:
        return browser_of(self.install, email)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    clock = ManualClock(NOW_MS)
    with open_mailbox() as mailbox, open_install(settings_of(mailbox, tmp_path_factory), clock) as install:
        alice = install.people.accounts.create_owner("alice@alice.example", PASSWORD)
        charlie = install.people.accounts.create_user("charlie@charlie.example", PASSWORD)
        site = install.sites.create("alice.example", "Europe/Berlin", alice.id)
        install.sites.create("charlie.example", owner_id=charlie.id)
        install.sites.create(
            "dora.example", owner_id=install.people.accounts.create_user("dora@dora.example", PASSWORD).id
        )
        team = Teams(install.database, clock).of_user(alice.id)[0].team
        with httpx.Client(transport=InProcessTransport(web_app(install)), base_url="http://testserver") as client:
            yield Hosted(install, client, site, "", clock, team, mailbox)


def browser_of(install: Install, email: str) -> TestClient:
    """A browser that is signed in."""
    user = install.people.accounts.by_email(email)
    assert user is not None
    cookies = {"footfall": install.people.accounts.open_session(user.id)}
    return TestClient(pages_and_api(install), "http://localhost", follow_redirects=False, cookies=cookies)


def settings_of(mailbox: Mailbox, folders: pytest.TempPathFactory) -> Settings:
    return mailbox.settings(
        data_dir=folders.mktemp("install") / "data",
        apply_interval_ms=10,
        max_memory_mb=800,
        plans="hosted",
        past_quota="drop",
    )


@pytest.fixture
def hosted(opened: Hosted) -> Hosted:
    """The one install, with nobody having a plan, any views or a language of their own."""
    opened.clock.now_ms = NOW_MS
    opened.mailbox.letters.clear()
    with opened.install.database.session() as session:
        session.execute(text("DELETE FROM monthly_views"))
        session.execute(text("UPDATE teams SET plan = NULL, warned_month = 0"))
        session.execute(text("UPDATE users SET language = ''"))
    opened.install.allowances.metering.judge()
    return opened


def key_of(install: Install, email: str, *scopes: str) -> dict[str, str]:
    user = install.people.accounts.by_email(email)
    assert user is not None
    return {"Authorization": f"Bearer {install.people.keys.create(scopes, owner_id=user.id)}"}


def test_it_counts_page_views_of_the_month_in_utc_and_nothing_else(hosted: Hosted) -> None:
    token = {"Authorization": f"Bearer {hosted.install.secrets.local_token}"}
    sent = [
        ("pageview", "2026-11-01T00:00:00Z"),
        ("pageview", "2026-10-31T23:30:00Z"),  # in Berlin it is November
        ("pageview", "2026-11-20T11:00:00Z"),
        ("Signup", "2026-11-20T11:00:01Z"),
        ("pageview", "2025-11-20T11:00:00Z"),
    ]
    events = [
        {"name": name, "timestamp": at, "url": "https://dora.example/", "visitor": f"v{number}"}
        for number, (name, at) in enumerate(sent)
    ]
    events.append({"name": "pageview", "url": "https://dora.example/", "user_agent": GOOGLEBOT})
    url, body = "/api/v1/events?wait=true", {"site": "dora.example", "events": events}
    assert hosted.http.post(url, json=body, headers=token).json()["accepted"] == len(sent)
    dora = hosted.install.people.accounts.by_email("dora@dora.example")
    assert dora is not None
    team = Teams(hosted.install.database, hosted.clock).of_user(dora.id)[0].team

    hosted.clock.move(seconds=3_600)  # the month before is counted by the hour

    hosted.run_job("count the views of teams")

    used = hosted.install.allowances.usage.of_team(team.id)
    assert [(month.month, month.views) for month in used.months] == [("2026-11", 2), ("2026-10", 1)]
    assert hosted.http.post("/internal/views", headers=token).json() == {"months": 13}
    found = [
        (month.month, month.views) for month in hosted.install.allowances.usage.of_team(team.id).months if month.views
    ]
    assert found == [("2026-11", 2), ("2026-10", 1), ("2025-11", 1)]


def test_it_drops_events_past_the_plan_and_takes_them_with_a_larger_one(hosted: Hosted) -> None:
    assert hosted.visit().json() == {"accepted": 1}
    hosted.use(10_000)

    dropped = hosted.visit()
    other = hosted.install.sites.by_domain("charlie.example")
    assert other is not None
    of_charlie = hosted.http.post(
        "/api/v1/event",
        json={"site": other.public_id, "name": "pageview", "url": "https://charlie.example/"},
        headers={"User-Agent": FIREFOX},
    )
    browser = hosted.browser("alice@alice.example")
    page = browser.get("/plans")
    changed = browser.post(f"/plans/{hosted.team.public_id}", data={"plan": "pro", "form_token": form_token(page)})

    assert (dropped.headers["x-footfall-dropped"], dropped.json()["accepted"]) == ("quota", 0)
    assert of_charlie.json() == {"accepted": 1}
    assert (changed.status_code, hosted.visit().json()) == (303, {"accepted": 1})


def test_it_takes_what_belongs_to_another_month(hosted: Hosted) -> None:
    hosted.use(10_000)
    token = {"Authorization": f"Bearer {hosted.install.secrets.local_token}"}
    event = {"name": "pageview", "timestamp": "2025-11-20T11:00:00Z", "url": "https://alice.example/", "visitor": "v"}
    body = {"site": "alice.example", "events": [event, event | {"timestamp": "2026-11-20T11:00:00Z"}]}

    answer = hosted.http.post("/api/v1/events", json=body, headers=token)

    assert (answer.json()["accepted"], answer.json()["dropped"]) == (1, [{"index": 1, "reason": "quota"}])


def test_it_tells_the_owners_once_a_month(hosted: Hosted) -> None:
    job = "tell teams whose views are nearly used up"
    hosted.use(7_999)
    hosted.run_job(job)
    assert hosted.mailbox.letters == []

    hosted.use(8_000)
    hosted.run_job(job)
    hosted.use(9_000)
    hosted.run_job(job)

    [letter] = hosted.mailbox.letters
    assert (letter["To"], letter["Subject"]) == ("alice@alice.example", "alice has used 80% of this month's views")
    assert "dropped until 1 Dec 2026." in text_of(letter)
    assert hosted.mailbox.path() == "/teams"
    hosted.clock.now_ms = int(datetime(2026, 12, 20, tzinfo=UTC).timestamp() * 1000)
    hosted.use(8_500)
    alice = hosted.install.people.accounts.by_email("alice@alice.example")
    assert alice is not None
    hosted.install.people.accounts.choose_language(alice.id, "de")
    hosted.run_job(job)
    assert [one["Subject"] for one in hosted.mailbox.letters[1:]] == [
        "alice hat 85 % der Aufrufe dieses Monats verbraucht"
    ]
    assert "bis 1. Jan. 2027 verworfen" in text_of(hosted.mailbox.letters[1])


def test_it_tells_them_later_where_the_mail_server_is_away(hosted: Hosted) -> None:
    job, port = "tell teams whose views are nearly used up", hosted.mailbox.port
    hosted.use(8_000)
    object.__setattr__(hosted.install.settings, "smtp_port", 1)
    hosted.run_job(job)
    assert hosted.mailbox.letters == []

    object.__setattr__(hosted.install.settings, "smtp_port", port)
    hosted.run_job(job)

    assert len(hosted.mailbox.letters) == 1


def test_it_shows_what_is_used_on_the_page_of_the_team(hosted: Hosted) -> None:
    hosted.use(8_123)

    page = hosted.browser("alice@alice.example").get(f"/teams/{hosted.team.public_id}").text

    assert all(words in page for words in ('<section class="card stack" id="plan">', "8,123", "10,000", ">Free<"))


def test_it_warns_on_pages_those_who_can_change_something(hosted: Hosted) -> None:
    alice, charlie = hosted.browser("alice@alice.example"), hosted.browser("charlie@charlie.example")
    words = "of this month’s views are used up"
    assert words not in alice.get("/sites").text

    hosted.use(8_500)

    assert f"85% {words}" in alice.get("/sites").text
    assert f"85% {words}" in alice.get("/sites/alice.example").text
    assert words not in charlie.get("/sites").text


def test_it_tells_programs_of_members(hosted: Hosted) -> None:
    hosted.install.allowances.plans.give(hosted.team.public_id, "business")
    hosted.use(12)
    url = f"/api/v1/teams/{hosted.team.public_id}/usage"

    answer = hosted.http.get(url, headers=key_of(hosted.install, "alice@alice.example", "sites:read"))

    assert answer.json() == {
        "plan": "business",
        "month": "2026-11",
        "views": {"used": 12, "limit": 1_000_000},
        "sites": {"used": 1, "limit": None},
        "people": {"used": 1, "limit": None},
        "api": True,
        "custom_domain": True,
        "months": [{"month": "2026-11", "views": 12}],
    }
    of_site = {"Authorization": f"Bearer {hosted.install.people.keys.create(['sites:read'], site_id=hosted.site.id)}"}
    assert hosted.http.get(url, headers=of_site).status_code == 403
    assert hosted.http.get(url).status_code == 401


def test_it_answers_402_where_the_plan_has_no_room(hosted: Hosted) -> None:
    browser = hosted.browser("alice@alice.example")
    token = form_token(browser.get("/sites/new"))

    page = browser.post("/sites/new", data={"domain": "two.example", "timezone": "Etc/UTC", "form_token": token})
    by_key = hosted.http.get("/api/v1/sites", headers=key_of(hosted.install, "alice@alice.example", "sites:read"))

    assert (page.status_code, "has room for one site" in page.text) == (402, True)
    assert (by_key.status_code, "has no API" in by_key.text) == (402, True)


def test_it_lets_the_owner_of_the_install_alone_give_plans(hosted: Hosted) -> None:
    charlie = hosted.browser("charlie@charlie.example")
    alice = hosted.browser("alice@alice.example")
    token = form_token(alice.get("/plans"))

    assert ("/plans" in alice.get("/teams").text, "/plans" in charlie.get("/teams").text) == (True, False)
    assert charlie.get("/plans").status_code == 403
    assert charlie.post(f"/plans/{hosted.team.public_id}", data={"plan": "pro"}).status_code == 403
    assert alice.post("/plans/unknown", data={"plan": "pro", "form_token": token}).status_code == 404
    wrong = alice.post(f"/plans/{hosted.team.public_id}", data={"plan": "gold", "form_token": token})
    assert (wrong.status_code, hosted.install.allowances.usage.of_team(hosted.team.id).plan.key) == (400, "free")
    assert alice.post(f"/plans/{hosted.team.public_id}", data={"plan": "pro"}).status_code == 403  # without its token


def test_it_gives_plans_by_command(hosted: Hosted) -> None:
    data = ["--data-dir", str(hosted.install.settings.data_dir)]
    told = {"FOOTFALL_PLANS": "hosted"}

    done = CliRunner(env=told).invoke(main, [*data, "plan", "set", hosted.team.public_id, "business"])
    listed = CliRunner(env=told).invoke(main, [*data, "plan", "list"])

    assert (done.exit_code, done.output) == (0, f"{hosted.team.public_id} has the plan Business now.\n")
    assert f"{hosted.team.public_id}\tbusiness\t0\talice\talice@alice.example\n" in listed.output
