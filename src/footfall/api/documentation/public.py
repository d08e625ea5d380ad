"""Operations for anybody, and for whoever runs the server."""

from footfall.api.documentation.operation import OWN, TEXT, Operation
from footfall.api.documentation.shapes import Badge, Counter, Health, Readiness

_COUNTED = (400, 404, 422, 503)

PUBLIC = (
    Operation(
        "GET /badge/{site}/{path}",
        "badge",
        "public",
        "How often a page was viewed, as a picture or as JSON",
        Badge,
        {"views": 1234, "text": "1.2k views"},
        errors=TEXT,
        refusals=_COUNTED,
        also_types=("image/svg+xml", "image/png"),
    ),
    Operation(
        "GET /counter/{path}",
        "counter",
        "public",
        "How many visits saw a page, in the shape of GoatCounter's counter",
        Counter,
        {"count": "1,234", "count_unique": "1,234"},
        errors=TEXT,
        refusals=_COUNTED,
        also_types=("image/svg+xml", "image/png", "text/html"),
    ),
    Operation(
        "GET /health", "health", "operations", "Tell that the process lives", Health, {"status": "ok"}, refusals=()
    ),
    Operation(
        "GET /ready",
        "ready",
        "operations",
        "Tell whether events are taken, and whether the store takes them",
        Readiness,
        {"status": "ok", "waiting": 0, "store": "ok", "spool": "ok", "database": "ok"},
        refusals=(),
    ),
    Operation(
        "GET /metrics",
        "metrics",
        "operations",
        "Counters of the process for Prometheus",
        {"type": "string"},
        "footfall_events_stored_total 1204\n",
        scope="admin",
        errors=OWN,
        refusals=(401, 403),
        media_type="text/plain",
    ),
)
