"""Umami's read API for the clients there are: each route is a v2 question, told in Umami's shape.

A session here lives as long as the site's identity mode lets it: on a cookieless site it is one visitor of one day.
"""

from footfall.api.umami.breakdowns import breakdowns_router
from footfall.api.umami.callers import Callers
from footfall.api.umami.figures import figures_router
from footfall.api.umami.realtime import realtime_router
from footfall.api.umami.records import records_router
from footfall.api.umami.session_data import session_data_router
from footfall.api.umami.sign_in import sign_in_router
from footfall.api.umami.websites import websites_router

__all__ = [
    "Callers",
    "breakdowns_router",
    "figures_router",
    "realtime_router",
    "records_router",
    "session_data_router",
    "sign_in_router",
    "websites_router",
]
