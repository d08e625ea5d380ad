"""Mail over TLS and with a password, to a real SMTP server with a certificate of its own making."""

import asyncio
import gc
import ssl
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword
from tests.acceptance.mailbox import Mailbox, open_mailbox

from footfall.errors import Unavailable
from footfall.mail import Letter, Post
from footfall.texts import ENGLISH, words_of

CERTIFICATE = Path(__file__).with_name("mail_certificate.pem")
LETTER = Letter(to="bob@example.com", subject="Hello", paragraphs=("Hello.",))
PASSWORD = "correct horse battery"
WORDS = words_of(ENGLISH)


@pytest.fixture
def trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    """This machine trusts the certificate, as an owner lets theirs trust the one of their mail server."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))


@pytest.fixture(autouse=True)
def _collected() -> Iterator[None]:
    """The server's library drops the connection beneath a TLS one without closing it; nobody else is to be blamed.

    What is there before is frozen, so that the collector looks through what this test has left and no more.
    """
    gc.freeze()
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


def tls() -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(CERTIFICATE)
    return context


def starttls() -> dict[str, Any]:
    return {"tls_context": tls(), "require_starttls": True}


def implicit() -> dict[str, Any]:
    return {"ssl_context": tls()}


def signing_in(seen: list[bool]) -> dict[str, Any]:
    """A server that takes letters from who signs in over TLS, and notes whether each attempt was right."""

    def authenticate(_server: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
        is_right = isinstance(given, LoginPassword) and given == LoginPassword(b"stats", PASSWORD.encode())
        seen.append(is_right)
        return AuthResult(success=is_right, handled=False)

    return {"authenticator": authenticate, "auth_required": True, "auth_require_tls": True}


def send(mailbox: Mailbox, **settings: Any) -> None:
    asyncio.run(Post(mailbox.settings(**settings)).send(LETTER, WORDS))


WAYS: dict[str, Callable[[], dict[str, Any]]] = {"starttls": starttls, "tls": implicit}


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("security", WAYS)
def test_it_sends_over_tls(security: str) -> None:
    with open_mailbox(**WAYS[security]()) as mailbox:
        send(mailbox, smtp_security=security)

        assert [letter["to"] for letter in mailbox.letters] == ["bob@example.com"]


@pytest.mark.parametrize("security", WAYS)
def test_it_sends_nothing_to_a_server_it_cannot_tell(security: str, caplog: pytest.LogCaptureFixture) -> None:
    with open_mailbox(**WAYS[security]()) as mailbox:
        with pytest.raises(Unavailable, match="see the log"):
            send(mailbox, smtp_security=security)

        assert mailbox.letters == []
    assert "a letter could not be sent" in caplog.text
    assert "bob@example.com" not in caplog.text


def test_it_sends_nothing_in_the_clear_where_tls_was_asked_for() -> None:
    with open_mailbox() as mailbox:
        with pytest.raises(Unavailable):
            send(mailbox, smtp_security="starttls")

        assert mailbox.letters == []


@pytest.mark.usefixtures("trusted")
def test_it_signs_in(tmp_path: Path) -> None:
    seen: list[bool] = []
    file = tmp_path / "password"
    file.write_text(f"{PASSWORD}\n")
    file.chmod(0o600)

    async def try_all(mailbox: Mailbox) -> list[bool]:
        """In one loop, so that a connection that was refused is closed while the next is open."""
        ways: list[dict[str, Any]] = [
            {},
            {"smtp_user": "stats", "smtp_password": "wrong"},
            {"smtp_user": "stats", "smtp_password": PASSWORD},
            {"smtp_user": "stats", "smtp_password_file": file},
        ]
        return [
            await Post(mailbox.settings(smtp_security="starttls", **way)).try_to_send(LETTER, WORDS) for way in ways
        ]

    with open_mailbox(**starttls(), **signing_in(seen)) as mailbox:
        sent = asyncio.run(try_all(mailbox))

        assert sent == [False, False, True, True]
        assert len(mailbox.letters) == 2
    assert seen[-2:] == [True, True]
    assert not any(seen[:-2])
