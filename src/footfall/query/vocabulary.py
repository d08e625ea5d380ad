"""What the members of a site have given names to and may ask for: its goals and its segments."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from footfall.domain import Goal


@dataclass(frozen=True)
class Vocabulary:
    """The goals of a site, and the filters of each segment the caller may use, as they were saved."""

    goals: tuple[Goal, ...] = ()
    segments: Mapping[int, list[Any]] = field(default_factory=dict)


NOTHING_NAMED = Vocabulary()
