"""Money as people read it."""

import pytest

from footfall.query.comparisons import change
from footfall.query.metrics import METRICS
from footfall.query.revenue import Money, money, warning_code

EURO, DOLLAR = (int.from_bytes(code.encode(), "little") for code in ("EUR", "USD"))


@pytest.mark.parametrize(
    ("amount", "currency", "short", "long"),
    [
        (67.066, "USD", "$67.1", "$67.07"),
        (1_234.5, "EUR", "€1.2K", "€1,234.50"),
        (2_500_000, "GBP", "£2.5M", "£2,500,000.00"),
        (1_999.6, "JPY", "¥2.0K", "¥2,000"),
        (-12.5, "CHF", "-CHF 12.5", "-CHF 12.50"),
        (0, "EUR", "€0.0", "€0.00"),
    ],
)
def test_it_is_written_short_and_long(amount: float, currency: str, short: str, long: str) -> None:
    assert Money(amount, currency).as_json() == {"value": amount, "currency": currency, "short": short, "long": long}


def test_it_reads_an_amount_as_the_engine_tells_it() -> None:
    amount = money(49_901, (EURO, EURO, 0))

    assert amount == 49.901
    assert amount is not None
    assert amount.currency == "EUR"
    assert money(None, (EURO, DOLLAR, 0)) is None


def test_it_warns_of_several_currencies_and_of_none() -> None:
    assert warning_code([(EURO, EURO, 0), (DOLLAR, DOLLAR, 0), (0, 0, 0)]) is None
    assert warning_code([(EURO, EURO, 1), (EURO, DOLLAR, 0)]) == "no_single_revenue_currency"
    assert warning_code([(EURO, EURO, 0), (0, 0, 1)]) == "revenue_in_other_currencies"
    assert warning_code([(0, 0, 0)]) == "no_revenue_goals_matching"
    assert warning_code([]) == "no_revenue_goals_matching"


def test_it_changes_within_a_currency_only() -> None:
    total = METRICS["total_revenue"]

    assert change(total, Money(30, "EUR"), Money(20, "EUR")) == 50
    assert change(total, Money(30, "EUR"), Money(-20, "EUR")) == 250
    assert change(total, Money(30, "EUR"), Money(20, "USD")) is None
