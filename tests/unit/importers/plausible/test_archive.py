"""Reading the ZIP that Plausible exports."""

import io
from datetime import date

import pytest
from tests.plausible_export import FILES, packed

from footfall.domain.calendar import day_of
from footfall.errors import InvalidInput
from footfall.importers.plausible import read_archive
from footfall.store import ImportedRow

FIRST = day_of(date(2026, 3, 1))


def rows(content: bytes) -> list[ImportedRow]:
    return list(read_archive(io.BytesIO(content)).rows)


def test_it_tells_totals_by_one_dimension() -> None:
    found = rows(packed())

    total = next(row for row in found if (row.counted, row.dimension) == ("visits", ""))
    assert total == ImportedRow("visits", "", "", FIRST, 12, 4, 600_000, pageviews=30, confined_visitors=10)
    assert {row.dimension for row in found if row.counted == "visits"} >= {"source", "channel", "entry_page", "os"}
    channels = {row.value for row in found if row.dimension == "channel"}
    assert channels == {"Organic Search", "Direct", "Paid Search"}
    assert not any("lovelace" in row.value for row in found)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"no zip", "no ZIP"),
        (packed({}), "no file of an export"),
        (packed({"visitors": "date,visitors\n2026-03-01,1"}), "lacks the columns bounces, pageviews"),
        (packed({"visitors": FILES["visitors"].replace("10,30", "-1,30")}), "line 2: a figure"),
        (packed({"visitors": FILES["visitors"].replace("2026-03-02", "2026-13-02")}), "line 3: a date"),
        (packed({"visitors": FILES["visitors"].replace("2026-03-01", "1969-03-01")}), "this day cannot"),
        (
            packed({"visitors": "date,visitors,pageviews,bounces,visits,visit_duration\n2026-03-01,1"}),
            "a cell is missing",
        ),
        (packed({"pages": FILES["pages"].replace("/,10", "/" + "x" * 3_000 + ",10")}), "too long"),
    ],
)
def test_it_refuses_what_it_cannot_understand(content: bytes, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        rows(content)
