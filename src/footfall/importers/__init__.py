"""What makes batches of events for intake: web-server logs and demo traffic.

Importers yield plain event dicts in the shape of `POST /api/v1/events`; how they are sent is passed in.
"""
