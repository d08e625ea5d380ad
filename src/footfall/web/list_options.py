"""What the page of a whole list is asked for: search, order and page, in its URL."""

from collections.abc import Mapping
from dataclasses import dataclass

from footfall.reports.panels import Page, Tab

ROWS_PER_PAGE = 100
ROWS_PER_FILE = 10_000
_MAX_PAGE = 10_000
_DIRECTIONS = ("desc", "asc")


@dataclass(frozen=True)
class ListOptions:
    """The order is a metric of the tab and a direction; pages count from 1."""

    search: str = ""
    order: str = "visitors"
    direction: str = "desc"
    number: int = 1

    def page(self, tab: Tab) -> Page:
        """The part of the list to ask for."""
        offset = (self.number - 1) * ROWS_PER_PAGE
        order_by = (self.order, self.direction)
        return Page(tab.detail_metrics, ROWS_PER_PAGE, offset, order_by, self.search, is_compared=True)

    def whole(self, tab: Tab) -> Page:
        """All of the list, as far as a file goes."""
        return Page(tab.detail_metrics, ROWS_PER_FILE, 0, (self.order, self.direction), self.search)

    def kept(self) -> dict[str, str]:
        """The search and the order, whatever the page."""
        return {"search": self.search, "order": self.order, "direction": self.direction}

    def ordered_by(self, metric: str) -> dict[str, str]:
        """The options of a click on this metric's heading: largest first, then the other way round."""
        is_turned = metric == self.order and self.direction == "desc"
        return {"search": self.search, "order": metric, "direction": "asc" if is_turned else ""}

    def at_page(self, number: int) -> dict[str, str]:
        """The options of another page."""
        return {"search": self.search, "order": self.order, "direction": self.direction, "number": str(number)}


def read_list_options(parameters: Mapping[str, str], tab: Tab) -> ListOptions:
    """The options a query string asks for; what is unknown is left at its default."""
    order, direction = parameters.get("order", ""), parameters.get("direction", "")
    return ListOptions(
        search=parameters.get("search", "").strip(),
        order=order if order in tab.detail_metrics else tab.detail_metrics[0],
        direction=direction if direction in _DIRECTIONS else _DIRECTIONS[0],
        number=_number(parameters.get("number", "")),
    )


def _number(text: str) -> int:
    return min(max(int(text), 1), _MAX_PAGE) if text.isascii() and text.isdigit() and len(text) < 7 else 1
