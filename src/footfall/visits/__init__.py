"""Which visit an event belongs to, and the thread that carries events from the spool into the store."""

from footfall.visits.applier import Applier
from footfall.visits.assign import VISIT_GAP_MS, Assignment, OpenVisits

__all__ = ["VISIT_GAP_MS", "Applier", "Assignment", "OpenVisits"]
