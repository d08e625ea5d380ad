"""What came before Footfall, and what never was: web-server logs, demo traffic, totals another product has counted.

Importers of the first two yield plain event dicts in the shape of `POST /api/v1/events`; how they are sent is passed
in. Totals go beside events, into a table of their own.
"""
