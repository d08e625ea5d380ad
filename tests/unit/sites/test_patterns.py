"""Patterns of paths and hosts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footfall.sites.patterns import matcher


@pytest.mark.parametrize(
    ("pattern", "matched", "others"),
    [
        ("/admin", ["/admin"], ["/admin/", "/administrator", "/a/admin"]),
        ("/admin/*", ["/admin/", "/admin/users"], ["/admin", "/admin/users/7"]),
        ("/admin/**", ["/admin/", "/admin/users/7"], ["/admin", "/x/admin/"]),
        ("/*/edit", ["/7/edit"], ["/7/8/edit", "/edit"]),
        ("/**/edit", ["/7/edit", "/7/8/edit"], ["/edit"]),
        ("/**/x*y", ["/a/xb/xcy"], ["/a/xb/cy"]),
        ("**.json", ["/a/b.json"], ["/a/b.jsonl"]),
        ("/a.b", ["/a.b"], ["/aXb"]),
        ("**", ["/", "/anything/at\nall"], []),
    ],
)
def test_it_matches_what_the_pattern_says(pattern: str, matched: list[str], others: list[str]) -> None:
    found = matcher([pattern])

    assert found is not None
    assert [path for path in matched + others if found.fullmatch(path)] == matched


def test_it_matches_any_of_several_and_nothing_without_any() -> None:
    either = matcher(["/a/*", "/b"])

    assert either is not None
    assert [bool(either.fullmatch(path)) for path in ("/a/1", "/b", "/c")] == [True, True, False]
    assert matcher([]) is None


@given(st.lists(st.sampled_from(["a", "b", "/", "*", "**"]), max_size=9), st.text("ab/", max_size=12))
def test_it_agrees_with_trying_every_way(parts: list[str], path: str) -> None:
    pattern = "".join(parts)
    found = matcher([pattern])

    assert found is not None
    assert bool(found.fullmatch(path)) == tried(pattern, path)


def test_it_has_no_slow_paths() -> None:
    found = matcher(["/" + "a*" * 20 + "/" + "**a" * 10 + "b"])

    assert found is not None
    assert not found.fullmatch("/" + "a" * 2_000)


def tried(pattern: str, path: str) -> bool:
    """The meaning of a pattern, at any cost."""
    stars = len(pattern) - len(pattern.lstrip("*"))
    if not stars:
        return path == pattern if not pattern or not path else path[0] == pattern[0] and tried(pattern[1:], path[1:])
    rest = pattern[stars:]
    return any(tried(rest, path[end:]) for end in range(len(path) + 1) if stars > 1 or "/" not in path[:end])
