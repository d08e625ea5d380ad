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
from footfall.texts import Phrase

PURPOSES = {
    "ai-training": Phrase("AI training"),
    "ai-search": Phrase("AI search"),
    "ai-assistant": Phrase("AI assistant"),
    "ai-crawler": Phrase("AI"),
    "search-engine": Phrase("Search engine"),
    "social-preview": Phrase("Link preview"),
    "feed-reader": Phrase("Feed reader"),
    "monitoring": Phrase("Monitoring"),
    "seo": Phrase("SEO"),
    "advertising": Phrase("Advertising"),
    "scanner": Phrase("Scanner"),
    "archiver": Phrase("Archive"),
    "academic": Phrase("Research"),
    "http-library": Phrase("Program"),
    "browser-automation": Phrase("Automated browser"),
    "crawler": Phrase("Crawler"),
    "unknown": Phrase("Unknown"),
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


ALL = CrawlerGroup("", Phrase("All"), ())
_NAMED = (
    CrawlerGroup("ai", Phrase("AI"), ("ai-training", "ai-search", "ai-assistant", "ai-crawler")),
    CrawlerGroup("search", Phrase("Search engines"), ("search-engine",)),
    CrawlerGroup("previews", Phrase("Previews and feeds"), ("social-preview", "feed-reader")),
    CrawlerGroup("services", Phrase("Monitoring and SEO"), ("monitoring", "seo", "advertising")),
)
_OTHERS = tuple(kind for kind in PURPOSES if not any(kind in group.kinds for group in _NAMED))
GROUPS = {group.key: group for group in (ALL, *_NAMED, CrawlerGroup("other", Phrase("Other"), _OTHERS))}


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
