"""Filters as chips: what each group of filters is called on screen."""

from collections.abc import Mapping
from typing import NamedTuple

from footfall.reports.dimensions import SEGMENT, named
from footfall.reports.view import FilterGroup, View
from footfall.texts import Phrase, reader
from footfall.web.labels import Label, label

_VALUES_SHOWN = 3


class Chip(NamedTuple):
    """A group of filters in words; what its values are called is told as the page is written."""

    group: FilterGroup
    title: str
    words: str
    segments: Mapping[int, str]

    @property
    def more(self) -> int:
        """How many values there is no room for."""
        return max(0, len(self.group.values) - _VALUES_SHOWN)

    def values(self) -> tuple[Label, ...]:
        """Those there is room for."""
        return tuple(self._label(value) for value in self.group.values[:_VALUES_SHOWN])

    def text(self) -> str:
        """The whole of it, as it is read aloud."""
        of = reader().of
        values = f" {of(Phrase('or'))} ".join(of(value.text) for value in self.values())
        return f"{of(self.title)} {of(self.words)} {values}"

    def _label(self, value: str) -> Label:
        if self.group.dimension == SEGMENT:
            return Label(self.segments.get(int(value)) or Phrase("number {number}", number=value))
        return label(self.group.dimension, value) if self.group.compares.is_exact else Label(value)


def chips_of(view: View, segments: Mapping[int, str]) -> list[Chip]:
    """The chips of a view; ``segments`` are their names by number."""
    return [_chip(group, segments) for group in view.groups]


def _chip(group: FilterGroup, segments: Mapping[int, str]) -> Chip:
    words = group.compares.words
    if not group.is_case_sensitive:
        words = Phrase("{compares} (any case)", compares=words)
    return Chip(group, named(group.dimension).title, words, segments)
