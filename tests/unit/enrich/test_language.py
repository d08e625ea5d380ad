import pytest
from hypothesis import given
from hypothesis import strategies as st

from footfall.enrich import language_of


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("de-DE,de;q=0.9,en;q=0.8", "de-DE"),
        ("en", "en"),
        ("pt_br", "pt-BR"),
        ("zh-Hans-CN,zh;q=0.9", "zh-CN"),
        ("es-419", "es-419"),
        ("*", ""),
        ("english", ""),
        ("", ""),
    ],
)
def test_it_tells_the_first_language(header: str, language: str) -> None:
    assert language_of(header) == language


@given(st.text())
def test_it_takes_any_text(header: str) -> None:
    assert len(language_of(header)) <= len("deu-419")
