"""Items on their way into a segment: columns side by side, and columns that grow in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from matcher.index.dense import Half, narrow
from matcher.index.incidence import Rows, starts_of
from matcher.index.names import Names
from matcher.index.protocol import IndexEntry, Items

# Term frequencies are kept as whole 64ths: two bytes each, sums exact whatever the order of updates.
FREQUENCY_UNIT = 64
_LARGEST = np.iinfo(np.uint16).max
_GROWTH = 1.25
_Kind = TypeVar("_Kind", bound=np.generic)


@dataclass(frozen=True, slots=True)
class Batch:
    """Row r is item `items[r]` with its vector (half precision), words and experts; no order."""

    items: Items
    vectors: Half
    words: Rows
    experts: Rows


def batch_of(entries: Sequence[IndexEntry], dimensions: int, terms: Names, experts: Names) -> Batch:
    """Entries in columns; unknown terms and experts get numbers."""
    vectors = np.zeros((len(entries), dimensions), np.float32)
    for row, entry in enumerate(entries):
        vectors[row] = entry.vector
    numbers = np.array([entry.number for entry in entries], np.int64)
    return Batch(numbers, narrow(vectors), _word_rows(entries, terms), _expert_rows(entries, experts))


class Column(Generic[_Kind]):
    """An array that grows in place, so that a large index is built in little memory."""

    def __init__(self, empty: NDArray[_Kind]) -> None:
        self._data = empty
        self._used = 0

    def extend(self, more: NDArray[_Kind]) -> None:
        end = self._used + len(more)
        if end > len(self._data):
            self._data.resize((int(end * _GROWTH), *self._data.shape[1:]), refcheck=False)
        self._data[self._used : end] = more
        self._used = end

    def finish(self) -> NDArray[_Kind]:
        """All of it; the column may not be used afterwards."""
        self._data.resize((self._used, *self._data.shape[1:]), refcheck=False)
        return self._data


class RowColumns:
    """`Rows` that grow in place."""

    def __init__(self) -> None:
        self._lengths = Column(np.zeros(0, np.int64))
        self._keys, self._values = Column(np.zeros(0, np.int32)), Column(np.zeros(0, np.uint16))

    def extend(self, rows: Rows) -> None:
        self._lengths.extend(rows.lengths)
        self._keys.extend(rows.keys)
        self._values.extend(rows.values)

    def finish(self) -> Rows:
        return Rows(starts_of(self._lengths.finish()), self._keys.finish(), self._values.finish())


def _word_rows(entries: Sequence[IndexEntry], terms: Names) -> Rows:
    keys = [number for entry in entries for number in terms.add(entry.term_frequencies)]
    plain = np.array([value for entry in entries for value in entry.term_frequencies.values()], np.float64)
    units = np.clip(np.rint(plain * FREQUENCY_UNIT), 1, _LARGEST).astype(np.uint16)
    return Rows(starts_of([len(entry.term_frequencies) for entry in entries]), np.array(keys, np.int32), units)


def _expert_rows(entries: Sequence[IndexEntry], experts: Names) -> Rows:
    keys = np.array([number for entry in entries for number in experts.add(entry.owners)], np.int32)
    return Rows(starts_of([len(entry.owners) for entry in entries]), keys, np.ones(len(keys), np.uint16))
