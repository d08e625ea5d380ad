"""Operations on imports: totals that another product has counted."""

from typing import Any

from msgspec import Struct

from footfall.api.documentation.operation import ASKED_WITH_KEY, SENT_WITH_KEY, Operation, Schema
from footfall.client.values import Deleted

_IMPORTS = "/api/v1/sites/{public_id}/imports"
_FILE: Schema = {"type": "string", "format": "binary", "description": "The ZIP of Plausible's export, 200 MB at most."}
_IMPORT: dict[str, Any] = {
    "id": 211106232532992,
    "origin": "plausible",
    "from": "2024-01-01",
    "to": "2025-12-31",
    "rows": 48210,
    "imported_at": "2026-01-10T09:00:00+00:00",
}


class Import(Struct, frozen=True, rename={"first": "from", "last": "to"}):
    """One import, with its first and its last day."""

    id: int
    origin: str
    first: str
    last: str
    rows: int
    imported_at: str


class Imports(Struct, frozen=True):
    """The imports of a site."""

    imports: list[Import]


OF_IMPORTS = (
    Operation(
        f"GET {_IMPORTS}",
        "list_imports",
        "imports",
        "The imports of a site",
        Imports,
        {"imports": [_IMPORT]},
        "sites:write",
        refusals=(*ASKED_WITH_KEY, 503),
    ),
    Operation(
        f"POST {_IMPORTS}",
        "add_import",
        "imports",
        "Bring in the totals another product has counted: the body is the file it exports",
        Import,
        _IMPORT,
        "sites:write",
        refusals=(*SENT_WITH_KEY, 503),
        body=_FILE,
        body_example="imported_visitors_20240101_20251231.csv, imported_pages_20240101_20251231.csv … in a ZIP",
        body_type="application/octet-stream",
        status=201,
    ),
    Operation(
        f"DELETE {_IMPORTS}/{{import_id}}",
        "delete_import",
        "imports",
        "Delete an import",
        Deleted,
        {"deleted": "true"},
        "sites:write",
        refusals=(*SENT_WITH_KEY, 503),
    ),
)
