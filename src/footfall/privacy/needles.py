"""What is looked for, in all the spellings it could have been written down in."""

import base64
import json
from collections.abc import Callable, Iterable, Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import NamedTuple
from urllib.parse import quote

Address = IPv4Address | IPv6Address

SHORTEST_BYTES = 4
"""A spelling shorter than this says nothing and is not looked for."""


class Needle(NamedTuple):
    """A text or an address; reports show its label, never itself."""

    label: str
    text: str


class Spelling(NamedTuple):
    """One way to write a needle; with ``is_folded`` its letters may be of either case, and ``pattern`` is in lower."""

    encoding: str
    pattern: bytes
    is_folded: bool


def spellings(text: str) -> Iterator[Spelling]:
    """Every spelling of a text, and of an address also those of its number."""
    address = parsed_address(text)
    seen: set[bytes] = set()
    for spelling in (*_of_texts(text, address), *(of_number(address) if address else ())):
        if len(spelling.pattern) >= SHORTEST_BYTES and spelling.pattern not in seen:
            seen.add(spelling.pattern)
            yield spelling


def parsed_address(text: str) -> Address | None:
    """The address that a text is, None for any other text."""
    try:
        return ip_address(text)
    except ValueError:
        return None


def of_number(address: Address) -> Iterator[Spelling]:
    """The spellings of an address that hold its number instead of its text."""
    for name, packed in _packed_forms(address):
        yield Spelling(name, packed, is_folded=False)
        for encoding, write, is_folded in _OF_BYTES:
            for pattern in write(packed):
                yield _spelling(f"{name}, {encoding}", pattern, is_folded)


def _of_texts(text: str, address: Address | None) -> Iterator[Spelling]:
    for name, form in (("text", text), *(_text_forms(address) if address else ())):
        for encoding, write, is_folded in _OF_TEXT:
            for pattern in write(form):
                yield _spelling(_named(name, encoding), pattern, is_folded)


def _named(form: str, encoding: str) -> str:
    return encoding if form == "text" else form if encoding == "text" else f"{form}, {encoding}"


def _spelling(encoding: str, pattern: bytes, is_folded: bool) -> Spelling:
    return Spelling(encoding, pattern.lower() if is_folded else pattern, is_folded)


def _text_forms(address: Address) -> Iterator[tuple[str, str]]:
    yield "shortened", address.compressed
    yield "all digits", address.exploded
    yield "reverse DNS", address.reverse_pointer
    yield "decimal", str(int(address))
    if isinstance(address, IPv4Address):
        yield "in IPv6", f"::ffff:{int(address) >> 16:x}:{int(address) & 0xFFFF:x}"
    else:
        yield "no short cut", ":".join(f"{int(group, 16):x}" for group in address.exploded.split(":"))


def _packed_forms(address: Address) -> Iterator[tuple[str, bytes]]:
    yield "packed", address.packed
    yield "packed backwards", address.packed[::-1]
    if isinstance(address, IPv4Address):
        yield "packed in IPv6", bytes(10) + b"\xff\xff" + address.packed


def _escaped(text: str) -> Iterator[bytes]:
    """JSON with the escapes that encoders differ in."""
    for ensure_ascii in (True, False):
        escaped = json.dumps(text, ensure_ascii=ensure_ascii)[1:-1]
        yield escaped.encode()
        yield escaped.replace("/", "\\/").encode()


def _percent(text: str) -> Iterator[bytes]:
    yield quote(text, safe="").encode()
    yield quote(text).encode()
    yield quote(text, safe="/:@").encode()


def _hexadecimal(data: bytes) -> Iterator[bytes]:
    yield data.hex().encode()


def _hexadecimal_pairs(data: bytes) -> Iterator[bytes]:
    for separator in (":", " ", "-"):
        yield data.hex(separator).encode()


def _base64(data: bytes) -> Iterator[bytes]:
    """The characters that depend on ``data`` alone, whatever stands before and after it."""
    for before in range(3):
        encoded = base64.b64encode(bytes(before) + data)
        yield encoded[-(-before * 8 // 6) : (before + len(data)) * 8 // 6]


def _base64url(data: bytes) -> Iterator[bytes]:
    return (pattern.replace(b"+", b"-").replace(b"/", b"_") for pattern in _base64(data))


_OF_BYTES: tuple[tuple[str, Callable[[bytes], Iterable[bytes]], bool], ...] = (
    ("hex", _hexadecimal, True),
    ("hex in pairs", _hexadecimal_pairs, True),
    ("base64", _base64, False),
    ("base64url", _base64url, False),
)


def _of_utf8(write: Callable[[bytes], Iterable[bytes]]) -> Callable[[str], Iterable[bytes]]:
    return lambda text: write(text.encode())


_OF_TEXT: tuple[tuple[str, Callable[[str], Iterable[bytes]], bool], ...] = (
    ("text", lambda text: (text.encode(),), True),
    ("UTF-16", lambda text: (text.encode("utf-16-le"),), True),
    ("UTF-16 backwards", lambda text: (text.encode("utf-16-be"),), True),
    ("percent", _percent, True),
    ("JSON", _escaped, True),
    *((encoding, _of_utf8(write), is_folded) for encoding, write, is_folded in _OF_BYTES),
)
