"""Linking an account at a provider with the one here, from its page, and unlinking it."""

import re

from sqlalchemy import select
from tests.acceptance.at_provider import DORA, come_back, link, message, offered, path_of
from tests.acceptance.mailbox import Mailbox
from tests.acceptance.pages_app import PagesApp, form_token
from tests.oidc_provider import OidcProvider
from tests.people import PASSWORD

from footfall.metadata.tables import AuditRow, LinkedAccountRow, UserRow


def test_it_links_from_the_account_and_unlinks_again(open_pages: PagesApp, provider: OidcProvider) -> None:
    alice = open_pages.browser_of("alice@example.com")

    answer = link(alice, provider)

    assert answer.headers["location"] == "/account?saved=linked-accounts#linked-accounts"
    page = alice.get("/account")
    assert "dora@example.org" in page.text
    later = open_pages.browser()
    assert come_back(later, provider).status_code == 303
    assert "alice@example.com" in later.get("/account").text

    found = re.search(r'action="(/account/linked-accounts/\d+/remove)', page.text)
    assert found is not None
    data = {"form_token": form_token(page), "current_password": PASSWORD}
    assert alice.post(found[1], data=data).status_code == 303
    assert "dora@example.org" not in alice.get("/account").text
    with open_pages.install.database.reading() as session:
        told = [row.action for row in session.scalars(select(AuditRow)) if row.action.startswith("linked")]
    assert told == ["linked account added", "linked account deleted"]


def test_it_tells_the_mailbox_of_each_change(open_pages: PagesApp, provider: OidcProvider, mailbox: Mailbox) -> None:
    link(open_pages.browser_of("alice@example.com"), provider)

    assert (mailbox.letters[-1]["to"], mailbox.letters[-1]["subject"]) == (
        "alice@example.com",
        "A way to sign in was added",
    )


def test_it_links_nothing_that_was_not_confirmed(open_pages: PagesApp, provider: OidcProvider) -> None:
    """Whoever leads a browser to a provider, as themselves, gets no way into its owner's account."""
    alice = open_pages.browser_of("alice@example.com")
    asked = come_back(alice, provider, "/account/linked-accounts/acme/start")
    offer = offered(asked) | {"current_password": PASSWORD}

    charlie = open_pages.browser_of("charlie@example.com")
    own_token = form_token(charlie.get("/account"))
    by_charlie = charlie.post("/account/linked-accounts/acme", data=offer | {"form_token": own_token})
    without_token = alice.post("/account/linked-accounts/acme", data=offer | {"form_token": ""})
    from_elsewhere = alice.post("/account/linked-accounts/acme", data=offer, headers={"sec-fetch-site": "cross-site"})

    assert [each.status_code for each in (by_charlie, without_token, from_elsewhere)] == [403, 403, 403]
    with open_pages.install.database.reading() as session:
        assert session.scalars(select(LinkedAccountRow)).all() == []


def test_it_asks_for_the_password_before_it_links(open_pages: PagesApp, provider: OidcProvider) -> None:
    alice = open_pages.browser_of("alice@example.com")
    asked = come_back(alice, provider, "/account/linked-accounts/acme/start")
    offer = offered(asked) | {"label": "dora@example.org"}

    wrong = alice.post("/account/linked-accounts/acme", data=offer | {"current_password": "guess"})
    right = alice.post("/account/linked-accounts/acme", data=offer | {"current_password": PASSWORD})

    assert wrong.status_code == 400
    assert "dora@example.org" in wrong.text
    assert right.status_code == 303


def test_it_links_to_who_asked_and_to_nobody_who_came_since(open_pages: PagesApp, provider: OidcProvider) -> None:
    browser = open_pages.browser_of("alice@example.com")
    path = path_of(provider.sign_in(browser.get("/account/linked-accounts/acme/start").headers["location"]))
    browser.post("/sign-in", data={"email": "charlie@example.com", "password": PASSWORD})

    assert browser.get(path).status_code == 403


def test_it_links_an_account_to_one_person(open_pages: PagesApp, provider: OidcProvider) -> None:
    link(open_pages.browser_of("alice@example.com"), provider)
    charlie = open_pages.browser_of("charlie@example.com")

    answer = link(charlie, provider)

    assert answer.status_code == 409
    assert "another person" in message(answer)


def test_it_keeps_the_last_way_in_and_asks_for_a_new_sign_in(open_pages: PagesApp, provider: OidcProvider) -> None:
    dora = open_pages.browser()
    come_back(dora, provider)
    page = dora.get("/account")
    found = re.search(r'action="(/account/linked-accounts/\d+/remove)', page.text)
    assert found is not None
    data = {"form_token": form_token(page)}

    last = dora.post(found[1], data=data)
    open_pages.install.clock.move(seconds=601)
    late = dora.post(found[1], data=data)
    late_password = dora.post("/account/password", data=data | {"password": PASSWORD})
    assert [last.status_code, late.status_code, late_password.status_code] == [409, 400, 400]

    provider.say(person=DORA, clock_seconds=601)
    come_back(dora, provider)
    data = {"form_token": form_token(dora.get("/account"))}
    assert dora.post("/account/password", data=data | {"password": PASSWORD}).status_code == 303
    assert dora.post(found[1], data=data | {"current_password": PASSWORD}).status_code == 303


def test_it_unlinks_nothing_of_others(open_pages: PagesApp, provider: OidcProvider) -> None:
    link(open_pages.browser_of("alice@example.com"), provider)
    charlie = open_pages.browser_of("charlie@example.com")
    data = {"form_token": form_token(charlie.get("/account")), "current_password": PASSWORD}

    assert charlie.post("/account/linked-accounts/1/remove", data=data).status_code == 404


def test_it_has_no_password_for_who_came_without(open_pages: PagesApp, provider: OidcProvider) -> None:
    come_back(open_pages.browser(), provider)

    for guess in ("", "nobody has this password"):
        answer = open_pages.browser().post("/sign-in", data={"email": "dora@example.org", "password": guess})
        assert answer.status_code == 401


def test_it_shows_what_a_provider_says_as_text(open_pages: PagesApp, provider: OidcProvider) -> None:
    provider.say(person={"sub": "d-1", "name": "<script>alert(1)</script>"}, user_info={"sub": "d-1"})
    alice = open_pages.browser_of("alice@example.com")

    asked = come_back(alice, provider, "/account/linked-accounts/acme/start")

    assert "<script>alert" not in asked.text
    assert "&lt;script&gt;alert" in asked.text


def test_it_forgets_linked_accounts_with_their_owner(open_pages: PagesApp, provider: OidcProvider) -> None:
    come_back(open_pages.browser(), provider)
    dora = open_pages.install.accounts.by_email("dora@example.org")
    assert dora is not None

    open_pages.install.accounts.delete(dora.id)

    with open_pages.install.database.reading() as session:
        assert session.scalars(select(LinkedAccountRow)).all() == []
        assert session.scalar(select(UserRow).where(UserRow.email == "dora@example.org")) is None
