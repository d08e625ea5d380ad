"""Takes out of addresses what may name a person or open an account: e-mail addresses and long tokens."""

import re

_EMAIL = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}\.[A-Za-z]{2,24}(?![\w-])")
_SIGNED_TOKEN = re.compile(r"\beyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?")
_LONG_WORD = re.compile(r"[A-Za-z0-9_+-]{32,}={0,2}")
_HEXADECIMAL = re.compile(r"[0-9a-fA-F]{32,}")
_DENSE_RUN = re.compile(r"(?=[A-Za-z]*\d)(?=[A-Z\d]*[a-z])(?=[a-z\d]*[A-Z])[A-Za-z0-9]{16,}")
_PLAIN_RUN = re.compile(r"(?=\d*[A-Za-z])(?=(?:[A-Za-z]*\d){2})[A-Za-z0-9]{32,}")


def mask_personal(text: str) -> str:
    """``text`` with e-mail addresses as ``:email`` and JWTs and long random words as ``:token``.

    A long word is random when it holds 32 hexadecimal digits, 16 letters and digits of both cases in a row, or
    32 letters and digits in a row. Words of a title are shorter, and UUIDs stay: they name documents.
    """
    if "@" in text:
        text = _EMAIL.sub(":email", text)
    if len(text) < 20:
        return text
    text = _SIGNED_TOKEN.sub(":token", text)
    return _LONG_WORD.sub(_mask_long_word, text)


def _mask_long_word(match: re.Match[str]) -> str:
    word = match[0]
    return ":token" if any(rule.search(word) for rule in (_HEXADECIMAL, _DENSE_RUN, _PLAIN_RUN)) else word
