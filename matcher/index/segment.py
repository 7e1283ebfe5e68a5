"""A batch of items that never changes: vectors, words and owners side by side, row by row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from matcher.index.batch import Batch, Column, RowColumns
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


class SegmentBuilder:
    """Joins batches and makes one segment of them; the builder may not be used afterwards."""

    def __init__(self, dimensions: int) -> None:
        self._items = Column(np.zeros(0, np.int64))
        self._vectors = Column(np.zeros((0, dimensions), np.float16))
        self._words, self._experts = RowColumns(), RowColumns()

    def append(self, batch: Batch) -> None:
        self._items.extend(batch.items)
        self._vectors.extend(batch.vectors)
        self._words.extend(batch.words)
        self._experts.extend(batch.experts)

    def finish(self, terms: Names, experts: Names) -> Segment:
        """The vectors are copied and freed first: they are the largest part."""
        items = self._items.finish()
        order = None if np.all(items[1:] > items[:-1]) else np.argsort(items, kind="stable")
        vectors = self._vectors.finish()
        dense = DenseRows(vectors if order is None else vectors[order])
        del vectors, self._vectors
        words, owners = self._words.finish(), self._experts.finish()
        if order is not None:
            items, words, owners = items[order], words.take(order), owners.take(order)
        return Segment(
            id=uuid4().hex,
            items=items,
            dense=dense,
            words=words,
            words_by_term=columns_of(words, len(terms)),
            experts=owners,
            items_by_expert=columns_of(owners, len(experts)),
            lengths=_row_sums(words),
        )


def segment_of(batches: Iterable[Batch], dimensions: int, terms: Names, experts: Names) -> Segment:
    """One segment of all rows of all batches."""
    builder = SegmentBuilder(dimensions)
    for batch in batches:
        builder.append(batch)
    return builder.finish(terms, experts)


def _row_sums(rows: Rows) -> NDArray[np.int64]:
    sums = np.zeros(len(rows), np.int64)
    filled = np.flatnonzero(rows.lengths)
    if len(filled):
        sums[filled] = np.add.reduceat(rows.values, rows.starts[filled], dtype=np.int64)
    return sums
