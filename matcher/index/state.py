"""Everything an index knows at one moment; nothing in it ever changes, so any thread may read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from matcher.index.best import best, highest
from matcher.index.incidence import Ints, Longs
from matcher.index.lexical import Statistics, read_query, score_all, score_rows
from matcher.index.live_segment import LiveSegment
from matcher.index.names import Names
from matcher.index.protocol import Hits, Items, Scores, Vectors
from matcher.index.settings import IndexSettings


@dataclass(frozen=True, slots=True)
class Build:
    """The build from scratch that a state grew from: its name, and how many items it had."""

    id: str
    items: int


class IndexState:
    """Implements `EvidenceReader` over segments; an item is alive in at most one of them."""

    def __init__(
        self,
        settings: IndexSettings,
        segments: Sequence[LiveSegment],
        terms: Names,
        experts: Names,
        last_change: int,
        *,
        build: Build,
    ) -> None:
        self.settings = settings
        self.build = build
        self.segments = tuple(segments)
        self.terms, self.experts = terms, experts
        self.statistics = _statistics(self.segments, len(terms))
        self._saturations = [self.statistics.saturation(part.segment.lengths, settings.bm25) for part in self.segments]
        self._last_change = last_change

    def at(self, last_change: int) -> IndexState:
        """The same content as of a later change."""
        later = copy(self)
        later._last_change = last_change
        return later

    @property
    def encoder_fingerprint(self) -> str:
        return self.settings.encoder

    @property
    def last_change(self) -> int:
        return self._last_change

    @property
    def item_count(self) -> int:
        return self.statistics.items

    @property
    def expert_count(self) -> int:
        """Experts who own at least one item."""
        owners = [part.segment.experts.take(part.live_rows).keys for part in self.segments]
        return len(np.unique(np.concatenate(owners))) if owners else 0

    def nearest(self, vector: Vectors, count: int) -> Hits:
        found = [(part, *part.segment.dense.nearest(vector, count, part.live)) for part in self.segments]
        return best([(part.segment.items[rows], scores) for part, rows, scores in found], count)

    def lexical(self, query: Mapping[str, float], count: int) -> Hits:
        read = read_query(query, self.terms, self.statistics)
        found = []
        for part, saturation in zip(self.segments, self._saturations, strict=True):
            scores = score_all(part.segment.words_by_term, saturation, read)
            scores[part.dead_rows] = 0
            rows = highest(scores, count)
            found.append((part.segment.items[rows], scores[rows]))
        return best(found, count)

    def vectors(self, items: Items) -> Vectors:
        out = np.zeros((len(items), self.settings.dimensions), np.float32)
        for at, places, rows in self._located(items):
            out[places] = self.segments[at].segment.dense.take(rows)
        return out

    def lexical_scores(self, query: Mapping[str, float], items: Items) -> Scores:
        read = read_query(query, self.terms, self.statistics)
        out = np.zeros(len(items), np.float32)
        for at, places, rows in self._located(items):
            segment = self.segments[at].segment
            out[places] = score_rows(segment.words, segment.words_by_term, self._saturations[at], read, rows)
        return out

    def document_frequency(self, terms: Sequence[str]) -> dict[str, int]:
        known = len(self.statistics.frequencies)
        numbers = {term: self.terms.find(term) for term in terms}
        return {
            term: 0 if number is None or number >= known else int(self.statistics.frequencies[number])
            for term, number in numbers.items()
        }

    def owners(self, items: Items) -> list[tuple[str, ...]]:
        out: list[tuple[str, ...]] = [()] * len(items)
        for at, places, rows in self._located(items):
            experts = self.segments[at].segment.experts.take(rows)
            names = self.experts.of(experts.keys)
            for place, (first, end) in zip(places.tolist(), _spans(experts.starts), strict=True):
                out[place] = tuple(sorted(names[first:end]))
        return out

    def items_of(self, expert_id: str) -> Items:
        number = self.experts.find(expert_id)
        if number is None:
            return np.zeros(0, np.int64)
        found = [part.items_of(number) for part in self.segments]
        return np.sort(np.concatenate([np.zeros(0, np.int64), *found]))

    def _located(self, items: Items) -> Iterator[tuple[int, Longs, Longs]]:
        """Segment, places in `items`, rows in the segment, where there are any."""
        wanted = np.asarray(items, np.int64)
        for at, part in enumerate(self.segments):
            places, rows = part.find(wanted)
            if len(places):
                yield at, places, rows


def _statistics(segments: Sequence[LiveSegment], term_count: int) -> Statistics:
    frequencies: Ints = np.zeros(term_count, np.int32)
    total = 0
    for part in segments:
        columns, dead = part.segment.words_by_term, part.dead_rows
        frequencies[columns.keys] += np.diff(columns.starts).astype(np.int32)
        if len(dead):
            frequencies -= np.bincount(part.segment.words.take(dead).keys, minlength=term_count).astype(np.int32)
        total += int(part.segment.lengths.sum() - part.segment.lengths[dead].sum())
    return Statistics(sum(len(part) for part in segments), total, frequencies)


def _spans(starts: Longs) -> Iterator[tuple[int, int]]:
    return pairwise(starts.tolist())
