"""Reports of Web Vitals: figures of their own, which no filter divides."""

from footfall.api.native.asked import Answers, Asked, Report, Table
from footfall.query import FIGURES_OF_VITALS, vitals_of


async def vitals(answers: Answers, report: Report, asked: Asked) -> Table:
    """One row for each page or device, or one for all; most measured first."""
    within = (await answers.ask(asked, ("visits",))).range
    by = report.fields[0] if report.fields else ""
    found = await vitals_of(answers.reader, answers.site, within, by, limit=asked.limit, offset=asked.offset)
    names = (*report.fields, *FIGURES_OF_VITALS)
    rows = [dict(zip(names, (*([one.value] if by else []), *one.figures), strict=True)) for one in found]
    return Table(rows, within, found[0].row_count if found else 0)
