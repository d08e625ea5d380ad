"""Takes out of texts what may name a person or open an account: addresses, numbers and tokens.

Each kind has a module; docs/reference/enrichment.md lists what is masked into what.
"""

from functools import lru_cache
from urllib.parse import unquote

from footfall.enrich.mask.account import mask_accounts
from footfall.enrich.mask.card import mask_cards
from footfall.enrich.mask.email import mask_emails
from footfall.enrich.mask.number import holds_number
from footfall.enrich.mask.phone import mask_phones
from footfall.enrich.mask.token import mask_tokens

_CACHED_CHARS = 120  # names and short values repeat; long ones do not, and would fill the memory
_DECODED_TIMES = 3


def mask_personal(text: str) -> str:
    """``text`` with ``:email``, ``:token``, ``:iban``, ``:card`` and ``:phone`` for what is personal.

    Percent-encoded texts are looked at decoded, and stay as they are where nothing is found.
    """
    return _masked_before(text) if len(text) <= _CACHED_CHARS else _masked(text)


def _masked(text: str) -> str:
    decoded = _decoded(text)
    masked = _mask_plain(decoded)
    return text if masked == decoded else masked


_masked_before = lru_cache(maxsize=8192)(_masked)


def _decoded(text: str) -> str:
    for _ in range(_DECODED_TIMES):
        if "%" not in text:
            break
        text = unquote(text, errors="replace")
    return text.replace("\x00", "\ufffd")


def _mask_plain(text: str) -> str:
    text = mask_tokens(mask_emails(text))
    return mask_phones(mask_cards(mask_accounts(text))) if holds_number(text) else text
