"""What all long numbers share: how people break them up, and the check digits that tell one kind from another."""

import re

SEPARATOR = "[ .\\-\u00a0\u2007\u2009\u2010-\u2015\u202f]"
"""What stands between groups of digits."""

NOT_WITHIN = rf"(?<![\w+])(?<!\d{SEPARATOR})"
"""A number starts here, and not in the middle of a word or of another number."""

AFTER_SPACE = r"(?<![\w+])(?<!\d[.\-])"
"""The same for a number that cannot be taken for part of another one with a space between."""

NOT_BEFORE = r"(?!\w)(?![.\-]\d)"
"""A number ends here."""

_ENOUGH_DIGITS = re.compile(r"\d(?:[^\w]{0,3}\d){6}")
_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


def holds_number(text: str) -> bool:
    """Whether seven digits stand close enough to be one number: a cheap look before the dear ones."""
    return _ENOUGH_DIGITS.search(text) is not None


def digits_of(text: str) -> str:
    """The digits alone."""
    return "".join(filter(str.isdecimal, text))


def has_luhn_check(digits: str) -> bool:
    """Whether the last digit is the check digit of ISO/IEC 7812."""
    numbers = [int(digit) for digit in reversed(digits)]
    return (sum(numbers[::2]) + sum(_DOUBLED[number] for number in numbers[1::2])) % 10 == 0


def is_article(digits: str) -> bool:
    """Whether this is the number of an article or a book: GTIN of 8, 12, 13 or 14 digits, or ISBN-10."""
    numbers = [int(digit) for digit in reversed(digits)]
    if len(digits) == 10:
        return sum(number * weight for weight, number in enumerate(numbers, 1)) % 11 == 0
    return len(digits) in (8, 12, 13, 14) and (sum(numbers[::2]) + 3 * sum(numbers[1::2])) % 10 == 0
