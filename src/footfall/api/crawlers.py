"""`GET /api/v1/sites/{public_id}/crawlers`: which machines read a site."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends

from footfall.accounts import Caller
from footfall.api.errors import ShapedErrorRoute
from footfall.api.keys import Keys, caller_with
from footfall.api.native.asked import in_own_words
from footfall.domain import Site
from footfall.errors import InvalidInput, NotFound
from footfall.query.crawlers import CrawlerFigures, crawled_range, crawlers_of
from footfall.sites import SiteDirectory
from footfall.store import Reader


def crawlers_router(*, sites: SiteDirectory, keys: Keys, reader: Reader, clock: Callable[[], int]) -> APIRouter:
    """Make the route; ``clock`` gives UTC milliseconds."""
    router = APIRouter(prefix="/api/v1/sites/{public_id}/crawlers", tags=["stats"], route_class=ShapedErrorRoute)
    stats_reader = Depends(caller_with(keys, "stats:read"))

    @router.get("")
    async def list_crawlers(
        public_id: str, caller: Annotated[Caller, stats_reader], period: str = "30d"
    ) -> dict[str, Any]:
        """List the crawlers that read a site in ``period``: a date range of the stats API, or two days and a comma."""
        site = _site_of(sites, caller, public_id)
        now = datetime.fromtimestamp(clock() / 1000, UTC)
        first, is_pair, last = period.partition(",")
        try:
            span = await crawled_range(reader, site, (first, last) if is_pair else period, now)
        except InvalidInput as error:
            raise in_own_words(error) from error
        return {
            "first_at": span.first_at.isoformat(),
            "end_at": span.end_at.isoformat(),
            "crawlers": [_shown(crawler) for crawler in await crawlers_of(reader, site, span)],
        }

    return router


def _site_of(sites: SiteDirectory, caller: Caller, public_id: str) -> Site:
    site = sites.by_public_id(public_id)
    if site is None or not caller.may_use(site.id):
        raise NotFound("The key reaches no site with this public id.")
    return site


def _shown(crawler: CrawlerFigures) -> dict[str, Any]:
    return crawler._asdict() | {"last_seen_at": crawler.last_seen_at.isoformat()}
