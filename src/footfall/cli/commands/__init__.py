"""The commands, one row each: `footfall --help` reads this table, a command's module is loaded when it is called."""

from typing import NamedTuple


class Row(NamedTuple):
    """One command."""

    name: str
    found_in: str
    """Its module in this package and its name there."""
    summary: str
    """What the list of commands says of it: the first sentence of its own help."""
    is_listed: bool = True


COMMANDS = (
    Row("serve", "serve:serve", "Serve the tracking script, intake, dashboard and API."),
    Row("demo", "demo:demo", "Fill a demo site with 90 days of traffic, and open on it."),
    Row("user", "user:user", "People who may sign in."),
    Row("site", "site:site", "Tracked websites."),
    Row("key", "key:key", "Keys for the API."),
    Row("goal", "goal:goal", "Events and pages you care about."),
    Row("import", "import_:import_", "Bring in what happened before Footfall."),
    Row("export", "export:export", "Write a site's raw events, or its views by machines."),
    Row("visitor", "visitor:visitor", "One visitor's data: everything stored, and its erasure."),
    Row("erase", "erase:erase", "Erase the events of SITE of some days."),
    Row("backup", "archive:backup", "Copy everything but the salts to FOLDER, which must be new or empty."),
    Row(
        "restore",
        "archive:restore",
        "Replace this install's data by the backup in FOLDER; the old data is moved aside.",
    ),
    Row("database", "database:database", "The database of people, sites and keys."),
    Row("check", "check:check", "Look at every part of this install; exits with 1 where something is wrong."),
    Row(
        "audit",
        "audit:audit",
        "Print who did what to which, when and from where: one JSON object a line, oldest first.",
    ),
    Row(
        "rebuild",
        "rebuild:rebuild",
        "Compute the rollups of closed days again; questions are answered meanwhile, more slowly.",
    ),
    # An install without plans does not speak of them.
    Row("plan", "plan:plan", "Plans of teams, where FOOTFALL_PLANS is hosted.", is_listed=False),
    Row("privacy", "privacy:privacy", "Proof of what is not stored."),
)
