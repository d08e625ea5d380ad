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
    """All of them; where two patterns fit a path, the earlier one answers."""
    rates = KeyRate.by_the_minute(), KeyRate.by_the_hour(install.settings.rate_per_key)
    yield from _asking_routers(install, check_key, bounds, *rates)
    yield from _keeping_routers(install, check_key, bounds, *rates)


def _asking_routers(
    install: Install, check_key: KeyCheck, bounds: SigningIn, own_rate: KeyRate, hourly_rate: KeyRate
) -> Iterator[APIRouter]:
    """Those that answer questions about visitors."""
    sites, clock, reader = install.sites, install.clock, install.storage.reader
    authorize, vocabulary = authorizer(check_key, hourly_rate), vocabulary_of(install)
    yield query_router(reader, sites, authorize, clock, vocabulary)
    yield from read_api_routers(install, check_key, authorize, bounds, hourly_rate)
    yield crawlers_router(sites=sites, keys=RatedKeys(install.people.keys, own_rate), reader=reader, clock=clock)
    yield live_router(install.live, live_access(install), own_rate)
    yield reports_router(
        reader=reader,
        sites=sites,
        vocabulary_of=vocabulary,
        registry=install.belongings.registry,
        names=install.names,
        check_key=check_key,
        clock=clock,
        rate=own_rate,
        note_export=lambda site, name: install.people.audit_log.note(f"{name} exported", site.id),
    )


def _keeping_routers(
    install: Install, check_key: KeyCheck, bounds: SigningIn, own_rate: KeyRate, hourly_rate: KeyRate
) -> Iterator[APIRouter]:
    """Those that tell and change what is kept of sites, teams and people."""
    sites, people, belongings, storage = install.sites, install.people, install.belongings, install.storage
    own_keys, keys = RatedKeys(people.keys, own_rate), RatedKeys(people.keys, hourly_rate)
    authorize, teams = authorizer(check_key, own_rate), Teams(install.database, install.clock)
    yield segments_router(sites=sites, segments=belongings.segments, goals=belongings.goals, keys=keys)
    yield annotations_router(sites=sites, annotations=belongings.annotations, keys=keys)
    yield visitors_router(sites, install.rights, authorize)
    yield goals_router(sites=sites, goals=belongings.goals, keys=keys)
    yield custom_properties_router(sites=sites, keys=keys)
    yield event_registry_router(sites=sites, registry=belongings.registry, keys=own_keys, reader=storage.reader)
    yield from shared_link_routers(install, bounds, own_keys=own_keys, keys=keys)
    importer = TotalsImporter(ImportedDays(storage.engine), install.clock)
    yield imports_router(sites=sites, importer=importer, authorize=authorize, note=note_import(people.audit_log))
    yield usage_router(teams=teams, plans=install.allowances.plans, usage=install.allowances.usage, keys=own_keys)
    yield audit_api_router(install, keys)
    yield shields_api_router(sites=sites, shields=belongings.shields, keys=keys)
    yield rebuild_router(sites=sites, state_of=install.rebuilder.state, keys=keys)
    yield verdicts_router(sites=sites, counts_of=verdicts_of_site(install), keys=keys)
    yield from people_api_routers(install, keys)
    yield sites_router(sites=sites, teams=teams, keys=keys, delete_site_data=delete_site_data(install))
