"""Filters as chips: what each group of filters is called on screen."""

from collections.abc import Mapping
from typing import NamedTuple

from footfall.reports.dimensions import SEGMENT, named
from footfall.reports.view import FilterGroup, View
from footfall.texts import Phrase, reader
from footfall.web.labels import Label, label

_VALUES_SHOWN = 3


class Chip(NamedTuple):
    """A group of filters in words; ``more`` counts the values there is no room for."""

    group: FilterGroup
    title: str
    words: str
    values: tuple[Label, ...]
    more: int

    def text(self) -> str:
        """The whole of it, as it is read aloud."""
        of = reader().of
        values = f" {of(Phrase('or'))} ".join(of(value.text) for value in self.values)
        return f"{of(self.title)} {of(self.words)} {values}"


def chips_of(view: View, segments: Mapping[int, str]) -> list[Chip]:
    """The chips of a view; ``segments`` are their names by number."""
    return [_chip(group, segments) for group in view.groups]


def _chip(group: FilterGroup, segments: Mapping[int, str]) -> Chip:
    shown = group.values[:_VALUES_SHOWN]
    if group.dimension == SEGMENT:
        labels = tuple(Label(segments.get(int(value)) or Phrase("number {number}", number=value)) for value in shown)
    elif group.compares.is_exact:
        labels = tuple(label(group.dimension, value) for value in shown)
    else:
        labels = tuple(Label(value) for value in shown)
    words = group.compares.words
    if not group.is_case_sensitive:
        words = Phrase("{compares} (any case)", compares=words)
    return Chip(group, named(group.dimension).title, words, labels, len(group.values) - len(shown))
