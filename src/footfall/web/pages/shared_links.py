"""The section of a site's settings in which its owner makes and deletes shared links."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Annotated, Any, NamedTuple
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.concurrency import run_in_threadpool

from footfall.accounts import HashingThreads, Passwords
from footfall.domain import Site
from footfall.errors import FootfallError, InvalidInput
from footfall.sites import ANY_ORIGIN, Segments, SharedLink, SharedLinks
from footfall.web.guard import Guard
from footfall.web.pages.settings_page import Reader, SettingsPage
from footfall.web.session_cookie import is_https

NOWHERE, ANYWHERE, NAMED = "nowhere", "anywhere", "named"


class TypedLink(NamedTuple):
    """What stands in the form but the password, which is never sent back."""

    name: str = ""
    segment: str = ""
    expires: str = ""
    embedding: str = NOWHERE
    origins: str = ""


class ListedLink(NamedTuple):
    """A link as its owner sees it."""

    link: SharedLink
    url: str
    frame: str  # the code for another site's page; empty where it may not be framed
    last_day: date | None
    is_over: bool


def links_reader(links: SharedLinks, segments: Segments, clock: Callable[[], int], base_url: str) -> Reader:
    """What the section's template shows."""

    def read(request: Request, site: Site) -> dict[str, Any]:
        base = base_url or f"{'https' if is_https(request) else 'http'}://{request.url.netloc}"
        return {
            "links": [_listed(link, site, base, clock()) for link in links.of_site(site.id)],
            "segments": segments.seen_by(site.id, None),
            "typed_link": TypedLink(),
            "tomorrow": date.fromordinal(datetime.fromtimestamp(clock() / 1000, site.zone).toordinal() + 1),
        }

    return read


def shared_url(base: str, site: Site, link: SharedLink) -> str:
    """The address of a link."""
    return f"{base}/share/{quote(site.domain)}?auth={link.slug}"


def shared_links_router(
    *,
    links: SharedLinks,
    segments: Segments,
    passwords: Passwords,
    threads: HashingThreads,
    guard: Guard,
    page: SettingsPage,
) -> APIRouter:
    """Make `/sites/{domain}/settings/links` for the owners of a site."""
    router = APIRouter(prefix="/sites/{domain}/settings/links", include_in_schema=False)
    ThisSite = Annotated[Site, Depends(guard.managed_site)]  # noqa: N806 (a type)
    own_form = [Depends(guard.form)]

    @router.post("", dependencies=own_form)
    async def add_link(
        request: Request,
        site: ThisSite,
        name: Annotated[str, Form()] = "",
        password: Annotated[str, Form()] = "",
        segment: Annotated[str, Form()] = "",
        expires: Annotated[str, Form()] = "",
        embedding: Annotated[str, Form()] = NOWHERE,
        origins: Annotated[str, Form()] = "",
    ) -> Response:
        typed = TypedLink(name, segment, expires, embedding, origins)
        try:
            password_hash = await threads.run(passwords.hash, password) if password else ""
            await run_in_threadpool(add, site, typed, password_hash)
        except FootfallError as error:
            return await run_in_threadpool(page.show, request, site, "links", error, typed_link=typed)
        return page.saved(site, "links")

    def add(site: Site, typed: TypedLink, password_hash: str) -> None:
        chosen = [one for one in segments.seen_by(site.id, None) if str(one.id) == typed.segment]
        if typed.segment and not chosen:
            raise InvalidInput("This site has no such segment; it may have been deleted.", field="segment")
        links.add(
            site.id,
            typed.name,
            password_hash=password_hash,
            segment_name=chosen[0].name if chosen else "",
            segment_filters=chosen[0].filters if chosen else (),
            embedded_by=_origins(typed),
            expires_ms=end_of_day_ms(typed.expires, site),
        )

    @router.post("/{link_id}/delete", dependencies=own_form)
    def delete_link(site: ThisSite, link_id: int) -> Response:
        links.delete(site.id, link_id)
        return page.saved(site, "links")

    return router


def _origins(typed: TypedLink) -> list[str]:
    if typed.embedding == ANYWHERE:
        return [ANY_ORIGIN]
    if typed.embedding != NAMED:
        return []
    if not typed.origins.split():
        raise InvalidInput("Name the sites that may show it.", field="embedded_by")
    return typed.origins.split()


def end_of_day_ms(text: str, site: Site) -> int | None:
    """The moment a day of the site ends, given as 2026-12-31; none without a day. Raises InvalidInput."""
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
        ends_at = datetime.combine(date.fromordinal(day.toordinal() + 1), time(), site.zone)
        return int(ends_at.timestamp() * 1000)
    except (ValueError, OverflowError):
        raise InvalidInput("Give the last day as 2026-12-31.", field="expires") from None


def _listed(link: SharedLink, site: Site, base: str, now_ms: int) -> ListedLink:
    url = shared_url(base, site, link)
    ends_at = datetime.fromtimestamp(link.expires_ms / 1000 - 1, site.zone) if link.expires_ms else None
    return ListedLink(
        link,
        url,
        _frame(url, base) if link.embedded_by else "",
        ends_at.date() if ends_at else None,
        link.is_over(now_ms),
    )


def _frame(url: str, base: str) -> str:
    return (
        f'<iframe data-footfall-embed src="{url}&embed=true&theme=system" title="Visitors" loading="lazy"'
        ' style="width:100%;height:1600px;border:0"></iframe>\n'
        f'<script async src="{base}/js/embed.host.js"></script>'
    )
