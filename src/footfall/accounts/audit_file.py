"""Entries of the audit log as a CSV file."""

import json
from collections.abc import Iterable, Iterator

import msgspec

from footfall.accounts.audit import Entry
from footfall.domain.cells import csv_line


def audit_csv(entries: Iterable[Entry]) -> Iterator[str]:
    """The lines of the file, with ``detail`` as JSON; what would run as a formula is marked as text."""
    yield csv_line(Entry.__struct_fields__)
    for entry in entries:
        cells = msgspec.structs.asdict(entry) | {"detail": json.dumps(entry.detail, ensure_ascii=False)}
        yield csv_line(list(cells.values()))
