from hypothesis import given
from hypothesis import strategies as st

from footfall.enrich import ClientHints, parse_agent


def test_it_reads_nothing_from_requests_without_hints() -> None:
    assert ClientHints.from_headers({b"user-agent": b"Mozilla/5.0"}) is None


def test_it_reads_the_headers_of_a_request() -> None:
    hints = ClientHints.from_headers({b"sec-ch-ua-mobile": b"?1", b"sec-ch-ua-platform": b'"Android"'})

    assert hints
    assert hints.is_mobile
    assert hints.system == "Android"


def test_it_puts_the_shared_brand_last_and_leaves_made_up_ones_out() -> None:
    hints = ClientHints(brands='"Not)A;Brand";v="8", "Chromium";v="138", "Brave";v="138"')

    assert hints.brands_by_rank() == [("Brave", "138"), ("Chromium", "138")]


@given(st.binary(), st.binary())
def test_it_takes_any_bytes(brands: bytes, version: bytes) -> None:
    hints = ClientHints.from_headers({b"sec-ch-ua": brands, b"sec-ch-ua-platform-version": version})

    assert parse_agent("", hints).device in {"Desktop", "Mobile"}
