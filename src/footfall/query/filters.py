"""Filters from JSON: comparisons and the words that join them, within limits that keep one query small."""

import json
from dataclasses import replace
from typing import Any

from footfall.query.dimensions import GOAL, Level, dimension
from footfall.query.goals import named_goals
from footfall.query.operators import OPERATORS, Operator
from footfall.query.question import Comparison, Done, Filter, Junction, Negation
from footfall.query.refusals import refuse
from footfall.query.segments import filters_of_segment
from footfall.query.vocabulary import Vocabulary, check_visible

MAX_DEPTH = 8
MAX_VALUE_LENGTH = 2_000
MAX_SEGMENTS = 10
SEGMENT = "segment"
GOAL_OPERATORS = ("is", "contains")


def parse_filters(sent: list[Any], vocabulary: Vocabulary) -> tuple[Filter, ...]:
    """The filters of a query; one segment at the top level stands for the list it holds. Raises InvalidInput."""
    parsed: list[Filter] = []
    for index, one in enumerate(sent):
        parser = _Parser(vocabulary, f"#/filters/{index}")
        match one:
            case ["is", "segment", [_] as ids]:
                parsed += parser.segment(parser.number(ids[0], one), depth=1)
            case _:
                parsed.append(parser.filter(one))
    return tuple(parsed)


class _Parser:
    """Reads one filter of the list, whose place is named in each refusal."""

    def __init__(self, vocabulary: Vocabulary, path: str) -> None:
        self._vocabulary = vocabulary
        self._path = path

    def filter(self, sent: Any, depth: int = 1) -> Filter:
        if depth > MAX_DEPTH:
            raise refuse(self._path, f"Filters may be nested {MAX_DEPTH} deep at most.")
        match sent:
            case [("and" | "or") as word, [_, *_] as inner]:
                return Junction(word, tuple(self.filter(one, depth + 1) for one in inner))
            case ["not", inner]:
                return Negation(self.filter(inner, depth + 1))
            case [("has_done" | "has_not_done") as word, inner]:
                return Done(self.filter(inner, depth + 1), is_negated=word == "has_not_done")
            case ["is", "segment", [_, *_] as ids]:
                return self._segments(ids, sent, depth)
            case [str(), str(), [_, *_], *_]:
                return self._comparison(sent)
        raise self._invalid(sent)

    def segment(self, number: int, depth: int) -> tuple[Filter, ...]:
        """The filters a segment holds; it cannot hold another."""
        inner = _Parser(replace(self._vocabulary, segments={}), self._path)
        found = filters_of_segment(self._vocabulary.segments, number, self._path)
        return tuple(inner.filter(one, depth) for one in found)

    def number(self, value: Any, sent: Any) -> int:
        if not _is_whole(value):
            raise self._invalid(sent)
        return int(value)

    def _segments(self, ids: list[Any], sent: Any, depth: int) -> Filter:
        if len(ids) > MAX_SEGMENTS:
            raise refuse(self._path, f"A filter takes {MAX_SEGMENTS} segments at most.")
        numbers = [self.number(value, sent) for value in ids]
        return Junction("or", tuple(Junction("and", self.segment(number, depth + 2)) for number in numbers))

    def _comparison(self, sent: list[Any]) -> Filter:
        word, name, values, *modifiers = sent
        operator, against = OPERATORS.get(word), dimension(name)
        if operator is None or against is None or against.level is Level.TIME:
            raise self._invalid(sent)
        check_visible(against, self._vocabulary, self._path)
        texts = tuple(self._text(value, sent) for value in values)
        self._check_amount(operator, texts)
        is_sensitive = self._is_case_sensitive(sent, modifiers)
        if against != GOAL:
            return Comparison(operator, against, texts, is_sensitive)
        if operator.name not in GOAL_OPERATORS:
            raise self._invalid(sent)
        goals = self._vocabulary.goals
        named = named_goals(goals, operator, texts, is_case_sensitive=is_sensitive)
        return Comparison(operator, against, texts, is_sensitive, named)

    def _text(self, value: Any, sent: Any) -> str:
        if isinstance(value, str):
            return value
        return str(self.number(value, sent))

    def _check_amount(self, operator: Operator, values: tuple[str, ...]) -> None:
        if len(values) > operator.max_values:
            raise refuse(self._path, f"A filter with `{operator.name}` takes {operator.max_values} values at most.")
        if any(len(value) > MAX_VALUE_LENGTH for value in values):
            raise refuse(self._path, f"A filter's value may be {MAX_VALUE_LENGTH} characters long at most.")

    def _is_case_sensitive(self, sent: Any, modifiers: list[Any]) -> bool:
        match modifiers:
            case []:
                return True
            case [{"case_sensitive": bool(wanted)} as options] if len(options) == 1:
                return wanted
        raise self._invalid(sent)

    def _invalid(self, sent: Any) -> Exception:
        return refuse(self._path, f"Invalid filter {json.dumps(sent)}")


def _is_whole(value: Any) -> bool:
    """Whether it is an integer as JSON has them: 1.0 is one, true is none."""
    return type(value) is int or (type(value) is float and value.is_integer())
