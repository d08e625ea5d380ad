import pytest
from hypothesis import given
from hypothesis import strategies as st

from footfall.enrich import mask_properties


def test_it_masks_keys_and_values() -> None:
    stored = mask_properties({"plan": "Pro 2024", "to alice@example.com": "call +49 30 901820"})

    assert stored == {"plan": "Pro 2024", "to :email": "call :phone"}


@pytest.mark.parametrize(
    ("key", "value", "stored"),
    [
        ("phone", "2125550123", ":phone"),
        ("Telefon", "90 18 20 3", ":phone"),
        ("password", "hunter2", ":token"),
        ("session_id", "a1b2c3", ":token"),
        ("product", "2125550123", "2125550123"),
        ("tokens", "none left", "none left"),
    ],
)
def test_it_believes_a_key_that_tells_what_the_value_is(key: str, value: str, stored: str) -> None:
    assert mask_properties({key: value}) == {key: stored}


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("https://shop.example/a?b=1", "https://shop.example/a"),
        ("https://www.shop.example:8443/a#top", "https://www.shop.example:8443/a"),
        ("https://shop.example/?utm_source=news&email=a%40b.co&ref=x", "https://shop.example/?ref=x&utm_source=news"),
        ("https://shop.example/s?q=shoes&page=2", "https://shop.example/s?page=2"),
        ("https://alice:secret@shop.example/a", "https://shop.example/a"),
        ("https://shop.example/u/alice%40example.com/cv.pdf", "https://shop.example/u/:email/cv.pdf"),
        ("https://shop.example/caf%C3%A9", "https://shop.example/caf%C3%A9"),
        ("//cdn.example/a.zip?token=1", "//cdn.example/a.zip"),
        ("HTTPS://Shop.example/a?b", "https://Shop.example/a"),
        ("mailto:alice@example.com?subject=About%20Bob", "mailto::email"),
        ("tel:+4930901820", "tel::phone"),
        ("https://[broken/a?mail=alice@example.com", "https://[broken/a"),
        ("see https://shop.example/a?b=1", "see https://shop.example/a?b=1"),
    ],
)
def test_it_cleans_the_address_of_a_link_as_it_does_that_of_a_page(sent: str, stored: str) -> None:
    assert mask_properties({"url": sent}, ("page",)) == {"url": stored}


@given(st.dictionaries(st.text(), st.text() | st.text().map("https://example.com/{}".format)))
def test_it_takes_any_text(props: dict[str, str]) -> None:
    assert len(mask_properties(props)) <= len(props)
