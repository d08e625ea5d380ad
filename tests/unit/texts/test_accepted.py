import pytest
from hypothesis import given
from hypothesis import strategies as st

from footfall.texts import accepted_words


@pytest.mark.parametrize(
    ("asked", "chosen", "tag"),
    [
        ("", "", "en-GB"),
        ("de", "", "de"),
        ("de-CH,de;q=0.9,en;q=0.8", "", "de-CH"),
        ("fr-FR,fr;q=0.9,de-AT;q=0.5,en;q=0.4", "", "de-AT"),
        ("en;q=0.4,de;q=0.5", "", "de"),
        ("de;q=0,en-US", "", "en-US"),
        ("fr", "", "en-GB"),
        ("en-US", "de", "de"),
        ("en-US,de-AT;q=0.1", "de", "de-AT"),
        ("de", "xx", "de"),
        ("de-XX", "", "de"),
        ("en-GB-oed", "", "en-GB"),
    ],
)
def test_it_takes_the_first_language_there_is(asked: str, chosen: str, tag: str) -> None:
    assert accepted_words(asked, chosen).tag == tag


@given(st.text(alphabet="den-;q=0.1, *CH", max_size=60), st.text(max_size=5))
def test_it_takes_any_header(asked: str, chosen: str) -> None:
    assert accepted_words(asked, chosen).language in ("en", "de")
