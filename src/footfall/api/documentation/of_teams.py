"""Operations on teams."""

from footfall.api.documentation.operation import Operation
from footfall.api.documentation.shapes import TeamUsage

OF_TEAMS = (
    Operation(
        "GET /api/v1/teams/{public_id}/usage",
        "team_usage",
        "teams",
        "What a team uses of its plan, on an install with plans",
        TeamUsage,
        {
            "plan": "business",
            "month": "2026-11",
            "views": {"used": 812_345, "limit": 1_000_000},
            "sites": {"used": 12, "limit": None},
            "people": {"used": 4, "limit": None},
            "api": True,
            "custom_domain": True,
            "months": [{"month": "2026-11", "views": 812_345}, {"month": "2026-10", "views": 790_001}],
        },
        "sites:read",
    ),
)
