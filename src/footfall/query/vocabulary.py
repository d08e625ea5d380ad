"""What a question about a site may name: its goals, its segments, and every property but those its owner hides."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from footfall.domain import Goal
from footfall.query.dimensions import Dimension
from footfall.query.refusals import refuse


@dataclass(frozen=True)
class Vocabulary:
    """The goals of a site, and the filters of each segment the caller may use, as they were saved.

    ``hidden`` are keys of properties that nobody may ask about.
    """

    goals: tuple[Goal, ...] = ()
    segments: Mapping[int, list[Any]] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()


NOTHING_NAMED = Vocabulary()


def check_visible(against: Dimension, vocabulary: Vocabulary, path: str) -> None:
    """Raise InvalidInput for a property that is hidden; ``path`` says where in the question it stands."""
    if against.key in vocabulary.hidden:
        raise refuse(path, f"The owner of this site has hidden the property `{against.key}`.")
