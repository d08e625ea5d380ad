"""What a valid request to each operation looks like; an operation that is not here needs nothing but its path.

Texts in braces are filled in from the world: a fresh site for everything that changes something.
"""

from dataclasses import dataclass, field
from typing import Any

DAY = "2026-01-05"
_SITE = {"site_id": "{domain}"}
_SPAN = {"startAt": "1789000000000", "endAt": "1790000000000"}
_QUERY = {"site_id": "{domain}", "metrics": ["visitors"], "date_range": "7d"}
_VIEW = {"name": "pageview", "url": "https://{domain}/"}
_WEBSITE_VIEW = {"type": "event", "payload": {"website": "{website_id}", "hostname": "{domain}", "url": "/"}}
_AUTH = {"auth": "{slug}"}
_PASSWORD = "correct horse battery"
_GOAL = {"kind": "event", "event": "Order", "display_name": "Order"}
_ERASURE = {"visitor": "1", "confirmed": "1"}


@dataclass(frozen=True)
class Asked:
    """The query, and the body as JSON or as a form."""

    query: dict[str, str] = field(default_factory=dict)
    json: Any = None
    form: dict[str, str] | None = None


ASKED = {
    # intake
    "POST /api/v1/event": Asked(json=_VIEW | {"site": "{public_id}"}),
    "POST /api/v1/events": Asked(json={"site": "{domain}", "events": [_VIEW]}),
    "POST /api/v1/identify": Asked(json={"site": "{public_id}", "user": "u1", "traits": {}}),
    "POST /api/v1/consent": Asked(json={"site": "{public_id}", "visitor": "v1", "given": True, "text": "v1"}),
    "POST /api/event": Asked(json=_VIEW | {"domain": "{domain}"}),
    "POST /api/send": Asked(json=_WEBSITE_VIEW),
    "POST /api/batch": Asked(json=[_WEBSITE_VIEW]),
    "GET /count": Asked({"p": "/", "site": "{public_id}"}),
    "POST /count": Asked({"p": "/", "site": "{public_id}"}),
    "POST /api/v0/count": Asked({"site": "{public_id}"}, json={"hits": [{"path": "/", "session": "s"}]}),
    # the command line
    "POST /internal/backup": Asked(json={"folder": "/nowhere"}),
    "POST /internal/restore": Asked(json={"folder": "/nowhere"}),
    "POST /internal/rebuild": Asked(json={}),
    # figures
    "POST /api/v2/query": Asked(json=_QUERY),
    "GET /api/v1/stats/realtime/visitors": Asked(_SITE),
    "GET /api/v1/stats/aggregate": Asked(_SITE),
    "GET /api/v1/stats/timeseries": Asked(_SITE),
    "GET /api/v1/stats/breakdown": Asked(_SITE | {"property": "event:page"}),
    "GET /counter/{path:path}": Asked({"site": "{public_id}"}),
    "POST /api/auth/login": Asked(json={"username": "alice@example.com", "password": "correct horse battery"}),
    "GET /api/websites/{website_id}/stats": Asked(_SPAN),
    "GET /api/websites/{website_id}/pageviews": Asked(_SPAN),
    "GET /api/websites/{website_id}/metrics": Asked(_SPAN | {"type": "path"}),
    "GET /api/websites/{website_id}/metrics/expanded": Asked(_SPAN | {"type": "path"}),
    "GET /api/websites/{website_id}/values": Asked(_SPAN | {"type": "path"}),
    "GET /api/websites/{website_id}/events": Asked(_SPAN),
    "GET /api/websites/{website_id}/sessions": Asked(_SPAN),
    "GET /api/websites/{website_id}/session-data/properties": Asked(_SPAN),
    "GET /api/websites/{website_id}/session-data/values": Asked(_SPAN | {"propertyName": "plan"}),
    # sites and what they keep
    "POST /api/v1/sites": Asked(json={"domain": "new-{number}.example"}),
    "PUT /api/v1/sites/{domain}": Asked(json={"timezone": "Europe/Tallinn"}),
    "GET /api/v1/sites/goals": Asked(_SITE),
    "PUT /api/v1/sites/goals": Asked(json=_SITE | {"goal_type": "event", "event_name": "Signup"}),
    "DELETE /api/v1/sites/goals/{goal_id}": Asked(_SITE),
    "GET /api/v1/sites/custom-props": Asked(_SITE),
    "PUT /api/v1/sites/custom-props": Asked(json=_SITE | {"property": "size"}),
    "DELETE /api/v1/sites/custom-props/{name:path}": Asked(_SITE),
    "POST /api/v1/sites/{public_id}/segments": Asked(
        json={"name": "Home", "type": "site", "filters": [["is", "event:page", ["/"]]]}
    ),
    "POST /api/v1/sites/{public_id}/annotations": Asked(json={"text": "Launch", "type": "site", "from": DAY}),
    "PUT /api/v1/sites/{public_id}/annotations/{annotation_id}": Asked(json={"text": "Start"}),
    "POST /api/v1/sites/{public_id}/shields": Asked(json={"kind": "page", "value": "/private/*"}),
    "GET /api/v1/sites/{public_id}/visitors/export": Asked({"visitor": "1"}),
    "DELETE /api/v1/sites/{public_id}/visitors": Asked({"visitor": "1"}),
    "DELETE /api/v1/sites/{public_id}/events": Asked({"from": DAY, "to": DAY}),
    "PUT /api/v1/sites/{public_id}/event-registry/events": Asked(json={"name": "Signup", "description": "x"}),
    "DELETE /api/v1/sites/{public_id}/event-registry/events": Asked({"name": "Signup"}),
    "PUT /api/v1/sites/{public_id}/event-registry/properties": Asked(json={"key": "plan", "display_name": "Price"}),
    "DELETE /api/v1/sites/{public_id}/event-registry/properties": Asked({"key": "plan"}),
    "GET /api/v1/sites/guests": Asked(_SITE),
    "PUT /api/v1/sites/guests": Asked(json=_SITE | {"email": "eve@example.com", "role": "viewer"}),
    "DELETE /api/v1/sites/guests/{email}": Asked(_SITE),
    "PUT /api/v1/sites/shared-links": Asked(json=_SITE | {"name": "For the press"}),
    "POST /api/v1/sites/{public_id}/shared-links": Asked(json={"name": "For the press"}),
    "POST /api/v1/auth/login": Asked(json={"email": "alice@example.com", "password": "correct horse battery"}),
    # people
    "POST /account/passkeys": Asked(form={"name": "Laptop", "credential": "{}", "current_password": _PASSWORD}),
    "POST /account/passkeys/{passkey_id}/name": Asked(form={"name": "Desk"}),
    "POST /account/passkeys/{passkey_id}/remove": Asked(form={"current_password": _PASSWORD}),
    "POST /account/linked-accounts/{linked_id}/remove": Asked(form={"current_password": _PASSWORD}),
    "POST /account/sessions/{name}/end": Asked(form={"current_password": _PASSWORD}),
    "POST /account/sessions/end-others": Asked(form={"current_password": _PASSWORD}),
    "POST /forgot-password": Asked(form={"email": "alice@example.com"}),
    "POST /teams": Asked(form={"name": "Shop"}),
    "POST /teams/{public_id}/name": Asked(form={"name": "Store"}),
    "POST /teams/{public_id}/invitations": Asked(form={"email": "eve@example.com", "role": "viewer"}),
    "POST /teams/{public_id}/sites/{domain}/move": Asked(form={"to": "{other_team}"}),
    "POST /teams/{public_id}/members/{user_id}/role": Asked(form={"role": "editor"}),
    "POST /sites/{domain}/settings/people/invitations": Asked(form={"email": "eve@example.com", "role": "viewer"}),
    "POST /sites/{domain}/settings/people/guests/{user_id}/role": Asked(form={"role": "editor"}),
    # pages
    "POST /setup": Asked(form={"email": "eve@example.com", "password": "correct horse battery"}),
    "POST /sign-in": Asked(form={"email": "alice@example.com", "password": "correct horse battery"}),
    "POST /sites/new": Asked(form={"domain": "new-{number}.example", "timezone": "Etc/UTC"}),
    "POST /sites/{domain}/settings/shields": Asked(form={"kind": "page", "value": "/private/*"}),
    "POST /sites/{domain}/settings/general": Asked(
        form={"new_domain": "{domain}", "timezone": "Europe/Tallinn", "currency": "EUR", "week_start": "monday"}
    ),
    "POST /sites/{domain}/settings/events/description": Asked(form={"name": "Signup", "description": "An account"}),
    "POST /sites/{domain}/settings/events/property": Asked(form={"key": "plan", "display_name": "Plan"}),
    "POST /sites/{domain}/settings/events/forget": Asked(form={"kind": "name", "text": "Signup"}),
    "POST /sites/{domain}/settings/custom_domain": Asked(form={"script_path": "/look.js"}),
    "POST /plans/{public_id}": Asked(form={"plan": "pro"}),
    "GET /custom-domain": Asked({"domain": "{domain}"}),
    "POST /sites/{domain}/settings/hostnames": Asked(form={"hostnames": "{domain}"}),
    "POST /sites/{domain}/settings/recorded": Asked(form={"properties_per_event": "30"}),
    "POST /sites/{domain}/settings/identity": Asked(form={"identity_mode": "cookieless"}),
    "POST /sites/{domain}/settings/retention": Asked(form={"retention_days": "0", "monthly_events": "0"}),
    "POST /sites/{domain}/settings/goals": Asked(form=_GOAL),
    "POST /sites/{domain}/settings/goals/{goal_id}": Asked(form=_GOAL),
    "POST /sites/{domain}/settings/links": Asked(form={"name": "For the press"}),
    "POST /sites/{domain}/settings/export": Asked(form={"format": "csv"}),
    "POST /sites/{domain}/settings/reset": Asked(form={"confirmation": "{domain}"}),
    "POST /sites/{domain}/settings/transfer": Asked(form={"confirmation": "{domain}", "email": "bob@example.com"}),
    "POST /sites/{domain}/segments": Asked({"page": "/"}, form={"name": "Home"}),
    "POST /sites/{domain}/segments/{segment_id}/name": Asked(form={"name": "Start"}),
    "POST /sites/{domain}/annotations": Asked(form={"text": "Launch", "first": DAY}),
    "POST /sites/{domain}/annotations/{annotation_id}": Asked(form={"text": "Start", "first": DAY}),
    "GET /embed/background.css": Asked({"colour": "ffffff"}),
    "GET /share/{domain}": Asked(_AUTH),
    "GET /share/{domain}/panels": Asked(_AUTH),
    "GET /share/{domain}/panels/{panel}": Asked(_AUTH),
    "GET /share/{domain}/panels/{panel}/all": Asked(_AUTH),
    "GET /share/{domain}/panels/{panel}/all.csv": Asked(_AUTH),
    "GET /share/{domain}/current": Asked(_AUTH),
    "GET /share/{domain}/chart.png": Asked(_AUTH),
    "POST /share/{domain}/password": Asked(_AUTH, form={"password": "not asked for"}),
    "POST /sites/{domain}/settings/keys": Asked(form={"scope": "stats:read"}),
    "POST /sites/{domain}/settings/delete": Asked(form={"confirmation": "{domain}"}),
    "POST /sites/{domain}/settings/visitors/export": Asked(form={"visitor": "1"}),
    "POST /sites/{domain}/settings/visitors/erase": Asked(form=_ERASURE),
    "POST /sites/{domain}/settings/days/erase": Asked(form={"first": DAY, "last": DAY, "confirmed": "1"}),
}
