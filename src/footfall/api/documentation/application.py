"""A FastAPI application whose description is complete."""

from typing import Any

from fastapi import FastAPI

from footfall.api.documentation.completing import documented
from footfall.api.documentation.operations import OPERATIONS


class DescribedApplication(FastAPI):
    """Serves the completed description, made once."""

    def openapi(self) -> dict[str, Any]:
        """The OpenAPI description."""
        if self.openapi_schema is None:
            self.openapi_schema = documented(super().openapi(), OPERATIONS)
        return self.openapi_schema
