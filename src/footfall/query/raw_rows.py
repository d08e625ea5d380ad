"""Raw rows as a stream of bytes, oldest first: what the figures of an answer were counted from.

The engine reads a site day by day, so what it holds at once is a day and not the range.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from footfall.domain import Site
from footfall.query.bindings import Bindings
from footfall.query.dates import DateRange
from footfall.query.question import Filter
from footfall.query.where import Where
from footfall.store import Reader, Statement

RAW_FORMATS = {"csv": "CSVWithNames", "jsonl": "JSONEachRow", "parquet": "Parquet"}
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
    """A table to export: what of it means nothing elsewhere, the columns of text, whether it has properties."""

    name: str
    internal: tuple[str, ...]
    texts: tuple[str, ...]
    has_properties: bool = False


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
        has_properties=True,
    ),
    "crawler-views": RawTable("crawler_views", ("site_id", "batch_id"), ("name", "vendor", "kind", "hostname", "path")),
}


class RawRows(NamedTuple):
    """How many rows there were a moment ago, and their bytes."""

    total: int
    blocks: Iterator[bytes]


async def raw_rows(
    reader: Reader,
    site: Site,
    table: RawTable,
    within: DateRange,
    filters: tuple[Filter, ...],
    form: str,
    hidden: Iterable[str] = (),
) -> RawRows:
    """The rows of a range that filters let through, in one of RAW_FORMATS; views by machines know no filters.

    Events come without the properties whose keys are ``hidden``.
    """
    bindings = Bindings()
    rows = f"FROM {table.name} WHERE {Where(site, within, bindings).events(filters)}"
    counting = Statement("query.count_raw_rows", f"SELECT count() {rows}", dict(bindings.parameters), site.id)
    ((count,),) = await reader.ask(counting)
    written = [_harmless(column) for column in table.texts] if form == _CSV else []
    keys = sorted(hidden) if table.has_properties else []
    if keys:
        left_out = bindings.bind("Array(String)", keys)
        written.append(f"mapFilter((key, value) -> NOT has({left_out}, toString(key)), props) AS props")
    replaced = f" REPLACE ({', '.join(written)})" if written else ""
    columns = f"SELECT * EXCEPT ({', '.join(table.internal)}){replaced} {rows}"
    sql = f"{columns} ORDER BY local_day, timestamp, event_id {_SETTINGS}"
    streamed = Statement("query.raw_rows", sql, bindings.parameters, site.id)
    return RawRows(int(count), reader.stream(streamed, RAW_FORMATS[form]))


def _harmless(column: str) -> str:
    text = f"toString({column})"
    return f"if(match({text}, '{_FORMULA}'), concat('\\'', {text}), {text}) AS {column}"
