"""The settings of a site, built from all the rooms they change."""

from functools import partial

from fastapi import APIRouter
from starlette.templating import Jinja2Templates

from footfall.accounts import Teams
from footfall.app.install import Install
from footfall.app.people import inviting
from footfall.app.signing_in import SigningIn
from footfall.app.site_data import DataOfSites, delete_site_data, events_of_site
from footfall.app.verdicts import verdicts_of_site
from footfall.reports.event_registry import list_registry
from footfall.web.guard import Guard
from footfall.web.pages.custom_domain import custom_domain_reader
from footfall.web.pages.danger import danger_reader, danger_router
from footfall.web.pages.event_registry import EventRegistryPage, event_registry_pages_router
from footfall.web.pages.export import export_reader, export_router
from footfall.web.pages.goals import goals_reader, goals_settings_router
from footfall.web.pages.refused import refused_reader
from footfall.web.pages.settings_page import SettingsPage
from footfall.web.pages.shared_links import links_reader, shared_links_router
from footfall.web.pages.shields import shields_reader, shields_router
from footfall.web.pages.site_keys import keys_reader, keys_router
from footfall.web.pages.site_people import people_reader, site_people_router
from footfall.web.pages.site_settings import option_readers, site_settings_router


def settings_routers(
    install: Install, templates: Jinja2Templates, guard: Guard, bounds: SigningIn
) -> tuple[APIRouter, ...]:
    """The routes of all sections."""
    belongings, data = install.belongings, DataOfSites(install)
    readers = {
        **option_readers(install.rebuilder.under_way),
        "goals": goals_reader(belongings.goals),
        "shields": shields_reader(belongings.shields, bounds.client_of),
        "custom_domain": custom_domain_reader(install.seen_hosts, install.settings.base_url),
        "refused": refused_reader(verdicts_of_site(install)),
        "links": links_reader(belongings.shared_links, belongings.segments, install.clock, install.settings.base_url),
        "people": people_reader(Teams(install.database, install.clock), install.sites, inviting(install)),
        "keys": keys_reader(install.people.keys),
        "export": export_reader(data),
        "reset": danger_reader(data),
    }
    page = SettingsPage(templates, readers)
    return (
        shields_router(shields=belongings.shields, guard=guard, page=page, client_of=bounds.client_of),
        goals_settings_router(goals=belongings.goals, guard=guard, page=page),
        site_people_router(sites=install.sites, inviting=inviting(install), guard=guard, page=page),
        keys_router(keys=install.people.keys, guard=guard, page=page),
        shared_links_router(
            links=belongings.shared_links,
            segments=belongings.segments,
            passwords=install.people.passwords,
            threads=bounds.threads,
            guard=guard,
            page=page,
        ),
        danger_router(
            sites=install.sites,
            guard=guard,
            page=page,
            data=data,
            inviting=inviting(install),
            delete_site_data=delete_site_data(install),
        ),
        export_router(guard=guard, export_events=events_of_site(install)),
        event_registry_pages_router(
            registry=belongings.registry,
            sites=install.sites,
            guard=guard,
            page=EventRegistryPage(page, partial(list_registry, install.storage.reader, belongings.registry)),
        ),
        site_settings_router(sites=install.sites, guard=guard, page=page),
    )
