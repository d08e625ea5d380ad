"""Importing totals of another product into a site: which formats there are, and that no day is imported twice."""

import secrets
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import IO

from footfall.domain import Site
from footfall.errors import Conflict, InvalidInput, NotFound
from footfall.importers.plausible import Totals, read_archive
from footfall.store import Import, ImportedDays, ImportedRow

MAX_IMPORTS = 5
_ID_BITS = 48  # fewer than JSON's numbers hold

READERS: dict[str, Callable[[IO[bytes]], Totals]] = {"plausible": read_archive}
"""By the product whose export it is."""


class TotalsImporter:
    """One import at a time; ``clock`` gives UTC milliseconds."""

    def __init__(self, days: ImportedDays, clock: Callable[[], int]) -> None:
        self._days = days
        self._clock = clock
        self._lock = threading.Lock()

    def of_site(self, site: Site) -> list[Import]:
        """The imports of a site, the oldest days first."""
        return self._days.of_site(site.id)

    def add(self, site: Site, origin: str, file: IO[bytes]) -> Import:
        """Import an export; raises InvalidInput for what cannot be read, Conflict where all its days are there."""
        if origin not in READERS:
            raise InvalidInput(f"Parameter `origin` is one of {', '.join(READERS)}.", field="origin")
        with self._lock:
            earlier = self._days.of_site(site.id)
            if len(earlier) >= MAX_IMPORTS:
                raise Conflict(f"A site has {MAX_IMPORTS} imports at most; delete one first.")
            rows = _but_those_of(earlier, READERS[origin](file).rows)
            import_id = secrets.randbits(_ID_BITS) or 1
            if not self._days.insert(site.id, import_id, origin, self._clock() // 1000, rows):
                raise Conflict("Every day of this export is imported already; delete that import to have it anew.")
            return self._found(site, import_id)

    def delete(self, site: Site, import_id: int) -> Import:
        """Delete an import and tell which it was; raises NotFound where the site has none such."""
        with self._lock:
            found = self._found(site, import_id)
            self._days.delete(site.id, import_id)
        return found

    def _found(self, site: Site, import_id: int) -> Import:
        found = next((one for one in self._days.of_site(site.id) if one.id == import_id), None)
        if found is None:
            raise NotFound("This site has no such import; it may have been deleted already.")
        return found


def _but_those_of(earlier: Iterable[Import], rows: Iterable[ImportedRow]) -> Iterator[ImportedRow]:
    """The rows of days that no earlier import reaches over."""
    taken = [(one.first_day, one.last_day) for one in earlier]
    return (row for row in rows if not any(first <= row.day <= last for first, last in taken))
