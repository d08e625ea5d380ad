"""Operations of the native API that tell figures."""

from typing import Any

from footfall.api.documentation.operation import QUESTION, Operation
from footfall.api.documentation.shapes import Crawlers, Live
from footfall.api.live import EXAMPLE
from footfall.api.native.export import TITLES
from footfall.api.native.openapi import answer_schema, example
from footfall.api.native.reports import REPORTS
from footfall.query import RAW_TABLES

_SITE = "/api/v1/sites/{public_id}"
_CRAWLERS: dict[str, Any] = {
    "first_at": "2026-10-20T22:00:00+00:00",
    "end_at": "2026-11-19T23:00:00+00:00",
    "crawlers": [
        {
            "name": "GPTBot",
            "vendor": "OpenAI",
            "kind": "ai-training",
            "views": 757,
            "pages": 165,
            "last_seen_at": "2026-11-19T22:39:03.536000+00:00",
        }
    ],
}


def _operation_id(report: str) -> str:
    return f"report_{report.replace('-', '_')}"


REPORTED = (
    *(
        Operation(
            f"GET {_SITE}/{report.name}",
            _operation_id(report.name),
            "reports",
            report.title,
            answer_schema(report),
            example(report),
            scope="stats:read",
            refusals=QUESTION,
            also_types=("text/csv", "application/vnd.apache.parquet"),
        )
        for report in REPORTS.values()
    ),
    Operation(
        f"GET {_SITE}/realtime",
        "realtime",
        "live",
        "What happens right now",
        Live,
        EXAMPLE,
        scope="stats:read",
        refusals=QUESTION,
    ),
    Operation(
        f"GET {_SITE}/live/events",
        "live_events",
        "live",
        "What happens right now, as server-sent events",
        {"type": "string"},
        'data: {"now": {"active_now": 2, "…": "…"}}\n\n',
        scope="stats:read",
        refusals=QUESTION,
        media_type="text/event-stream",
    ),
    *(
        Operation(
            f"GET {_SITE}/export/{name}",
            f"export_{name.replace('-', '_')}",
            "reports",
            TITLES[name],
            {"type": "string"},
            "event_id,timestamp,name\n",
            scope="stats:read",
            refusals=QUESTION,
            media_type="text/csv",
            also_types=("application/x-ndjson", "application/vnd.apache.parquet"),
        )
        for name in RAW_TABLES
    ),
    Operation(
        f"GET {_SITE}/crawlers",
        "crawlers",
        "reports",
        "Which machines read a site",
        Crawlers,
        _CRAWLERS,
        scope="stats:read",
        refusals=QUESTION,
    ),
)
