"""Parameters that several operations share: what each means, and an example."""

from typing import Any, NamedTuple

_TEXT = {"type": "string"}


class Described(NamedTuple):
    """A parameter of the path or the query; its schema where FastAPI does not know it."""

    text: str
    example: Any
    schema: dict[str, Any] = _TEXT
    is_required: bool = False


_MOMENT = {"type": "integer", "minimum": 0}

PARAMETERS: dict[str, Described] = {
    "public_id": Described("public id of the site, or its domain", "k3v9q0x7m2ab"),
    "domain": Described("domain of the site", "example.com"),
    "site": Described("public id or domain of the site", "example.com"),
    "site_id": Described("domain or public id of the site", "example.com", is_required=True),
    "path": Described("path of the page and the ending, or `TOTAL` with the ending", "blog/hello.json"),
    "name": Described("name of the property", "plan"),
    "goal_id": Described("id of the goal", "7"),
    "segment_id": Described("id of the segment", 3),
    "annotation_id": Described("id of the annotation", 4),
    "link_id": Described("id of the link", 6),
    "shield_id": Described("id of the shield", 5),
    "website_id": Described("Umami's id of the site, or its public id", "0f0e2a52-7f3e-4c6b-9d0b-1d2a3c4b5e6f"),
    "team_id": Described("id of the team whose sites to list", "p7r2k9m4x1ab"),
    "email": Described("address of the guest", "bob@example.com"),
    "session_id": Described("id of a session, out of `sessions`", "0f0e2a52-7f3e-4c6b-9d0b-1d2a3c4b5e6f"),
    "propertyName": Described("the key", "plan"),
    "import_id": Described("id of the import", 211106232532992),
    "origin": Described("the product whose export it is", "plausible", {"enum": ["plausible"]}),
    "with_imported": Described("`true`: add imported days where they can answer", "true"),
    "limit": Described("rows of a page", 100),
    "after": Described("cursor out of `meta` of a former answer: the page after it", "MTI"),
    "before": Described("cursor out of `meta` of a former answer: the page before it", "MTI"),
    "user": Described("what the site calls the visitor", "customer-481"),
    "visitor": Described("`visitor_id` in an export of events", "1234567890123456789"),
    "from": Described("first day, in the zone of the site", "2026-01-01"),
    "to": Described("last day, included", "2026-01-31"),
    "period": Described("a date range in one word, or two days with a comma between", "30d"),
    "date": Described("the day a period is seen from; of `custom` two with a comma between", "2026-01-31"),
    "metrics": Described("which figures, with commas between", "visitors,pageviews"),
    "filters": Described("`property==value`, several with `;` between", "event:page==/pricing"),
    "compare": Described("what to compare with", "previous_period"),
    "interval": Described("`day` or `month`", "day"),
    "key": Described("key of the property", "plan"),
    "property": Described("what to break down by", "event:page"),
    "page": Described("which page of rows", 1),
    "format": Described("`json`, or `csv`: all rows as a file", "csv"),
    "pageSize": Described("rows of a page", 20),
    "offset": Described("rows to leave out", 0),
    "search": Described("text that is looked for", "blog"),
    "type": Described("the column", "path"),
    "startAt": Described("first moment, in UTC milliseconds", 1767222000000, _MOMENT),
    "endAt": Described("last moment, in UTC milliseconds", 1769900399000, _MOMENT),
    "unit": Described("minute, hour, day, month or year", "day"),
    "start": Described("first day, or `week`, `month`, `year` ago", "2026-01-01"),
    "end": Described("last day", "2026-01-31"),
    "who": Described("an e-mail address; `:key`, `:command`, `:nobody`; `:` is Footfall itself", "alice@example.com"),
    "what": Described("what was changed, such as `site` or `key`; or `exported`, `erased`", "site"),
    "team": Described("public id of a team: its log, and that of its sites", "t7k2m9q4x1za"),
    "wait": Described("`true`: answer once the events can be queried", "true", {"enum": ["true", "false"]}),
}

BY_TAG = {
    "teams": {"public_id": Described("public id of the team, as in the address of its page", "clscc3vw9c8l")},
    "event registry": {"name": Described("name of the event", "Signup")},
    "operations": {
        "from": Described("first day, in UTC", "2026-01-01"),
        "to": Described("last day, in UTC", "2026-01-31"),
    },
    "umami": {"compare": Described("`prev` or `yoy`: what to compare with", "prev")},
    "stats v1": {"limit": Described("rows of a page, 1 to 1000", "100"), "page": Described("which page of rows", "1")},
}
"""Where operations mean something else by a name, or read it in another way."""
