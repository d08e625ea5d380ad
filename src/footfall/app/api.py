"""The JSON API, route by route, with what each needs of an install."""

from collections.abc import Iterator

from fastapi import APIRouter

from footfall.accounts import Teams
from footfall.api.annotations import annotations_router
from footfall.api.crawlers import crawlers_router
from footfall.api.custom_properties import custom_properties_router
from footfall.api.event_registry import event_registry_router
from footfall.api.goals import goals_router
from footfall.api.imports import imports_router
from footfall.api.live import live_router
from footfall.api.native import reports_router
from footfall.api.query import query_router
from footfall.api.rate import KeyRate, RatedKeys
from footfall.api.rebuild import rebuild_router
from footfall.api.segments import segments_router
from footfall.api.shields import shields_api_router
from footfall.api.sites import sites_router
from footfall.api.usage import usage_router
from footfall.api.verdicts import verdicts_router
from footfall.api.visitors import visitors_router
from footfall.app.auditing import audit_api_router, note_import
from footfall.app.callers import KeyCheck, authorizer
from footfall.app.install import Install
from footfall.app.live_access import live_access
from footfall.app.people import people_api_routers
from footfall.app.read_apis import read_api_routers
from footfall.app.sharing import shared_link_routers
from footfall.app.signing_in import SigningIn
from footfall.app.site_data import delete_site_data
from footfall.app.verdicts import verdicts_of_site
from footfall.app.vocabulary import vocabulary_of
from footfall.importers.totals import TotalsImporter
from footfall.store import ImportedDays


def api_routers(install: Install, check_key: KeyCheck, bounds: SigningIn) -> Iterator[APIRouter]:
    """All of them; where two patterns fit a path, the earlier one answers, and the description has the same order."""
    sites, clock, people = install.sites, install.clock, install.people
    belongings, reader = install.belongings, install.storage.reader
    own_rate, hourly_rate = KeyRate.by_the_minute(), KeyRate.by_the_hour(install.settings.rate_per_key)
    own_keys, keys = RatedKeys(people.keys, own_rate), RatedKeys(people.keys, hourly_rate)
    own_authorize, authorize = authorizer(check_key, own_rate), authorizer(check_key, hourly_rate)
    vocabulary, teams = vocabulary_of(install), Teams(install.database, clock)
    yield query_router(reader, sites, authorize, clock, vocabulary)
    yield from read_api_routers(install, check_key, authorize, bounds, hourly_rate)
    yield segments_router(sites=sites, segments=belongings.segments, goals=belongings.goals, keys=keys)
    yield annotations_router(sites=sites, annotations=belongings.annotations, keys=keys)
    yield visitors_router(sites, install.rights, own_authorize)
    yield goals_router(sites=sites, goals=belongings.goals, keys=keys)
    yield custom_properties_router(sites=sites, keys=keys)
    yield crawlers_router(sites=sites, keys=own_keys, reader=reader, clock=clock)
    yield event_registry_router(sites=sites, registry=belongings.registry, keys=own_keys, reader=reader)
    yield from shared_link_routers(install, bounds, own_keys=own_keys, keys=keys)
    yield live_router(install.live, live_access(install), own_rate)
    yield reports_router(
        reader=reader,
        sites=sites,
        vocabulary_of=vocabulary,
        registry=belongings.registry,
        names=install.names,
        check_key=check_key,
        clock=clock,
        rate=own_rate,
        note_export=lambda site, name: people.audit_log.note(f"{name} exported", site.id),
    )
    importer = TotalsImporter(ImportedDays(install.storage.engine), clock)
    yield imports_router(sites=sites, importer=importer, authorize=own_authorize, note=note_import(people.audit_log))
    yield usage_router(teams=teams, plans=install.allowances.plans, usage=install.allowances.usage, keys=own_keys)
    yield audit_api_router(install, keys)
    yield shields_api_router(sites=sites, shields=belongings.shields, keys=keys)
    yield rebuild_router(sites=sites, state_of=install.rebuilder.state, keys=keys)
    yield verdicts_router(sites=sites, counts_of=verdicts_of_site(install), keys=keys)
    yield from people_api_routers(install, keys)
    yield sites_router(sites=sites, teams=teams, keys=keys, delete_site_data=delete_site_data(install))
