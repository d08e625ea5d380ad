"""Plausible's stats API v1 for the clients there are: each route is a v2 question, told in the older shape."""

from footfall.api.plausible_v1.routes import stats_v1_router

__all__ = ["stats_v1_router"]
