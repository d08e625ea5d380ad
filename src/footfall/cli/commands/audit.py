"""`footfall audit`: the audit log of this install."""

import click
import msgspec

from footfall.accounts import Part
from footfall.cli.people import open_people
from footfall.settings import Settings


@click.command()
@click.option("--site", "domain", metavar="DOMAIN", help="Only what concerns this site.")
@click.pass_obj
def audit(settings: Settings, domain: str | None) -> None:
    """Print who did what to which, when and from where: one JSON object a line, oldest first."""
    with open_people(settings) as people:
        site_id = people.site(domain).id if domain else None
        for entry in people.audit_log.entries(Part(site_id)):
            click.echo(msgspec.json.encode(entry))
