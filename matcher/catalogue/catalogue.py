"""All records of one kind, ready for lists: an immutable value, so that readers and the one writer need no lock."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from matcher.catalogue.cursor import Position, read_cursor, write_cursor
from matcher.catalogue.errors import FacetUnknown, LimitInvalid, SortUnknown
from matcher.catalogue.facet_column import FacetColumn, Mask
from matcher.catalogue.query import (
    LARGEST_PAGE,
    UNSTATED,
    CataloguePage,
    CatalogueQuery,
    Entry,
    Facet,
    FacetCount,
    FacetCounts,
    Sort,
    SortValue,
)
from matcher.catalogue.sort_column import Places, SortColumn


@dataclass(frozen=True, slots=True)
class Layout:
    """Which facets and sorts a kind of record has; the first sort is the usual one."""

    facets: tuple[Facet, ...]
    sorts: tuple[Sort, ...]


@dataclass(frozen=True)
class Catalogue:
    """Made by `Catalogue.of`. Everything goes by place; a place whose record is gone stays empty (`alive`)."""

    layout: Layout
    ids: tuple[str, ...]
    places: Mapping[str, int]
    alive: Mask
    texts: Sequence[str]
    facets: Mapping[str, FacetColumn]
    sorts: Mapping[str, SortColumn]

    @classmethod
    def of(cls, layout: Layout, entries: Iterable[Entry]) -> Catalogue:
        given = list(entries)
        ids = tuple(entry.id for entry in given)
        return cls(
            layout,
            ids,
            {id: place for place, id in enumerate(ids)},
            np.ones(len(given), np.bool_),
            [searchable(entry.text) for entry in given],
            {
                facet.name: FacetColumn.of(entry.facets.get(facet.name, ()) for entry in given)
                for facet in layout.facets
            },
            {
                sort.name: SortColumn.of([entry.sorts[sort.name] for entry in given], ids, range(len(given)))
                for sort in layout.sorts
            },
        )

    def __len__(self) -> int:
        return int(self.alive.sum())

    def __contains__(self, id: str) -> bool:
        place = self.places.get(id)
        return place is not None and bool(self.alive[place])

    def sort_value(self, sort: str, id: str) -> SortValue:
        """What the record is sorted by; None for one that is not here."""
        return self.sorts[sort].values[self.places[id]] if id in self else None

    def with_changes(self, entries: Sequence[Entry], gone: Iterable[str]) -> Catalogue:
        """The next catalogue: `entries` are new or changed records, `gone` the ids that are no more."""
        new = [entry.id for entry in entries if entry.id not in self.places]
        ids = (*self.ids, *new)
        places = {**self.places, **{id: place for place, id in enumerate(new, len(self.ids))}} if new else self.places
        changed = {places[entry.id]: entry for entry in entries}
        left = [self.places[id] for id in gone if id in self]
        alive = np.concatenate([self.alive, np.ones(len(new), np.bool_)])
        alive[list(changed)], alive[left] = True, False
        texts = [*self.texts, *[""] * len(new)]
        for place, entry in changed.items():
            texts[place] = searchable(entry.text)
        columns = {
            name: column.with_changes(len(ids), {at: entry.facets.get(name, ()) for at, entry in changed.items()})
            for name, column in self.facets.items()
        }
        return replace(
            self,
            ids=ids,
            places=places,
            alive=alive,
            texts=texts,
            facets=columns,
            sorts=self._resorted(ids, changed, left),
        )

    def page(self, query: CatalogueQuery) -> CataloguePage:
        """Raises FacetUnknown, SortUnknown, CursorInvalid, LimitInvalid."""
        if not 1 <= query.limit <= LARGEST_PAGE:
            raise LimitInvalid(LARGEST_PAGE)
        sort, descending = self._sort(query.sort)
        query = self._understood(query)
        searched, chosen = self._searched(query), self._chosen(query)
        matching = _narrowed(searched, chosen)
        rows = self._rows(query, sort, descending)
        found = rows[matching[rows]][query.offset : query.offset + query.limit + 1]
        shown = [int(place) for place in found[: query.limit]]
        return CataloguePage(
            tuple(self.ids[place] for place in shown),
            int(matching.sum()),
            tuple(self._counts(facet, searched, chosen, query) for facet in self.layout.facets),
            write_cursor(self._position(query.sort, sort, shown[-1])) if len(found) > len(shown) else "",
        )

    def found(self, query: CatalogueQuery) -> frozenset[str]:
        """Ids of everything that the query finds, whatever its page. Raises FacetUnknown."""
        matching = _narrowed(self._searched(query), self._chosen(self._understood(query)))
        return frozenset(self.ids[place] for place in np.flatnonzero(matching).tolist())

    def _resorted(self, ids: Sequence[str], changed: Mapping[int, Entry], left: Sequence[int]) -> dict[str, SortColumn]:
        resorted = {}
        for name, column in self.sorts.items():
            values = [*column.values, *[None] * (len(ids) - len(self.ids))]
            for place, entry in changed.items():
                values[place] = entry.sorts[name]
            resorted[name] = column.with_changes(values, ids, [*changed, *left], changed)
        return resorted

    def _sort(self, order: str) -> tuple[Sort, bool]:
        if not order:
            return self.layout.sorts[0], self.layout.sorts[0].descending
        name = order.removeprefix("-")
        found = next((sort for sort in self.layout.sorts if sort.name == name), None)
        if found is None:
            raise SortUnknown(order, (sort.name for sort in self.layout.sorts))
        return found, found.descending != order.startswith("-")

    def _rows(self, query: CatalogueQuery, sort: Sort, descending: bool) -> Places:
        column = self.sorts[sort.name]
        if not query.cursor:
            return column.all(descending)
        position = read_cursor(query.cursor, query.sort, column.kind)
        return column.after(descending, position.value, position.id)

    def _position(self, order: str, sort: Sort, place: int) -> Position:
        return Position(order, self.sorts[sort.name].values[place], self.ids[place])

    def _understood(self, query: CatalogueQuery) -> CatalogueQuery:
        """With values in place of the names and longer codes that people and programs write for them."""
        meant = {
            name: tuple(dict.fromkeys(value for word in words for value in self._meant(name, word)))
            for name, words in query.chosen.items()
        }
        return replace(query, chosen=meant)

    def _meant(self, name: str, word: str) -> tuple[str, ...]:
        known = self._facet(name).values
        if word in known:
            return (word,)
        facet = next(one for one in self.layout.facets if one.name == name)
        if facet.read and (value := facet.read(word)):
            return (value,)
        return tuple(value for value in known if facet.label(value) == word) or (word,)

    def _chosen(self, query: CatalogueQuery) -> dict[str, Mask]:
        return {name: self._facet(name).mask(wanted) for name, wanted in query.chosen.items() if wanted}

    def _searched(self, query: CatalogueQuery) -> Mask:
        """Everything that the reader may see and that holds every word."""
        mask = self.alive
        if query.within is not None:
            near = np.zeros(len(mask), np.bool_)
            for name, values in query.within.items():
                near |= self._facet(name).mask(values)
            mask = mask & near
        for word in searchable(query.text).split():
            places = np.flatnonzero(mask)
            mask = np.zeros(len(mask), np.bool_)
            mask[[at for at in places.tolist() if word in self.texts[at]]] = True
        return mask

    def _counts(self, facet: Facet, searched: Mask, chosen: Mapping[str, Mask], query: CatalogueQuery) -> FacetCounts:
        """Under the filters of the other facets, so that one sees what choosing more of this one would bring."""
        others = {name: mask for name, mask in chosen.items() if name != facet.name}
        counts = self.facets[facet.name].counts(_narrowed(searched, others))
        return _ordered(facet, counts, query.chosen.get(facet.name, ()))

    def _facet(self, name: str) -> FacetColumn:
        if name not in self.facets:
            raise FacetUnknown(name, self.facets)
        return self.facets[name]


def searchable(text: str) -> str:
    """The form in which texts and what is typed meet: full and half width, capitals and small letters alike."""
    return unicodedata.normalize("NFKC", text).casefold()


def _narrowed(mask: Mask, filters: Mapping[str, Mask]) -> Mask:
    for one in filters.values():
        mask = mask & one
    return mask


def _ordered(facet: Facet, counts: Mapping[str, int], chosen: Sequence[str]) -> FacetCounts:
    """What is chosen is shown even where nobody is left; "not stated" stands last."""
    values = dict.fromkeys([*counts, *chosen])
    ranks = {value: rank for rank, value in enumerate(facet.ranking)}

    def order(value: str) -> tuple[bool, int, int, str]:
        return value == UNSTATED, ranks.get(value, len(ranks)), -counts.get(value, 0), value

    return FacetCounts(
        facet.name,
        facet.title,
        tuple(
            FacetCount(
                value,
                value if value == UNSTATED else facet.label(value),
                counts.get(value, 0),
                value in chosen,
                facet.parent(value) if facet.parent and value != UNSTATED else "",
            )
            for value in sorted(values, key=order)
        ),
    )
