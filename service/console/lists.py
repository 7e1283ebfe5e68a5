"""Lists of the catalogue: what the address asks, and what the page shows of the answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from fastapi import Request

from matcher.catalogue.catalogue import Layout
from matcher.catalogue.query import UNSTATED, CataloguePage, CatalogueQuery, FacetCount, FacetCounts
from service.console.addresses import address_with

SIZE = 50
_LONGEST_TEXT, _MOST_VALUES, _OPEN = 200, 80, 4
_LAST_PAGE = 1_000_000


@dataclass(frozen=True, slots=True)
class FilterGroup:
    """`values`: each with its depth in the tree of places or trades."""

    name: str
    title: str
    values: tuple[tuple[FacetCount, int], ...]
    is_open: bool


def query_of(request: Request, layout: Layout) -> CatalogueQuery:
    """Parameters that name no facet are no filters; a page that is no number is the first."""
    given = request.query_params
    chosen = {facet.name: tuple(filter(None, given.getlist(facet.name))) for facet in layout.facets}
    return CatalogueQuery(
        text=given.get("q", "")[:_LONGEST_TEXT],
        chosen={name: values for name, values in chosen.items() if values},
        sort=given.get("sort", ""),
        limit=SIZE,
        offset=(page_number(request) - 1) * SIZE,
    )


def page_number(request: Request) -> int:
    text = request.query_params.get("page", "")
    return min(max(int(text), 1), _LAST_PAGE) if text.isascii() and text.isdecimal() and len(text) < 9 else 1


def list_context(request: Request, query: CatalogueQuery, page: CataloguePage) -> dict[str, object]:
    """What `list.html` needs beside its rows."""
    return {
        "q": query.text,
        "sort": query.sort,
        "page_number": page_number(request),
        "total": page.total,
        "size": SIZE,
        "groups": list(_groups(page.facets)),
        "chosen": list(_chosen(request, page.facets)),
        "asked": bool(query.text or query.chosen),
        "clear": request.url.path,
    }


def pushed(request: Request) -> Mapping[str, str]:
    """The address that htmx shows after a part came anew: without empty parameters."""
    return {"HX-Push-Url": address_with(request)} if request.headers.get("HX-Request") else {}


def _groups(facets: Sequence[FacetCounts]) -> Iterator[FilterGroup]:
    """Facets in which the records differ at all; the first few stand open."""
    shown = 0
    for facet in facets:
        if all(value.value == UNSTATED and not value.chosen for value in facet.values):
            continue
        shown += 1
        is_open = shown <= _OPEN or any(value.chosen for value in facet.values)
        yield FilterGroup(facet.name, facet.title, tuple(nested(facet.values))[:_MOST_VALUES], is_open)


def nested(values: Sequence[FacetCount], parent: str = "", depth: int = 0) -> Iterator[tuple[FacetCount, int]]:
    """Each value before those below it; whose parent is not there stands at the top."""
    known = {value.value for value in values}
    for value in values:
        above = value.parent if value.parent in known else ""
        if above == parent:
            yield value, depth
            yield from _nested_below(values, value, depth)


def _nested_below(values: Sequence[FacetCount], value: FacetCount, depth: int) -> Iterator[tuple[FacetCount, int]]:
    if value.value and any(one.parent == value.value for one in values):
        yield from nested(values, value.value, depth + 1)


def _chosen(request: Request, facets: Sequence[FacetCounts]) -> Iterator[tuple[str, str]]:
    """Words of each chosen filter, and the address without it."""
    if text := request.query_params.get("q"):
        yield f"“{text[:_LONGEST_TEXT]}”", address_with(request, q=None)
    for facet in facets:
        chosen = [value for value in facet.values if value.chosen]
        for value in chosen:
            others = [one.value for one in chosen if one is not value]
            yield f"{facet.title}：{value.label}", address_with(request, **{facet.name: others})
