"""The schema as numbered files, each applied once and in order.

A file may be applied again where a crash came before its number was noted: every statement must bear that.
"""

import re
from importlib import resources

from clickhouse_connect.driver.client import Client

_NAMED_SQL = re.compile(r"\{\{(\w+)\}\}")


def migrate(client: Client) -> None:
    """Apply every file of this folder that the store has not seen."""
    client.command(
        "CREATE TABLE IF NOT EXISTS schema_migrations (number UInt16, applied_at DateTime DEFAULT now())"
        " ENGINE = MergeTree ORDER BY number SETTINGS fsync_after_insert = 1"
    )
    applied = {number for (number,) in client.query("SELECT number FROM schema_migrations").result_rows}
    for number, text in _files():
        if number in applied:
            continue
        for statement in _statements(text):
            client.command(statement)
        client.command(f"INSERT INTO schema_migrations (number) VALUES ({number:d})")


def named_sql(name: str) -> str:
    """The text of one statement in `store/sql`."""
    return resources.files("footfall.store").joinpath("sql", f"{name}.sql").read_text()


def _files() -> list[tuple[int, str]]:
    folder = resources.files(__package__)
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".sql"))
    return [(int(name.split("_")[0]), folder.joinpath(name).read_text()) for name in names]


def _statements(text: str) -> list[str]:
    filled = _NAMED_SQL.sub(lambda match: named_sql(match[1]), text)
    return [statement for part in filled.split(";\n") if (statement := part.strip())]
