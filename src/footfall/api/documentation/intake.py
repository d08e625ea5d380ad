"""Operations that send: FastAPI knows none of them, for intake is bare ASGI."""

from footfall.api.documentation.operation import Operation
from footfall.api.documentation.shapes import Batch, Consent, Event, Identity, Kept
from footfall.client.values import Receipt

_VIEW = {"site": "k3v9q0x7m2ab", "name": "pageview", "url": "https://example.com/pricing"}
_ORDER = {
    "id": "order-481",
    "name": "Order",
    "url": "https://example.com/checkout",
    "visitor": "customer-481",
    "revenue": {"amount": "49.90", "currency": "EUR"},
}
_KEPT = {"accepted": 1}
_FROM_ANYBODY = (400, 408, 413, 429, 503)
_OF_VISITORS = (400, 401, 403, 408, 413, 429, 503)

INTAKE = (
    Operation(
        "POST /api/v1/event",
        "send_event",
        "events",
        "Send one event of a browser",
        Kept,
        _KEPT,
        refusals=_FROM_ANYBODY,
        body=Event,
        body_example=_VIEW,
        status=202,
        description="Open to every origin. A drop is a 202 too; the header `X-Footfall-Dropped` has its reason.",
    ),
    Operation(
        "POST /api/v1/events",
        "send_events",
        "events",
        "Send up to 1,000 events from a server",
        Receipt,
        {"accepted": 1, "duplicates": [], "dropped": [], "errors": []},
        scope="events:write",
        refusals=(*_OF_VISITORS,),
        body=Batch,
        body_example={"site": "example.com", "events": [_ORDER]},
        parameters=("wait",),
        status=202,
        description="An event sent again under the same `id` within 24 hours is stored once.",
    ),
    Operation(
        "POST /api/v1/consent",
        "report_consent",
        "events",
        "Tell that a visitor agreed to be remembered, or does not any more",
        Kept,
        _KEPT,
        refusals=_OF_VISITORS,
        body=Consent,
        body_example={"site": "k3v9q0x7m2ab", "visitor": "0123456789012345", "given": True, "text": "privacy-2026-03"},
        status=202,
    ),
    Operation(
        "POST /api/v1/identify",
        "identify",
        "events",
        "Tell who a visitor is",
        Kept,
        _KEPT,
        refusals=_OF_VISITORS,
        body=Identity,
        body_example={"site": "k3v9q0x7m2ab", "user": "customer-481", "traits": {"plan": "pro", "seats": 3}},
        status=202,
    ),
)
