"""Numbers of payment cards (ISO/IEC 7812): the range of an issuer, its length, and the check digit."""

import re

from footfall.enrich.mask.number import AFTER_SPACE, NOT_BEFORE, SEPARATOR, digits_of, has_luhn_check, is_article

_ISSUED = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})"  # Visa
    r"|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}"  # Mastercard
    r"|3[47]\d{13}"  # American Express
    r"|(?:6011|64[4-9]\d|65\d\d)\d{12,15}"  # Discover
    r"|3(?:0[0-5]|095|[689]\d)\d{11}"  # Diners Club
    r"|35(?:2[89]|[3-8]\d)\d{12,15}"  # JCB
    r"|62\d{14,17}"  # UnionPay
    r"|(?:50|5[6-8])\d{10,17}|6[37]\d{11,17}"  # Maestro
    r"|220[0-4]\d{12,15}"  # Mir
)
_CARD = re.compile(
    rf"{AFTER_SPACE}(?:\d{{13,19}}"
    rf"|\d{{4}}({SEPARATOR})\d{{4}}\1\d{{4}}\1\d{{1,4}}(?:\1\d{{1,3}})?"
    rf"|\d{{4}}({SEPARATOR})\d{{6}}\2\d{{4,5}}"
    rf"|\d{{8}}{SEPARATOR}\d{{8}}){NOT_BEFORE}"
)


def mask_cards(text: str) -> str:
    """``text`` with ``:card`` for each card's number."""
    return _CARD.sub(_mask, text)


def _mask(found: re.Match[str]) -> str:
    digits = digits_of(found[0])
    is_article_number = digits == found[0] and is_article(digits)
    return ":card" if _is_card(digits) and not is_article_number else found[0]


def _is_card(digits: str) -> bool:
    return _ISSUED.fullmatch(digits) is not None and has_luhn_check(digits)
