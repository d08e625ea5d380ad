"""How a block is written: the one insert of every table a batch fills."""

from typing import Any

from clickhouse_connect.driver.client import Client


def insert_block(client: Client, table: str, columns: dict[str, list[Any]], token: str) -> None:
    """Insert columns of the same length as one block. ``token`` makes a blind retry of it a no-op.

    The token is the query's id, too: a server refuses a second insert while the first is under way.
    """
    client.insert(
        table,
        list(columns.values()),
        column_names=list(columns),
        column_oriented=True,
        settings={"insert_deduplication_token": token, "query_id": f"footfall-{token}"},
    )
