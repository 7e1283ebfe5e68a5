"""A segment of a state: which of its rows still count."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.index.incidence import Longs
from matcher.index.protocol import Items
from matcher.index.segment import Segment

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class LiveSegment:
    """A segment and which of its rows still count (`live` is None: all of them)."""

    segment: Segment
    live: Flags | None = None

    @property
    def live_rows(self) -> Longs:
        return np.arange(len(self.segment)) if self.live is None else np.flatnonzero(self.live)

    @property
    def dead_rows(self) -> Longs:
        return np.zeros(0, np.int64) if self.live is None else np.flatnonzero(~self.live)

    def __len__(self) -> int:
        return len(self.segment) if self.live is None else int(np.count_nonzero(self.live))

    def without(self, items: Items) -> LiveSegment:
        """The same with the rows of `items` dead."""
        _, rows = self.find(items)
        if not len(rows):
            return self
        live = np.ones(len(self.segment), np.bool_) if self.live is None else self.live.copy()
        live[rows] = False
        return LiveSegment(self.segment, live)

    def find(self, items: Items) -> tuple[Longs, Longs]:
        """Which of `items` (places) are alive here, and in which rows."""
        places, rows = self.segment.find(items)
        if self.live is None:
            return places, rows
        alive = self.live[rows]
        return places[alive], rows[alive]

    def items_of(self, expert: int) -> Items:
        """The live items of an expert (number)."""
        first, end = self.segment.items_by_expert.spans(np.array([expert], np.int32))
        rows = self.segment.items_by_expert.rows[int(first[0]) : int(end[0])]
        return self.segment.items[rows if self.live is None else rows[self.live[rows]]]
