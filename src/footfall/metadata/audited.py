"""Which tables the audit log speaks of, and what it tells of each; for those it leaves out, why.

A table that stands in neither list fails a test.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from footfall.metadata.tables import (
    AnnotationRow,
    ApiKeyRow,
    AuditRow,
    ChannelRebuildRow,
    ConsentRow,
    EventNameRow,
    EventPropertyRow,
    GoalRow,
    HandshakeRow,
    InstallRow,
    InvitationRow,
    LinkedAccountRow,
    MonthlyViewsRow,
    OneTimeLinkRow,
    PasskeyRow,
    ProfileRow,
    RecoveryCodeRow,
    SecondFactorRow,
    SegmentRow,
    SharedLinkRow,
    ShieldRow,
    SiteMemberRow,
    SiteRow,
    Table,
    TeamMemberRow,
    TeamRow,
    UserRow,
    VerdictRow,
    WaitingSignInRow,
    WebSessionRow,
)

Read = Callable[[Any], Any]
"""Reads one thing of a row, be it an object of the session or the columns a query gave."""

CHANGES = ("added", "changed", "deleted")


def _column(name: str) -> Read:
    return lambda row: getattr(row, name)


def _nothing(_row: Any) -> None:
    return None


def _is_own(row: Any) -> bool:
    return row.owner_id is not None


class Audited(NamedTuple):
    """What is told of a table: its name, the columns whose values are, and which site, team and number it is about."""

    subject: str
    columns: tuple[str, ...] = ()
    number: Read = _nothing
    site_id: Read = _nothing
    team_id: Read = _nothing
    words: tuple[str, str, str] = CHANGES
    """What adding, changing and deleting a row is called."""
    named: tuple[str, ...] = ()
    """Columns that are told with a change of others, too: without a number nobody would know what was changed."""
    untold: Mapping[str, str] = {}
    """Columns of which only that they changed is told, and under which word."""
    is_own: Read = _nothing
    """Whether the row is kept for one person alone; then nothing of what it says is told."""
    by_people_alone: bool = False
    """Whether what Footfall itself does to it is left out."""


_NOT_CHOSEN = ("id", "created_ms", "zone_changed_ms", "previous_domain", "domain_changed_ms")
_SITE_COLUMNS = tuple(name for name in SiteRow.__mapper__.column_attrs.keys() if name not in _NOT_CHOSEN)  # noqa: SIM118 (no dictionary)
_ID, _SITE, _TEAM, _USER = _column("id"), _column("site_id"), _column("team_id"), _column("user_id")
_OF_USER = {
    "password_hash": "password",  # pragma: allowlist secret (a word)
    "email": "address",
    "email_confirmed_ms": "confirmation of the address",
}
_ONE_TIME = ("made", "changed", "ended")

# No hash, no token, no whole address, no visitor: an entry outlives what it is about.
AUDITED: Mapping[type[Table], Audited] = {
    SiteRow: Audited("site", _SITE_COLUMNS, _ID, _ID, _TEAM),
    SiteMemberRow: Audited("member", ("role",), _USER, _SITE),
    TeamRow: Audited("team", ("name", "plan"), _ID, team_id=_ID),
    TeamMemberRow: Audited("member", ("role",), _USER, team_id=_TEAM),
    InvitationRow: Audited("invitation", ("email", "role"), _ID, _SITE, _TEAM),
    ApiKeyRow: Audited("key", ("hint", "scopes", "owner_id", "expires_ms"), _ID, _SITE),
    GoalRow: Audited(
        "goal", ("kind", "pattern", "scroll_percent", "properties", "display_name", "currency"), _ID, _SITE
    ),
    SegmentRow: Audited("segment", ("name", "filters"), _ID, _SITE, is_own=_is_own),
    AnnotationRow: Audited("annotation", ("text", "first_day", "last_day"), _ID, _SITE, is_own=_is_own),
    SharedLinkRow: Audited("link", ("name", "segment_name", "embedded_by", "expires_ms"), _ID, _SITE),
    ShieldRow: Audited("shield", ("kind", "hint", "label"), _ID, _SITE),
    EventNameRow: Audited("event", ("description",), site_id=_SITE, named=("name",), by_people_alone=True),
    EventPropertyRow: Audited(
        "property", ("display_name", "is_hidden"), site_id=_SITE, named=("key",), by_people_alone=True
    ),
    UserRow: Audited("user", (), _ID, untold=_OF_USER),
    WebSessionRow: Audited("session", (), _USER, words=("opened", "changed", "ended")),
    PasskeyRow: Audited("passkey", (), _ID),
    LinkedAccountRow: Audited("linked account", ("issuer",), _ID),
    OneTimeLinkRow: Audited("one-time link", (), _USER, words=_ONE_TIME, named=("purpose",)),
}

NOT_AUDITED: Mapping[type[Table], str] = {
    InstallRow: "its owner is the first user added; the rest counts changes",
    SecondFactorRow: "each code moves it on; that it was set up, used wrongly or switched off is told by what does it",
    RecoveryCodeRow: "made and used up one by one; what does it tells of them together",
    WaitingSignInRow: "a sign-in that is not done yet; its end is told, as a session or as a refusal",
    HandshakeRow: "begun and not done yet; what comes of it is told",
    ChannelRebuildRow: "how far a background job is",
    MonthlyViewsRow: "counts of views",
    VerdictRow: "counts of events",
    ProfileRow: "what a site says of a visitor; exports and erasures are told, without the visitor",
    ConsentRow: "what a visitor agreed to: a record of its own",
    AuditRow: "the log itself",
}


def shortened(address: str) -> str:
    """An e-mail address as the log keeps it: enough to know one's own invitation by."""
    name, _, host = address.partition("@")
    return f"{name[:1]}…@{host}"


SHOWN: Mapping[str, Callable[[str], str]] = {"email": shortened}
"""Columns that are told in another form than they are kept in."""
