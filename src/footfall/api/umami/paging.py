"""Pages as Umami numbers them: `page` from 1, `pageSize`, and the answer's envelope."""

from collections.abc import Sequence
from typing import Annotated, Any, NamedTuple

from fastapi import Depends, Query

_MAX_PAGE = 10_000
_MAX_SIZE = 1_000


class Page(NamedTuple):
    """The page asked for."""

    number: int
    size: int

    @property
    def offset(self) -> int:
        """How many items come before it."""
        return (self.number - 1) * self.size

    def envelope(self, data: Sequence[dict[str, Any]], count: int) -> dict[str, Any]:
        """The answer."""
        return {"data": list(data), "count": count, "page": self.number, "pageSize": self.size}


def page_asked(
    page: Annotated[int, Query(ge=1, le=_MAX_PAGE)] = 1,
    page_size: Annotated[int, Query(alias="pageSize", ge=1, le=_MAX_SIZE)] = 20,
) -> Page:
    """Read it off a request."""
    return Page(page, page_size)


AskedPage = Annotated[Page, Depends(page_asked)]
