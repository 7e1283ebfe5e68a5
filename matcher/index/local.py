"""The index in this process's memory: immutable segments, updates by adding small ones and merging them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from threading import Lock
from uuid import uuid4

import numpy as np

from matcher.index.batch import batch_of
from matcher.index.live_segment import LiveSegment
from matcher.index.names import Names
from matcher.index.protocol import Hits, IndexEntry, Items, Scores, Vectors
from matcher.index.segment import SegmentBuilder, segment_of
from matcher.index.settings import IndexSettings
from matcher.index.state import Build, IndexState

# Each segment holds at least this many times the items of the next: a query meets few, a change moves little.
_STEP = 4


class LocalIndex:
    """`EvidenceIndex` over one state; an update makes the next state and puts it in place in one step."""

    def __init__(self, state: IndexState) -> None:
        self._state = state
        self._writing = Lock()

    @classmethod
    def empty(cls, settings: IndexSettings) -> LocalIndex:
        return cls(IndexState(settings, (), Names(), Names(), 0, build=Build(uuid4().hex, 0)))

    @property
    def encoder_fingerprint(self) -> str:
        return self._state.encoder_fingerprint

    @property
    def last_change(self) -> int:
        return self._state.last_change

    @property
    def item_count(self) -> int:
        return self._state.item_count

    def pinned(self) -> IndexState:
        return self._state

    def nearest(self, vector: Vectors, count: int) -> Hits:
        return self._state.nearest(vector, count)

    def lexical(self, query: Mapping[str, float], count: int) -> Hits:
        return self._state.lexical(query, count)

    def vectors(self, items: Items) -> Vectors:
        return self._state.vectors(items)

    def lexical_scores(self, query: Mapping[str, float], items: Items) -> Scores:
        return self._state.lexical_scores(query, items)

    def document_frequency(self, terms: Sequence[str]) -> dict[str, int]:
        return self._state.document_frequency(terms)

    def owners(self, items: Items) -> list[tuple[str, ...]]:
        return self._state.owners(items)

    def items_of(self, expert_id: str) -> Items:
        return self._state.items_of(expert_id)

    def update(self, entries: Sequence[IndexEntry], removed: Sequence[int], last_change: int) -> None:
        """See `EvidenceIndex`; of entries with one number the last counts. Costs the size of the change."""
        with self._writing:
            self._state = _next_state(self._state, entries, removed, last_change)

    def adopt(self, other: LocalIndex) -> None:
        """Takes over what `other` holds, in one step."""
        with self._writing:
            self._state = other.pinned()


class IndexBuilder:
    """Takes items in portions and makes one segment of them."""

    def __init__(self, settings: IndexSettings) -> None:
        self._settings = settings
        self._terms, self._experts = Names(), Names()
        self._segment = SegmentBuilder(settings.dimensions)
        self._count = 0

    def add(self, entries: Sequence[IndexEntry]) -> None:
        """Each item number once in all portions."""
        self._count += len(entries)
        self._segment.append(batch_of(entries, self._settings.dimensions, self._terms, self._experts))

    def finish(self, last_change: int) -> LocalIndex:
        """The index; the builder may not be used afterwards."""
        segments = [LiveSegment(self._segment.finish(self._terms, self._experts))] if self._count else []
        build = Build(uuid4().hex, self._count)
        state = IndexState(self._settings, segments, self._terms, self._experts, last_change, build=build)
        return LocalIndex(state)


def _next_state(
    state: IndexState, entries: Sequence[IndexEntry], removed: Sequence[int], last_change: int
) -> IndexState:
    if not entries and not removed:
        return state.at(last_change)
    newest = {entry.number: entry for entry in entries}
    gone = np.array([*removed, *newest], np.int64)
    segments = [part.without(gone) for part in state.segments]
    if newest:
        batch = batch_of(list(newest.values()), state.settings.dimensions, state.terms, state.experts)
        segments.append(LiveSegment(segment_of([batch], state.settings.dimensions, state.terms, state.experts)))
    kept = _merged(segments, state)
    return IndexState(state.settings, kept, state.terms, state.experts, last_change, build=state.build)


def _merged(segments: list[LiveSegment], state: IndexState) -> list[LiveSegment]:
    """Drops empty segments, joins neighbours that are too alike in size, rewrites what is mostly dead."""
    kept: list[LiveSegment] = []
    for part in segments:
        if not len(part):
            continue
        joined = [part]
        while kept and len(kept[-1]) < _STEP * sum(map(len, joined)):
            joined.insert(0, kept.pop())
        kept.append(_rewritten(joined, state) if len(joined) > 1 or _mostly_dead(part) else part)
    return kept


def _mostly_dead(part: LiveSegment) -> bool:
    return 2 * len(part) < len(part.segment)


def _rewritten(parts: list[LiveSegment], state: IndexState) -> LiveSegment:
    batches = (part.segment.batch(part.live_rows) for part in parts)
    return LiveSegment(segment_of(batches, state.settings.dimensions, state.terms, state.experts))
