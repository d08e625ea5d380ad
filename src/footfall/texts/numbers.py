"""Numbers as a locale writes them. The patterns are taken from the CLDR once, since a page writes hundreds."""

import re

from babel import Locale
from babel.numbers import format_decimal, get_currency_precision, get_currency_symbol

_NARROW_SPACE, _NO_BREAK_SPACE = "\u202f", "\u00a0"


class Numbers:
    """How one locale writes numbers."""

    def __init__(self, locale: Locale) -> None:
        symbols = locale.number_symbols[locale.default_numbering_system]
        self._locale = locale
        self._signs = str.maketrans({",": symbols["group"], ".": symbols["decimal"]})
        self._whole = locale.decimal_formats[None].pattern.partition(".")[0]
        self._is_pythons = (symbols["group"], symbols["decimal"]) == (",", ".")
        self._has_thousands = locale.decimal_formats[None].grouping == (3, 3)
        self._percent = _around(locale.percent_formats[None].pattern)
        self._money = _around(locale.currency_formats["standard"].pattern.partition(";")[0])
        self._symbols: dict[str, str] = {}

    def whole(self, value: float) -> str:
        """Such as 27,742."""
        return self.fixed(value, 0)

    def fixed(self, value: float, digits: int) -> str:
        """A number with so many digits after the decimal sign."""
        if not self._has_thousands:
            return format_decimal(value, self._whole + ("." + "0" * digits if digits else ""), self._locale)
        return self._signed(f"{value:,.{digits}f}")

    def plain(self, value: float, digits: int) -> str:
        """The same without thousands set apart."""
        return self._signed(f"{value:.{digits}f}")

    def shortest(self, value: float) -> str:
        """A number with as many digits as it has, six at most."""
        return self._signed(f"{value:g}")

    def percent(self, digits: str) -> str:
        """A written number as percent."""
        before, after = self._percent
        return f"{before}{digits}{after}"

    def money(self, digits: str, currency: str, *, is_negative: bool = False) -> str:
        """A written number as an amount of this currency."""
        before, after = (part.replace("¤", self._symbol(currency)) for part in self._money)
        # A symbol that ends in a letter, such as CHF, would run into the digits.
        gap = _NO_BREAK_SPACE if before[-1:].isalpha() else ""
        return f"{'−' if is_negative else ''}{before}{gap}{digits}{after}"

    def cents(self, currency: str) -> int:
        """How many digits this currency has after the decimal sign."""
        return get_currency_precision(currency)

    def _signed(self, digits: str) -> str:
        return digits if self._is_pythons else digits.translate(self._signs)

    def _symbol(self, currency: str) -> str:
        if currency not in self._symbols:
            self._symbols[currency] = get_currency_symbol(currency, self._locale)
        return self._symbols[currency]


def _around(pattern: str) -> tuple[str, str]:
    """What stands before and after the digits of a pattern."""
    before, _, after = re.split(r"([#0.,]+)", pattern, maxsplit=1)
    return before, after.replace(_NARROW_SPACE, _NO_BREAK_SPACE)
