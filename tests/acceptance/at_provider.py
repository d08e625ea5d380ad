"""A browser that leaves for the provider and comes back, and what it finds then."""

import re
from typing import Any
from urllib.parse import urlsplit

from fastapi.testclient import TestClient
from tests.acceptance.mailbox import BASE_URL
from tests.acceptance.pages_app import form_token
from tests.oidc_provider import OidcProvider
from tests.people import PASSWORD

DORA = {"sub": "d-1", "email": "Dora@example.org", "email_verified": True}


def come_back(browser: TestClient, provider: OidcProvider, start: str = "/sign-in/with/acme") -> Any:
    """Leave for the provider and come back; the answer to that."""
    left = leave(browser, start) if start.startswith("/sign-in") else browser.get(start)
    url = left.headers.get("location") or url_led_to(left)
    return browser.get(path_of(provider.sign_in(url)))


def leave(browser: TestClient, start: str = "/sign-in/with/acme", **headers: str) -> Any:
    """Press the button of a provider."""
    path, _, target = start.partition("?next=")
    return browser.post(path, data={"next": target}, headers=headers)


def url_led_to(left: Any) -> str:
    """Where the page leads on to that answers it."""
    assert left.status_code == 200, left.text
    waits, _, url = left.headers["refresh"].partition(";url=")
    assert waits == "0"
    return str(url)


def link(browser: TestClient, provider: OidcProvider, name: str = "acme", password: str = PASSWORD) -> Any:
    """Link an account from the page of one's own, to the end."""
    asked = come_back(browser, provider, f"/account/linked-accounts/{name}/start")
    assert asked.status_code == 200, asked.text
    return browser.post(f"/account/linked-accounts/{name}", data=offered(asked) | {"current_password": password})


def offered(page: Any) -> dict[str, str]:
    found = re.search(r'name="handshake" value="([^"]+)"', page.text)
    assert found is not None
    return {"form_token": form_token(page), "handshake": found[1]}


def is_signed_in(browser: TestClient) -> bool:
    return bool(browser.get("/account").status_code == 200)


def path_of(url: str) -> str:
    parts = urlsplit(url)
    assert f"{parts.scheme}://{parts.netloc}" == BASE_URL
    return f"{parts.path}?{parts.query}"


def message(page: Any) -> str:
    found = re.search(r'id="problem">([^<]*)<', page.text)
    assert found is not None, page.text
    return found[1]


def both(provider: OidcProvider) -> list[dict[str, Any]]:
    """Two providers, of which the second brings in nobody new."""
    return [provider.settings("acme"), provider.settings("other", new_people=False)]
