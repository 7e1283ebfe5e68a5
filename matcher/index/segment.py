"""A batch of items that never changes: vectors, words and owners side by side, row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.index.dense import DenseRows, Half, narrow
from matcher.index.incidence import Columns, Longs, Rows, columns_of, join_rows
from matcher.index.names import Names
from matcher.index.protocol import IndexEntry, Items

# Term frequencies are kept as whole 64ths: two bytes each, sums exact whatever the order of updates.
FREQUENCY_UNIT = 64
_LARGEST = np.iinfo(np.uint16).max


@dataclass(frozen=True, slots=True)
class Batch:
    """Row r is item `items[r]` with its vector (half precision), words and experts; no order."""

    items: Items
    vectors: Half
    words: Rows
    experts: Rows

    def take(self, rows: Longs) -> Batch:
        return Batch(self.items[rows], self.vectors[rows], self.words.take(rows), self.experts.take(rows))


@dataclass(frozen=True, slots=True)
class Segment:
    """`items` ascend; `lengths` are sums of term frequencies; words and experts can be read both ways."""

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


def batch_of(entries: Sequence[IndexEntry], dimensions: int, terms: Names, experts: Names) -> Batch:
    """Entries in columns; unknown terms and experts get numbers."""
    vectors = np.zeros((len(entries), dimensions), np.float32)
    for row, entry in enumerate(entries):
        vectors[row] = entry.vector
    return Batch(
        np.array([entry.number for entry in entries], np.int64),
        narrow(vectors),
        _word_rows(entries, terms),
        _expert_rows(entries, experts),
    )


def segment_of(batches: list[Batch], terms: Names, experts: Names) -> Segment:
    """One segment of all rows; empties `batches` on the way, so that nothing large is held twice."""
    items = np.concatenate([batch.items for batch in batches])
    words, owners = join_rows([batch.words for batch in batches]), join_rows([batch.experts for batch in batches])
    vectors = np.concatenate([batch.vectors for batch in batches])
    batches.clear()
    joined = Batch(items, vectors, words, owners)
    del words, owners, vectors
    if np.any(items[1:] <= items[:-1]):
        joined = joined.take(np.argsort(items, kind="stable"))
    return assemble(joined, terms, experts)


def assemble(batch: Batch, terms: Names, experts: Names) -> Segment:
    """A segment of a batch whose items ascend."""
    return Segment(
        items=batch.items,
        dense=DenseRows(batch.vectors),
        words=batch.words,
        words_by_term=columns_of(batch.words, len(terms)),
        experts=batch.experts,
        items_by_expert=columns_of(batch.experts, len(experts)),
        lengths=_row_sums(batch.words),
    )


def _word_rows(entries: Sequence[IndexEntry], terms: Names) -> Rows:
    keys = [number for entry in entries for number in terms.add(entry.term_frequencies)]
    plain = np.array([value for entry in entries for value in entry.term_frequencies.values()], np.float64)
    units = np.clip(np.rint(plain * FREQUENCY_UNIT), 1, _LARGEST).astype(np.uint16)
    return Rows(_starts([len(entry.term_frequencies) for entry in entries]), np.array(keys, np.int32), units)


def _expert_rows(entries: Sequence[IndexEntry], experts: Names) -> Rows:
    keys = np.array([number for entry in entries for number in experts.add(entry.owners)], np.int32)
    return Rows(_starts([len(entry.owners) for entry in entries]), keys, np.ones(len(keys), np.uint16))


def _starts(lengths: Sequence[int]) -> Longs:
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(np.array(lengths, np.int64))])


def _row_sums(rows: Rows) -> NDArray[np.int64]:
    sums = np.zeros(len(rows), np.int64)
    filled = np.flatnonzero(rows.lengths)
    if len(filled):
        sums[filled] = np.add.reduceat(rows.values, rows.starts[filled], dtype=np.int64)
    return sums
