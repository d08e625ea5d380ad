"""The properties of an event as they are stored: personal parts masked, addresses of pages cleaned."""

import re
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import SplitResult, urlsplit

from footfall.enrich.campaign import CAMPAIGN_PARAMETERS
from footfall.enrich.mask import mask_personal
from footfall.enrich.page import kept_query, read_parameters

_CACHED_CHARS = 500
_MAIL = "mailto"
_WITHOUT_QUERY = re.compile(r"[?#].*", re.DOTALL)
_ADDRESS = re.compile(r"\s*(?:(?:https?|ftp)://|//|mailto:)", re.IGNORECASE)


def mask_properties(props: Mapping[str, str], kept_parameters: tuple[str, ...] = ()) -> dict[str, str]:
    """Each property with its key and value masked; an address keeps the parameters of campaigns and those given."""
    return {mask_personal(key): _value(key, value, kept_parameters) for key, value in props.items()}


def _value(key: str, value: str, kept_parameters: tuple[str, ...]) -> str:
    if _ADDRESS.match(value):
        clean = clean_link if len(value) <= _CACHED_CHARS else clean_link.__wrapped__
        return clean(value, kept_parameters)
    # The key tells what the value is: `phone`, `password`.
    named = f"{key}={value}"
    masked = mask_personal(named)
    return value if masked == named else _after(masked, key, value)


def _after(masked: str, key: str, value: str) -> str:
    start = f"{key}="
    return masked.removeprefix(start) if masked.startswith(start) else mask_personal(value)


@lru_cache(maxsize=4096)
def clean_link(address: str, kept_parameters: tuple[str, ...]) -> str:
    """Scheme, host, path and the parameters kept of a link's address; no login, no fragment."""
    parts = _split(address)
    if parts is None:
        return mask_personal(_WITHOUT_QUERY.sub("", address).strip())
    scheme = f"{parts.scheme}:" if parts.scheme else ""
    host = f"//{parts.netloc.rpartition('@')[2].strip()}" if parts.netloc else ""
    query = kept_query(read_parameters(parts.query), (*CAMPAIGN_PARAMETERS, *kept_parameters))
    return f"{scheme}{host}{mask_personal(parts.path)}{query}".strip()


def _split(address: str) -> SplitResult | None:
    """None where it names neither host nor mailbox."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    return parts if parts.netloc.rpartition("@")[2].strip() or parts.scheme == _MAIL else None
