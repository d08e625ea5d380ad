from typing import Any

import pytest

from footfall.errors import InvalidInput
from footfall.query.parse import parse

PAGE_FILTER = [["is", "event:page", ["/"]]]


def ask(metric: str, dimensions: list[str] | None = None, **changes: Any) -> None:
    parse({"metrics": [metric], "date_range": "7d", "dimensions": dimensions or [], **changes})


@pytest.mark.parametrize(
    ("metric", "dimensions", "changes", "message"),
    [
        ("scroll_depth", [], {}, "Metric `scroll_depth` can only be queried with event:page filters or dimensions."),
        ("time_on_page", [], {}, "Metric `time_on_page` can only be queried with event:page filters or dimensions."),
        ("percentage", [], {}, "Metric `percentage` can only be queried with dimensions."),
        ("views_per_visit", ["visit:source"], {}, "Metric `views_per_visit` cannot be queried with `dimensions`."),
        (
            "views_per_visit",
            [],
            {"filters": [["or", PAGE_FILTER]]},
            "Metric `views_per_visit` cannot be queried with a filter on `event:page`.",
        ),
        (
            "bounce_rate",
            ["event:name"],
            {},
            "Session metric(s) `bounce_rate` cannot be queried along with event dimension(s) `event:name`.",
        ),
        (
            "pageviews",
            ["visit:exit_page"],
            {},
            "Event metric(s) `pageviews` cannot be queried along with session dimension(s) `visit:exit_page`.",
        ),
        (
            "visitors",
            ["event:page", "visit:entry_page"],
            {},
            "Dimensions `event:page` cannot be queried along with `visit:entry_page`.",
        ),
        (
            "exit_rate",
            ["visit:source"],
            {},
            'Metric `exit_rate` requires a `"visit:exit_page"` dimension. No other dimensions are allowed.',
        ),
        (
            "exit_rate",
            ["visit:exit_page"],
            {"filters": PAGE_FILTER},
            "Metric `exit_rate` cannot be queried when filtering on event dimensions.",
        ),
        (
            "visitors",
            [],
            {"filters": [["not", ["is", "event:hostname", ["a"]]]]},
            "Invalid filters. Dimension `event:hostname` can only be filtered at the top level.",
        ),
        (
            "visitors",
            [],
            {"order_by": [["visits", "desc"]]},
            'Invalid order_by entry \'["visits", "desc"]\'. Entry is not a queried metric or dimension.',
        ),
        (
            "visitors",
            [],
            {"include": {"time_labels": True}},
            "Invalid include.time_labels: requires a time dimension.",
        ),
        (
            "visitors",
            [],
            {"filters": [["not", ["contains", "event:goal", ["a"]]]]},
            "Invalid filters. Dimension `event:goal` can only be filtered at the top level.",
        ),
        (
            "visitors",
            [],
            {"filters": [["has_done", ["not", ["has_done", *PAGE_FILTER]]]]},
            "Invalid filters. Behavioral filters (has_done, has_not_done) cannot be nested.",
        ),
        (
            "visitors",
            [],
            {"filters": [["has_not_done", ["is", "visit:source", ["Google"]]]]},
            "Invalid filters. Behavioral filters (has_done, has_not_done) can only be used with event dimension"
            " filters.",
        ),
        (
            "conversion_rate",
            ["visit:source"],
            {},
            "Metric `conversion_rate` can only be queried with event:goal filters or dimensions.",
        ),
        (
            "group_conversion_rate",
            [],
            {"filters": [["contains", "event:goal", ["a"]]]},
            "Metric `group_conversion_rate` can only be queried with dimensions.",
        ),
        (
            "scroll_depth",
            ["event:page", "event:goal"],
            {},
            "Metric(s) `scroll_depth` cannot be queried with event:goal filters or dimensions.",
        ),
        ("visitors", ["time", "time:day"], {}, "#/dimensions: Only one time dimension can be queried at a time."),
    ],
)
def test_it_refuses_what_cannot_be_asked_together(
    metric: str, dimensions: list[str], changes: dict[str, Any], message: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        ask(metric, dimensions, **changes)

    assert refused.value.message == message


@pytest.mark.parametrize(
    ("metric", "dimensions", "changes"),
    [
        ("scroll_depth", ["event:page"], {}),
        ("time_on_page", [], {"filters": [["not", ["or", PAGE_FILTER]]]}),
        ("bounce_rate", ["event:page"], {}),
        ("views_per_visit", ["time:day"], {}),
        ("visits", ["event:name"], {}),
        ("visits", ["visit:exit_page"], {}),
        ("exit_rate", ["visit:exit_page"], {"filters": [["is", "visit:source", ["Google"]]]}),
    ],
)
def test_it_lets_through_what_can(metric: str, dimensions: list[str], changes: dict[str, Any]) -> None:
    ask(metric, dimensions, **changes)
