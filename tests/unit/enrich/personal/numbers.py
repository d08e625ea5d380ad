"""Numbers with check digits: payment cards (ISO/IEC 7812), IBAN (ISO 13616), EAN and ISBN, valid as issued ones."""

import random
import string

CARD_RANGES = {
    "visa": ("4", 16),
    "visa 13": ("4", 13),
    "visa 19": ("4", 19),
    "mastercard": ("5{1..5}", 16),
    "mastercard 2": ("2{23..26}", 16),
    "amex": ("3{47}", 15),
    "discover": ("6011", 16),
    "diners": ("36", 14),
    "jcb": ("35{28..89}", 16),
    "unionpay": ("62", 19),
    "maestro": ("5018", 16),
}
"""First digits and length; braces hold a range, or digits to choose from."""

_IBAN_SHAPES = {
    "DE": "dddddddddddddddddd",
    "FR": "ddddddddddAdddddddddddd",
    "GB": "LLLLdddddddddddddd",
    "NL": "LLLLdddddddddd",
    "ES": "dddddddddddddddddddd",
    "IT": "Ldddddddddddddddddddddd",
    "EE": "dddddddddddddddd",
    "PL": "dddddddddddddddddddddddd",
    "NO": "ddddddddddd",
    "CH": "ddddddddddddddddd",
    "AT": "dddddddddddddddd",
    "SE": "dddddddddddddddddddd",
}


def card_number(kind: str, rng: random.Random) -> str:
    start, length = CARD_RANGES[kind]
    body = _start(rng, start)
    body += _digits(rng, length - 1 - len(body))
    return body + next(digit for digit in string.digits if luhn(body + digit))


def luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def ean(rng: random.Random) -> str:
    body = rng.choice(("40", "45", "50", "76", "87", "00")) + _digits(rng, 10)
    total = sum(int(digit) * (1 + 2 * (place % 2)) for place, digit in enumerate(body))
    return body + str(-total % 10)


def isbn_10(rng: random.Random) -> str:
    body = rng.choice("0123") + _digits(rng, 8)
    check = -sum(int(digit) * (10 - place) for place, digit in enumerate(body)) % 11
    return body + ("X" if check == 10 else str(check))


def iban(rng: random.Random) -> str:
    country, shape = rng.choice(sorted(_IBAN_SHAPES.items()))
    alphabets = {"d": string.digits, "L": string.ascii_uppercase, "A": string.ascii_uppercase + string.digits}
    account = "".join(rng.choice(alphabets[sign]) for sign in shape)
    number = int("".join(str(int(sign, 36)) for sign in f"{account}{country}00"))
    return f"{country}{98 - number % 97:02d}{account}"


def _start(rng: random.Random, pattern: str) -> str:
    fixed, _, rest = pattern.partition("{")
    if not rest:
        return fixed
    first, dots, last = rest.rstrip("}").partition("..")
    return fixed + (str(rng.randint(int(first), int(last))) if dots else rng.choice(first))


def _digits(rng: random.Random, count: int) -> str:
    return "".join(rng.choices(string.digits, k=count))
