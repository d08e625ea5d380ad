from footfall.store import Engine, Reader, Statement
from footfall.store.schema import migrate


def test_it_bears_a_crash_before_a_file_was_noted_as_applied(engine: Engine, reader: Reader) -> None:
    numbers = Statement("test", "SELECT number FROM schema_migrations ORDER BY number")
    applied = reader.run(numbers)
    client = engine.client()
    client.command("TRUNCATE TABLE schema_migrations")

    migrate(client)

    assert reader.run(numbers) == applied
    client.close()
