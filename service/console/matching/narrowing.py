"""The filter panel of a ranking: what the experts of the library bear, and what is chosen of it."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.catalogue.query import UNSTATED, CatalogueQuery, FacetCounts
from matcher.workflows.catalogue_keeper import CatalogueKeeper
from service.console.matching.asked import Asked

# Facet of the library -> parameter of the address.
_GROUPS = {
    "title_level": "title_level",
    "honour": "honour",
    "discipline": "discipline",
    "region": "region",
    "service": "can",
}
_MOST = 40
_SHORT = 6


@dataclass(frozen=True, slots=True)
class Group:
    """`options`: value, label, experts of the library who bear it. `open`: few enough to stand unfolded."""

    title: str
    name: str
    options: tuple[tuple[str, str, int], ...]
    chosen: tuple[str, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """`chosen`: label and the address without it. `overseas`: how many there are."""

    groups: tuple[Group, ...]
    overseas: int
    chosen: tuple[tuple[str, str], ...]


def panel(asked: Asked, experts: CatalogueKeeper, path: str) -> Panel:
    """Values that nobody in the library bears are no choice and are left out."""
    facets = {facet.name: facet for facet in experts.current().page(CatalogueQuery(limit=1)).facets}
    groups = [_group(asked, name, facets[facet]) for facet, name in _GROUPS.items()]
    labels = {(group.name, value): label for group in groups for value, label, _ in group.options}
    chosen = [
        (labels.get((name, value), value), asked.without(path, name, value))
        for name in (*_GROUPS.values(), "unit")
        for value in getattr(asked, name)
    ]
    overseas = [("海智专家", asked.at(path, overseas=False))] if asked.overseas else []
    from_abroad = sum(one.count for one in facets["overseas"].values if one.value == "是")
    return Panel(tuple(group for group in groups if group.options), from_abroad, (*chosen, *overseas))


def _group(asked: Asked, name: str, facet: FacetCounts) -> Group:
    chosen = tuple(getattr(asked, name))
    borne = [one for one in facet.values if one.value != UNSTATED]
    shown = [one for place, one in enumerate(borne) if place < _MOST or one.value in chosen]
    options = tuple((one.value, one.label, one.count) for one in shown)
    return Group(facet.title, name, options, chosen, bool(chosen) or len(options) <= _SHORT)
