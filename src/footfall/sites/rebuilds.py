"""How far the channels of each site have been told again: a journal that outlives a crash."""

import msgspec

from footfall.metadata import Database
from footfall.metadata.tables import ChannelRebuildRow, SiteRow


class ChannelRebuild(msgspec.Struct, frozen=True):
    """One site's; months stand under their first day, counted from 1970-01-01."""

    rules: str
    months: tuple[int, ...]
    told: tuple[int, ...] = ()
    under_way: int | None = None  # of which some may be told already

    @property
    def left(self) -> list[int]:
        """The months to come, the one that was under way first."""
        return sorted(set(self.months) - set(self.told), key=lambda month: (month != self.under_way, -month))


NEVER = ChannelRebuild("", ())


class ChannelRebuilds:
    """Keeps one journal a site."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_site(self, site_id: int) -> ChannelRebuild:
        """The newest of a site; ``NEVER`` without one."""
        with self._database.reading() as session:
            row = session.get(ChannelRebuildRow, site_id)
            return NEVER if row is None else _rebuild_of(row)

    def keep(self, site_id: int, rebuild: ChannelRebuild) -> None:
        """Note how far it is; of a site that was deleted meanwhile nothing."""
        with self._database.session() as session:
            if session.get(SiteRow, site_id) is not None:
                session.merge(ChannelRebuildRow(site_id=site_id, **msgspec.to_builtins(rebuild)))


def _rebuild_of(row: ChannelRebuildRow) -> ChannelRebuild:
    return ChannelRebuild(row.rules, tuple(row.months), tuple(row.told), row.under_way)
