"""Plausible's export: a ZIP of CSV files, each with the days' totals by some dimensions."""

from footfall.importers.plausible.archive import Totals, read_archive

__all__ = ["Totals", "read_archive"]
