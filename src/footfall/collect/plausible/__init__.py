"""Plausible's front door: a site that changes only the host in its snippet works.

`fields.py` and `decode.py` read its event into the wire event, `script.py` joins its scripts, `door.py` answers.
"""
