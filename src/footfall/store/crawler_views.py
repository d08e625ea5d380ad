"""Writing the page views of machines: a table of its own, filled by the same batches as `events`."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from footfall.domain import Crawler, Event
from footfall.store.inserting import Inserter


class CrawlerView(NamedTuple):
    """A view by a machine, with its day in the site's zone."""

    event: Event
    crawler: Crawler
    local_day: int


def insert_crawler_views(inserter: Inserter, batch_id: int, token: str, views: Sequence[CrawlerView]) -> None:
    """Insert a batch's views as one block; ``token`` is that of the batch."""
    columns: dict[str, list[Any]] = {
        "site_id": [event.site_id for event, _, _ in views],
        "local_day": [local_day for _, _, local_day in views],
        "name": [crawler.name for _, crawler, _ in views],
        "vendor": [crawler.vendor for _, crawler, _ in views],
        "kind": [crawler.kind for _, crawler, _ in views],
        "hostname": [event.hostname for event, _, _ in views],
        "path": [event.path for event, _, _ in views],
        "timestamp": [event.timestamp_ms for event, _, _ in views],
        "event_id": [event.event_id for event, _, _ in views],
        "received_at": [event.received_ms // 1000 for event, _, _ in views],
        "batch_id": [batch_id] * len(views),
    }
    inserter.insert("crawler_views", columns, f"{token}-crawlers")
