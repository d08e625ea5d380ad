"""Rows as a Parquet file, written by the engine: it needs no table for that."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from footfall.store.reader import Reader, Statement

_TYPES = ((float, "Float64"), (int, "Int64"), (str, "String"))  # the first that a column has a value of


def parquet_file(reader: Reader, names: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> Iterator[bytes]:
    """The file a block at a time; ``names`` are ours and plain words, values may be text, numbers or None."""
    if not all(name.isidentifier() for name in names):
        raise ValueError(names)
    columns = ", ".join(f"`{name}` Nullable({_type_of([row.get(name) for row in rows])})" for name in names)
    lines = "\n".join(json.dumps({name: row.get(name) for name in names}) for row in rows)
    sql = f"SELECT * FROM format('JSONEachRow', '{columns}', {{lines:String}})"
    return reader.stream(Statement("store.parquet_file", sql, {"lines": lines}), "Parquet")


def _type_of(values: list[Any]) -> str:
    return next((name for kind, name in _TYPES if any(isinstance(value, kind) for value in values)), "String")
