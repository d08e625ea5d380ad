from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.enrich.personal import hard_cases, lookalikes, secrets_of_people
from tests.unit.enrich.personal.corpus import SIZE, corpus
from tests.unit.enrich.personal.measure import Figures, Verdict, by_kind, judged

from footfall.enrich import mask_personal


@pytest.fixture(scope="module")
def verdicts() -> list[Verdict]:
    return judged(corpus())


@pytest.fixture(scope="module")
def figures(verdicts: list[Verdict]) -> dict[str, Figures]:
    return by_kind(verdicts)


@pytest.mark.parametrize(("text", "masked"), hard_cases.MASKED.items())
def test_it_masks_what_names_a_person_or_opens_an_account(text: str, masked: str) -> None:
    assert mask_personal(text) == masked


@pytest.mark.parametrize("text", hard_cases.KEPT)
def test_it_leaves_what_only_looks_personal(text: str) -> None:
    assert mask_personal(text) == text


def test_it_is_measured_on_ten_thousand_texts_of_every_kind(verdicts: list[Verdict]) -> None:
    halves = Counter(bool(verdict.text.secret) for verdict in verdicts)

    assert halves == {True: SIZE // 2, False: SIZE // 2}
    assert {verdict.text.kind for verdict in verdicts} == {*secrets_of_people.KINDS, *lookalikes.KINDS}
    assert len(hard_cases.MASKED) + len(hard_cases.KEPT) >= 150


@pytest.mark.parametrize("kind", secrets_of_people.KINDS)
def test_it_leaves_less_than_one_secret_in_a_hundred_readable(kind: str, figures: dict[str, Figures]) -> None:
    found = figures[kind]

    assert found.leaking <= 0.01 * found.texts


@pytest.mark.parametrize("kind", lookalikes.KINDS)
def test_it_changes_less_than_one_lookalike_in_twenty(kind: str, figures: dict[str, Figures]) -> None:
    found = figures[kind]

    assert found.changed <= 0.05 * found.texts


def test_it_reaches_recall_and_precision_over_all(verdicts: list[Verdict]) -> None:
    personal = [verdict for verdict in verdicts if verdict.text.secret]
    changed = [verdict for verdict in verdicts if verdict.is_changed]

    recall = sum(not verdict.leaks for verdict in personal) / len(personal)
    precision = sum(bool(verdict.text.secret) for verdict in changed) / len(changed)

    assert recall >= 0.99
    assert precision >= 0.95


def test_it_changes_nothing_the_second_time(verdicts: list[Verdict]) -> None:
    stored = [verdict.stored for verdict in verdicts] + list(hard_cases.MASKED.values())

    assert [text for text in stored if mask_personal(text) != text and text not in hard_cases.MASKED] == []


@given(st.text() | st.text(alphabet="a1@.%0254+- /:=()", max_size=80))
def test_it_makes_storable_text_of_any(text: str) -> None:
    masked = mask_personal(text)

    assert "\x00" not in masked or "\x00" in text
    assert masked == text or ":" in masked or "://" in text
