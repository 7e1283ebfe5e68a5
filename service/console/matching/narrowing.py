"""The filter panel of a ranking: what the experts of the library bear, and what is chosen of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType

from matcher.catalogue.query import UNSTATED, CatalogueQuery, FacetCounts
from matcher.workflows.catalogue_keeper import CatalogueKeeper
from service.console.lists import FilterGroup, nested
from service.console.matching.asked import Asked

# Facet of the library -> parameter of the address.
_GROUPS = MappingProxyType(
    {
        "title_level": "title_level",
        "honour": "honour",
        "availability": "available",
        "discipline": "discipline",
        "industry": "industry",
        "region": "region",
        "service": "can",
        "society": "society",
    }
)
_MOST, _SHORT = 80, 6


@dataclass(frozen=True, slots=True)
class Panel:
    """`chosen`: label and the address without it. `overseas`: how many there are."""

    groups: tuple[FilterGroup, ...]
    overseas: int
    chosen: tuple[tuple[str, str], ...]


def panel(asked: Asked, experts: CatalogueKeeper, path: str) -> Panel:
    """Values that nobody in the library bears are no choice and are left out, unless they are chosen."""
    query = CatalogueQuery(chosen={facet: tuple(getattr(asked, name)) for facet, name in _GROUPS.items()}, limit=1)
    facets = {facet.name: facet for facet in experts.current().page(query).facets}
    groups = [_group(name, facets[facet]) for facet, name in _GROUPS.items()]
    from_abroad = sum(one.count for one in facets["overseas"].values if one.value == "是")
    return Panel(tuple(group for group in groups if group.values), from_abroad, tuple(_chosen(asked, groups, path)))


def _group(name: str, facet: FacetCounts) -> FilterGroup:
    borne = [one for one in facet.values if one.value != UNSTATED]
    is_open = any(one.chosen for one in borne) or len(borne) <= _SHORT
    return FilterGroup(name, facet.title, tuple(nested(borne))[:_MOST], is_open)


def _chosen(asked: Asked, groups: list[FilterGroup], path: str) -> Iterator[tuple[str, str]]:
    for group in groups:
        for value, _ in group.values:
            if value.chosen:
                yield f"{group.title}：{value.label}", asked.without(path, group.name, value.value)
    for word in asked.unit:
        yield f"工作单位含“{word}”", asked.without(path, "unit", word)
    if asked.overseas:
        yield "海智专家", asked.without(path, "overseas", "true")
