"""/invitations: offers to a team or a site, by mail or by a link that is passed on; each works once."""

import re

import pytest
from sqlalchemy import select
from tests.acceptance.mailbox import Mailbox, part_of, text_of
from tests.acceptance.pages_app import PagesApp, form_token

from footfall.accounts import Place
from footfall.domain.roles import Role
from footfall.metadata.tables import InvitationRow

PEOPLE = "/sites/example.com/settings/people"


def invite(pages: PagesApp, email: str, role: str = "viewer", path: str = "") -> str:
    """Alice invites on a page; the link as the page shows it, for there is no mail."""
    browser = pages.browser_of("alice@example.com")
    where = path or f"/teams/{pages.install.teams.of_user(pages.install.alice.id)[0].team.public_id}"
    fields = {"email": email, "role": role, "form_token": form_token(browser.get(where))}
    answer = browser.post(f"{where}/invitations", data=fields)
    assert answer.status_code == 200, answer.text
    return str(re.findall(r"<pre>http://localhost(/invitations/[\w-]{43})</pre>", answer.text)[0])


def role_in_team(pages: PagesApp, email: str) -> Role | None:
    team = pages.install.teams.of_user(pages.install.alice.id)[0].team
    return next((each.role for each in pages.install.teams.members(team.id) if each.email == email), None)


def test_it_lets_somebody_new_make_an_account_and_join(pages: PagesApp) -> None:
    link = invite(pages, "Dora@Example.com", "editor")
    browser = pages.browser()
    offered = browser.get(link)
    assert "alice@example.com invites you" in offered.text
    assert 'value="dora@example.com"' in offered.text

    short = browser.post(f"{link}/register", data={"password": "short"})
    joined = browser.post(f"{link}/register", data={"password": "a long password"})

    assert (short.status_code, joined.status_code) == (400, 303)
    assert role_in_team(pages, "dora@example.com") is Role.EDITOR
    assert browser.get(joined.headers["location"]).headers["location"] == "/sites/example.com"


def test_it_works_once(pages: PagesApp) -> None:
    link = invite(pages, "dora@example.com")
    pages.browser().post(f"{link}/register", data={"password": "a long password"})

    again = pages.browser().post(f"{link}/register", data={"password": "another password"})

    assert again.status_code == 404
    assert "was used or has ended" in again.text


def test_it_lets_somebody_signed_in_join(pages: PagesApp) -> None:
    link = invite(pages, "bob@example.com", "admin")
    bob = pages.browser_of("bob@example.com")
    offered = bob.get(link)
    assert "Join as bob@example.com" in offered.text
    assert bob.post(f"{link}/accept").status_code == 403  # not by our form

    joined = bob.post(f"{link}/accept", data={"form_token": form_token(offered)})

    assert joined.status_code == 303
    assert role_in_team(pages, "bob@example.com") is Role.ADMIN


def test_it_takes_no_account_by_a_new_password(pages: PagesApp) -> None:
    link = invite(pages, "bob@example.com")

    answer = pages.browser().post(f"{link}/register", data={"password": "not Bob's password"})

    assert answer.status_code == 409
    assert pages.browser_of("bob@example.com").get("/teams").status_code == 200
    assert role_in_team(pages, "bob@example.com") is None


def test_it_makes_a_guest_of_one_site(pages: PagesApp) -> None:
    pages.install.sites.create("second.example", owner_id=pages.install.alice.id)
    link = invite(pages, "charlie@example.com", "editor", PEOPLE)
    charlie = pages.browser_of("charlie@example.com")

    charlie.post(f"{link}/accept", data={"form_token": form_token(charlie.get(link))})
    pages.install.clock.move(seconds=1)

    assert pages.install.sites.role(pages.install.charlie.id, pages.install.site.id) is Role.EDITOR
    assert [site.domain for site in pages.install.sites.of_user(pages.install.charlie.id)] == [
        "charlie.example",
        "example.com",
    ]
    assert "charlie@example.com" in pages.browser_of("alice@example.com").get(PEOPLE).text


def test_it_takes_nothing_from_who_is_more_already(pages: PagesApp) -> None:
    people = pages.install
    place = Place(team_id=people.teams.of_user(people.alice.id)[0].team.id)
    token = people.invitations.invite(
        place, "dora@example.com", Role.VIEWER, giver_id=people.alice.id, giver=Role.OWNER
    )

    people.invitations.accept(token, people.alice.id)

    assert role_in_team(pages, "alice@example.com") is Role.OWNER


@pytest.fixture
def ended(pages: PagesApp, request: pytest.FixtureRequest) -> str:
    """A link that was offered, and what then happened to it."""
    people = pages.install
    team = people.teams.of_user(people.alice.id)[0].team
    link = invite(pages, "dora@example.com")
    if request.param == "over":
        people.clock.move(days=7)
    elif request.param == "withdrawn":
        browser = pages.browser_of("alice@example.com")
        offer = people.invitations.open_at(Place(team_id=team.id))[0]
        token = {"form_token": form_token(browser.get("/teams"))}
        browser.post(f"/teams/{team.public_id}/invitations/{offer.id}/withdraw", data=token)
    elif request.param == "offered anew":
        invite(pages, "dora@example.com")
    else:
        place = Place(team_id=team.id)
        offer_of_bob = people.invitations.invite(
            place, "bob@example.com", Role.OWNER, giver_id=people.alice.id, giver=Role.OWNER
        )
        people.invitations.accept(offer_of_bob, people.bob.id)
        people.teams.change_role(team.id, Role.OWNER, people.alice.id, Role.VIEWER)
    return link


@pytest.mark.parametrize("ended", ["over", "withdrawn", "offered anew", "from somebody who may no more"], indirect=True)
def test_it_does_not_work_when_it_is(pages: PagesApp, ended: str) -> None:
    answers = [pages.browser().get(ended), pages.browser().post(f"{ended}/register", data={"password": "x" * 12})]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_it_withdraws_only_what_was_offered_there(pages: PagesApp) -> None:
    people = pages.install
    invite(pages, "dora@example.com", path=PEOPLE)
    offer = people.invitations.open_at(Place(site_id=people.site.id))[0]
    charlie = pages.browser_of("charlie@example.com")
    team = people.teams.of_user(people.charlie.id)[0].team.public_id
    token = {"form_token": form_token(charlie.get("/teams"))}

    elsewhere = charlie.post(f"/teams/{team}/invitations/{offer.id}/withdraw", data=token)

    assert elsewhere.status_code == 404
    assert people.invitations.open_at(Place(site_id=people.site.id)) == [offer]


def test_it_keeps_no_secret(pages: PagesApp) -> None:
    token = invite(pages, "dora@example.com").rsplit("/", 1)[1]

    with pages.install.database.reading() as session:
        stored = session.scalars(select(InvitationRow.token_hash)).all()

    assert len(stored) == 1
    assert token not in stored[0]


@pytest.mark.parametrize("email", ["", "dora", "dora@example.com\r\nBcc: eve@example.com", "a@b, c@d", "<a@b>"])
def test_it_says_what_is_no_address(pages: PagesApp, email: str) -> None:
    browser = pages.browser_of("alice@example.com")
    fields = {"email": email, "role": "viewer", "form_token": form_token(browser.get(PEOPLE))}

    answer = browser.post(f"{PEOPLE}/invitations", data=fields)

    assert answer.status_code == 400
    assert "Enter an e-mail address" in answer.text


def test_it_makes_nobody_an_owner_of_one_site(pages: PagesApp) -> None:
    browser = pages.browser_of("alice@example.com")
    token = {"form_token": form_token(browser.get(PEOPLE))}
    bob_id = pages.install.bob.id

    offered = browser.post(f"{PEOPLE}/invitations", data={"email": "d@example.com", "role": "owner"} | token)
    raised = browser.post(f"{PEOPLE}/guests/{bob_id}/role", data={"role": "owner"} | token)

    assert (offered.status_code, raised.status_code) == (403, 403)


def test_it_changes_and_removes_guests(pages: PagesApp) -> None:
    browser = pages.browser_of("alice@example.com")
    token = {"form_token": form_token(browser.get(PEOPLE))}
    people, bob_id = pages.install, pages.install.bob.id

    browser.post(f"{PEOPLE}/guests/{bob_id}/role", data={"role": "admin"} | token)
    assert people.sites.role(bob_id, people.site.id) is Role.ADMIN
    browser.post(f"{PEOPLE}/guests/{bob_id}/remove", data=token)

    assert people.sites.role(bob_id, people.site.id) is None
    assert browser.post(f"{PEOPLE}/guests/{bob_id}/remove", data=token).status_code == 404


def test_it_sends_the_invitation(mailing: PagesApp, mailbox: Mailbox) -> None:
    browser = mailing.browser_of("alice@example.com")
    team = mailing.install.teams.of_user(mailing.install.alice.id)[0].team
    mailing.install.teams.rename(team.id, '<b>"Shop"</b>')
    fields = {"email": "dora@example.com", "role": "viewer", "form_token": form_token(browser.get("/teams"))}

    answer = browser.post(f"/teams/{team.public_id}/invitations", data=fields)

    assert "A mail is on its way to dora@example.com" in answer.text
    assert "/invitations/" not in answer.text.split("is on its way")[0]  # who invites is not shown the link
    [letter] = mailbox.letters
    assert (letter["to"], letter["from"]) == ("dora@example.com", "Footfall <stats@example.com>")
    assert 'invites you to the team <b>"Shop"</b>' in text_of(letter)
    assert "&lt;b&gt;" in part_of(letter, "html")
    assert "<b>" not in part_of(letter, "html")
    assert "invites you" in mailing.browser().get(mailbox.path()).text


def test_it_shows_the_link_where_the_mail_could_not_be_sent(mailing: PagesApp, mailbox: Mailbox) -> None:
    mailbox.port = 9  # nobody listens there
    broken = PagesApp(mailing.install, mailing.threads, settings=mailbox.settings())
    browser = broken.browser_of("alice@example.com")
    fields = {"email": "dora@example.com", "role": "viewer", "form_token": form_token(browser.get(PEOPLE))}

    answer = browser.post(f"{PEOPLE}/invitations", data=fields)

    assert "No mail was sent. Pass this link on" in answer.text
    assert "https://stats.example.com/invitations/" in answer.text
