"""How a block is written: the one insert of every table a batch fills."""

from collections.abc import Mapping, Sequence
from typing import Any

from clickhouse_connect.driver.client import Client


class Inserter:
    """Writes blocks through one client, and asks for the types of a table's columns once: they last while it runs."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._types: dict[str, dict[str, str]] = {}

    def insert(self, table: str, columns: dict[str, list[Any]], token: str) -> None:
        """Insert columns of the same length as one block. ``token`` makes a blind retry of it a no-op.

        The token is the query's id, too: a server refuses a second insert while the first is under way.
        """
        types = self._types_of(table)
        insert_columns(
            self._client,
            table,
            columns,
            column_type_names=[types[name] for name in columns],
            settings={"insert_deduplication_token": token, "query_id": f"footfall-{token}"},
        )

    def _types_of(self, table: str) -> dict[str, str]:
        if table not in self._types:
            described = self._client.query("DESCRIBE TABLE {table:Identifier}", parameters={"table": table})
            self._types[table] = {row[0]: row[1] for row in described.result_rows}
        return self._types[table]


def insert_columns(client: Client, table: str, columns: Mapping[str, Sequence[Any]], **how: Any) -> None:
    """Insert columns of the same length; ``how`` is what else the client is to know.

    Nothing of them stays behind: the client's own record of an insert is a cycle, which would hold every value until
    the collector comes by.
    """
    data = list(columns.values())
    try:
        client.insert(table, data, column_names=list(columns), column_oriented=True, **how)
    finally:
        data.clear()
