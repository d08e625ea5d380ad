"""Intake: decode, admit, one verdict with a reason; the script and the pixel."""
