"""Patterns of goals: the engine finds the paths that plain Python finds, piece by piece."""

import asyncio

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.engine.oracle_goals import fits

from footfall.query.goals import path_expression
from footfall.store import Reader, Statement

pieces = st.sampled_from(["*", "**", "***", "/", "a", "b/", ".", "(", "\\", "é", "\n", " ", "[x]", "$", "|", "-", "#"])
patterns = st.lists(pieces, max_size=6).map(lambda found: "/" + "".join(found))
paths = st.lists(
    st.sampled_from(["/", "a", "b", ".", "(", "\\", "é", "\n", " ", "[x]", "$", "|", "-", "#"]), max_size=7
)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(pattern=patterns, tried=st.lists(paths.map(lambda found: "/" + "".join(found)), min_size=1, max_size=30))
def test_it_finds_the_paths_that_fit_a_pattern(reader: Reader, *, pattern: str, tried: list[str]) -> None:
    sql = "SELECT arrayMap(path -> match(path, {pattern:String}), {paths:Array(String)})"
    parameters = {"pattern": path_expression(pattern), "paths": tried}

    [(found,)] = asyncio.run(reader.ask(Statement("test.goals", sql, parameters)))

    assert [bool(one) for one in found] == [fits(pattern, path) for path in tried]
