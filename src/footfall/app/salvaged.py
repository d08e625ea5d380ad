"""Taking up what was saved from a damaged spool.

The old file may have held events that the store had taken, and the note of a batch that was under way. So the store
is asked which events it holds, and what derives from its newest events is computed again.
"""

from footfall.spool import Spool
from footfall.store import Writer
from footfall.visits import Applier


def take_up_salvaged(spool: Spool, writer: Writer, applier: Applier, stored_ids: list[int]) -> None:
    """Let no event be stored a second time, and mend visits; ``stored_ids`` are those of the last day."""
    if not spool.holds_salvaged():
        return
    applier.leave_out(frozenset(stored_ids).intersection(spool.event_ids()))
    writer.rebuild_visits(writer.newest_days())
