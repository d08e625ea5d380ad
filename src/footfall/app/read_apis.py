"""What clients of other products read, built around the one query room."""

from collections.abc import Callable

from fastapi import APIRouter

from footfall.api.asking import Asking
from footfall.api.badge import badge_router
from footfall.api.goatcounter import counter_router
from footfall.api.plausible_v1 import stats_v1_router
from footfall.api.public_counts import PublicCounts
from footfall.api.query import Authorize
from footfall.api.rate import KeyRate
from footfall.api.umami import (
    Callers,
    breakdowns_router,
    figures_router,
    realtime_router,
    records_router,
    session_data_router,
    sign_in_router,
    websites_router,
)
from footfall.api.umami.ids import Ids
from footfall.app.install import Install
from footfall.app.signing_in import SigningIn
from footfall.app.vocabulary import vocabulary_of
from footfall.collect.doors import Caller


def read_api_routers(
    install: Install, check_key: Callable[[str, str], Caller], authorize: Authorize, bounds: SigningIn, rate: KeyRate
) -> list[APIRouter]:
    """The routes that clients of other products know; ``bounds`` are those of the sign-in page.

    ``authorize`` counts requests as ``rate`` does, which is for those who show something else than a key.
    """
    asking = Asking(install.storage.reader, install.clock, vocabulary_of(install))
    counts = PublicCounts(asking, install.clock)
    callers = Callers(install.people.accounts, install.sites, check_key, rate)
    ids = Ids(install.secrets.key_for("umami ids"))
    return [
        stats_v1_router(asking, install.sites, authorize),
        badge_router(install.sites, counts),
        counter_router(install.sites, counts, asking),
        sign_in_router(
            accounts=install.people.accounts, entrance=install.people.entrance, callers=callers, **bounds._asdict()
        ),
        figures_router(asking, callers),
        breakdowns_router(asking, callers),
        records_router(asking, callers, ids),
        session_data_router(asking, callers, ids),
        realtime_router(asking, callers, ids),
        websites_router(asking, callers),
    ]
