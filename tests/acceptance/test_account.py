"""/account: what people change about themselves, and what goes with them."""

from typing import Any

from fastapi.testclient import TestClient
from tests.acceptance.mailbox import Mailbox
from tests.acceptance.pages_app import PagesApp, form_token
from tests.people import PASSWORD

from footfall.accounts import Place, Purpose
from footfall.domain.roles import Role

FIREFOX = {"user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"}
NEW = "another long password"


def send(browser: TestClient, path: str, **fields: str) -> Any:
    return browser.post(f"/account/{path}", data={"form_token": form_token(browser.get("/account")), **fields})


def test_it_is_for_people_who_are_signed_in(pages: PagesApp) -> None:
    assert pages.browser().get("/account").headers["location"] == "/sign-in?next=/account"
    for path in ("email", "password", "sessions/x/end", "sessions/end-others", "delete"):
        assert pages.browser().post(f"/account/{path}").headers["location"] == "/sign-in"
        assert pages.browser_of("bob@example.com").post(f"/account/{path}").status_code == 403  # not by our form


def test_it_changes_the_password_and_signs_the_others_out(pages: PagesApp) -> None:
    here, there = pages.browser_of("alice@example.com"), pages.browser_of("alice@example.com")
    link = pages.install.links.make(Purpose.RESET, "alice@example.com", pages.install.alice.id)

    wrong = send(here, "password", current_password="not it at all", password=NEW)
    short = send(here, "password", current_password=PASSWORD, password="short")
    done = send(here, "password", current_password=PASSWORD, password=NEW)

    assert (wrong.status_code, short.status_code, done.status_code) == (400, 400, 303)
    assert "This is not your password" in wrong.text
    assert here.get("/account").status_code == 200
    assert there.get("/account").status_code == 303
    assert pages.browser().get(f"/reset-password/{link}").status_code == 404
    assert pages.browser().post("/sign-in", data={"email": "alice@example.com", "password": NEW}).status_code == 303


def test_it_bounds_guessing_the_password(pages: PagesApp) -> None:
    alice = pages.browser_of("alice@example.com")

    guesses = [send(alice, "password", current_password=f"guess {n}", password=NEW) for n in range(6)]

    assert [guess.status_code for guess in guesses] == [400] * 5 + [429]


def test_it_lists_browsers_by_family_and_hour_and_ends_one(pages: PagesApp) -> None:
    there = pages.browser()
    there.post("/sign-in", data={"email": "alice@example.com", "password": PASSWORD}, headers=FIREFOX)
    here = pages.browser_of("alice@example.com")
    pages.install.clock.move(seconds=7200)
    page = here.get("/account").text
    assert "Firefox on GNU/Linux" in page
    assert "Firefox 128" not in page
    assert "/128" not in page
    listed = pages.install.sessions.of_user(pages.install.alice.id, here.cookies["footfall"])
    assert [one.is_this for one in listed] == [True, False]
    assert listed[0].last_used_ms - listed[1].last_used_ms == 7_200_000
    assert all(one.last_used_ms % 3_600_000 == 0 for one in listed)

    send(here, f"sessions/{listed[1].name}/end", current_password=PASSWORD)

    assert there.get("/account").status_code == 303
    assert here.get("/account").status_code == 200


def test_it_ends_no_session_of_others(pages: PagesApp) -> None:
    alice, bob = pages.browser_of("alice@example.com"), pages.browser_of("bob@example.com")
    [bobs] = pages.install.sessions.of_user(pages.install.bob.id, "")

    send(alice, f"sessions/{bobs.name}/end", current_password=PASSWORD)
    send(alice, "sessions/%25/end", current_password=PASSWORD)

    assert bob.get("/account").status_code == 200
    assert alice.get("/account").status_code == 200


def test_it_ends_all_other_sessions(pages: PagesApp) -> None:
    others = [pages.browser_of("alice@example.com") for _ in range(3)]
    here = pages.browser_of("alice@example.com")

    send(here, "sessions/end-others", current_password=PASSWORD)

    assert [browser.get("/account").status_code for browser in (here, *others)] == [200, 303, 303, 303]


def test_it_ends_no_session_without_the_password(pages: PagesApp) -> None:
    here, there = pages.browser_of("alice@example.com"), pages.browser_of("alice@example.com")
    other = pages.install.sessions.of_user(pages.install.alice.id, here.cookies["footfall"])[1]

    paths = (f"sessions/{other.name}/end", "sessions/end-others")
    answers = [send(here, path, current_password="guess") for path in paths]

    assert [answer.status_code for answer in answers] == [400, 400]
    assert "This is not your password" in answers[0].text
    assert there.get("/account").status_code == 200


def test_it_changes_the_address_when_the_link_is_opened(mailing: PagesApp, mailbox: Mailbox) -> None:
    alice = mailing.browser_of("alice@example.com")
    send(alice, "email", email="New@example.com", current_password=PASSWORD)
    path = mailbox.path()
    assert mailbox.letters[0]["to"] == "new@example.com"
    assert "new@example.com" in mailing.browser().get(path).text  # opening alone changes nothing
    assert mailing.install.accounts.by_email("new@example.com") is None

    mailing.browser().post(path)

    user = mailing.install.accounts.by_email("new@example.com")
    assert user is not None
    assert user.id == mailing.install.alice.id
    assert mailing.install.links.is_confirmed(user.id)
    assert (mailbox.letters[1]["to"], len(mailbox.letters)) == ("alice@example.com", 2)
    assert mailing.browser().post(path).status_code == 404


def test_it_does_not_take_the_address_of_others(mailing: PagesApp, mailbox: Mailbox) -> None:
    send(mailing.browser_of("alice@example.com"), "email", email="bob@example.com", current_password=PASSWORD)

    answer = mailing.browser().post(mailbox.path())

    assert answer.status_code == 409
    assert mailing.install.accounts.by_email("alice@example.com") == mailing.install.alice


def test_it_asks_for_the_password_before_it_changes_the_address(mailing: PagesApp, mailbox: Mailbox) -> None:
    answer = send(mailing.browser_of("alice@example.com"), "email", email="new@example.com", current_password="no")

    assert answer.status_code == 400
    assert mailbox.letters == []


def test_it_deletes_an_account_with_what_it_says_goes_with_it(pages: PagesApp) -> None:
    people = pages.install
    charlie = pages.browser_of("charlie@example.com")
    people.sites.add_member(people.site.id, people.charlie.id, Role.VIEWER)
    people.keys.create(["stats:read"], owner_id=people.charlie.id)
    said = charlie.get("/account").text
    assert "the team charlie with charlie.example and all events" in said
    assert "your 1 personal API key" in said

    wrong = send(charlie, "delete", current_password="not it at all")
    done = send(charlie, "delete", current_password=PASSWORD)

    assert (wrong.status_code, done.headers["location"]) == (400, "/sign-in")
    assert people.accounts.by_email("charlie@example.com") is None
    assert pages.deleted == [people.other_site]
    assert people.sites.by_domain("charlie.example") is None
    assert people.keys.of_owner(people.charlie.id) == []
    assert [guest.email for guest in people.sites.guests(people.site.id)] == ["bob@example.com"]
    assert charlie.get("/account").status_code == 303


def test_it_keeps_who_others_need(pages: PagesApp) -> None:
    people = pages.install
    team = people.teams.create("Ours", people.charlie.id)
    place_of_bob = people.invitations.invite(
        Place(team_id=team.id), "bob@example.com", Role.VIEWER, giver_id=people.charlie.id, giver=Role.OWNER
    )
    people.invitations.accept(place_of_bob, people.bob.id)

    of_charlie = send(pages.browser_of("charlie@example.com"), "delete", current_password=PASSWORD)
    of_alice = send(pages.browser_of("alice@example.com"), "delete", current_password=PASSWORD)

    assert (of_charlie.status_code, of_alice.status_code) == (409, 409)
    assert "The team Ours would be left without an owner" in of_charlie.text
    assert "This install is yours" in of_alice.text
    assert pages.deleted == []
