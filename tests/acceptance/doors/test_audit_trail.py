"""Whatever changes something leaves an entry in the audit log, with who did it, or stands here with a reason."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import pytest
from pyotp import TOTP
from sqlalchemy import func, select
from tests.acceptance.doors.requests import Asked
from tests.acceptance.doors.test_access import CALLERS
from tests.acceptance.doors.world import World, is_safe
from tests.people import PASSWORD

from footfall.accounts import Entrance, Links, Place, Purpose, User
from footfall.accounts.tokens import digest
from footfall.domain import Site
from footfall.domain.roles import Role
from footfall.metadata import network_of
from footfall.metadata.tables import AuditRow

_DATA = "what visitors and servers send is data, and no change that a person makes"
_READS = "asks, and changes nothing"
_NO_MAIL = "without a mail server it changes nothing; tests/unit/accounts/test_audit.py has the link it makes"
_CLOSED = "closed, as registration is by default"
_BEGINS = "begins what another request finishes; that one is told"
_OWN = "how somebody's own pages look to them, and what they call their own things"
_IMPORTS = "needs the export of another product; tests/acceptance/test_imports.py has one, and its entries"
_SCANS = "searches the install's own files; what is found is told to the command line alone"
LEAVES_NOTHING = {
    "POST /api/v1/event": _DATA,
    "POST /api/v1/events": _DATA,
    "POST /api/v1/identify": _DATA,
    "POST /api/v1/consent": _DATA,
    "POST /api/event": _DATA,
    "POST /api/send": _DATA,
    "POST /api/batch": _DATA,
    "POST /count": _DATA,
    "POST /api/v0/count": _DATA,
    "POST /first-party/*": _DATA,
    "POST /api/v1/sites/{public_id}/imports": _IMPORTS,
    "DELETE /api/v1/sites/{public_id}/imports/{import_id}": _IMPORTS,
    "POST /plans/{public_id}": "closed, as this install has no plans; a team's plan is a column that is told",
    "DELETE /internal/imports/{import_id}": "ends an import, whose events are data",
    "POST /api/v2/query": _READS,
    "POST /api/auth/verify": _READS,
    "POST /share/{domain}/password": "lets somebody without an account see what a link shows",
    "POST /account/email": _NO_MAIL,
    "POST /forgot-password": _NO_MAIL,
    "POST /register": _CLOSED,
    "POST /api/v1/auth/register": _CLOSED,
    "POST /account/language": _OWN,
    "POST /account/passkeys/{passkey_id}/name": _OWN,
    "POST /account/passkeys/challenge": _BEGINS,
    "POST /account/second-factor/challenge": _BEGINS,
    "POST /account/second-factor/offer": _BEGINS,
    "POST /sign-in/code/passkey/challenge": _BEGINS,
    "POST /sign-in/with/{provider}": _BEGINS,
    "POST /sign-in/passkey/challenge": _BEGINS,
    "POST /account/linked-accounts/{provider}": "needs a provider; tests/acceptance/test_linked_accounts.py has one",
    "POST /setup": "closed, as this install has an owner",
    "PUT /internal/privacy-scans/{domain}": _SCANS,
    "DELETE /internal/privacy-scans/{domain}": _SCANS,
    "POST /internal/privacy-scans/{domain}/columns": _SCANS,
    "POST /internal/views": "counts what is stored anew, for the plans",
    "POST /internal/restore": "needs a backup; the database it would be noted in is replaced",
}


class Prepared(NamedTuple):
    """Who asks for what; the world's own request and Alice, unless something else is named."""

    headers: dict[str, str]
    asked: Asked | None = None
    known: Mapping[str, str] = {}


def _by_alice(world: World, site: Site) -> Prepared:
    return Prepared(CALLERS["owner"](world, site))


def _somebody(world: World, asked: Asked) -> Prepared:
    """Somebody new, who may go again."""
    user = _new_user(world)
    world.install.people.accounts.open_session(user.id)
    return Prepared(_session_of(world, user), asked)


def _new_user(world: World) -> User:
    return world.install.people.accounts.create_user(f"somebody-{next(world.numbers)}@example.com", PASSWORD)


def _session_of(world: World, user: User) -> dict[str, str]:
    return world.headers_of(session=world.install.people.accounts.open_session(user.id))


def _with_password_and_code(world: World, _site: Site) -> Prepared:
    user = _new_user(world)
    code, *_ = world.second_factor_of(user)
    return Prepared(_session_of(world, user), Asked(form=_OWN_PASSWORD | {"code": code}))


def _with_app(world: World, _site: Site) -> Prepared:
    user = _new_user(world)
    offer = world.install.people.second_factors.offer(user.id, user.email)
    code = TOTP(offer.secret).generate_otp(world.clock() // 30_000)
    return Prepared(_session_of(world, user), Asked(form={"nonce": offer.nonce, "code": code}))


def _waiting(world: World, _site: Site) -> Prepared:
    user = _new_user(world)
    code, *_ = world.second_factor_of(user)
    install = world.install
    entrance = Entrance(install.database, world.clock, install.people.accounts, install.people.second_factors)
    cookie = f"footfall-sign-in={entrance.enter(user.id).token}"
    return Prepared(world.headers_of() | {"cookie": cookie}, Asked(form={"code": code}))


def _asking_team(world: World, _site: Site) -> Prepared:
    user = _new_user(world)
    world.second_factor_of(user)
    team = world.teams.create("Careful", user.id)
    return Prepared(_session_of(world, user), Asked(form={"is_required": "true"}), {"public_id": team.public_id})


def _new_passkey(world: World, _site: Site) -> Prepared:
    user = _new_user(world)
    _, credential = world.passkey_of(user)
    return Prepared(_session_of(world, user), Asked(form=_OWN_PASSWORD | {"credential": credential, "name": "Laptop"}))


def _known_passkey(world: World, _site: Site) -> Prepared:
    user = _new_user(world)
    device, credential = world.passkey_of(user)
    world.passkeys.add(user.id, credential, "Laptop")
    return Prepared(world.headers_of(), Asked(form={"credential": device.get(world.passkeys.ask_to_sign_in())}))


def _own_passkey(world: World, _site: Site) -> Prepared:
    user = _new_user(world)
    _, credential = world.passkey_of(user)
    world.passkeys.add(user.id, credential, "Laptop")
    return Prepared(_session_of(world, user), Asked(form=_OWN_PASSWORD))


def _passkey_awaited(world: World, _site: Site) -> Prepared:
    user, install = _new_user(world), world.install
    device, credential = world.passkey_of(user)
    world.passkeys.add(user.id, credential, "Laptop")
    install.people.second_factors.switch_on_passkeys(user.id, "")
    cookie = f"footfall-sign-in={install.people.entrance.enter(user.id).token}"
    shown = device.get(world.passkeys.ask_to_confirm(user.id))
    return Prepared(world.headers_of() | {"cookie": cookie}, Asked(form={"credential": shown}))


def _other_session(world: World) -> Prepared:
    name = digest(world.install.people.accounts.open_session(world.alice.id))[:16]
    return Prepared(CALLERS["owner"](world, world.site), known={"name": name})


def _link(purpose: Purpose) -> Callable[[World, Site], Prepared]:
    def prepare(world: World, _site: Site) -> Prepared:
        links, email = Links(world.install.database, world.clock), f"new-{next(world.numbers)}@example.com"
        user_id = None if purpose is Purpose.REGISTER else world.charlie.id
        token = links.make(purpose, email, user_id)
        return Prepared(world.headers_of(), Asked(form={"password": PASSWORD}), {"token": token})

    return prepare


def _invitation(world: World, site: Site) -> str:
    email = f"guest-{next(world.numbers)}@example.com"
    place = Place(site_id=site.id)
    return world.invitations.invite(place, email, Role.VIEWER, giver_id=world.alice.id, giver=Role.OWNER)


def _locally(world: World, asked: Asked | None = None) -> Prepared:
    return Prepared(world.headers_of(key=world.install.secrets.local_token), asked)


def _left(world: World, _site: Site) -> Prepared:
    team = world.teams.create(f"Team {next(world.numbers)}", world.alice.id)
    token = world.invitations.invite(
        Place(team_id=team.id), "bob@example.com", Role.VIEWER, giver_id=world.alice.id, giver=Role.OWNER
    )
    world.invitations.accept(token, world.bob.id)
    return Prepared(CALLERS["viewer"](world, world.site), known={"public_id": team.public_id})


_OWN_PASSWORD = {"current_password": PASSWORD}
_NEW_PASSWORD = Asked(form=_OWN_PASSWORD | {"password": "another horse battery"})
PREPARED: dict[str, Callable[[World, Site], Prepared]] = {
    "POST /account/delete": lambda world, _: _somebody(world, Asked(form=_OWN_PASSWORD)),
    "POST /account/password": lambda world, _: _somebody(world, _NEW_PASSWORD),
    "POST /account/sessions/end-others": lambda world, _: _somebody(world, Asked(form=_OWN_PASSWORD)),
    "POST /account/second-factor/on": _with_app,
    "POST /account/second-factor/off": _with_password_and_code,
    "POST /account/second-factor/recovery-codes": _with_password_and_code,
    "POST /account/second-factor/passkeys": _own_passkey,
    "POST /account/passkeys": _new_passkey,
    "POST /sign-in/passkey": _known_passkey,
    "POST /sign-in/code": _waiting,
    "POST /sign-in/code/passkey": _passkey_awaited,
    "POST /teams/{public_id}/second-factor": _asking_team,
    "POST /account/sessions/{name}/end": lambda world, _: _other_session(world),
    "POST /api/auth/logout": lambda world, _: Prepared(
        world.headers_of(key=world.install.people.accounts.open_session(world.bob.id))
    ),
    "POST /confirm-address/{token}": _link(Purpose.ADDRESS),
    "POST /reset-password/{token}": _link(Purpose.RESET),
    "POST /register/{token}": _link(Purpose.REGISTER),
    "POST /invitations/{token}/accept": lambda world, site: Prepared(
        CALLERS["charlie"](world, site), known={"token": _invitation(world, site)}
    ),
    "POST /invitations/{token}/register": lambda world, site: Prepared(
        world.headers_of(), Asked(form={"password": PASSWORD}), {"token": _invitation(world, site)}
    ),
    "POST /internal/rebuild": lambda world, site: _locally(world, Asked(json={"domain": site.domain})),
    "POST /internal/backup": lambda world, _: _locally(
        world, Asked(json={"folder": str(world.install.settings.data_dir.parent / "backup")})
    ),
    "POST /sites/{domain}/settings/recorded": lambda world, site: Prepared(
        CALLERS["owner"](world, site), Asked(form={"properties_per_event": "12"})
    ),
    "POST /sites/{domain}/settings/retention": lambda world, site: Prepared(
        CALLERS["owner"](world, site), Asked(form={"retention_days": "365", "monthly_events": "0"})
    ),
    "POST /teams/{public_id}/leave": _left,
}


def test_it_finds_an_entry_for_everything_that_changes_something(world: World) -> None:
    changes = {one for one in world.operations if not is_safe(one)}
    assert {*LEAVES_NOTHING, *PREPARED} - changes == set(), "these are gone"

    wrong = [problem for one in sorted(changes - {*LEAVES_NOTHING}) if (problem := _problem(world, one))]

    assert wrong == [], "\n".join(["give each an entry, or a reason in LEAVES_NOTHING:", *wrong])


def _problem(world: World, operation: str) -> str:
    site = world.new_site()
    headers, asked, known = PREPARED.get(operation, _by_alice)(world, site)
    before = _newest(world)
    answer = world.ask(operation, headers, site, asked, known)
    if answer.status >= 400:
        return f"{operation}: answered {answer.status}"
    # Things the world made for this request were made outside of one, so by nobody and from nowhere.
    mine = (AuditRow.id > before, AuditRow.network == network_of("203.0.113.9"), AuditRow.actor_kind != "")
    with world.install.database.reading() as session:
        entries = session.scalars(select(AuditRow).where(*mine)).all()
    if not entries:
        return f"{operation}: no entry"
    unknown = [entry.action for entry in entries if entry.actor_id is None and entry.actor_kind != "command"]
    return f"{operation}: nobody did {unknown}" if unknown else ""


def _newest(world: World) -> int:
    with world.install.database.reading() as session:
        return session.scalar(select(func.max(AuditRow.id))) or 0


@pytest.mark.parametrize("caller", ["stranger", "viewer"])
def test_it_holds_no_whole_address(world: World, caller: str) -> None:
    world.ask("POST /sign-in", CALLERS[caller](world, world.site))

    with world.install.database.reading() as session:
        networks = set(session.scalars(select(AuditRow.network)))
    assert networks <= {"", "203.0.113.0/24"}
