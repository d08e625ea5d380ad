"""Passkeys (WebAuthn): what people sign in with instead of a password, bound to this install's public address.

Each is discoverable, so nobody says who they are first, and asks its owner for a finger, a face or a PIN, so it counts
as two factors. Who wants to is asked for one after the password, too: see ``SecondFactors``. What authenticators say
is read and checked by py_webauthn.
"""

import json
from collections.abc import Callable, Iterable
from hashlib import blake2b
from hmac import compare_digest
from typing import TypeVar

import msgspec
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from footfall.accounts.handshakes import MINUTES, Handshake, Handshakes
from footfall.accounts.relying_party import RelyingParty
from footfall.accounts.second_factor import require_passkey_left
from footfall.accounts.tokens import new_token
from footfall.accounts.users import User
from footfall.accounts.ways_in import require_another_way_in
from footfall.errors import Conflict, InvalidInput, NotFound, NotSignedIn
from footfall.metadata import Clock, Database, event_entry
from footfall.metadata.tables import PasskeyRow
from footfall.texts import Phrase

MAX_PASSKEYS = 20
MAX_PASSKEY_NAME_LENGTH = 80
_MAX_CREDENTIAL_BYTES = 1023  # Web Authentication level 3, section 4, on credential ids
_HOUR_MS = 3_600_000
_VERIFIED = UserVerificationRequirement.REQUIRED
_NO_PASSKEY = Phrase("What the browser sent is no passkey; please try again.")
_REFUSED = Phrase("This passkey is not known here; sign in another way, and see Your account.")
_FULL = Phrase("You have {most} passkeys, the most there may be; remove one first.", most=MAX_PASSKEYS)

T = TypeVar("T")


class Passkey(msgspec.Struct, frozen=True):
    """A passkey, as its owner sees it."""

    id: int
    name: str
    created_ms: int
    last_used_ms: int  # to the hour; 0: never


class _Response(msgspec.Struct, frozen=True):
    client_data: str = msgspec.field(name="clientDataJSON")
    user_handle: str | None = msgspec.field(name="userHandle", default=None)


class _Credential(msgspec.Struct, frozen=True):
    """Of what a browser sends, what has to be known before it can be checked."""

    id: str
    response: _Response


class Passkeys:
    """All passkeys of this install; ``handle_key`` makes the names authenticators know people by."""

    def __init__(self, database: Database, clock: Clock, party: RelyingParty | None, handle_key: bytes) -> None:
        self._database = database
        self._clock = clock
        self._handshakes = Handshakes(database, clock)
        self._party = party
        self._handle_key = handle_key

    @property
    def origin(self) -> str:
        """Where passkeys work; empty: nowhere."""
        return self._party.origin if self._party else ""

    def of_user(self, user_id: int) -> list[Passkey]:
        """List a person's passkeys, the oldest first."""
        query = select(PasskeyRow).where(PasskeyRow.user_id == user_id).order_by(PasskeyRow.id)
        with self._database.reading() as session:
            return [Passkey(row.id, row.name, row.created_ms, row.last_used_ms) for row in session.scalars(query)]

    def ask_to_add(self, user: User) -> str:
        """Begin adding one: what ``navigator.credentials.create()`` takes, as JSON."""
        party, challenge = self._required_party(), new_token()
        with self._database.reading() as session:
            known = session.scalars(select(PasskeyRow.credential_id).where(PasskeyRow.user_id == user.id)).all()
        if len(known) >= MAX_PASSKEYS:
            raise Conflict(_FULL)
        self._handshakes.begin(Handshake.ADD_PASSKEY, challenge, user.id, {})
        options = generate_registration_options(
            rp_id=party.id,
            rp_name="Footfall",
            user_id=self._handle(user.id),
            user_name=user.email,
            challenge=base64url_to_bytes(challenge),
            timeout=MINUTES[Handshake.ADD_PASSKEY] * 60_000,
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED, user_verification=_VERIFIED
            ),
            exclude_credentials=[PublicKeyCredentialDescriptor(id=base64url_to_bytes(one)) for one in known],
        )
        return options_to_json(options)

    def add(self, user_id: int, credential: str, name: str) -> Passkey:
        """Keep what the browser made; raises InvalidInput or NotAllowed where it is not what was asked for."""
        called, party = _checked_name(name), self._required_party()
        challenge = _challenge_of(_read(credential))
        self._handshakes.finish(Handshake.ADD_PASSKEY, challenge, user_id)
        made = _checked(
            lambda: verify_registration_response(
                credential=credential,
                expected_challenge=base64url_to_bytes(challenge),
                expected_rp_id=party.id,
                expected_origin=party.origin,
                require_user_verification=True,
            )
        )
        if len(made.credential_id) > _MAX_CREDENTIAL_BYTES:
            raise InvalidInput("The id of this passkey is longer than the standard allows.")
        row = PasskeyRow(
            user_id=user_id,
            credential_id=bytes_to_base64url(made.credential_id),
            public_key=made.credential_public_key,
            sign_count=made.sign_count,
            name=called,
            created_ms=self._clock(),
            last_used_ms=0,
        )
        try:
            with self._database.session() as session:
                count = select(func.count()).select_from(PasskeyRow).where(PasskeyRow.user_id == user_id)
                if session.scalars(count).one() >= MAX_PASSKEYS:
                    raise Conflict(_FULL)
                session.add(row)
                session.flush()
                return Passkey(row.id, row.name, row.created_ms, 0)
        except IntegrityError as error:
            raise Conflict("This passkey was added already.") from error

    def ask_to_sign_in(self) -> str:
        """Begin signing in: what ``navigator.credentials.get()`` takes, as JSON; it names nobody."""
        party, challenge = self._required_party(), new_token()
        self._handshakes.begin(Handshake.USE_PASSKEY, challenge, None, {})
        options = generate_authentication_options(
            rp_id=party.id,
            challenge=base64url_to_bytes(challenge),
            timeout=MINUTES[Handshake.USE_PASSKEY] * 60_000,
            user_verification=_VERIFIED,
        )
        return options_to_json(options)

    def sign_in(self, credential: str) -> int:
        """Return the number of the person whose passkey signed the challenge; raises NotSignedIn or NotAllowed."""
        given, challenge = self._answered(Handshake.USE_PASSKEY, credential, None)
        with self._database.session() as session:
            row = _row_of(session, given)
            try:
                if row is None or given.response.user_handle is None:
                    raise NotSignedIn(_REFUSED)
                return self._owner_who_signed(row, given, credential, challenge)
            except (InvalidInput, NotSignedIn):
                subject = row.user_id if row else None
                session.add(event_entry(self._clock(), "session refused", None, subject, {"by": "passkey"}))
        raise NotSignedIn(_REFUSED)

    def ask_to_confirm(self, user_id: int) -> str:
        """The same for somebody whose password was right, or who is signed in: it names their own passkeys."""
        party, challenge = self._required_party(), new_token()
        with self._database.reading() as session:
            known = session.scalars(select(PasskeyRow.credential_id).where(PasskeyRow.user_id == user_id)).all()
        self._handshakes.begin(Handshake.CONFIRM_PASSKEY, challenge, user_id, {})
        options = generate_authentication_options(
            rp_id=party.id,
            challenge=base64url_to_bytes(challenge),
            timeout=MINUTES[Handshake.CONFIRM_PASSKEY] * 60_000,
            allow_credentials=[PublicKeyCredentialDescriptor(id=base64url_to_bytes(one)) for one in known],
            user_verification=_VERIFIED,
        )
        return options_to_json(options)

    def confirm(self, user_id: int, credential: str) -> None:
        """Take a passkey of the person as their second factor; raises InvalidInput or NotAllowed."""
        given, challenge = self._answered(Handshake.CONFIRM_PASSKEY, credential, user_id)
        with self._database.session() as session:
            row = _row_of(session, given)
            try:
                if row is None or row.user_id != user_id:
                    raise NotSignedIn(_REFUSED)
                self._owner_who_signed(row, given, credential, challenge)
                return
            except (InvalidInput, NotSignedIn):
                session.add(event_entry(self._clock(), "code refused", None, user_id, {"by": "passkey"}))
        raise InvalidInput("This passkey is none of yours, or it could not be checked; please try again.")

    def _answered(self, purpose: Handshake, credential: str, user_id: int | None) -> tuple[_Credential, str]:
        """What a browser sends, and the challenge it was given, which is used up by that."""
        self._required_party()
        given = _read(credential)
        challenge = _challenge_of(given)
        self._handshakes.finish(purpose, challenge, user_id)
        return given, challenge

    def _owner_who_signed(self, row: PasskeyRow, given: _Credential, credential: str, challenge: str) -> int:
        party, handle = self._required_party(), given.response.user_handle
        # An authenticator that was told which passkey to use need not say whose it is (section 7.2, step 6).
        if handle is not None and not self._is_handle_of(row.user_id, handle):
            raise NotSignedIn(_REFUSED)
        public_key, count = row.public_key, row.sign_count
        used = _checked(
            lambda: verify_authentication_response(
                credential=credential,
                expected_challenge=base64url_to_bytes(challenge),
                expected_rp_id=party.id,
                expected_origin=party.origin,
                credential_public_key=public_key,
                credential_current_sign_count=count,
                require_user_verification=True,
            )
        )
        now = self._clock()
        row.sign_count, row.last_used_ms = used.new_sign_count, now - now % _HOUR_MS
        return row.user_id

    def rename(self, user_id: int, passkey_id: int, name: str) -> None:
        """Call a passkey something else; raises InvalidInput, or NotFound for one that is not theirs."""
        called = _checked_name(name)
        with self._database.session() as session:
            _own_row(session, user_id, passkey_id).name = called

    def remove(self, user_id: int, passkey_id: int, issuers: Iterable[str]) -> None:
        """Forget a passkey; raises NotFound, or Conflict where it is the last way in beside those ``issuers`` give."""
        with self._database.session() as session:
            session.delete(_own_row(session, user_id, passkey_id))
            require_another_way_in(session, user_id, issuers)
            require_passkey_left(session, user_id)

    def _required_party(self) -> RelyingParty:
        if self._party is None:
            raise InvalidInput("Passkeys need a public address with a name and TLS; set FOOTFALL_BASE_URL.")
        return self._party

    def _handle(self, user_id: int) -> bytes:
        """What authenticators call a person: says nothing to anybody else, and stays when the address changes."""
        return blake2b(str(user_id).encode(), key=self._handle_key, digest_size=32).digest()

    def _is_handle_of(self, user_id: int, handle: str) -> bool:
        return compare_digest(handle.encode(), bytes_to_base64url(self._handle(user_id)).encode())


def _own_row(session: Session, user_id: int, passkey_id: int) -> PasskeyRow:
    row = session.get(PasskeyRow, passkey_id)
    if row is None or row.user_id != user_id:
        raise NotFound("You have no such passkey; it may have been removed.")
    return row


def _row_of(session: Session, given: _Credential) -> PasskeyRow | None:
    return session.scalar(select(PasskeyRow).where(PasskeyRow.credential_id == given.id).with_for_update())


def _checked_name(name: str) -> str:
    called = " ".join(name.split())
    if not called or len(called) > MAX_PASSKEY_NAME_LENGTH or not called.isprintable():
        raise InvalidInput(
            Phrase("Give the passkey a name of at most {most} characters.", most=MAX_PASSKEY_NAME_LENGTH), field="name"
        )
    return called


def _read(credential: str) -> _Credential:
    try:
        given = msgspec.json.decode(credential, type=_Credential)
    except (msgspec.MsgspecError, UnicodeError) as error:
        raise InvalidInput(_NO_PASSKEY) from error
    if not given.id.isascii():
        raise InvalidInput(_NO_PASSKEY)
    return given


def _challenge_of(given: _Credential) -> str:
    """The challenge a browser says it signed; whether it did is checked with the signature."""
    try:
        data = json.loads(base64url_to_bytes(given.response.client_data))
        challenge = data["challenge"]
        if not isinstance(challenge, str) or not challenge.isascii():
            raise TypeError
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise InvalidInput(_NO_PASSKEY) from error
    return challenge


def _checked(verify: Callable[[], T]) -> T:
    """Run a check of the library; its errors, and what it stumbles over in malformed data, are refusals."""
    try:
        return verify()
    except (WebAuthnException, ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        raise InvalidInput("This passkey could not be checked; please try again.") from error
