"""Where things on the pages of crawlers lead: the same view of a site, by group of crawlers or by one of them."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from footfall.reports.view import View
from footfall.web.links import Links, dashboard_url


@dataclass(frozen=True)
class CrawlerLinks(Links):
    """Links that keep the period, the group and the crawler; filters mean nothing here."""

    group: str = ""
    name: str = ""

    def chosen(self, group: str) -> str:
        """Another group, none of its crawlers."""
        return replace(self, group=group, name="").here()

    def pages_of(self, name: str) -> str:
        """The pages one crawler read."""
        return replace(self, name=name).here()

    def crawlers(self) -> str:
        """All crawlers."""
        return self.chosen("")

    def filter_form(self, dimension: str = "") -> str:
        """Where a filter on the same period's dashboard is made."""
        return Links(self.domain, self.view).filter_form(dimension)

    def realtime(self) -> str:
        """What happens right now."""
        return Links(self.domain, self.view).realtime()

    def dashboard(self) -> str:
        """The dashboard in the same period."""
        return Links(self.domain, self.view).here()

    def plain(self) -> str:
        """Where forms that set the period are sent."""
        return f"{dashboard_url(self.domain)}/crawlers{'/pages' if self.name else ''}"

    def kept_by_period(self) -> list[tuple[str, str]]:
        """What a form that sets the period sends along."""
        return [*super().kept_by_period(), *self._kept()]

    def _kept(self) -> list[tuple[str, str]]:
        return [(name, value) for name, value in (("group", self.group), ("name", self.name)) if value]

    def _to(self, view: View, suffix: str = "", more: list[tuple[str, str]] | None = None) -> str:
        _, _, query = super()._to(view, suffix, more).partition("?")
        kept = "&".join(part for part in (query, urlencode(self._kept())) if part)
        return f"{self.plain()}{suffix}" + (f"?{kept}" if kept else "")
