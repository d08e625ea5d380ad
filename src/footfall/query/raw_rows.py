"""Raw rows as a stream of bytes, oldest first: what the figures of an answer were counted from.

The engine reads a site day by day, so what it holds at once is a day and not the range.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from footfall.domain import Site
from footfall.query.bindings import Bindings
from footfall.query.dates import DateRange
from footfall.query.question import Filter
from footfall.query.where import Where
from footfall.store import Reader, Statement

# The embedded engine holds all of a CSVWithNames in memory; a CSV it streams.
RAW_FORMATS = {"csv": "CSV", "jsonl": "JSONEachRow", "parquet": "Parquet"}
_CSV = "csv"

# What spreadsheets run; an apostrophe tells them that the rest is text (OWASP, CSV injection).
_FORMULA = r"^[=+\\-@\\t\\r\\n]"

# Without the first setting a condition would read the text that is written in a column's place.
_SETTINGS = (
    "SETTINGS prefer_column_name_to_alias = 1, optimize_read_in_order = 1, max_bytes_before_external_sort = 100000000,"
    " max_block_size = 8192, output_format_parquet_row_group_size = 50000, output_format_parallel_formatting = 0,"
    # Else it reads ahead in every month at once.
    " read_in_order_use_buffering = 0"
)


@dataclass(frozen=True)
class RawTable:
    """A table to export: what of it means nothing elsewhere, and the columns of text."""

    name: str
    internal: tuple[str, ...]
    texts: tuple[str, ...]


RAW_TABLES = {
    "events": RawTable(
        "events",
        ("site_id", "batch_id", "visit_opened_at", "visit_opened_day"),
        (
            *("name", "hostname", "path", "source", "channel", "referrer"),
            *("utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term", "click_id_kind"),
            *("device", "browser", "browser_version", "os", "os_version", "screen", "language"),
            *("country", "region", "city", "revenue_currency"),
        ),
    ),
    "crawler-views": RawTable("crawler_views", ("site_id", "batch_id"), ("name", "vendor", "kind", "hostname", "path")),
}


class RawRows(NamedTuple):
    """How many rows there were a moment ago, and their bytes."""

    total: int
    blocks: Iterator[bytes]


async def raw_rows(
    reader: Reader, site: Site, table: RawTable, within: DateRange, filters: tuple[Filter, ...], form: str
) -> RawRows:
    """The rows of a range that filters let through, in one of RAW_FORMATS; views by machines know no filters."""
    bindings = Bindings()
    rows = f"FROM {table.name} WHERE {Where(site, within, bindings).events(filters)}"
    counting = Statement("query.count_raw_rows", f"SELECT count() {rows}", bindings.parameters, site.id)
    ((count,),) = await reader.ask(counting)
    texts = f" REPLACE ({', '.join(map(_harmless, table.texts))})" if form == _CSV else ""
    columns = f"SELECT * EXCEPT ({', '.join(table.internal)}){texts} {rows}"
    sql = f"{columns} ORDER BY local_day, timestamp, event_id {_SETTINGS}"
    streamed = replace(counting, tag="query.raw_rows", sql=sql)
    blocks = reader.stream(streamed, RAW_FORMATS[form])
    if form == _CSV:
        names = replace(streamed, sql=f"{columns} LIMIT 0 {_SETTINGS}")
        blocks = _headed(reader.stream(names, "CSVWithNames"), blocks)
    return RawRows(int(count), blocks)


def _headed(names: Iterator[bytes], blocks: Iterator[bytes]) -> Iterator[bytes]:
    """The names, no sooner than the first block: until then a failure can be told as one."""
    head = b"".join(names)
    yield head + next(blocks, b"")
    yield from blocks


def _harmless(column: str) -> str:
    text = f"toString({column})"
    return f"if(match({text}, '{_FORMULA}'), concat('\\'', {text}), {text}) AS {column}"
