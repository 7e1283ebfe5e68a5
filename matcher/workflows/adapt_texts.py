"""What the built-in encoder is refined on: items, and demands with the items of experts marked suitable.

Only what the index holds too is read: texts of items that somebody in the database owns, and the questions of
demands. Private fields are sealed in the store and never asked for here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from matcher.domain.demand import demand_id_of
from matcher.domain.evidence import EvidenceItem
from matcher.store.records import StoredItem
from matcher.store.store import Store
from matcher.text.item_text import item_text
from matcher.text.normalise import meaningful
from matcher.text.reading import read_demand, read_need
from matcher.text.sentences import sentences

# What refining needs at most: more costs minutes and adds little.
_MOST_ITEMS = 50_000
_HELD_OUT = 5
_SUITABLE = 2

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class PairTexts:
    """Pairs of one kind; `groups` tells whose each is."""

    name: str
    pairs: tuple[Pair, ...]
    groups: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MarkedDemand:
    """A demand (or need) with the experts who were found suitable for it."""

    id: str
    text: str
    suitable: frozenset[str]

    @property
    def held_out(self) -> bool:
        """Every second questionnaire measures, with all its needs: they share words and experts."""
        return _number(demand_id_of(self.id)) % 2 == 0


def read_items(store: Store) -> list[StoredItem]:
    """Items of different texts in an order that their texts alone decide; a sample where there are too many."""
    found: dict[int, StoredItem] = {}
    for portion in store.items.stream():
        for stored in portion:
            found.setdefault(_key(stored.item), stored)
    return [found[key] for key in sorted(found)[:_MOST_ITEMS]]


def read_marked(store: Store, grades: Mapping[str, Mapping[str, int]]) -> list[MarkedDemand]:
    """Demands and needs with a suitable expert, in order of ids."""
    demands = store.demands.get_many(sorted(set(map(demand_id_of, grades)))).values()
    readings = [part for demand in demands for part in (read_demand(demand), *map(read_need, demand.needs))]
    marked = []
    for reading in sorted(readings, key=lambda reading: reading.id):
        suitable = frozenset(expert for expert, grade in grades.get(reading.id, {}).items() if grade >= _SUITABLE)
        if suitable and not reading.is_empty:
            marked.append(MarkedDemand(reading.id, reading.text(), suitable))
    return marked


def is_held_out(item: EvidenceItem) -> bool:
    """One item in five, decided by its text, measures and never teaches."""
    return _key(item) % _HELD_OUT == 0


def titled(item: EvidenceItem) -> Pair | None:
    """Title and abstract of one language; None where an item lacks one of them."""
    for title, abstract in ((item.title, item.abstract), (item.title_en, item.abstract_en)):
        if meaningful(title) and meaningful(abstract):
            return meaningful(title), meaningful(abstract)
    return None


def bilingual(item: EvidenceItem) -> Pair | None:
    """The abstract in English and in Chinese."""
    pair = meaningful(item.abstract_en), meaningful(item.abstract)
    return pair if all(pair) else None


def item_pairs(items: Sequence[EvidenceItem]) -> list[PairTexts]:
    """Every kind of pair that single items give; kinds without pairs are left out."""
    kinds: dict[str, list[tuple[int, Pair]]] = {}
    for group, item in enumerate(items):
        for name, pair in _pairs(item):
            if all(pair):
                kinds.setdefault(name, []).append((group, pair))
    return [
        PairTexts(name, tuple(pair for _, pair in found), tuple(group for group, _ in found))
        for name, found in sorted(kinds.items())
    ]


def _pairs(item: EvidenceItem) -> Iterator[tuple[str, Pair]]:
    keywords = meaningful("、".join(item.keywords) or ", ".join(item.keywords_en))
    title = titled(item)
    if title:
        yield "题名—摘要", title
        yield "关键词—摘要", (keywords, title[1])
        yield "摘要前后", _halves(title[1])
    yield "题名—关键词", (meaningful(item.title or item.title_en), keywords)
    yield "中英摘要", bilingual(item) or ("", "")
    yield "中英题名", (meaningful(item.title_en), meaningful(item.title))


def _halves(abstract: str) -> Pair:
    """Every second sentence against the others."""
    parts = sentences(abstract)
    return "".join(parts[::2]), "".join(parts[1::2])


def _key(item: EvidenceItem) -> int:
    """The same for items that say the same under two titles."""
    return _number(meaningful(item.abstract) or meaningful(item.abstract_en) or item_text(item).embedding)


def _number(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
