"""The tables of people, sites and keys. Times are UTC milliseconds; secrets are only ever kept as hashes, but addresses
of shared links as they are: their owners copy them again.

A change here needs a migration; a test compares the two.
"""

from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, MetaData, String, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Table(DeclarativeBase):
    """Base of all rows; constraints are named so that migrations can speak of them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {dict[str, Any]: JSON, list[str]: JSON, list[Any]: JSON}  # noqa: RUF012 (read by SQLAlchemy as it stands)


class UserRow(Table):
    """A person who signs in."""

    __tablename__ = "users"
    # A number is never given twice: a key or session of somebody deleted must not become another's.
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)  # lower case
    password_hash: Mapped[str] = mapped_column(String(200))  # argon2id, with its salt and cost; empty: has none
    language: Mapped[str] = mapped_column(String(8))  # of the pages, such as de; empty: as the browser asks
    email_confirmed_ms: Mapped[int | None] = mapped_column(BigInteger)  # when a link sent there was opened
    created_ms: Mapped[int] = mapped_column(BigInteger)


class WebSessionRow(Table):
    """One signed-in browser."""

    __tablename__ = "web_sessions"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    expires_ms: Mapped[int] = mapped_column(BigInteger, index=True)
    last_used_ms: Mapped[int] = mapped_column(BigInteger)  # to the hour; 0: not known
    browser: Mapped[str] = mapped_column(String(80))  # such as Firefox on Linux; no version, no address


class SecondFactorRow(Table):
    """That somebody shows a second factor, too. The secret an app shares is made of ``nonce``, and not here."""

    __tablename__ = "second_factors"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    nonce: Mapped[str] = mapped_column(String(64))  # empty: no app, their passkeys are asked for
    last_step: Mapped[int] = mapped_column(BigInteger)  # of the last code taken, in 30 seconds since 1970
    since_ms: Mapped[int] = mapped_column(BigInteger)


class RecoveryCodeRow(Table):
    """A code that stands for a lost app, once; it goes when it is used."""

    __tablename__ = "recovery_codes"

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)


class WaitingSignInRow(Table):
    """Somebody whose first factor was right, and who has not shown the second yet: no session."""

    __tablename__ = "waiting_sign_ins"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    expires_ms: Mapped[int] = mapped_column(BigInteger, index=True)
    browser: Mapped[str] = mapped_column(String(80))


class OneTimeLinkRow(Table):
    """A link that was sent to an address, for one purpose, once."""

    __tablename__ = "one_time_links"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(16))
    email: Mapped[str] = mapped_column(String(254))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    expires_ms: Mapped[int] = mapped_column(BigInteger, index=True)


class PasskeyRow(Table):
    """A key pair in somebody's device or password manager, of which we know the public half."""

    __tablename__ = "passkeys"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    credential_id: Mapped[str] = mapped_column(String(1400), unique=True)  # base64url of 1,023 bytes at most
    public_key: Mapped[bytes]  # COSE
    sign_count: Mapped[int] = mapped_column(BigInteger)  # 0 of those that do not count
    name: Mapped[str] = mapped_column(String(80))
    created_ms: Mapped[int] = mapped_column(BigInteger)
    last_used_ms: Mapped[int] = mapped_column(BigInteger)  # to the hour; 0: never


class LinkedAccountRow(Table):
    """An account at an OpenID Connect provider that its owner signs in with."""

    __tablename__ = "linked_accounts"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    issuer: Mapped[str] = mapped_column(String(255))
    subject: Mapped[str] = mapped_column(String(255))  # what the issuer calls the person, for good
    label: Mapped[str] = mapped_column(String(254))  # what its owner knows it by; proves nothing
    created_ms: Mapped[int] = mapped_column(BigInteger)
    last_used_ms: Mapped[int] = mapped_column(BigInteger)  # to the hour; 0: never


class HandshakeRow(Table):
    """What was begun with an authenticator or a provider, and is to be finished once, soon."""

    __tablename__ = "handshakes"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(16))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    detail: Mapped[dict[str, Any]]
    expires_ms: Mapped[int] = mapped_column(BigInteger, index=True)


class TeamRow(Table):
    """People who share sites."""

    __tablename__ = "teams"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    requires_second_factor: Mapped[bool]  # of whoever wants to see its sites
    created_ms: Mapped[int] = mapped_column(BigInteger)
    plan: Mapped[str | None] = mapped_column(String(16))  # see footfall.domain.plans; None: nobody has given it one
    warned_month: Mapped[int]  # the last month its owners were told of its views, such as 202611; 0: never


class MonthlyViewsRow(Table):
    """How often pages of a site were viewed in a month of UTC. Without a foreign key to the site: it outlives it."""

    __tablename__ = "monthly_views"

    site_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    month: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # such as 202611
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id", ondelete="CASCADE"), index=True)
    views: Mapped[int] = mapped_column(BigInteger)


class TeamMemberRow(Table):
    """Who belongs to a team, and as what in all its sites."""

    __tablename__ = "team_members"

    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, index=True)
    role: Mapped[str] = mapped_column(String(16))  # see footfall.domain.roles


class InvitationRow(Table):
    """An offer to join a team, or one site as a guest; its link works once."""

    __tablename__ = "invitations"
    __table_args__ = (CheckConstraint("(team_id IS NULL) <> (site_id IS NULL)", name="one_place"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    email: Mapped[str] = mapped_column(String(254))
    role: Mapped[str] = mapped_column(String(16))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id", ondelete="CASCADE"), index=True)
    site_id: Mapped[int | None] = mapped_column(ForeignKey("sites.id", ondelete="CASCADE"), index=True)
    invited_by: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    expires_ms: Mapped[int] = mapped_column(BigInteger)


class InstallRow(Table):
    """The single row of this install: who owns it, and how often its sites have changed."""

    __tablename__ = "install"
    __table_args__ = (CheckConstraint("id = 1", name="single_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    site_changes: Mapped[int] = mapped_column(BigInteger)


class SiteRow(Table):
    """A tracked website and its options; ``footfall.domain.Site`` is what the rest of the code sees."""

    __tablename__ = "sites"
    __table_args__ = (
        Index(
            None,
            "custom_domain",
            unique=True,
            sqlite_where=text("custom_domain <> ''"),
            postgresql_where=text("custom_domain <> ''"),
        ),
        # Stored events carry this number, so one that belonged to a deleted site is never given again.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True)
    domain: Mapped[str] = mapped_column(String(253), unique=True)
    previous_domain: Mapped[str] = mapped_column(String(253), index=True)  # empty: none
    domain_changed_ms: Mapped[int] = mapped_column(BigInteger)  # 0: never
    team_id: Mapped[int | None] = mapped_column(
        ForeignKey("teams.id"), index=True
    )  # None until somebody owns the install
    timezone: Mapped[str] = mapped_column(String(64))
    currency: Mapped[str] = mapped_column(String(3))
    identity_mode: Mapped[str] = mapped_column(String(16))
    tracker: Mapped[dict[str, Any]]
    allowed_hostnames: Mapped[list[str]]
    query_parameters: Mapped[list[str]]
    retention_days: Mapped[int]
    properties_per_event: Mapped[int]
    monthly_events: Mapped[int]
    public_counter: Mapped[bool]
    custom_properties: Mapped[list[str]]
    public_dashboard: Mapped[bool]
    public_small_groups: Mapped[bool]
    public_cities: Mapped[bool]
    week_start: Mapped[str] = mapped_column(String(9))
    zone_changed_ms: Mapped[int] = mapped_column(BigInteger)  # 0: never
    channel_rules: Mapped[str] = mapped_column(String(32))  # that the channels of stored events were told by
    custom_domain: Mapped[str] = mapped_column(String(253))  # empty: none
    script_path: Mapped[str] = mapped_column(String(100))  # empty: the one every site has
    intake_path: Mapped[str] = mapped_column(String(100))  # likewise
    created_ms: Mapped[int] = mapped_column(BigInteger)


class ChannelRebuildRow(Table):
    """How far the channels of a site's stored events have been told again by other rules."""

    __tablename__ = "channel_rebuilds"

    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id", ondelete="CASCADE"), primary_key=True)
    rules: Mapped[str] = mapped_column(String(32))
    months: Mapped[list[Any]]  # first days, from 1970-01-01
    told: Mapped[list[Any]]
    under_way: Mapped[int | None]


class SiteMemberRow(Table):
    """Who sees one site without being in its team, and as what: its guests."""

    __tablename__ = "site_members"

    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, index=True)
    role: Mapped[str] = mapped_column(String(16))  # see footfall.domain.roles


class ApiKeyRow(Table):
    """A key of one person (all their sites) or of one site."""

    __tablename__ = "api_keys"
    __table_args__ = (CheckConstraint("(owner_id IS NULL) <> (site_id IS NULL)", name="one_holder"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    hint: Mapped[str] = mapped_column(String(16))  # the first characters, to tell keys apart on a page
    scopes: Mapped[list[str]]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    site_id: Mapped[int | None] = mapped_column(ForeignKey("sites.id", ondelete="CASCADE"), index=True)
    created_ms: Mapped[int] = mapped_column(BigInteger)
    last_used_ms: Mapped[int | None] = mapped_column(BigInteger)
    expires_ms: Mapped[int | None] = mapped_column(BigInteger)  # None: works until it is revoked


class GoalRow(Table):
    """What the owner wants visitors to do."""

    __tablename__ = "goals"
    __table_args__ = (UniqueConstraint("site_id", "kind", "pattern", "scroll_percent", "properties"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(8))  # event, page or scroll
    pattern: Mapped[str] = mapped_column(String(500))  # an event's name, or a path in which * stands for any text
    scroll_percent: Mapped[int]  # how far down the page; 0 of other kinds
    properties: Mapped[str] = mapped_column(String(1000))  # JSON in one spelling: what an event must have besides
    display_name: Mapped[str] = mapped_column(String(200))
    currency: Mapped[str] = mapped_column(String(3))  # of the revenue it counts; empty: of any
    created_ms: Mapped[int] = mapped_column(BigInteger)


class SegmentRow(Table):
    """Filters that were given a name, for all members of a site or for one of them."""

    __tablename__ = "segments"
    # A number is never given twice: a bookmark of a deleted segment must not open another.
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id", ondelete="CASCADE"), index=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    filters: Mapped[list[Any]]  # as in a query
    created_ms: Mapped[int] = mapped_column(BigInteger)


class SharedLinkRow(Table):
    """An address under which people without an account see a site's dashboard."""

    __tablename__ = "shared_links"
    __table_args__ = (UniqueConstraint("site_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(200))
    slug: Mapped[str] = mapped_column(String(32), unique=True)  # stored as it is: its owner copies it again and again
    password_hash: Mapped[str] = mapped_column(String(200))  # argon2id, with its salt and cost; empty: none is asked
    segment_filters: Mapped[list[Any]]  # as they were when the link was made; empty: the whole site
    segment_name: Mapped[str] = mapped_column(String(200))
    embedded_by: Mapped[list[str]]  # origins whose pages may frame it; "*" is any
    expires_ms: Mapped[int | None] = mapped_column(BigInteger)
    created_ms: Mapped[int] = mapped_column(BigInteger)


class AnnotationRow(Table):
    """What happened on some days of a site, in words, for all its members or for one of them."""

    __tablename__ = "annotations"
    __table_args__ = (Index(None, "site_id", "first_day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id", ondelete="CASCADE"))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    first_day: Mapped[int]  # local, from 1970-01-01
    last_day: Mapped[int]  # the same as the first where it is one day
    text: Mapped[str] = mapped_column(String(500))
    created_ms: Mapped[int] = mapped_column(BigInteger)


class EventNameRow(Table):
    """A name that events of a site have, and what its owner says of it."""

    __tablename__ = "event_names"

    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(String(300), primary_key=True)
    description: Mapped[str] = mapped_column(String(1000))
    first_seen_ms: Mapped[int] = mapped_column(BigInteger)


class EventPropertyRow(Table):
    """A key that properties of a site's events have, and how reports show it."""

    __tablename__ = "event_properties"

    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(String(300), primary_key=True)
    display_name: Mapped[str] = mapped_column(String(300))  # empty: the key
    is_hidden: Mapped[bool]
    first_seen_ms: Mapped[int] = mapped_column(BigInteger)


class ShieldRow(Table):
    """What a site takes no events of. Of an address there is a keyed hash and a hint, never the address."""

    __tablename__ = "shields"
    __table_args__ = (UniqueConstraint("site_id", "kind", "value"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(8))  # address, country, page or hostname
    value: Mapped[str] = mapped_column(String(500))  # a code or pattern; of a network the hash of its prefix
    prefix_bits: Mapped[int]  # of a network, as one of IPv6; else 0
    hint: Mapped[str] = mapped_column(String(500))  # what its owner is shown
    label: Mapped[str] = mapped_column(String(200))
    created_ms: Mapped[int] = mapped_column(BigInteger)


class VerdictRow(Table):
    """How many events of a site met with one outcome on one of its days."""

    __tablename__ = "verdicts"

    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # local, from 1970-01-01
    outcome: Mapped[str] = mapped_column(String(32), primary_key=True)  # accepted, rejected or a reason to drop
    events: Mapped[int] = mapped_column(BigInteger)


class ProfileRow(Table):
    """What a site says of one visitor with a lasting id."""

    __tablename__ = "profiles"

    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id", ondelete="CASCADE"), primary_key=True)
    visitor_id: Mapped[str] = mapped_column(String(20), primary_key=True)  # 64 bits: more than SQL's numbers hold
    traits: Mapped[dict[str, Any]]
    first_seen_ms: Mapped[int] = mapped_column(BigInteger)
    updated_ms: Mapped[int] = mapped_column(BigInteger)


class ConsentRow(Table):
    """What one visitor agreed to, and when that ended."""

    __tablename__ = "consents"
    __table_args__ = (Index(None, "site_id", "visitor_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id", ondelete="CASCADE"))
    visitor_id: Mapped[str] = mapped_column(String(20))
    renewal: Mapped[int]  # how many consents under the same name were withdrawn before
    text: Mapped[str] = mapped_column(String(200))  # names the words agreed to: a version, or their hash
    given_ms: Mapped[int | None] = mapped_column(BigInteger, index=True)  # None: only the withdrawal is known
    withdrawn_ms: Mapped[int | None] = mapped_column(BigInteger, index=True)


class AuditRow(Table):
    """Who did what to which, when, and from where. Without foreign keys: it outlives what it tells of."""

    __tablename__ = "audit_log"
    __table_args__ = (Index(None, "site_id", "id"), Index(None, "team_id", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    at_ms: Mapped[int] = mapped_column(BigInteger, index=True)
    site_id: Mapped[int | None]  # None: it concerns no one site
    team_id: Mapped[int | None]  # None: it concerns no one team but that of its site
    action: Mapped[str] = mapped_column(String(40))  # what, and what was done to it: "key added"
    subject_id: Mapped[int | None]
    detail: Mapped[dict[str, Any]]
    actor_kind: Mapped[str] = mapped_column(String(8))  # session, key, link, command or nobody; empty: Footfall itself
    actor_id: Mapped[int | None]  # the person
    via: Mapped[str] = mapped_column(String(16))  # which session or key: the first characters of its hash or of itself
    network: Mapped[str] = mapped_column(String(43))  # /24 of IPv4, /48 of IPv6: no address is kept in full
