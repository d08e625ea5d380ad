"""What the audit log's actions, columns and actors are called on screen: its own words are for programs."""

from collections.abc import Mapping

from footfall.texts import Phrase, reader

SUBJECT_NAMES: Mapping[str, str] = {
    "site": Phrase("Site"),
    "member": Phrase("Member"),
    "team": Phrase("Team"),
    "invitation": Phrase("Invitation"),
    "key": Phrase("Key"),
    "goal": Phrase("Goal"),
    "segment": Phrase("Segment"),
    "annotation": Phrase("Annotation"),
    "link": Phrase("Link"),
    "shield": Phrase("Shield"),
    "event": Phrase("Event"),
    "property": Phrase("Property"),
    "user": Phrase("User"),
    "session": Phrase("Session"),
    "passkey": Phrase("Passkey"),
    "linked account": Phrase("Linked account"),
    "one-time link": Phrase("One-time link"),
    "second factor": Phrase("Second factor"),
    "import": Phrase("Import"),
}
"""What changes are about, as the page lists them to choose from."""

EVENT_NAMES: Mapping[str, str] = {"exported": Phrase("Exports"), "erased": Phrase("Erasures")}
"""What changes no table, by the last word of its action."""

ACTOR_NAMES: Mapping[str, str] = {
    "key": Phrase("Key of the site"),
    "command": Phrase("Command line"),
    "nobody": Phrase("Somebody not signed in"),
    "": Phrase("Footfall"),
}
"""Kinds of actors without an account."""

_DONE: Mapping[str, str] = {
    "added": Phrase("added"),
    "changed": Phrase("changed"),
    "deleted": Phrase("deleted"),
    "opened": Phrase("opened"),
    "ended": Phrase("ended"),
    "made": Phrase("made"),
}
# Whatever is no change of a table.
_ACTIONS: Mapping[str, str] = {
    "session refused": Phrase("Session refused"),
    "code refused": Phrase("Code refused"),
    "second factor on": Phrase("Second factor on"),
    "second factor off": Phrase("Second factor off"),
    "second factor required": Phrase("Second factor required"),
    "second factor not required": Phrase("Second factor not required"),
    "recovery codes made": Phrase("Recovery codes made"),
    "recovery code used": Phrase("Recovery code used"),
    "events exported": Phrase("Events exported"),
    "crawler-views exported": Phrase("Crawler views exported"),
    "visitor exported": Phrase("Visitor exported"),
    "visitor erased": Phrase("Visitor erased"),
    "days erased": Phrase("Days erased"),
    "site erased": Phrase("Site erased"),
    "backup made": Phrase("Backup made"),
    "import added": Phrase("Import added"),
    "import deleted": Phrase("Import deleted"),
    "restore asked": Phrase("Restore asked"),
    "rollups rebuilt": Phrase("Rollups rebuilt"),
}
COLUMN_NAMES: Mapping[str, str] = {
    "address": Phrase("address"),
    "allowed_hostnames": Phrase("allowed hostnames"),
    "by": Phrase("by"),
    "confirmation of the address": Phrase("confirmation of the address"),
    "currency": Phrase("currency"),
    "custom_domain": Phrase("custom domain"),
    "custom_properties": Phrase("custom properties"),
    "description": Phrase("description"),
    "display_name": Phrase("display name"),
    "domain": Phrase("domain"),
    "email": Phrase("e-mail address"),
    "embedded_by": Phrase("embedded by"),
    "expires_ms": Phrase("expires"),
    "filters": Phrase("filters"),
    "first_day": Phrase("first day"),
    "hint": Phrase("hint"),
    "identity_mode": Phrase("identity mode"),
    "intake_path": Phrase("path of the intake"),
    "is_hidden": Phrase("is hidden"),
    "issuer": Phrase("issuer"),
    "key": Phrase("key"),
    "kind": Phrase("kind"),
    "label": Phrase("label"),
    "last_day": Phrase("last day"),
    "monthly_events": Phrase("monthly events"),
    "name": Phrase("name"),
    "origin": Phrase("origin"),
    "password": Phrase("password"),
    "pattern": Phrase("pattern"),
    "plan": Phrase("plan"),
    "properties": Phrase("properties"),
    "properties_per_event": Phrase("properties per event"),
    "public_cities": Phrase("public cities"),
    "public_counter": Phrase("public counter"),
    "public_dashboard": Phrase("public dashboard"),
    "public_small_groups": Phrase("public small groups"),
    "purpose": Phrase("purpose"),
    "query_parameters": Phrase("query parameters"),
    "retention_days": Phrase("retention days"),
    "role": Phrase("role"),
    "rows": Phrase("rows"),
    "scopes": Phrase("scopes"),
    "script_path": Phrase("path of the script"),
    "scroll_percent": Phrase("scroll percent"),
    "segment_name": Phrase("segment name"),
    "text": Phrase("text"),
    "timezone": Phrase("time zone"),
    "tracker": Phrase("tracker"),
    "week_start": Phrase("week start"),
}
"""Columns of tables, and what is told instead of their values."""

_OPTIONS: Mapping[str, str] = {  # of the tracker, in one column
    "file_downloads": Phrase("file downloads"),
    "form_submissions": Phrase("form submissions"),
    "hash_based_routing": Phrase("hash based routing"),
    "outbound_links": Phrase("outbound links"),
    "respect_dnt": Phrase("respect Do Not Track"),
    "track_404_pages": Phrase("pages not found"),
    "track_localhost": Phrase("pages on localhost"),
}
_FORMER = "former user "


def action_name(action: str) -> str:
    """Such as Site changed; an action that has no name here as it stands in the log."""
    if action in _ACTIONS:
        return reader().of(_ACTIONS[action])
    subject, _, done = action.rpartition(" ")
    if subject not in SUBJECT_NAMES or done not in _DONE:
        return action
    return reader().of(Phrase("{subject} {done}", subject=SUBJECT_NAMES[subject], done=_DONE[done]))


def column_name(column: str) -> str:
    """Such as time zone, or of an option in a column; of one that has no name here its own."""
    return reader().of(COLUMN_NAMES.get(column) or _OPTIONS.get(column, column.replace("_", " ")))


def actor_name(actor: str) -> str:
    """The actor of an entry: an address as it is, others in words."""
    kinds = {name.lower(): name for name in ACTOR_NAMES.values()}
    if actor.startswith(_FORMER):
        return reader().of(Phrase("Former user {number}", number=actor.removeprefix(_FORMER)))
    return reader().of(kinds.get(actor.lower(), actor))


def via_name(via: str) -> str:
    """The session or key that was used, as the log tells them apart."""
    if not via:
        return ""
    if via.startswith("key "):
        return reader().of(Phrase("key {hint}", hint=via.removeprefix("key ")))
    return reader().of(Phrase("session {session}", session=via))
