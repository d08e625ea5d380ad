"""Revenue as an answer: summed up in one currency or not at all, and written as people read money."""

from collections.abc import Iterable, Sequence
from typing import Any, Self

from footfall.query.metrics import CURRENCIES, Metric

MILLI = 1_000

_SYMBOLS = {
    "AUD": "A$", "BRL": "R$", "CAD": "CA$", "CNY": "CN¥", "EUR": "€", "GBP": "£", "ILS": "₪", "INR": "₹", "JPY": "¥",
    "KRW": "₩", "MXN": "MX$", "NZD": "NZ$", "PHP": "₱", "TWD": "NT$", "UAH": "₴", "USD": "$", "VND": "₫",
}  # fmt: skip
_WITHOUT_CENTS = frozenset(
    {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"}
)
_UNITS = ((1_000_000_000, "B"), (1_000_000, "M"), (1_000, "K"))

_SEVERAL = "no_single_revenue_currency"
_NONE = "no_revenue_goals_matching"
_ELSEWHERE = "revenue_in_other_currencies"
WARNINGS = {
    _SEVERAL: "These events brought revenue in several currencies; ask by `event:currency` for each.",
    _NONE: "No event of this answer brought revenue.",
    _ELSEWHERE: "Some of these events brought revenue in another currency than their goal's, which is not counted;"
    " ask by `event:currency` for each.",
}


class Money(float):
    """An amount that knows its currency."""

    currency: str

    def __new__(cls, value: float, currency: str) -> Self:
        """Make an amount of this currency."""
        amount = super().__new__(cls, value)
        amount.currency = currency
        return amount

    def as_json(self) -> dict[str, Any]:
        """The amount as a number and as text: rounded for a narrow place, and to the cent."""
        return {"value": float(self), "currency": self.currency, "short": self._short(), "long": self._long()}

    def _long(self) -> str:
        return self._written(f"{abs(self):,.{0 if self.currency in _WITHOUT_CENTS else 2}f}")

    def _short(self) -> str:
        size = abs(self)
        least, letter = next(((least, letter) for least, letter in _UNITS if size >= least), (1, ""))
        return self._written(f"{size / least:.1f}{letter}")

    def _written(self, digits: str) -> str:
        sign = "-" if self < 0 else ""
        return f"{sign}{_SYMBOLS.get(self.currency, self.currency + ' ')}{digits}"


def figure(metric: Metric, sum_of: str) -> str:
    """The metric in thousandths of its currency, null where there is no single one; ``sum_of`` begins all names."""
    lowest, highest = (f"{sum_of}{partial.name}" for partial in CURRENCIES)
    total = f"toInt64({sum_of}{metric.part.name})"
    whole = metric.whole
    amount = f"sign({total}) * rounded(abs({total}), {sum_of}{whole.name})" if whole else total
    return f"if({lowest} = {highest} AND {highest} > 0, {amount}, NULL)"


def money(milli: int | None, notes: Sequence[int]) -> Money | None:
    """An amount in thousandths, with what the engine tells of it: lowest and highest currency first."""
    if milli is None:
        return None
    return Money(milli / MILLI, notes[0].to_bytes(4, "little").decode().rstrip("\0"))


def warning_code(notes: Iterable[Sequence[int]]) -> str | None:
    """What to warn of, given each row's lowest and highest currency, and how many events were in none of its goal's."""
    rows = list(notes)
    if any(lowest != highest for lowest, highest, _ in rows):
        return _SEVERAL
    if any(elsewhere for *_, elsewhere in rows):
        return _ELSEWHERE
    return None if any(highest for _, highest, _ in rows) else _NONE
