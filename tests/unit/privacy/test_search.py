from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from footfall.privacy.search import Pattern, Search

LETTERS = st.lists(st.sampled_from(b"abAB\0"), max_size=60).map(bytes)
WORDS = st.lists(st.sampled_from(b"abAB\0"), min_size=4, max_size=9).map(bytes)


def plainly(patterns: list[Pattern], content: bytes) -> Counter[str]:
    """The same count, byte by byte."""
    counts: Counter[str] = Counter()
    for key, data, is_folded in patterns:
        text = content.lower() if is_folded else content
        counts[key] += sum(text.startswith(data, at) for at in range(len(text)))
    return +counts


@given(st.lists(st.tuples(WORDS, st.booleans()), max_size=8), st.lists(LETTERS, max_size=6))
def test_it_counts_what_a_plain_search_counts_however_the_stream_is_cut(
    words: list[tuple[bytes, bool]], blocks: list[bytes]
) -> None:
    patterns = [
        Pattern(f"{at}", word.lower() if is_folded else word, is_folded) for at, (word, is_folded) in enumerate(words)
    ]

    found, size_bytes = Search(patterns).count(blocks)

    assert found == plainly(patterns, b"".join(blocks))
    assert size_bytes == sum(map(len, blocks))
