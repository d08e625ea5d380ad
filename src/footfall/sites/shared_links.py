"""Shared links: addresses under which people without an account see a site's dashboard."""

import re
import secrets
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlsplit

import msgspec
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from footfall.errors import Conflict, InvalidInput, NotFound
from footfall.metadata import Clock, Database
from footfall.metadata.tables import SharedLinkRow
from footfall.texts import Phrase

MAX_SHARED_LINKS = 100
ANY_ORIGIN = "*"
_MAX_NAME_LENGTH = 200
_MAX_ORIGINS = 20
_SLUG_BYTES = 16  # 128 random bits: there is nothing to guess
_HOST = re.compile(r"(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:[0-9]{1,5})?")


class SharedLink(msgspec.Struct, frozen=True, kw_only=True):
    """One link. Without ``segment_filters`` it shows the whole site, without ``embedded_by`` no page may frame it."""

    id: int
    site_id: int
    name: str
    slug: str
    password_hash: str = ""
    segment_filters: tuple[Any, ...] = ()
    segment_name: str = ""
    embedded_by: tuple[str, ...] = ()
    expires_ms: int | None = None
    created_ms: int = 0

    @property
    def has_password(self) -> bool:
        """Whether a password is asked before anything is shown."""
        return bool(self.password_hash)

    def is_over(self, now_ms: int) -> bool:
        """Whether it has expired."""
        return self.expires_ms is not None and self.expires_ms <= now_ms


class SharedLinks:
    """The shared links of all sites."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def of_site(self, site_id: int) -> list[SharedLink]:
        """List the links of a site, expired ones included, in the order they were made."""
        query = select(SharedLinkRow).where(SharedLinkRow.site_id == site_id).order_by(SharedLinkRow.id)
        with self._database.reading() as session:
            return [_link_of(row) for row in session.scalars(query)]

    def named(self, site_id: int, name: str) -> SharedLink | None:
        """Find a link by its name."""
        query = select(SharedLinkRow).filter_by(site_id=site_id, name=name.strip())
        with self._database.reading() as session:
            row = session.scalar(query)
        return _link_of(row) if row else None

    def at(self, site_id: int, slug: str) -> SharedLink | None:
        """Find the link that is at this address and has not expired."""
        with self._database.reading() as session:
            row = session.scalar(select(SharedLinkRow).filter_by(site_id=site_id, slug=slug))
        link = _link_of(row) if row else None
        return None if link is None or link.is_over(self._clock()) else link

    def add(
        self,
        site_id: int,
        name: str,
        *,
        password_hash: str = "",
        segment_name: str = "",
        segment_filters: Sequence[Any] = (),
        embedded_by: Iterable[str] = (),
        expires_ms: int | None = None,
    ) -> SharedLink:
        """Make a link; raises InvalidInput, or Conflict where the site has one of this name."""
        origins = checked_origins(embedded_by)
        if origins and password_hash:
            text = Phrase("A page in a frame cannot ask for a password; choose one of the two.")
            raise InvalidInput(text, field="embedded_by")
        if expires_ms is not None and expires_ms <= self._clock():
            raise InvalidInput("Choose a day that is still to come.", field="expires")
        row = SharedLinkRow(
            site_id=site_id,
            name=_checked_name(name),
            slug=secrets.token_urlsafe(_SLUG_BYTES),
            password_hash=password_hash,
            segment_filters=list(segment_filters),
            segment_name=segment_name,
            embedded_by=origins,
            expires_ms=expires_ms,
            created_ms=self._clock(),
        )
        count = select(func.count()).select_from(SharedLinkRow).where(SharedLinkRow.site_id == site_id)
        try:
            with self._database.session() as session:
                if session.scalars(count).one() >= MAX_SHARED_LINKS:
                    raise InvalidInput(
                        Phrase("A site has at most {most} links; delete one that is not used.", most=MAX_SHARED_LINKS)
                    )
                session.add(row)
        except IntegrityError:
            raise Conflict("There is a link of this name already; choose another one.", field="name") from None
        return _link_of(row)

    def find_or_add(self, site_id: int, name: str) -> SharedLink:
        """Return the link of this name, or make one that shows the whole site and may be framed anywhere."""
        try:
            return self.named(site_id, name) or self.add(site_id, name, embedded_by=[ANY_ORIGIN])
        except Conflict:  # made by another in the meantime
            found = self.named(site_id, name)
            if found is None:
                raise
            return found

    def delete(self, site_id: int, link_id: int) -> None:
        """Delete a link of the site; raises NotFound where it has none such."""
        with self._database.session() as session:
            row = session.get(SharedLinkRow, link_id)
            if row is None or row.site_id != site_id:
                raise NotFound("This site has no such link; it may have been deleted already.")
            session.delete(row)


def checked_origins(given: Iterable[str]) -> list[str]:
    """Origins as a Content-Security-Policy names them; raises InvalidInput for what is none."""
    origins = list(dict.fromkeys(_origin(text.strip()) for text in given if text.strip()))
    if len(origins) > _MAX_ORIGINS:
        raise InvalidInput(Phrase("At most {most} sites can be named.", most=_MAX_ORIGINS), field="embedded_by")
    return [ANY_ORIGIN] if ANY_ORIGIN in origins else origins


def _origin(text: str) -> str:
    if text == ANY_ORIGIN:
        return text
    parts = urlsplit(text if "//" in text else f"https://{text}")
    # What is put into a header must be a host and nothing else.
    if parts.scheme not in ("http", "https") or not _HOST.fullmatch(parts.netloc.lower()) or parts.path.strip("/"):
        text = Phrase("Name a site as https://example.com, without a path.")
        raise InvalidInput(text, field="embedded_by")
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _checked_name(name: str) -> str:
    name = name.strip()
    if not 0 < len(name) <= _MAX_NAME_LENGTH:
        raise InvalidInput(Phrase("Enter a name, at most {most} characters.", most=_MAX_NAME_LENGTH), field="name")
    return name


def _link_of(row: SharedLinkRow) -> SharedLink:
    columns = {name: getattr(row, name) for name in SharedLink.__struct_fields__}
    return msgspec.convert(columns, SharedLink)
