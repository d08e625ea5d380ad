"""Intake: from a request's bytes to an acknowledged event.

Decode, pass the steps in `steps.py` one after the other, put what is left on disk, answer. A refused event is a value
with a reason; the sender is told.
"""
