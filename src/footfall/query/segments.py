"""Segments in a question: filters that were saved under a number."""

from collections.abc import Mapping
from typing import Any

from footfall.query.refusals import refuse


def filters_of_segment(segments: Mapping[int, list[Any]], number: int, path: str) -> list[Any]:
    """The filters as they were saved; raises InvalidInput where the caller has no such segment."""
    found = segments.get(number)
    if found is None:
        raise refuse(path, f"The segment {number} does not exist, or is not yours to use.")
    return found
