"""Operations on sites and what belongs to them: Plausible's Sites API, and our own beside it."""

from typing import Any

from footfall.api.documentation.operation import ASKED_WITH_KEY, SENT_WITH_KEY, TEXT, Operation
from footfall.api.documentation.shapes import (
    Annotation,
    AnnotationChanges,
    Annotations,
    AuditEntries,
    Created,
    Erased,
    NewAnnotation,
    NewGoal,
    NewSegment,
    NewShield,
    NewSite,
    NewSiteProperty,
    Rebuild,
    Shield,
    Shields,
    SiteChanges,
    SiteProperties,
    Verdicts,
)
from footfall.client.values import Deleted, Goal, Goals, Segment, Segments, Site, Sites

_SITES = "/api/v1/sites"
_SITE = f"{_SITES}/{{public_id}}"
_DELETED = {"deleted": "true"}
_ERASED = {"erased_events": 42, "copies_left": []}
_META = {"after": None, "before": None, "limit": 100}
_AUDIT_LOG = {
    "results": [
        {
            "id": 812,
            "at": "2026-09-21T14:13:20.000Z",
            "action": "site changed",
            "subject_id": 3,
            "detail": {"timezone": ["Etc/UTC", "Europe/Tallinn"]},
            "actor": "alice@example.com",
            "via": "key 7",
            "network": "203.0.113.0/24",
            "subject": "",
            "site": "example.com",
            "team": "Shop",
        }
    ],
    "meta": {"page": 1, "limit": 100, "total_rows": 1},
}
_LISTED = {"domain": "example.com", "timezone": "Europe/Tallinn", "public_id": "k3v9q0x7m2ab"}
_SITE_SHOWN: dict[str, Any] = {
    "domain": "example.com",
    "timezone": "Europe/Tallinn",
    "public_id": "k3v9q0x7m2ab",
    "currency": "EUR",
    "identity_mode": "cookieless",
    "retention_days": 0,
    "properties_per_event": 30,
    "monthly_events": 0,
    "public_counter": False,
    "allowed_hostnames": [],
    "query_parameters": [],
    "custom_domain": "stats.example.com",
    "script_path": "/look.js",
    "intake_path": "/seen",
    "custom_properties": ["plan"],
    "tracker_script_configuration": {
        "id": "k3v9q0x7m2ab",
        "installation_type": "manual",
        "revenue_tracking": True,
        "tagged_events": False,
        "pageview_props": True,
        "outbound_links": True,
        "file_downloads": True,
        "form_submissions": False,
        "track_404_pages": False,
        "hash_based_routing": False,
    },
}
_GOAL: dict[str, Any] = {
    "id": "7",
    "goal_type": "event",
    "display_name": "Signed up",
    "event_name": "Signup",
    "page_path": None,
    "custom_props": {},
}
_SEGMENT = {"id": 3, "name": "Estonia", "type": "personal", "filters": [["is", "visit:country", ["EE"]]]}
_NOTE = {"id": 4, "text": "New prices", "type": "personal", "from": "2026-01-10", "to": "2026-01-10"}
_SHIELD = {"id": "5", "kind": "country", "value": "EE", "label": "our own office"}


def _reads(route: str, name: str, tag: str, summary: str, answer: Any, example: Any, scope: str) -> Operation:
    return Operation(route, name, tag, summary, answer, example, scope, TEXT, ASKED_WITH_KEY)


def _writes(
    route: str, name: str, tag: str, summary: str, answer: Any, example: Any, scope: str = "sites:write", **more: Any
) -> Operation:
    return Operation(
        route, name, tag, summary, answer, example, scope, **{"errors": TEXT, **more}, refusals=SENT_WITH_KEY
    )


_OF_GOAL: dict[str, Any] = {"parameters": ("site_id",)}

OF_SITES = (
    _reads(
        f"GET {_SITES}",
        "list_sites",
        "sites",
        "The sites a key reaches",
        Sites,
        {
            "sites": [{"domain": "example.com", "timezone": "Europe/Tallinn", "public_id": "k3v9q0x7m2ab"}],
            "meta": _META,
        },
        "sites:read",
    ),
    _writes(
        f"POST {_SITES}",
        "create_site",
        "sites",
        "Make a site",
        Site,
        _SITE_SHOWN,
        body=NewSite,
        body_example={"domain": "example.com", "timezone": "Europe/Tallinn"},
    ),
    _reads(f"GET {_SITES}/{{domain}}", "get_site", "sites", "A site", Site, _SITE_SHOWN, "sites:read"),
    _writes(
        f"PUT {_SITES}/{{domain}}",
        "change_site",
        "sites",
        "Change a site; what is left out stays",
        Site,
        _SITE_SHOWN,
        body=SiteChanges,
        body_example={"timezone": "Europe/Tallinn"},
    ),
    _writes(f"DELETE {_SITES}/{{domain}}", "delete_site", "sites", "Delete a site and all its data", Deleted, _DELETED),
    _reads(
        f"GET {_SITES}/goals",
        "list_goals",
        "goals",
        "The goals of a site",
        Goals,
        {"goals": [_GOAL], "meta": _META},
        "sites:read",
    ),
    _writes(
        f"PUT {_SITES}/goals",
        "put_goal",
        "goals",
        "Find a goal, or make it",
        Goal,
        {"domain": "example.com", **_GOAL},
        body=NewGoal,
        body_example={"site_id": "example.com", "goal_type": "event", "event_name": "Signup"},
    ),
    _writes(
        f"DELETE {_SITES}/goals/{{goal_id}}",
        "delete_goal",
        "goals",
        "Delete a goal",
        Deleted,
        _DELETED,
        parameters=("site_id",),
    ),
    _reads(
        f"GET {_SITES}/custom-props",
        "list_properties",
        "sites",
        "The properties an owner has named",
        SiteProperties,
        {"custom_properties": [{"property": "plan"}]},
        "sites:read",
    ),
    _writes(
        f"PUT {_SITES}/custom-props",
        "name_property",
        "sites",
        "Name a property",
        Created,
        {"created": True},
        body=NewSiteProperty,
        body_example={"site_id": "example.com", "property": "plan"},
    ),
    _writes(
        f"DELETE {_SITES}/custom-props/{{name}}",
        "forget_property",
        "sites",
        "Take the name of a property back",
        Deleted,
        _DELETED,
        parameters=("site_id",),
    ),
    _reads(
        f"GET {_SITE}/segments",
        "list_segments",
        "segments",
        "The segments a caller sees",
        Segments,
        {"segments": [_SEGMENT]},
        "stats:read",
    ),
    _writes(
        f"POST {_SITE}/segments",
        "add_segment",
        "segments",
        "Keep filters under a name",
        Segment,
        _SEGMENT,
        "stats:read",
        body=NewSegment,
        body_example={"name": "Estonia", "type": "personal", "filters": [["is", "visit:country", ["EE"]]]},
    ),
    _writes(
        f"DELETE {_SITE}/segments/{{segment_id}}",
        "delete_segment",
        "segments",
        "Delete a segment",
        Deleted,
        _DELETED,
        "stats:read",
    ),
    _reads(
        f"GET {_SITE}/annotations",
        "list_annotations",
        "annotations",
        "The notes on days that a caller sees",
        Annotations,
        {"annotations": [_NOTE]},
        "stats:read",
    ),
    _writes(
        f"POST {_SITE}/annotations",
        "add_annotation",
        "annotations",
        "Note something on days",
        Annotation,
        _NOTE,
        "stats:read",
        body=NewAnnotation,
        body_example={"text": "New prices", "from": "2026-01-10", "type": "personal"},
    ),
    _writes(
        f"PUT {_SITE}/annotations/{{annotation_id}}",
        "change_annotation",
        "annotations",
        "Change a note; what is left out stays",
        Annotation,
        _NOTE,
        "stats:read",
        body=AnnotationChanges,
        body_example={"text": "New prices"},
    ),
    _writes(
        f"DELETE {_SITE}/annotations/{{annotation_id}}",
        "delete_annotation",
        "annotations",
        "Delete a note",
        Deleted,
        _DELETED,
        "stats:read",
    ),
    _reads(
        f"GET {_SITE}/rebuild",
        "rebuild",
        "sites",
        "How far stored data follow the time zone and the rules of channels",
        Rebuild,
        {"is_done": True, "channels": {"months_done": 12, "months": 12}, "rollups": {"days_done": 365, "days": 365}},
        "sites:read",
    ),
    _reads(
        f"GET {_SITE}/shields",
        "list_shields",
        "shields",
        "What a site keeps out",
        Shields,
        {"shields": [_SHIELD]},
        "sites:read",
    ),
    _writes(
        f"POST {_SITE}/shields",
        "add_shield",
        "shields",
        "Keep something out",
        Shield,
        _SHIELD,
        body=NewShield,
        body_example={"kind": "country", "value": "EE", "label": "our own office"},
    ),
    _writes(f"DELETE {_SITE}/shields/{{shield_id}}", "delete_shield", "shields", "Delete a shield", Deleted, _DELETED),
    _reads(
        f"GET {_SITE}/verdicts",
        "verdicts",
        "shields",
        "What became of the events of the last 30 days",
        Verdicts,
        {"accepted": 1204, "rejected": 2, "dropped": {"bot": 87}},
        "sites:read",
    ),
    Operation(
        f"GET {_SITE}/audit-log",
        "audit_log",
        "sites",
        "Who did what to a site, newest first",
        AuditEntries,
        _AUDIT_LOG,
        "sites:write",
        refusals=SENT_WITH_KEY,
        also_types=("text/csv",),
    ),
    Operation(
        "GET /api/v1/audit-log",
        "whole_audit_log",
        "operations",
        "Who did what in a team or in the whole install, newest first",
        AuditEntries,
        _AUDIT_LOG,
        "admin",
        refusals=SENT_WITH_KEY,
        also_types=("text/csv",),
    ),
    Operation(
        f"GET {_SITE}/visitors/export",
        "export_visitor",
        "visitors",
        "Everything stored about one visitor, an object a line",
        {"type": "string"},
        '{"kind": "profile", "visitor_id": "1234567890123456789", "traits": {"plan": "pro"}}\n',
        "sites:write",
        refusals=(*SENT_WITH_KEY, 422, 503),
        media_type="application/x-ndjson",
    ),
    Operation(
        f"DELETE {_SITE}/visitors",
        "erase_visitor",
        "visitors",
        "Erase one visitor",
        Erased,
        _ERASED,
        "sites:write",
        refusals=(*SENT_WITH_KEY, 422, 503),
    ),
    Operation(
        f"DELETE {_SITE}/events",
        "erase_days",
        "visitors",
        "Erase the events of local days",
        Erased,
        _ERASED,
        "sites:write",
        refusals=(*SENT_WITH_KEY, 422, 503),
    ),
)
