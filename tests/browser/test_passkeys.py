"""A passkey from the first to the last: made, used, named, removed, by Chromium's own authenticator."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.browser.axe import violations
from tests.serving import FootfallServer

EMAIL, PASSWORD = "alice@alice.example", "correct horse battery"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the server is: by name, for no passkey belongs to a number."""
    with FootfallServer(Path(tmp_path_factory.mktemp("passkeys")) / "data") as server:
        server.command("user", "add", EMAIL, "--password-stdin", text=PASSWORD)
        yield f"http://localhost:{server.port}"


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    with chromium.new_context() as context:
        context.set_default_timeout(10_000)
        yield context


class Device:
    """The authenticator of a page's browser."""

    def __init__(self, page: Page) -> None:
        self._session = page.context.new_cdp_session(page)
        self._session.send("WebAuthn.enable")
        self._name = self._session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})[
            "authenticatorId"
        ]

    def recognises_its_owner(self, whether: bool) -> None:
        self._session.send("WebAuthn.setUserVerified", {"authenticatorId": self._name, "isUserVerified": whether})


def sign_in_by_password(page: Page, address: str) -> None:
    page.goto(f"{address}/sign-in?next=/account")
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Your account", exact=True)).to_be_visible()


def sign_in_by_passkey(page: Page, address: str) -> None:
    page.goto(f"{address}/sign-in?next=/account")
    page.get_by_role("button", name="Sign in with a passkey").click()


def test_it_is_made_used_named_and_removed(page: Page, address: str) -> None:
    device = Device(page)
    sign_in_by_password(page, address)
    section = page.locator("#passkeys")
    section.get_by_label("Name of the passkey").fill("Laptop")
    section.get_by_label("Current password").fill(PASSWORD)
    section.get_by_role("button", name="Add a passkey").click()
    expect(section.get_by_text("Saved.")).to_be_visible()
    expect(section.get_by_role("listitem")).to_contain_text("Laptop")
    assert violations(page) == []

    section.get_by_label("Name of another passkey").fill("Laptop again")
    section.get_by_label("Current password").last.fill(PASSWORD)
    section.get_by_role("button", name="Add a passkey").click()
    expect(section.get_by_role("alert")).to_contain_text("has a passkey of yours already")

    page.context.clear_cookies()
    device.recognises_its_owner(False)
    sign_in_by_passkey(page, address)
    expect(page.get_by_role("alert")).to_contain_text("No passkey was used")
    device.recognises_its_owner(True)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(re.compile("/account$"))
    expect(section.get_by_role("listitem")).not_to_contain_text("Last used: never")

    section.get_by_text("Change").click()
    section.get_by_label("Name", exact=True).fill("Desk")
    section.get_by_role("button", name="Rename").click()
    expect(section.get_by_role("listitem")).to_contain_text("Desk")
    section.get_by_text("Change").click()
    section.get_by_label("Current password").first.fill(PASSWORD)
    section.get_by_role("button", name="Remove Desk").click()
    expect(section.get_by_role("listitem")).to_have_count(0)

    page.context.clear_cookies()
    sign_in_by_passkey(page, address)
    expect(page.get_by_role("alert")).to_contain_text("is not known here")
    assert violations(page) == []


def test_it_is_offered_only_where_it_works(page: Page, address: str) -> None:
    page.goto(f"{address.replace('localhost', '127.0.0.1')}/sign-in")

    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_have_count(0)


def test_it_is_asked_for_after_the_password(page: Page, address: str) -> None:
    Device(page)
    sign_in_by_password(page, address)
    section = page.locator("#passkeys")
    section.get_by_label(re.compile("Name of (the|another) passkey")).fill("Second factor")
    section.get_by_label("Current password").last.fill(PASSWORD)
    section.get_by_role("button", name="Add a passkey").click()
    expect(section.get_by_text("Saved.")).to_be_visible()
    page.goto(f"{address}/account/second-factor")
    assert violations(page) == []
    form = page.locator("#passkeys")
    form.get_by_label("Current password").fill(PASSWORD)
    form.get_by_role("button", name="Ask for a passkey").click()
    expect(page.get_by_role("heading", name="Keep these recovery codes")).to_be_visible()
    page.context.clear_cookies()

    page.goto(f"{address}/sign-in?next=/account")
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Show your passkey")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Show your passkey").click()
    expect(page.get_by_role("heading", name="Your account", exact=True)).to_be_visible()

    page.goto(f"{address}/account/second-factor")
    assert violations(page) == []
    off = page.locator("#off")
    off.get_by_label("Current password").first.fill(PASSWORD)
    off.get_by_role("button", name="Switch off with a passkey").click()
    expect(page.get_by_text("It is off.")).to_be_visible()
