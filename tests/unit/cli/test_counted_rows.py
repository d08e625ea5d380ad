"""Rows are told from the bytes of a file as they come."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footfall.cli.counted_rows import counted_rows


@given(st.lists(st.lists(st.text(), min_size=1, max_size=3), max_size=20), st.integers(1, 7))
def test_it_counts_the_rows_of_csv_wherever_it_is_cut(rows: list[list[str]], size: int) -> None:
    file = io.StringIO(newline="")
    csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    data = file.getvalue().encode()
    blocks = [data[start : start + size] for start in range(0, len(data), size)]

    counted = list(counted_rows(iter(blocks), "csv"))

    assert b"".join(block for block, _ in counted) == data
    assert sum(count for _, count in counted) == len(rows)


@pytest.mark.parametrize(("form", "counts"), [("jsonl", [1, 2]), ("parquet", [0, 0])])
def test_it_counts_lines_and_knows_nothing_of_parquet(form: str, counts: list[int]) -> None:
    assert [count for _, count in counted_rows(iter([b"{}\n", b"{}\n{}\n"]), form)] == counts
