"""The app on somebody's phone."""

from dataclasses import dataclass, field

from pyotp import TOTP
from tests.people import PASSWORD, Install

from footfall.accounts import User

ALICE = {"email": "alice@example.com", "password": PASSWORD}


@dataclass
class App:
    """Shows codes by the clock of the install; each is another one, as if its owner waited for it."""

    install: Install
    secret: str
    recovery_codes: list[str] = field(default_factory=list)

    def code(self) -> str:
        self.install.clock.move(seconds=30)
        return TOTP(self.secret).generate_otp(self.install.clock() // 30_000)


def with_app(install: Install, user: User) -> App:
    """Switch on the second factor of a user, who has no session yet."""
    offer = install.factors.offer(user.id, user.email)
    app = App(install, offer.secret)
    app.recovery_codes = install.factors.switch_on(user.id, offer.nonce, app.code(), "")
    return app
