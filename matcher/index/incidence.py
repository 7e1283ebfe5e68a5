"""Which keys stand in which rows, compressed and readable both ways: terms of items, experts of items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Counts = NDArray[np.uint16]


@dataclass(frozen=True, slots=True)
class Rows:
    """Row r holds `keys[starts[r]:starts[r + 1]]` with `values` beside them."""

    starts: Longs
    keys: Ints
    values: Counts

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def lengths(self) -> Longs:
        return np.diff(self.starts)

    def take(self, rows: Longs) -> Rows:
        """These rows alone, in this order."""
        places = self.places(rows)
        return Rows(starts_of(self.starts[rows + 1] - self.starts[rows]), self.keys[places], self.values[places])

    def places(self, rows: Longs) -> Longs:
        """Where the keys of these rows stand, row after row."""
        lengths = self.starts[rows + 1] - self.starts[rows]
        starts = starts_of(lengths)
        return np.arange(starts[-1]) + np.repeat(self.starts[rows] - starts[:-1], lengths)


@dataclass(frozen=True, slots=True)
class Columns:
    """Key `keys[i]` (ascending) stands in `rows[starts[i]:starts[i + 1]]` (ascending) with `values` beside them."""

    keys: Ints
    starts: Longs
    rows: Ints
    values: Counts

    def spans(self, keys: Ints) -> tuple[Longs, Longs]:
        """First and end place of each key's rows; an absent key has an empty span."""
        if not len(self.keys):
            return np.zeros(len(keys), np.int64), np.zeros(len(keys), np.int64)
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        present = self.keys[at] == keys
        return np.where(present, self.starts[at], 0), np.where(present, self.starts[at + 1], 0)


def starts_of(lengths: Sequence[int] | Longs) -> Longs:
    """Where rows of these lengths start, and the end of the last."""
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(np.asarray(lengths, np.int64))])


def columns_of(rows: Rows, key_count: int) -> Columns:
    """The same read by key, in linear time."""
    shape = (len(rows), max(key_count, 1))
    table = csr_array((rows.values, rows.keys, rows.starts.astype(np.int32)), shape=shape).tocsc()
    present = np.flatnonzero(np.diff(table.indptr))
    starts = np.append(table.indptr[present], table.indptr[-1]).astype(np.int64)
    return Columns(present.astype(np.int32), starts, table.indices, table.data)
