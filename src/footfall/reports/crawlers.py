"""Which crawlers read a site, by what they read for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from footfall.domain import Site
from footfall.query import DateRange
from footfall.query.crawlers import CrawledPage, CrawlerFigures, crawled_range, crawlers_of, pages_of_crawler
from footfall.reports.view import View
from footfall.store import Reader

PURPOSES = {
    "ai-training": "AI training",
    "ai-search": "AI search",
    "ai-assistant": "AI assistant",
    "ai-crawler": "AI",
    "search-engine": "Search engine",
    "social-preview": "Link preview",
    "feed-reader": "Feed reader",
    "monitoring": "Monitoring",
    "seo": "SEO",
    "advertising": "Advertising",
    "scanner": "Scanner",
    "archiver": "Archive",
    "academic": "Research",
    "http-library": "Program",
    "browser-automation": "Automated browser",
    "crawler": "Crawler",
    "unknown": "Unknown",
}
"""What each kind of machine reads for, as people see it."""

MOST_PAGES = 100


class CrawlerGroup(NamedTuple):
    """Kinds that are looked at together; no kinds stands for all."""

    key: str
    title: str
    kinds: tuple[str, ...]

    def holds(self, kind: str) -> bool:
        """Whether machines of this kind belong here."""
        return not self.kinds or kind in self.kinds


ALL = CrawlerGroup("", "All", ())
_NAMED = (
    CrawlerGroup("ai", "AI", ("ai-training", "ai-search", "ai-assistant", "ai-crawler")),
    CrawlerGroup("search", "Search engines", ("search-engine",)),
    CrawlerGroup("previews", "Previews and feeds", ("social-preview", "feed-reader")),
    CrawlerGroup("services", "Monitoring and SEO", ("monitoring", "seo", "advertising")),
)
_OTHERS = tuple(kind for kind in PURPOSES if not any(kind in group.kinds for group in _NAMED))
GROUPS = {group.key: group for group in (ALL, *_NAMED, CrawlerGroup("other", "Other", _OTHERS))}


@dataclass(frozen=True)
class CrawlerReport:
    """The crawlers of one group, and how many views each group has."""

    range: DateRange
    group: CrawlerGroup
    crawlers: tuple[CrawlerFigures, ...]
    views: dict[str, int]

    @property
    def groups(self) -> list[CrawlerGroup]:
        """Those with a view, and the chosen one."""
        return [group for group in GROUPS.values() if self.views[group.key] or group == self.group]

    def share(self, crawler: CrawlerFigures) -> float:
        """A crawler's part of the views of all machines, in percent."""
        return 100 * crawler.views / self.views[ALL.key]


@dataclass(frozen=True)
class CrawledPages:
    """What one crawler read most; it may come for several purposes."""

    range: DateRange
    name: str
    crawlers: tuple[CrawlerFigures, ...]
    pages: tuple[CrawledPage, ...]


async def ask_crawlers(reader: Reader, site: Site, view: View, group: CrawlerGroup, now: datetime) -> CrawlerReport:
    """The crawlers of a period; raises InvalidInput."""
    span = await crawled_range(reader, site, view.date_range, now)
    found = await crawlers_of(reader, site, span)
    views = {one.key: _views(found, one) for one in GROUPS.values()}
    return CrawlerReport(span, group, tuple(one for one in found if group.holds(one.kind)), views)


async def ask_crawled_pages(reader: Reader, site: Site, view: View, name: str, now: datetime) -> CrawledPages:
    """The pages one crawler read in a period; raises InvalidInput."""
    span = await crawled_range(reader, site, view.date_range, now)
    found = [one for one in await crawlers_of(reader, site, span) if one.name == name]
    pages = await pages_of_crawler(reader, site, name, span, MOST_PAGES)
    return CrawledPages(span, name, tuple(found), tuple(pages))


def _views(found: Sequence[CrawlerFigures], group: CrawlerGroup) -> int:
    return sum(one.views for one in found if group.holds(one.kind))
