"""From the JSON of a query to a Question, or to an error that points at the part that is wrong.

Shape and names are checked here; what may be asked together stands in `rules`.
"""

import json
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from footfall.domain import Goal
from footfall.errors import InvalidInput
from footfall.query.dates import is_range
from footfall.query.dimensions import Dimension, dimension
from footfall.query.filters import parse_filters
from footfall.query.goals import goals_of_breakdown
from footfall.query.metrics import METRICS, Metric
from footfall.query.question import MAX_ROWS, MODES, ComparedWith, Include, Order, Question
from footfall.query.refusals import refuse
from footfall.query.rules import check
from footfall.query.vocabulary import NOTHING_NAMED, Vocabulary, check_visible

_REQUIRED = ("metrics", "date_range")
_KEYS = (*_REQUIRED, "dimensions", "filters", "order_by", "include", "pagination")
_COMPARISONS = "comparisons"
SWITCHES = tuple(name for name in Include.__dataclass_fields__ if name != _COMPARISONS)
DIRECTIONS = ("asc", "desc")
MAX_DIMENSIONS = 8
MAX_OFFSET = 10_000_000
_JSON_NAMES = {dict: "Object", list: "Array", str: "String", bool: "Boolean", int: "Integer"}

_Item = TypeVar("_Item")
_Kind = TypeVar("_Kind", dict[str, Any], list[Any], bool, int)


def parse(payload: dict[str, Any], vocabulary: Vocabulary = NOTHING_NAMED) -> Question:
    """The question in a v2 body without its site, about what the site has named; raises InvalidInput."""
    question = read(payload, vocabulary)
    check(question)
    return question


def read(payload: dict[str, Any], vocabulary: Vocabulary) -> Question:
    """The question as it stands, answerable or not; raises InvalidInput where it does not fit the schema."""
    _require_keys(payload)
    filters = parse_filters(_typed(payload.get("filters", []), list, "#/filters"), vocabulary)
    return Question(
        metrics=_metrics(payload["metrics"]),
        date_range=_date_range(payload["date_range"]),
        dimensions=_dimensions(payload.get("dimensions", []), vocabulary),
        goals=goals_of_breakdown(vocabulary.goals, filters),
        filters=filters,
        order_by=_order_by(payload.get("order_by", [])),
        include=_include(payload.get("include", {})),
        **_pagination(payload.get("pagination", {})),
    )


def check_filters(sent: Any, goals: tuple[Goal, ...]) -> list[Any]:
    """The filters of a segment, if a question may have them; raises InvalidInput."""
    filters = _typed(sent, list, "#/filters")
    parse({"metrics": ["visitors"], "date_range": "day", "filters": filters}, Vocabulary(goals))
    return filters


def _require_keys(payload: dict[str, Any]) -> None:
    _typed(payload, dict, "#")
    _require_unicode(payload)
    _only_keys(payload, _KEYS, "#")
    missing = [key for key in _REQUIRED if key not in payload]
    if len(missing) == 1:
        raise refuse("#", f"Required property {missing[0]} was not present.", field=missing[0])
    if missing:
        raise refuse("#", f"Required properties {', '.join(missing)} were not present.", field=missing[0])


def _require_unicode(payload: dict[str, Any]) -> None:
    """JSON may carry half of a surrogate pair, which is no text the engine could be given."""
    try:
        json.dumps(payload, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise InvalidInput("#: Text must be valid Unicode.") from None


def _metrics(sent: Any) -> tuple[Metric, ...]:
    if sent == []:
        raise refuse("#/metrics", "Expected a minimum of 1 items but got 0.")
    return _each(sent, "#/metrics", _metric)


def _metric(name: Any, path: str) -> Metric:
    found = METRICS.get(name) if isinstance(name, str) else None
    if found is None:
        raise refuse(path, f"Invalid metric {json.dumps(name)}")
    return found


def _dimensions(sent: Any, vocabulary: Vocabulary) -> tuple[Dimension, ...]:
    found = _each(sent, "#/dimensions", _dimension)
    for index, one in enumerate(found):
        check_visible(one, vocabulary, f"#/dimensions/{index}")
    if len(found) > MAX_DIMENSIONS:
        raise refuse("#/dimensions", f"Expected a maximum of {MAX_DIMENSIONS} items but got {len(found)}.")
    return found


def _dimension(name: Any, path: str) -> Dimension:
    found = dimension(name) if isinstance(name, str) else None
    if found is None:
        raise refuse(path, f"Invalid dimension {json.dumps(name)}")
    return found


def _each(sent: Any, path: str, parse_item: Callable[[Any, str], _Item]) -> tuple[_Item, ...]:
    """Unique items of a list, each parsed at its own path."""
    items = _typed(sent, list, path)
    found = tuple(parse_item(item, f"{path}/{index}") for index, item in enumerate(items))
    if any(item in found[:index] for index, item in enumerate(found)):
        raise refuse(path, "Expected items to be unique but they were not.")
    return found


def _date_range(sent: Any) -> str | tuple[str, str]:
    if isinstance(sent, str) and is_range(sent):
        return sent
    return _ends(sent, "#/date_range")


def _ends(sent: Any, path: str) -> tuple[str, str]:
    """First and last day or moment of a range."""
    match sent:
        case [str(first), str(last)]:
            return first, last
    raise refuse(path, f"Invalid date range {json.dumps(sent)}")


def _order_by(sent: Any) -> tuple[Order, ...]:
    items = _typed(sent, list, "#/order_by")
    return tuple(_order(item, f"#/order_by/{index}") for index, item in enumerate(items))


def _order(sent: Any, path: str) -> Order:
    is_pair = isinstance(sent, list) and len(sent) == 2 and isinstance(sent[0], str)
    if not is_pair or sent[1] not in DIRECTIONS:
        raise refuse(path, f"Invalid order_by entry {json.dumps(sent)}")
    return Order(sent[0], is_descending=sent[1] == "desc")


def _include(sent: Any) -> Include:
    options = _typed(sent, dict, "#/include")
    _only_keys(options, (*SWITCHES, _COMPARISONS), "#/include")
    switches = {key: _typed(options[key], bool, f"#/include/{key}") for key in SWITCHES if key in options}
    compared = _compared_with(options[_COMPARISONS]) if _COMPARISONS in options else None
    return Include(**switches, comparisons=compared)


def _compared_with(sent: Any) -> ComparedWith:
    path = f"#/include/{_COMPARISONS}"
    _only_keys(_typed(sent, dict, path), ("mode", "match_day_of_week", "date_range"), path)
    mode = sent.get("mode")
    if mode not in MODES:
        raise refuse(f"{path}/mode", f"Invalid mode {json.dumps(mode)}; it is one of {', '.join(MODES)}.")
    if ("date_range" in sent) != (mode == "custom"):
        raise refuse(path, "A custom comparison, and no other, needs a date_range of two ends.")
    matches = _typed(sent.get("match_day_of_week", False), bool, f"{path}/match_day_of_week")
    ends = _ends(sent["date_range"], f"{path}/date_range") if mode == "custom" else None
    return ComparedWith(mode, matches, ends)


def _pagination(sent: Any) -> dict[str, int]:
    options = _typed(sent, dict, "#/pagination")
    _only_keys(options, ("limit", "offset"), "#/pagination")
    return {
        "limit": _between(options.get("limit", MAX_ROWS), 1, MAX_ROWS, "#/pagination/limit"),
        "offset": _between(options.get("offset", 0), 0, MAX_OFFSET, "#/pagination/offset"),
    }


def _between(sent: Any, least: int, most: int, path: str) -> int:
    is_whole = type(sent) is float and sent.is_integer()  # 1.0 is an integer in JSON
    number = int(sent) if is_whole else _typed(sent, int, path)
    if number < least:
        raise refuse(path, f"Expected the value to be >= {least}")
    if number > most:
        raise refuse(path, f"Expected the value to be <= {most}")
    return number


def _typed(sent: Any, kind: type[_Kind], path: str) -> _Kind:
    if type(sent) is not kind:
        given = _JSON_NAMES.get(type(sent), "Null" if sent is None else "Number")
        raise refuse(path, f"Type mismatch. Expected {_JSON_NAMES[kind]} but got {given}.")
    return sent


def _only_keys(sent: dict[str, Any], known: Sequence[str], path: str) -> None:
    for key in sent:
        if key not in known:
            raise InvalidInput(f"{path}/{key}: Schema does not allow additional properties.", field=str(key))
