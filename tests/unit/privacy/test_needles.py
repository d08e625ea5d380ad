import base64
import json
from ipaddress import ip_address
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footfall.privacy.needles import spellings
from footfall.privacy.search import Pattern, Search

ADDRESSES = st.ip_addresses().filter(lambda address: int(address) > 1 << 24).map(str)
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=6, max_size=40)
SURROUNDINGS = st.binary(max_size=9)


def is_found(text: str, *contents: bytes) -> bool:
    """Whether each of the contents is known for the text."""
    search = Search([Pattern("it", each.pattern, each.is_folded) for each in spellings(text)])
    return all(search.count([b"<" + content + b">"])[0]["it"] for content in contents)


@settings(deadline=None)
@given(TEXTS | ADDRESSES, SURROUNDINGS, SURROUNDINGS)
def test_it_knows_a_text_in_base64_whatever_stands_around_it(text: str, before: bytes, after: bytes) -> None:
    whole = before + text.encode() + after

    assert is_found(text, base64.b64encode(whole), base64.urlsafe_b64encode(whole))


@settings(deadline=None)
@given(TEXTS | ADDRESSES)
def test_it_knows_a_text_in_every_writing(text: str) -> None:
    data = text.encode()

    assert is_found(
        text,
        *(data, text.encode("utf-16"), text.encode("utf-16-be")),
        *(data.hex().encode(), data.hex().upper().encode(), data.hex(":").encode()),
        *(quote(text).encode(), quote(text, safe="").encode()),
        *(json.dumps(text).encode(), json.dumps(text, ensure_ascii=False).encode()),
    )


@settings(deadline=None)
@given(ADDRESSES)
def test_it_knows_an_address_by_its_number(text: str) -> None:
    address = ip_address(text)

    assert is_found(
        text,
        *(address.packed, address.packed[::-1], str(int(address)).encode()),
        *(address.packed.hex().encode(), address.packed.hex("-").upper().encode()),
        *(address.exploded.upper().encode(), address.reverse_pointer.encode()),
    )


@pytest.mark.parametrize(
    "written", [b"\0" * 10 + b"\xff\xff\xcb\x00\x71\x07", b"::FFFF:203.0.113.7", b"::ffff:cb00:7107"]
)
def test_it_knows_an_old_address_in_a_new_one(written: bytes) -> None:
    assert is_found("203.0.113.7", written)


def test_it_takes_letters_of_either_case_where_they_mean_the_same() -> None:
    assert is_found("Alice@Example.com", b"to aLICE@eXAMPLE.COM")
    assert not is_found("Alice@Example.com", base64.b64encode(b"Alice@Example.com").swapcase())


def test_it_looks_for_each_spelling_once() -> None:
    patterns = [spelling.pattern for spelling in spellings("2001:db8::7")]

    assert len(patterns) == len(set(patterns))
