"""Counting the events of a site by when they were received."""

from footfall.store.reader import Reader, Statement


def count_received(reader: Reader, site_id: int, first_s: int, end_s: int) -> int:
    """How many events the store holds of those received from one second on until before another."""
    statement = Statement(
        "store.count_received",
        "SELECT count() FROM events WHERE site_id = {site:UInt32}"
        " AND received_at >= toDateTime({first:UInt32}, 'UTC') AND received_at < toDateTime({end:UInt32}, 'UTC')",
        {"site": site_id, "first": first_s, "end": max(first_s, end_s)},
    )
    [(events,)] = reader.run(statement)
    return int(events)
