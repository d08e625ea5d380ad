"""`/api/v1/sites/PUBLIC_ID/…`: every report as one GET, thin over the query room.

`reports` is the table of them; routes, OpenAPI and docs/reference/reports.md follow from it.
"""

from footfall.api.native.routes import reports_router

__all__ = ["reports_router"]
