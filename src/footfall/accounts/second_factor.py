"""The second factor: codes of an authenticator app (TOTP, RFC 6238) or one's passkeys, and recovery codes for whoever
has lost both.

The secret that an app shares with this install is stored nowhere: it is made, each time it is needed, of a random value
in the database and a key outside of it. A copy of the database alone makes no codes.
"""

import base64
import secrets
from hashlib import blake2b
from hmac import compare_digest

import msgspec
from pyotp import TOTP
from sqlalchemy import delete, func, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from footfall.accounts.tokens import digest
from footfall.errors import Conflict, InvalidInput
from footfall.metadata import Clock, Database, event_entry, mark_changed
from footfall.metadata.tables import PasskeyRow, RecoveryCodeRow, SecondFactorRow, WaitingSignInRow, WebSessionRow
from footfall.texts import Phrase

KEY_PURPOSE = "second factor"
RECOVERY_CODES = 10
_STEP_MS = 30_000  # RFC 6238, section 4.1: X
_DRIFT = (-1, 0, 1)  # section 5.2: steps an app's clock may be off
_NONCE_BYTES = 16
_SECRET_BYTES = 20  # RFC 4226, section 4: what SHA-1 takes
_RECOVERY_BYTES = 15  # 120 bits: nothing to guess, so a fast hash is enough
_GROUP = 4
_WRONG = Phrase("This code is wrong, or it was used already; enter the next one your app shows.")


class FactorState(msgspec.Struct, frozen=True):
    """Since when somebody has a second factor, how many recovery codes are left, and whether there is an app.

    Without one it is their passkeys that are asked for; with one, a passkey does as well.
    """

    since_ms: int
    recovery_codes: int
    has_app: bool


class Enrolment(msgspec.Struct, frozen=True):
    """What an app is given, once; ``nonce`` names it when the app's first code comes back."""

    nonce: str  # drawn at random, with a mark that it was offered to this person
    secret: str  # base32
    url: str  # otpauth://, as apps read it from a QR code


class SecondFactors:
    """The second factors of all people of this install; ``key`` is a secret that is not in the database."""

    def __init__(self, database: Database, clock: Clock, key: bytes) -> None:
        self._database = database
        self._clock = clock
        self._key = key

    def state(self, user_id: int) -> FactorState | None:
        """Tell about somebody's second factor; None where there is none."""
        left = select(func.count()).where(RecoveryCodeRow.user_id == user_id)
        with self._database.reading() as session:
            row = session.get(SecondFactorRow, user_id)
            return FactorState(row.since_ms, session.scalars(left).one(), bool(row.nonce)) if row else None

    def offer(self, user_id: int, email: str, issuer: str = "Footfall") -> Enrolment:
        """Make what an app is to be given, shown as ``email`` at ``issuer``; it counts once ``switch_on`` had a code.

        Raises Conflict where there is an app already.
        """
        state = self.state(user_id)
        if state and state.has_app:
            raise _on_already()
        drawn = secrets.token_hex(_NONCE_BYTES)
        return self.offered(user_id, drawn + self._mark(user_id, drawn), email, issuer)

    def offered(self, user_id: int, nonce: str, email: str, issuer: str = "Footfall") -> Enrolment:
        """What ``offer`` made under this nonce, once more; raises InvalidInput for a nonce it did not make."""
        self._require_offered(user_id, nonce)
        code_maker = self._codes(user_id, nonce)
        return Enrolment(nonce, code_maker.secret, code_maker.provisioning_uri(name=email, issuer_name=issuer))

    def switch_on(self, user_id: int, nonce: str, code: str, token: str) -> list[str]:
        """Ask for codes of an app from now on, and return the recovery codes, which cannot be seen again.

        Ends every session but that of ``token``: they were opened without. Raises InvalidInput for a wrong code or a
        nonce that was not offered, Conflict where there is an app already.
        """
        self._require_offered(user_id, nonce)
        step = self._step(user_id, nonce, code, after=0)
        if step is None:
            raise InvalidInput("This is not the code; check that your app's clock is right.", field="code")
        try:
            with self._database.session() as session:
                row = session.get(SecondFactorRow, user_id, with_for_update=True)
                if row is not None and row.nonce:
                    raise _on_already()
                session.add(row := row or SecondFactorRow(user_id=user_id, since_ms=self._clock()))
                row.nonce, row.last_step = nonce, step
                return self._begun(session, user_id, token)
        except IntegrityError as error:
            raise _on_already() from error

    def switch_on_passkeys(self, user_id: int, token: str) -> list[str]:
        """Ask for one of the person's passkeys after the password from now on; the rest is as in ``switch_on``.

        Raises Conflict where they have no passkey, or a second factor already.
        """
        try:
            with self._database.session() as session:
                if not session.scalars(select(func.count()).where(PasskeyRow.user_id == user_id)).one():
                    raise Conflict("You have no passkey; add one on the page Your account first.")
                session.add(SecondFactorRow(user_id=user_id, nonce="", last_step=0, since_ms=self._clock()))
                session.flush()
                return self._begun(session, user_id, token)
        except IntegrityError as error:
            raise _on_already() from error

    def _begun(self, session: Session, user_id: int, token: str) -> list[str]:
        session.flush()
        made = _new_recovery_codes(session, user_id)
        others = delete(WebSessionRow).where(WebSessionRow.user_id == user_id)
        session.execute(others.where(WebSessionRow.token_hash != digest(token)))
        self._note(session, "second factor on", user_id)
        return made

    def spend(self, user_id: int, code: str) -> None:
        """Use up a code of the app, or a recovery code; raises InvalidInput for one that is wrong or was used."""
        if not self._is_spent(user_id, code):
            with self._database.session() as session:
                session.add(event_entry(self._clock(), "code refused", None, user_id, {}))
            raise InvalidInput(_WRONG, field="code")

    def renew_recovery_codes(self, user_id: int) -> list[str]:
        """Return new recovery codes; those of before end. Raises Conflict where there is no second factor."""
        with self._database.session() as session:
            if session.get(SecondFactorRow, user_id) is None:
                raise Conflict("You have no second factor; set one up first.")
            made = _new_recovery_codes(session, user_id)
            self._note(session, "recovery codes made", user_id)
        return made

    def switch_off(self, user_id: int) -> bool:
        """Ask for no second factor any more; tells whether one was asked for."""
        with self._database.session() as session:
            result = session.execute(delete(SecondFactorRow).where(SecondFactorRow.user_id == user_id))
            if not isinstance(result, CursorResult) or result.rowcount == 0:
                return False
            for belonging in (RecoveryCodeRow, WaitingSignInRow):
                session.execute(delete(belonging).where(belonging.user_id == user_id))
            self._note(session, "second factor off", user_id)
        return True

    def _is_spent(self, user_id: int, code: str) -> bool:
        typed = "".join(code.split()).replace("-", "").lower()
        with self._database.session() as session:
            row = session.get(SecondFactorRow, user_id)
            if row is None:
                return False
            if not typed.isdecimal():
                return self._spend_recovery_code(session, user_id, typed)
            step = self._step(user_id, row.nonce, typed, row.last_step) if row.nonce else None
            if step is None:
                return False
            # Two who send the same code at once: one of them finds it used.
            unused = SecondFactorRow.user_id == user_id, SecondFactorRow.last_step < step
            result = session.execute(update(SecondFactorRow).where(*unused).values(last_step=step))
            return isinstance(result, CursorResult) and result.rowcount == 1

    def _spend_recovery_code(self, session: Session, user_id: int, typed: str) -> bool:
        mine = RecoveryCodeRow.user_id == user_id, RecoveryCodeRow.code_hash == digest(typed)
        result = session.execute(delete(RecoveryCodeRow).where(*mine))
        if not isinstance(result, CursorResult) or result.rowcount == 0:
            return False
        entry = event_entry(self._clock(), "recovery code used", None, user_id, {})
        if entry.actor_id is None:  # whoever signs in has just shown who they are
            entry.actor_kind, entry.actor_id = "session", user_id
        session.add(entry)
        return True

    def _step(self, user_id: int, nonce: str, code: str, after: int) -> int | None:
        """The step whose code this is, if it is later than ``after``; it takes as long whichever it is."""
        codes, now = self._codes(user_id, nonce), self._clock() // _STEP_MS
        typed = code.strip().encode()
        fits = [(now + drift, compare_digest(codes.generate_otp(now + drift).encode(), typed)) for drift in _DRIFT]
        return next((step for step, is_right in fits if is_right and step > after), None)

    def _codes(self, user_id: int, nonce: str) -> TOTP:
        return TOTP(base64.b32encode(self._keyed(user_id, nonce, b"secret", _SECRET_BYTES)).decode())

    def _mark(self, user_id: int, drawn: str) -> str:
        return self._keyed(user_id, drawn, b"offer", _NONCE_BYTES).hex()

    def _require_offered(self, user_id: int, nonce: str) -> None:
        """Whoever offers a nonce of their own making would be shown its secret without having shown their password."""
        drawn, mark = nonce[: 2 * _NONCE_BYTES], nonce[2 * _NONCE_BYTES :]
        if not compare_digest(mark.encode(), self._mark(user_id, drawn).encode()):
            raise InvalidInput("This page is too old; set the second factor up anew.", field="nonce")

    def _keyed(self, user_id: int, text: str, person: bytes, size_bytes: int) -> bytes:
        return blake2b(f"{user_id} {text}".encode(), key=self._key, person=person, digest_size=size_bytes).digest()

    def _note(self, session: Session, action: str, user_id: int) -> None:
        """Into the audit log; and whose sites ask for a second factor may see them now, or not any more."""
        session.add(event_entry(self._clock(), action, None, user_id, {}))
        mark_changed(session)


def require_passkey_left(session: Session, user_id: int) -> None:
    """Call it after a passkey was removed, in its unit of work: raises Conflict where it was a second factor."""
    row = session.get(SecondFactorRow, user_id)
    passkeys = select(func.count()).where(PasskeyRow.user_id == user_id)
    if row is not None and not row.nonce and not session.scalars(passkeys).one():
        raise Conflict("This passkey is your second factor; set up an app first, or switch that off.")


def _new_recovery_codes(session: Session, user_id: int) -> list[str]:
    session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.user_id == user_id))
    made = [base64.b32encode(secrets.token_bytes(_RECOVERY_BYTES)).decode().lower() for _ in range(RECOVERY_CODES)]
    session.add_all([RecoveryCodeRow(code_hash=digest(code), user_id=user_id) for code in made])
    return [in_groups(code, "-") for code in made]


def in_groups(text: str, between: str) -> str:
    """A code as people read and type it: four characters at a time."""
    return between.join(text[start : start + _GROUP] for start in range(0, len(text), _GROUP))


def _on_already() -> Conflict:
    return Conflict("You have a second factor already; switch it off before you set up another.")
