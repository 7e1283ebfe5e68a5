"""The same protocol by plain loops over dictionaries: the reference that the tests hold the real index against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log1p

import numpy as np

from matcher.index.protocol import Hits, IndexEntry, Items, Scores, Vectors
from matcher.index.settings import IndexSettings


class BruteForceIndex:
    """Keeps the entries and computes every answer from them."""

    def __init__(self, settings: IndexSettings) -> None:
        self._settings = settings
        self._entries: dict[int, IndexEntry] = {}
        self.last_change = 0

    @property
    def encoder_fingerprint(self) -> str:
        return self._settings.encoder

    @property
    def item_count(self) -> int:
        return len(self._entries)

    def pinned(self) -> BruteForceIndex:
        copy = BruteForceIndex(self._settings)
        copy._entries, copy.last_change = dict(self._entries), self.last_change
        return copy

    def update(self, entries: Sequence[IndexEntry], removed: Sequence[int], last_change: int) -> None:
        for number in removed:
            self._entries.pop(number, None)
        self._entries.update((entry.number, entry) for entry in entries)
        self.last_change = last_change

    def nearest(self, vector: Vectors, count: int) -> Hits:
        return _best({number: float(entry.vector @ vector) for number, entry in self._entries.items()}, count)

    def lexical(self, query: Mapping[str, float], count: int) -> Hits:
        scores = {number: self._score(query, number) for number in self._entries}
        return _best({number: score for number, score in scores.items() if score > 0}, count)

    def vectors(self, items: Items) -> Vectors:
        nothing = np.zeros(self._settings.dimensions, np.float32)
        rows = [entry.vector if (entry := self._entries.get(int(item))) else nothing for item in items]
        return np.array(rows, np.float32).reshape(len(items), -1)

    def lexical_scores(self, query: Mapping[str, float], items: Items) -> Scores:
        return np.array([self._score(query, int(item)) for item in items], np.float32)

    def _score(self, query: Mapping[str, float], item: int) -> float:
        entry = self._entries.get(item)
        found = entry.term_frequencies if entry else {}
        bm25, length = self._settings.bm25, sum(found.values())
        everything = sum(sum(entry.term_frequencies.values()) for entry in self._entries.values())
        half = bm25.k1 * (1 - bm25.b + bm25.b * length * self.item_count / everything) if everything else 0.0
        return sum(
            weight * self._idf(term) * found[term] / (found[term] + half)
            for term, weight in query.items()
            if term in found
        )

    def document_frequency(self, terms: Sequence[str]) -> dict[str, int]:
        entries = self._entries.values()
        return {term: sum(term in entry.term_frequencies for entry in entries) for term in terms}

    def owners(self, items: Items) -> list[tuple[str, ...]]:
        known = [self._entries.get(int(item)) for item in items]
        return [tuple(sorted(entry.owners)) if entry else () for entry in known]

    def items_of(self, expert_id: str) -> Items:
        return np.array(sorted(n for n, entry in self._entries.items() if expert_id in entry.owners), np.int64)

    def _idf(self, term: str) -> float:
        frequency = self.document_frequency([term])[term]
        return log1p((self.item_count - frequency + 0.5) / (frequency + 0.5))


def _best(scores: Mapping[int, float], count: int) -> Hits:
    order = sorted(scores, key=lambda number: (-scores[number], number))[:count]
    return Hits(np.array(order, np.int64), np.array([scores[number] for number in order], np.float32))
