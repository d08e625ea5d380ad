"""That imported days are not in a figure, though they lie in its range: what is said of it, and why it is so."""

from collections.abc import Mapping

from footfall.query import Answer
from footfall.texts import Phrase

_OF_FIGURES = {
    "unsupported_interval": Phrase("The chart leaves out imported data: these are totals of days, not of hours."),
    "unsupported_query": Phrase(
        "Imported data are left out: they are totals of days by one dimension, which cannot be filtered in this way."
    ),
}
_OF_LISTS = {"unsupported_query": Phrase("Imported data do not tell this, so they are left out of this list.")}


def left_out_of_figures(total: Answer, steps: Answer) -> Phrase | None:
    """Why imported days are not in the headline, or at least not in its chart; none where nothing is left out."""
    return _said(_OF_FIGURES, total) or _said(_OF_FIGURES, steps)


def left_out_of_list(answer: Answer) -> Phrase | None:
    """The same of a list."""
    return _said(_OF_LISTS, answer)


def _said(reasons: Mapping[str, Phrase], answer: Answer) -> Phrase | None:
    return reasons.get(answer.imports_skipped)
