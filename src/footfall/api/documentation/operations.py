"""Every operation, one row each."""

from footfall.api.documentation.intake import INTAKE
from footfall.api.documentation.of_accounts import OF_ACCOUNTS
from footfall.api.documentation.of_events import OF_EVENTS
from footfall.api.documentation.of_imports import OF_IMPORTS
from footfall.api.documentation.of_links import OF_LINKS
from footfall.api.documentation.of_people import OF_PEOPLE
from footfall.api.documentation.of_sites import OF_SITES
from footfall.api.documentation.of_teams import OF_TEAMS
from footfall.api.documentation.operation import Operation
from footfall.api.documentation.plausible import PLAUSIBLE
from footfall.api.documentation.public import PUBLIC
from footfall.api.documentation.reports import REPORTED
from footfall.api.documentation.umami import UMAMI_READS

OPERATIONS: tuple[Operation, ...] = (
    *INTAKE,
    *REPORTED,
    *OF_ACCOUNTS,
    *OF_SITES,
    *OF_EVENTS,
    *OF_IMPORTS,
    *OF_LINKS,
    *OF_PEOPLE,
    *OF_TEAMS,
    *PLAUSIBLE,
    *UMAMI_READS,
    *PUBLIC,
)
