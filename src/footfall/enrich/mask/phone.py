"""Telephone numbers: international ones, national ones in their usual spelling, and any that is said to be one.

A plain row of digits is no telephone number unless it begins as mobile numbers do: identifiers look the same.
"""

import re

from footfall.enrich.mask.number import AFTER_SPACE, NOT_BEFORE, NOT_WITHIN, SEPARATOR, digits_of, is_article

_S = SEPARATOR
_LOOSE = rf"(?:{_S}|[()/]){{0,3}}"

_INTERNATIONAL = rf"\+[1-9](?:{_LOOSE}\d){{6,14}}"
_NATIONAL = {
    "called from abroad": rf"00 ?[1-9](?:{_LOOSE}\d){{8,13}}|011 [1-9]\d{{0,2}}(?:{_S}\d{{2,5}}){{2,4}}",
    "area code in brackets": rf"\(0[1-9]\d{{0,4}}\) ?\d{{2,8}}(?:{_S}\d{{2,5}}){{0,4}}",
    "trunk prefix": rf"0[1-9]\d{{0,4}}(?:{_S}| - )\d{{2,8}}(?:{_S}\d{{2,5}}){{0,4}}",
    "trunk prefix and slash": rf"0[1-9]\d{{1,3}} ?/ ?[1-9]\d{{4,7}}(?:{_S}\d{{2,5}}){{0,2}}",
    "mobile": r"(?<![A-Za-z][\-_.])(?:0[4-8]\d{8}|07\d{9}|05\d{9}|01[5-7]\d{8,9}|0[789]0\d{8}|010\d{8})",
    "North America": rf"(?:1{_S})?(?:\([2-9]\d\d\) ?|[2-9]\d\d{_S})[2-9]\d\d{_S}\d{{4}}(?: ?x ?\d{{1,5}})?",
    "Brazil": r"\(\d\d\) ?9?\d{4}[ \-]\d{4}|\d\d 9\d{4}-\d{4}",
    "China": rf"1[3-9]\d{_S}\d{{4}}{_S}\d{{4}}",
    "India": r"[6-9]\d{4} \d{5}",
    "Italy": rf"3\d\d{_S}(?:\d{{7}}|\d{{3}}{_S}\d{{4}})",
    "Russia": rf"8 ?\(\d{{3}}\) ?\d{{3}}[ \-]?\d\d[ \-]?\d\d|8{_S}9\d\d{_S}\d{{3}}{_S}\d\d{_S}\d\d",
    "Spain": r"[67]\d\d \d\d \d\d \d\d|9\d \d{3} \d\d \d\d",
}
_PHONE = re.compile(rf"(?:{AFTER_SPACE}{_INTERNATIONAL}|{NOT_WITHIN}(?:{'|'.join(_NATIONAL.values())})){NOT_BEFORE}")
_NAMED = re.compile(
    r"((?<![^\W_])(?:(?:tele|mobile|cell|hand|i)?_?(?:phone|fon|fono|fax)|tel|mobile|mobil|cell|handy|sms|callto|whatsapp|msisdn)"
    r"(?:[ _\-]?(?:number|nummer|no|nr))?[\"']?[:=][ \"']?|wa\.me/)"
    rf"\+?\(?\d(?:{_LOOSE}\d){{5,14}}(?!\d)",
    re.IGNORECASE,
)
_DATE = re.compile(r"\b(?:\d\d?[\-. /])?\d\d?[\-. /](?:19|20)\d\d\b")
_COORDINATE = re.compile(r"\+\d{1,3}\.\d{1,7}(?:$|[+\-])")
_NO_PHONE = (_DATE, re.compile(r"^\d{5}-\d{4}$"), re.compile(r"^\d+\.\d+$"))
_THOUSANDS = re.compile(r"\+\d{1,3}(?:[. ]\d{3}){1,2}")


def mask_phones(text: str) -> str:
    """``text`` with ``:phone`` for each telephone number."""
    return _PHONE.sub(_mask, _NAMED.sub(r"\1:phone", text))


def _mask(found: re.Match[str]) -> str:
    number = found[0]
    is_phone = _is_international if number.startswith("+") else _is_national
    return ":phone" if is_phone(number) else number


def _is_international(number: str) -> bool:
    return not (_COORDINATE.match(number) or _THOUSANDS.fullmatch(number))


def _is_national(number: str) -> bool:
    digits = digits_of(number)
    if number == digits:
        return not is_article(digits)
    if number.lstrip("(").startswith("0") and not number.startswith("00") and not number.startswith("011 "):
        return 9 <= len(digits) <= 12 and not any(rule.search(number) for rule in _NO_PHONE)
    return True
