"""Which demands could suit an expert: found by meaning, so that only these are ranked one by one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from threading import Lock
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.domain.demand import Demand
from matcher.encode.protocol import Encoder
from matcher.index.protocol import EvidenceIndex, Vectors
from matcher.store.batches import batches
from matcher.store.records import ChangeKind
from matcher.store.store import Store
from matcher.workflows.match import readings

_BATCH = 500
_Rows = NDArray[np.float16]


class _Held(NamedTuple):
    """`rows` of all demands one after the other, those of `ids[n]` from `starts[n]` on."""

    ids: tuple[str, ...]
    rows: _Rows
    starts: NDArray[np.int64]
    last_change: int


class NearestDemands:
    """Holds the meaning of every demand and need once it was asked for, and follows the change log. Threads share it.

    `encoder` is the one that the index is searched with.
    """

    def __init__(self, store: Store, index: EvidenceIndex, encoder: Encoder, refresh: Callable[[], None]) -> None:
        self._store, self._index, self._encoder, self._refresh = store, index, encoder, refresh
        self._guard = Lock()
        self._rows: dict[str, _Rows] = {}
        self._held: _Held | None = None

    def to(self, expert_id: str, among: Collection[str], count: int) -> list[str]:
        """Ids of the `count` demands of `among` nearest to any item of the expert, the nearest first.

        All of them where there are no more; none for somebody without items, whom no demand finds.
        """
        if len(among) <= count:
            return sorted(among)
        self._refresh()
        reader = self._index.pinned()
        items = reader.items_of(expert_id)
        if not len(items):
            return []
        held = self._current()
        scores = _nearest(held, reader.vectors(items))
        order = np.argsort(-scores, kind="stable").tolist()
        near = (held.ids[place] for place in order if held.ids[place] in among)
        return [id for id, _ in zip(near, range(count), strict=False)]

    def _current(self) -> _Held:
        with self._guard:
            held = self._held
            last = self._store.changes.last()
            if held is None or last < held.last_change:  # nothing yet, or a backup was put back
                self._rows = {}
                for batch in batches(self._store.demands.stream(), _BATCH):
                    self._rows |= self._encoded(batch)
            elif last > held.last_change:
                self._follow(held.last_change)
            self._held = held = _held(self._rows, last) if held is None or last != held.last_change else held
            return held

    def _follow(self, since: int) -> None:
        changed = {change.key for change in self._store.changes.since(since) if change.kind is ChangeKind.DEMAND}
        for id in changed:
            self._rows.pop(id, None)
        for batch in batches(sorted(changed), _BATCH):
            self._rows |= self._encoded(list(self._store.demands.get_many(batch).values()))

    def _encoded(self, demands: Sequence[Demand]) -> dict[str, _Rows]:
        texts = [[reading.text() for reading in readings(demand)] for demand in demands]
        rows = self._encoder.encode_queries([text for one in texts for text in one]).astype(np.float16)
        ends = np.cumsum([len(one) for one in texts])
        return {demand.id: part for demand, part in zip(demands, np.split(rows, ends[:-1]), strict=True)}


def _held(rows: Mapping[str, _Rows], last_change: int) -> _Held:
    starts = np.cumsum([0, *(len(part) for part in rows.values())])[:-1]
    return _Held(tuple(rows), np.concatenate([*rows.values()]), starts.astype(np.int64), last_change)


def _nearest(held: _Held, items: Vectors) -> NDArray[np.float32]:
    """(demands,) the highest inner product of any of a demand's rows with any item."""
    best = np.empty(len(held.rows), np.float32)
    for start in range(0, len(best), 10_000):
        part = held.rows[start : start + 10_000].astype(np.float32)
        best[start : start + len(part)] = (part @ items.T).max(axis=1)
    return np.asarray(np.maximum.reduceat(best, held.starts), np.float32)
