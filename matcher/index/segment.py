"""A batch of items that never changes: vectors, words and owners side by side, row by row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from matcher.index.batch import Batch, BatchBuffer
from matcher.index.dense import DenseRows
from matcher.index.incidence import Columns, Longs, Rows, columns_of
from matcher.index.names import Names
from matcher.index.protocol import Items


@dataclass(frozen=True, slots=True)
class Segment:
    """`items` ascend; `lengths` are sums of term frequencies; words and experts can be read both ways."""

    id: str
    items: Items
    dense: DenseRows
    words: Rows
    words_by_term: Columns
    experts: Rows
    items_by_expert: Columns
    lengths: Longs

    def __len__(self) -> int:
        return len(self.items)

    def find(self, items: Items) -> tuple[Longs, Longs]:
        """Which of `items` (places) stand here, and in which rows."""
        if not len(self.items):
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        rows = np.minimum(np.searchsorted(self.items, items), len(self.items) - 1)
        places = np.flatnonzero(self.items[rows] == items)
        return places, rows[places]

    def batch(self, rows: Longs) -> Batch:
        """These rows as a batch, to be joined with others."""
        return Batch(self.items[rows], self.dense.rows[rows], self.words.take(rows), self.experts.take(rows))


def segment_of(batches: Iterable[Batch], dimensions: int, terms: Names, experts: Names) -> Segment:
    """One segment of all rows of all batches."""
    buffer = BatchBuffer(dimensions)
    for batch in batches:
        buffer.append(batch)
    return assemble(buffer.finish(), terms, experts)


def assemble(batch: Batch, terms: Names, experts: Names) -> Segment:
    """A segment of a batch whose items ascend."""
    return Segment(
        id=uuid4().hex,
        items=batch.items,
        dense=DenseRows(batch.vectors),
        words=batch.words,
        words_by_term=columns_of(batch.words, len(terms)),
        experts=batch.experts,
        items_by_expert=columns_of(batch.experts, len(experts)),
        lengths=_row_sums(batch.words),
    )


def _row_sums(rows: Rows) -> NDArray[np.int64]:
    sums = np.zeros(len(rows), np.int64)
    filled = np.flatnonzero(rows.lengths)
    if len(filled):
        sums[filled] = np.add.reduceat(rows.values, rows.starts[filled], dtype=np.int64)
    return sums
