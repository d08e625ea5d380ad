import pytest
from hypothesis import given
from hypothesis import strategies as st

from footfall.enrich import mask_personal


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("/unsubscribe/alice@example.com/now", "/unsubscribe/:email/now"),
        ("/u/alice.b+tag@mail.example.co.uk", "/u/:email"),
        ("/reset/0123456789abcdef0123456789abcdef", "/reset/:token"),
        ("/in/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", "/in/:token"),
        ("/t/Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MGFiY2RlZg==", "/t/:token"),
        ("/t/k9Xw2Lq7Rt4Yp8Zs-Vb1Nc5Md6Fg3Hj0Kl2", "/t/:token"),
    ],
)
def test_it_masks_what_names_a_person_or_opens_an_account(text: str, masked: str) -> None:
    assert mask_personal(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "/blog/how-to-count-visitors-without-cookies-in-2024-and-beyond",
        "/wiki/List_of_Presidents_of_the_United_States_in_1999",
        "/My-Very-Long-Title-About-The-2024-Elections-And-More",
        "/orders/3f2b8c1a-9d4e-4f60-8a77-0c5d1e2f3a4b",
        "/npm/lodash@4.17.21/lodash.min.js",
        "/@alice/posts",
        "/donaudampfschifffahrtsgesellschaftskapitaen",
    ],
)
def test_it_leaves_titles_versions_and_document_ids(text: str) -> None:
    assert mask_personal(text) == text


@given(st.text())
def test_it_changes_nothing_the_second_time(text: str) -> None:
    once = mask_personal(text)

    assert mask_personal(once) == once
