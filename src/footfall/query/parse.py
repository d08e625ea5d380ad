"""From the JSON of a query to a Question, or to an error that points at the part that is wrong.

Shape and names are checked here; what may be asked together stands in `rules`.
"""

import json
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from footfall.errors import InvalidInput
from footfall.query import dimensions, metrics
from footfall.query.dimensions import Dimension, dimension
from footfall.query.filters import parse_filter
from footfall.query.metrics import METRICS, Metric
from footfall.query.question import MAX_ROWS, Filter, Include, Order, Question
from footfall.query.refusals import not_yet, refuse
from footfall.query.rules import check

_REQUIRED = ("metrics", "date_range")
_KEYS = (*_REQUIRED, "dimensions", "filters", "order_by", "include", "pagination")
_INCLUDES = Include.__dataclass_fields__
_DIRECTIONS = ("asc", "desc")
_MAX_DIMENSIONS = 8
_MAX_OFFSET = 10_000_000
_JSON_NAMES = {dict: "Object", list: "Array", str: "String", bool: "Boolean", int: "Integer"}

_Item = TypeVar("_Item")
_Kind = TypeVar("_Kind", dict[str, Any], list[Any], bool, int)


def parse(payload: dict[str, Any]) -> Question:
    """The question in a v2 body without its site; raises InvalidInput."""
    _require_keys(payload)
    question = Question(
        metrics=_metrics(payload["metrics"]),
        date_range=_date_range(payload["date_range"]),
        dimensions=_dimensions(payload.get("dimensions", [])),
        filters=_filters(payload.get("filters", [])),
        order_by=_order_by(payload.get("order_by", [])),
        include=_include(payload.get("include", {})),
        **_pagination(payload.get("pagination", {})),
    )
    check(question)
    return question


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
    if name in metrics.NOT_YET:
        raise not_yet(path, f"Metric `{name}` needs goals, and goals")
    found = METRICS.get(name) if isinstance(name, str) else None
    if found is None:
        raise refuse(path, f"Invalid metric {json.dumps(name)}")
    return found


def _dimensions(sent: Any) -> tuple[Dimension, ...]:
    found = _each(sent, "#/dimensions", _dimension)
    if len(found) > _MAX_DIMENSIONS:
        raise refuse("#/dimensions", f"Expected a maximum of {_MAX_DIMENSIONS} items but got {len(found)}.")
    return found


def _dimension(name: Any, path: str) -> Dimension:
    if name in dimensions.NOT_YET:
        raise not_yet(path, f"Dimension `{name}` needs goals, and goals")
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
    if isinstance(sent, str):
        return sent
    if isinstance(sent, list) and len(sent) == 2 and all(isinstance(item, str) for item in sent):
        return (sent[0], sent[1])
    raise refuse("#/date_range", f"Invalid date range {json.dumps(sent)}")


def _filters(sent: Any) -> tuple[Filter, ...]:
    items = _typed(sent, list, "#/filters")
    return tuple(parse_filter(item, f"#/filters/{index}") for index, item in enumerate(items))


def _order_by(sent: Any) -> tuple[Order, ...]:
    items = _typed(sent, list, "#/order_by")
    return tuple(_order(item, f"#/order_by/{index}") for index, item in enumerate(items))


def _order(sent: Any, path: str) -> Order:
    is_pair = isinstance(sent, list) and len(sent) == 2 and isinstance(sent[0], str)
    if not is_pair or sent[1] not in _DIRECTIONS:
        raise refuse(path, f"Invalid order_by entry {json.dumps(sent)}")
    return Order(sent[0], is_descending=sent[1] == "desc")


def _include(sent: Any) -> Include:
    options = _typed(sent, dict, "#/include")
    if "comparisons" in options:
        raise not_yet("#/include/comparisons", "Comparisons")
    _only_keys(options, tuple(_INCLUDES), "#/include")
    return Include(**{key: _typed(value, bool, f"#/include/{key}") for key, value in options.items()})


def _pagination(sent: Any) -> dict[str, int]:
    options = _typed(sent, dict, "#/pagination")
    _only_keys(options, ("limit", "offset"), "#/pagination")
    return {
        "limit": _between(options.get("limit", MAX_ROWS), 1, MAX_ROWS, "#/pagination/limit"),
        "offset": _between(options.get("offset", 0), 0, _MAX_OFFSET, "#/pagination/offset"),
    }


def _between(sent: Any, least: int, most: int, path: str) -> int:
    number = _typed(sent, int, path)
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
