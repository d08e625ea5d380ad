"""/forgot-password and /reset-password: a link to the mailbox, once, and no word on who has an account."""

import pytest
from click.testing import CliRunner
from tests.acceptance.mailbox import Mailbox, part_of
from tests.acceptance.pages_app import PagesApp
from tests.people import PASSWORD

from footfall.accounts import Purpose
from footfall.cli import main

NEW = "another long password"


def ask(pages: PagesApp, email: str) -> str:
    answer = pages.browser().post("/forgot-password", data={"email": email})
    assert answer.status_code == 200
    return str(answer.text)


def test_it_sets_a_new_password_by_a_link_and_signs_everybody_else_out(mailing: PagesApp, mailbox: Mailbox) -> None:
    thief = mailing.browser_of("alice@example.com")
    ask(mailing, "Alice@example.com")
    assert mailbox.letters[0]["subject"] == "Set a new password"
    path, browser = mailbox.path(), mailing.browser()
    assert path in part_of(mailbox.letters[0], "html")
    assert 'value="alice@example.com"' in browser.get(path).text

    short = browser.post(path, data={"password": "short"})
    done = browser.post(path, data={"password": NEW})

    assert (short.status_code, done.status_code) == (400, 303)
    assert browser.get("/account").status_code == 200
    assert thief.get("/account").status_code == 303
    again = mailing.browser().post("/sign-in", data={"email": "alice@example.com", "password": PASSWORD})
    assert again.status_code == 401
    assert mailbox.letters[-1]["subject"] == "Your password was changed"


def test_it_works_once_and_for_an_hour(mailing: PagesApp, mailbox: Mailbox) -> None:
    ask(mailing, "alice@example.com")
    used = mailbox.path()
    mailing.browser().post(used, data={"password": NEW})
    ask(mailing, "bob@example.com")
    late = mailbox.path()
    mailing.install.clock.move(seconds=3600)

    answers = [mailing.browser().post(path, data={"password": NEW + "!"}) for path in (used, late)]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_it_ends_the_link_of_before(mailing: PagesApp, mailbox: Mailbox) -> None:
    ask(mailing, "alice@example.com")
    first = mailbox.path()
    ask(mailing, "alice@example.com")

    assert mailing.browser().get(first).status_code == 404
    assert mailing.browser().get(mailbox.path()).status_code == 200


def test_it_answers_alike_for_unknown_people(mailing: PagesApp, mailbox: Mailbox) -> None:
    known, unknown = ask(mailing, "alice@example.com"), ask(mailing, "nobody@example.com")

    assert known.replace("alice", "nobody") == unknown
    assert [letter["to"] for letter in mailbox.letters] == ["alice@example.com"]


def test_it_bounds_attempts(mailing: PagesApp, mailbox: Mailbox) -> None:
    for _ in range(5):
        ask(mailing, "alice@example.com")

    assert mailing.browser().post("/forgot-password", data={"email": "alice@example.com"}).status_code == 429
    assert len(mailbox.letters) == 5


def test_it_takes_no_link_for_another_purpose(mailing: PagesApp) -> None:
    people = mailing.install
    token = people.links.make(Purpose.ADDRESS, "alice@example.com", people.alice.id)

    assert mailing.browser().post(f"/reset-password/{token}", data={"password": NEW}).status_code == 404


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}])
def test_it_refuses_forms_of_other_sites(mailing: PagesApp, headers: dict[str, str]) -> None:
    answer = mailing.browser().post("/forgot-password", data={"email": "alice@example.com"}, headers=headers)

    assert answer.status_code == 403


def test_it_builds_links_from_no_host_a_request_names(mailing: PagesApp, mailbox: Mailbox) -> None:
    browser = mailing.browser(url="http://evil.example")

    browser.post("/forgot-password", data={"email": "alice@example.com"}, headers={"x-forwarded-host": "evil.example"})

    assert "evil" not in mailbox.letters[0].as_string()


def test_it_says_what_to_do_without_mail(pages: PagesApp) -> None:
    assert "This server sends no mail" in ask(pages, "alice@example.com")


def test_it_takes_the_link_that_the_command_prints(pages: PagesApp, environment: dict[str, str]) -> None:
    printed = CliRunner(env=environment).invoke(main, ["user", "reset-password", "alice@example.com"])
    pages.install.clock.now_ms = 0
    path = printed.output.strip().removeprefix("http://127.0.0.1:8000")

    assert pages.browser().post(path, data={"password": NEW}).status_code == 303
    unknown = CliRunner(env=environment).invoke(main, ["user", "reset-password", "nobody@example.com"])
    assert (unknown.exit_code, "There is no user" in unknown.output) == (1, True)
