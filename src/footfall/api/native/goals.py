"""The report of goals: how many visitors reached each."""

from typing import Any

from footfall.api.native.asked import Answers, Asked, Report, Table


async def goals(answers: Answers, report: Report, asked: Asked) -> Table:
    """One row for each goal of a page, in the order they were added; those that nobody reached, too."""
    found = await answers.ask(asked, report.metrics, dimensions=["event:goal"])
    figures = {row.dimensions[0]: row.metrics for row in found.rows}
    listed = [goal.display_name for goal in found.question.goals]
    chosen = listed[asked.offset : asked.offset + asked.limit]
    unreached = (0,) * len(report.metrics)
    rows: list[dict[str, Any]] = [
        {"goal": name} | dict(zip(report.metrics, figures.get(name, unreached), strict=True)) for name in chosen
    ]
    return Table(rows, found.range, len(listed))
