"""Filters from JSON: comparisons and the words that join them, within limits that keep one query small."""

import json
from typing import Any

from footfall.query import dimensions, operators
from footfall.query.dimensions import Level, dimension
from footfall.query.operators import OPERATORS, Operator
from footfall.query.question import Comparison, Filter, Junction, Negation
from footfall.query.refusals import not_yet, refuse

MAX_DEPTH = 8
MAX_VALUE_LENGTH = 2_000


def parse_filter(sent: Any, path: str, depth: int = 1) -> Filter:
    """One filter of the list; raises InvalidInput."""
    if depth > MAX_DEPTH:
        raise refuse(path, f"Filters may be nested {MAX_DEPTH} deep at most.")
    match sent:
        case [("and" | "or") as word, [_, *_] as inner]:
            return Junction(word, tuple(parse_filter(one, path, depth + 1) for one in inner))
        case ["not", inner]:
            return Negation(parse_filter(inner, path, depth + 1))
        case [str(word), *_] if word in operators.NOT_YET:
            raise not_yet(path, f"Filter operator `{word}` and goals")
        case [_, str(name), *_] if name in dimensions.NOT_YET:
            raise not_yet(path, f"Filters on `{name}`")
        case [str(), str(), [_, *_], *_]:
            return _comparison(sent, path)
    raise refuse(path, f"Invalid filter {json.dumps(sent)}")


def _comparison(sent: list[Any], path: str) -> Filter:
    word, name, values, *modifiers = sent
    operator, against = OPERATORS.get(word), dimension(name)
    if operator is None or against is None or against.level is Level.TIME:
        raise refuse(path, f"Invalid filter {json.dumps(sent)}")
    texts = tuple(_text(value, sent, path) for value in values)
    _check_amount(operator, texts, path)
    return Comparison(operator, against, texts, _is_case_sensitive(sent, modifiers, path))


def _text(value: Any, sent: Any, path: str) -> str:
    if type(value) not in (str, int):
        raise refuse(path, f"Invalid filter {json.dumps(sent)}")
    return str(value)


def _check_amount(operator: Operator, values: tuple[str, ...], path: str) -> None:
    if len(values) > operator.max_values:
        raise refuse(path, f"A filter with `{operator.name}` takes {operator.max_values} values at most.")
    if any(len(value) > MAX_VALUE_LENGTH for value in values):
        raise refuse(path, f"A filter's value may be {MAX_VALUE_LENGTH} characters long at most.")


def _is_case_sensitive(sent: Any, modifiers: list[Any], path: str) -> bool:
    match modifiers:
        case []:
            return True
        case [{"case_sensitive": bool(wanted)} as options] if len(options) == 1:
            return wanted
    raise refuse(path, f"Invalid filter {json.dumps(sent)}")
