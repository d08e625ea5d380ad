"""Operations in the shape of Umami's read API."""

from typing import Any

from msgspec import Struct

from footfall.api.documentation.operation import UMAMI, Operation

_SCOPE = "stats:read"
_REFUSALS = (400, 401, 422, 429, 503)
_WEBSITE = "/api/websites/{website_id}"
_ID = "0f0e2a52-7f3e-4c6b-9d0b-1d2a3c4b5e6f"
_AT = "2026-01-31T10:30:05.000Z"


class UmamiTotals(Struct, frozen=True):
    """Umami's five figures."""

    pageviews: int
    visitors: int
    visits: int
    bounces: int
    totaltime: int


class UmamiStats(UmamiTotals, frozen=True):
    """The figures of a span, and of the one before."""

    comparison: UmamiTotals


class UmamiExpanded(UmamiTotals, frozen=True):
    """The figures of one value of a column."""

    name: str


class UmamiPoint(Struct, frozen=True):
    """A value and its figure; places say which country they lie in."""

    x: str
    y: int
    country: str = ""
    t: str = ""


class UmamiSeries(Struct, frozen=True):
    """Page views and visitors over time."""

    pageviews: list[UmamiPoint]
    sessions: list[UmamiPoint]


class UmamiPageviews(UmamiSeries, frozen=True):
    """The same, and that of the span it is compared with."""

    startDate: str = ""  # noqa: N815 (its name on the wire)
    endDate: str = ""  # noqa: N815
    compare: dict[str, list[UmamiPoint] | str] = {}


class UmamiUser(Struct, frozen=True):
    """A person, or a key."""

    id: str
    username: str
    role: str
    createdAt: str | None  # noqa: N815
    isAdmin: bool  # noqa: N815
    teams: list[Any]


class UmamiLogin(Struct, frozen=True):
    """An e-mail address and its password."""

    username: str
    password: str


class UmamiSession(Struct, frozen=True):
    """The token of a session, and whose it is."""

    token: str
    user: UmamiUser


class UmamiMe(Struct, frozen=True):
    """Who calls, and with what."""

    user: UmamiUser
    authType: str  # noqa: N815


class UmamiDone(Struct, frozen=True):
    """It is done."""

    ok: bool


class UmamiTold(Struct, frozen=True):
    """What was said of one visitor under one key: as a text, and as a number where it is one."""

    websiteId: str  # noqa: N815
    sessionId: str  # noqa: N815
    dataKey: str  # noqa: N815
    dataType: int  # noqa: N815
    stringValue: str  # noqa: N815
    numberValue: float | None  # noqa: N815
    dateValue: None  # noqa: N815
    createdAt: str  # noqa: N815


class UmamiToldKey(Struct, frozen=True):
    """A key, and of how many visitors it was said."""

    propertyName: str  # noqa: N815
    total: int


class UmamiToldValue(Struct, frozen=True):
    """A text, and of how many visitors it was said last."""

    value: str
    total: int


class UmamiPage(Struct, frozen=True):
    """A page of a list."""

    data: list[dict[str, Any]]
    count: int
    page: int
    pageSize: int  # noqa: N815
    orderBy: str = ""  # noqa: N815
    search: str = ""


class UmamiVisitors(Struct, frozen=True):
    """How many visitors."""

    visitors: int


class UmamiDates(Struct, frozen=True):
    """The first and the last moment."""

    startDate: str  # noqa: N815
    endDate: str  # noqa: N815


class UmamiRealtime(Struct, frozen=True):
    """The last 30 minutes."""

    countries: dict[str, int]
    urls: dict[str, int]
    referrers: dict[str, int]
    events: list[dict[str, Any]]
    series: dict[str, list[UmamiPoint]]
    totals: dict[str, int]
    timestamp: int


class UmamiWebsite(Struct, frozen=True):
    """A site as Umami's website."""

    id: str
    name: str
    domain: str
    createdAt: str  # noqa: N815
    updatedAt: str  # noqa: N815
    recorderEnabled: bool  # noqa: N815


_TOTALS = {"pageviews": 402, "visitors": 128, "visits": 150, "bounces": 57, "totaltime": 14100}
_USER: dict[str, Any] = {
    "id": "1",
    "username": "ann@example.com",
    "role": "user",
    "createdAt": None,
    "isAdmin": False,
    "teams": [],
}
_SITE = {
    "id": _ID,
    "name": "example.com",
    "domain": "example.com",
    "createdAt": _AT,
    "updatedAt": _AT,
    "recorderEnabled": False,
}
_TOLD = {
    "websiteId": _ID,
    "sessionId": _ID,
    "dataKey": "plan",
    "dataType": 1,
    "stringValue": "pro",
    "numberValue": None,
    "dateValue": None,
    "createdAt": _AT,
}
_EVENT = {"id": _ID, "websiteId": _ID, "createdAt": _AT, "urlPath": "/pricing", "eventType": 1, "eventName": ""}
_POINTS = [{"x": "2026-01-31 00:00:00", "y": 12}]
_LISTED = {"count": 1, "page": 1, "pageSize": 20}


def _reads(path: str, name: str, summary: str, answer: Any, example: Any) -> Operation:
    return Operation(f"GET {path}", f"umami_{name}", "umami", summary, answer, example, _SCOPE, UMAMI, _REFUSALS)


def _posts(path: str, name: str, summary: str, answer: Any, example: Any, **more: Any) -> Operation:
    row = Operation(f"POST {path}", f"umami_{name}", "umami", summary, answer, example, errors=UMAMI)
    return row._replace(**{"scope": _SCOPE, "refusals": _REFUSALS, **more})


UMAMI_READS = (
    _posts(
        "/api/auth/login",
        "login",
        "Sign in",
        UmamiSession,
        {"token": "…", "user": _USER},
        scope="",
        refusals=(400, 401, 413, 429, 503),
        body=UmamiLogin,
        body_example={"username": "ann@example.com", "password": "correct horse battery"},
    ),
    _posts("/api/auth/verify", "verify", "Tell whose a token is", UmamiUser, _USER),
    _posts("/api/auth/logout", "logout", "End the session of a token", UmamiDone, {"ok": True}),
    _reads("/api/me", "me", "Tell who calls", UmamiMe, {"user": _USER, "authType": "session"}),
    _reads("/api/websites", "websites", "The websites of the caller", UmamiPage, {"data": [_SITE], **_LISTED}),
    _reads(_WEBSITE, "website", "A website", UmamiWebsite, _SITE),
    _reads(f"{_WEBSITE}/stats", "stats", "Totals of a span", UmamiStats, {**_TOTALS, "comparison": _TOTALS}),
    _reads(
        f"{_WEBSITE}/pageviews",
        "pageviews",
        "Page views and visitors over time",
        UmamiPageviews,
        {"pageviews": _POINTS, "sessions": _POINTS},
    ),
    _reads(f"{_WEBSITE}/metrics", "metrics", "Visitors by a column", list[UmamiPoint], [{"x": "/pricing", "y": 12}]),
    _reads(
        f"{_WEBSITE}/metrics/expanded",
        "expanded",
        "All totals by a column",
        list[UmamiExpanded],
        [{"name": "/pricing", **_TOTALS}],
    ),
    _reads(f"{_WEBSITE}/values", "values", "The values of a column", list[str], ["/", "/pricing"]),
    _reads(f"{_WEBSITE}/events", "events", "Page views and events", UmamiPage, {"data": [_EVENT], **_LISTED}),
    _reads(
        f"{_WEBSITE}/sessions",
        "sessions",
        "Visitors, and what each did",
        UmamiPage,
        {"data": [{"id": _ID, "visits": 1, "views": 3, "events": 1}], **_LISTED},
    ),
    _reads(
        f"{_WEBSITE}/sessions/{{session_id}}/properties",
        "session_properties",
        "What was said of one visitor",
        list[UmamiTold],
        [_TOLD],
    ),
    _reads(
        f"{_WEBSITE}/session-data/properties",
        "session_data_keys",
        "Keys of what was said of visitors",
        list[UmamiToldKey],
        [{"propertyName": "plan", "total": 12}],
    ),
    _reads(
        f"{_WEBSITE}/session-data/values",
        "session_data_values",
        "Texts under a key of what was said of visitors",
        list[UmamiToldValue],
        [{"value": "pro", "total": 7}],
    ),
    _reads(f"{_WEBSITE}/active", "active", "Visitors of the last five minutes", UmamiVisitors, {"visitors": 7}),
    _reads(
        f"{_WEBSITE}/daterange",
        "daterange",
        "When the first and the last event happened",
        UmamiDates,
        {"startDate": "2025-01-01T08:00:00.000Z", "endDate": _AT},
    ),
    _reads(
        "/api/realtime/{website_id}",
        "realtime",
        "The last 30 minutes",
        UmamiRealtime,
        {
            "countries": {"EE": 3},
            "urls": {"/pricing": 5},
            "referrers": {"https://google.com": 2},
            "events": [{"__type": "pageview", **_EVENT}],
            "series": {"views": _POINTS, "visitors": _POINTS},
            "totals": {"views": 5, "visitors": 3, "events": 1, "countries": 1},
            "timestamp": 1769855405000,
        },
    ),
)
