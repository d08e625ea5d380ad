"""Domains as people paste them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footfall.errors import InvalidInput
from footfall.sites.domain_name import normalise_domain


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("example.com", "example.com"),
        (" https://www.Example.com/ ", "example.com"),
        ("http://blog.example.co.uk", "blog.example.co.uk"),
        ("example.com.", "example.com"),
        ("localhost", "localhost"),
        ("münchen.de", "xn--mnchen-3ya.de"),
    ],
)
def test_it_brings_a_domain_to_one_form(text: str, domain: str) -> None:
    assert normalise_domain(text) == domain


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("example.com/blog", "without a path"),
        ("example.com:8080", "without a port"),
        ("", "Enter a domain"),
        ("exa mple.com", "Enter a domain"),
        ("example..com", "Enter a domain"),
        ("a." * 127 + "com", "Enter a domain"),
        ("<script>", "Enter a domain"),
    ],
)
def test_it_says_what_is_wrong(text: str, sentence: str) -> None:
    with pytest.raises(InvalidInput, match=sentence) as caught:
        normalise_domain(text)

    assert caught.value.field == "domain"


@given(st.text())
def test_it_is_stable_and_never_breaks(text: str) -> None:
    try:
        domain = normalise_domain(text)
    except InvalidInput:
        return
    assert domain.isascii()
    assert domain == domain.lower()
