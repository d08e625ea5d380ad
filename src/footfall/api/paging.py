"""Cursor paging in the shape of Plausible's API: opaque cursors, and both neighbours in ``meta``."""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Annotated, Any, Generic, NamedTuple, TypeVar

from fastapi import Depends, Query

from footfall.errors import InvalidInput

MAX_LIMIT = 1000
DEFAULT_LIMIT = 100

T = TypeVar("T")


class PageAsked(NamedTuple):
    """Which page the caller wants: after or before a number, or the first."""

    limit: int
    after: int | None
    before: int | None


class Page(NamedTuple, Generic[T]):
    """A page of items, and what ``meta`` says about its neighbours."""

    items: Sequence[T]
    meta: dict[str, Any]


def page_asked(
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT, after: str = "", before: str = ""
) -> PageAsked:
    """Read the paging parameters of a request; raises InvalidInput for a cursor that is none of ours."""
    return PageAsked(limit, _read_cursor("after", after), _read_cursor("before", before))


AskedPage = Annotated[PageAsked, Depends(page_asked)]


def page_of(items: Sequence[T], number_of: Callable[[T], int], asked: PageAsked) -> Page[T]:
    """Cut the asked page out of ``items``, which are in the order of their numbers."""
    rest = [
        item
        for item in items
        if (asked.after is None or number_of(item) > asked.after)
        and (asked.before is None or number_of(item) < asked.before)
    ]
    is_backward = asked.after is None and asked.before is not None
    chosen = rest[-asked.limit :] if is_backward else rest[: asked.limit]
    if not chosen:
        return Page([], {"after": None, "before": None, "limit": asked.limit})
    first, last = number_of(chosen[0]), number_of(chosen[-1])
    meta = {
        "after": _cursor(last) if number_of(items[-1]) > last else None,
        "before": _cursor(first) if number_of(items[0]) < first else None,
        "limit": asked.limit,
    }
    return Page(chosen, meta)


def _cursor(number: int) -> str:
    return base64.urlsafe_b64encode(str(number).encode()).decode().rstrip("=")


def _read_cursor(field: str, text: str) -> int | None:
    if not text:
        return None
    try:
        return int(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, binascii.Error) as error:
        raise InvalidInput(f"The cursor {field} is not one this API gave out.", field=field) from error
