"""docs/reference/reports.md says what the tables of reports, parameters and filters say."""

from tests.docs.pages import page, rows, section

from footfall.api.native.filters import FILTERED_BY
from footfall.api.native.parameters import PARAMETERS
from footfall.api.native.reports import REPORTS

TEXT = page("reference/reports.md")


def names(cell: str) -> list[str]:
    return [name.strip("` ") for name in cell.split(",") if name.strip()]


def test_it_documents_every_report() -> None:
    written = {route: (title, names(fields), names(figures)) for route, title, fields, figures in rows_of("# Reports")}

    assert written == {
        f"GET /api/v1/sites/PUBLIC_ID/{report.name}": (report.title, [*report.fields], [*report.metrics])
        for report in REPORTS.values()
    }


def test_it_documents_every_parameter() -> None:
    written = {name: (text, of) for name, text, of in rows_of("## Parameters")}

    assert {name: text for name, (text, _) in written.items()} == {
        row.name: row.text.strip("`") for row in PARAMETERS.values()
    }
    for name, (_, of) in written.items():
        assert set(taken_by(of)) == {report.name for report in REPORTS.values() if name in report.takes}


def test_it_documents_what_filters_know() -> None:
    text = section(TEXT, "## Parameters")

    assert [word for word in FILTERED_BY if f"`{word}`" not in text] == []


def rows_of(heading: str) -> list[list[str]]:
    text = TEXT.partition("\n## ")[0] if heading == "# Reports" else section(TEXT, heading)
    return [cells for cells in rows(text) if cells[0] not in ("route", "parameter", "---")]


def taken_by(cell: str) -> list[str]:
    but = cell.removeprefix("all but ")
    if cell == "all":
        return [*REPORTS]
    return [name for name in REPORTS if name not in names(but)] if but != cell else names(cell)
