"""The OpenAPI description: what FastAPI knows of the routes, completed from a table with one row each.

Intake's routes, which FastAPI does not know, stand in the table as well. A new route is one new row.
"""

from footfall.api.documentation.application import DescribedApplication
from footfall.api.documentation.operations import OPERATIONS

__all__ = ["OPERATIONS", "DescribedApplication"]
