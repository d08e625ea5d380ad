"""The form a filter is made and changed with: what it was sent, as a value, and the view it asks for."""

from dataclasses import dataclass, replace

from starlette.datastructures import QueryParams

from footfall.reports.dimensions import PROPERTY, dimension
from footfall.reports.filter_operators import IS, OPERATORS, FilterOperator, operators_of
from footfall.reports.view import Filter, FilterGroup, View
from footfall.web.url_state import filter_name, read_filter, read_view

ANY_PROPERTY = "property"
DEFAULT_DIMENSION = "page"
_MAX_VALUES = 50


@dataclass(frozen=True)
class FilterForm:
    """``replaces`` is the name, in the URL, of the filters that are changed; empty where new ones are made."""

    view: View
    dimension: str = DEFAULT_DIMENSION
    operator: str = IS
    values: tuple[str, ...] = ()
    search: str = ""
    matches_any_case: bool = False
    replaces: str = ""

    @property
    def operators(self) -> tuple[FilterOperator, ...]:
        """Those to choose from."""
        return operators_of(self.dimension)

    @property
    def compares(self) -> FilterOperator:
        """The chosen one."""
        return OPERATORS[self.operator]

    @property
    def is_property(self) -> bool:
        """Whether its dimension is a property of events."""
        return self.dimension.startswith(PROPERTY) or self.dimension == ANY_PROPERTY

    @property
    def group(self) -> FilterGroup:
        """The filters it makes of its values."""
        return FilterGroup(self.dimension, self.operator, not self.matches_any_case, self.values)

    @property
    def without_its_own(self) -> View:
        """The view but for the filters that are changed, in which suggestions are looked for."""
        return self.view.with_filters(one for one in self.view.filters if filter_name(one) != self.replaces)

    def applied(self) -> View:
        """The view it asks for. What was typed counts where nothing is chosen, and where it is a text to find."""
        typed = (self.search,) if self.search and (not self.values or not self.compares.is_exact) else ()
        made = [
            Filter(self.dimension, value, self.operator, not self.matches_any_case)
            for value in dict.fromkeys((*self.values, *typed))
        ]
        kept = [one for one in self.view.filters if filter_name(one) != self.replaces]
        at = next((i for i, one in enumerate(self.view.filters) if filter_name(one) == self.replaces), len(kept))
        known = made if dimension(self.dimension) else []
        return self.view.with_filters([*kept[:at], *known, *kept[at:]])

    def with_typed_value(self) -> "FilterForm":
        """The form with what was typed among its values, and room to type more."""
        values = dict.fromkeys((*self.values, *((self.search,) if self.search else ())))
        return replace(self, values=tuple(values), search="")


def read_filter_form(parameters: QueryParams) -> FilterForm:
    """The form as it was sent; a link to change filters names only those."""
    view, replaces = read_view(parameters.multi_items()), parameters.get("replaces", "")
    group = _group_named(view, replaces)
    if "operator" not in parameters and group is not None:
        return FilterForm(
            view, group.dimension, group.operator, group.values, "", not group.is_case_sensitive, replaces
        )
    key = _dimension(parameters)
    allowed = {one.name for one in operators_of(key)}
    operator = parameters.get("operator", IS)
    values = tuple(dict.fromkeys(parameters.getlist("value")))[:_MAX_VALUES]
    return FilterForm(
        view,
        key,
        operator if operator in allowed else IS,
        values if parameters.get("of", key) == key else (),
        parameters.get("q", "").strip(),
        "any_case" in parameters,
        replaces if group is not None else "",
    )


def _dimension(parameters: QueryParams) -> str:
    key = parameters.get("dimension", DEFAULT_DIMENSION)
    if key == ANY_PROPERTY:
        named = PROPERTY + parameters.get("key", "")
        return named if dimension(named) else ANY_PROPERTY
    return key if dimension(key) else DEFAULT_DIMENSION


def _group_named(view: View, name: str) -> FilterGroup | None:
    found = read_filter(name, "1")
    if found is None:
        return None
    wanted = (found.dimension, found.operator, found.is_case_sensitive)
    return next((one for one in view.groups if one[:3] == wanted), None)
