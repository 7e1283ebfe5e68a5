"""The places that forms of plans offer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matcher.catalogue.query import CatalogueQuery, FacetCount
from service.security.actor import Actor
from service.wiring import Service

_PREFECTURE = 4


def places_with_demands(service: Service, chosen: Mapping[str, Sequence[str]], actor: Actor) -> tuple[FacetCount, ...]:
    """The 市州 that somebody answers for, each with how many demands of the chosen kind it has; of a county, the
    county."""
    query = CatalogueQuery(chosen={name: tuple(values) for name, values in chosen.items()}, limit=1)
    facets = service.demands.find(query, actor).page.facets
    values = next((facet.values for facet in facets if facet.name == "region"), ())
    return tuple(value for value in values if _is_offered(value.value, actor))


def _is_offered(code: str, actor: Actor) -> bool:
    if code in actor.scope.regions:
        return True
    return code.isdecimal() and len(code) == _PREFECTURE and actor.scope.covers(code)
