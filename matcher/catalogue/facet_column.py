"""One facet of all records: which values each bears, and how many bear each.

Records that bear the same set of values share a code for the set, so that one integer a record is enough whether a
facet holds one value or several; choosing and counting work on the sets, of which there are few.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from matcher.catalogue.query import UNSTATED

Mask = NDArray[np.bool_]


class ValueSets:
    """Every set of values met so far; it only grows, so that older columns stay readable."""

    def __init__(self) -> None:
        self.values: list[str] = []
        self._value_codes: dict[str, int] = {}
        self._sets: list[tuple[int, ...]] = []
        self._set_codes: dict[tuple[str, ...], int] = {}
        self._flat: tuple[int, NDArray[np.int64], NDArray[np.int64]] = (0, np.empty(0, np.int64), np.empty(0, np.int64))

    def code(self, values: tuple[str, ...]) -> int:
        """The code of a set; of none the one of UNSTATED."""
        key = values or (UNSTATED,)
        known = self._set_codes.get(key)
        if known is not None:
            return known
        self._sets.append(tuple(self._value_code(value) for value in dict.fromkeys(key)))
        self._set_codes[key] = len(self._sets) - 1
        return len(self._sets) - 1

    def __len__(self) -> int:
        return len(self._sets)

    def bearing(self, wanted: Iterable[str]) -> Mask:
        """Which sets hold any of the values."""
        codes = [self._value_codes[value] for value in wanted if value in self._value_codes]
        owners, members = self._members(len(self))
        found = np.zeros(len(self), np.bool_)
        found[owners[np.isin(members, codes)]] = True
        return found

    def counts(self, of_sets: NDArray[np.int64]) -> Mapping[str, int]:
        """Value -> number of records, given the numbers by set; values that nobody bears are absent."""
        owners, members = self._members(len(of_sets))
        found = np.bincount(members, weights=of_sets[owners])
        return {self.values[at]: int(found[at]) for at in np.flatnonzero(found).tolist()}

    def _members(self, sets: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Set and value of every membership in the first `sets` sets."""
        held, owners, members = self._flat
        if held != sets:
            known = self._sets[:sets]
            sizes = np.fromiter(map(len, known), np.int64, sets)
            owners = np.repeat(np.arange(sets), sizes)
            members = np.fromiter(chain.from_iterable(known), np.int64, int(sizes.sum()))
            self._flat = (sets, owners, members)
        return owners, members

    def _value_code(self, value: str) -> int:
        if value not in self._value_codes:
            self.values.append(value)
            self._value_codes[value] = len(self.values) - 1
        return self._value_codes[value]


class FacetColumn:
    """`codes` by place; a column is never changed, `with_changes` gives the next one."""

    def __init__(self, sets: ValueSets, codes: NDArray[np.int32]) -> None:
        self._sets, self._codes = sets, codes

    @classmethod
    def of(cls, values: Iterable[tuple[str, ...]]) -> FacetColumn:
        sets = ValueSets()
        return cls(sets, np.fromiter(map(sets.code, values), np.int32))

    def with_changes(self, size: int, changes: Mapping[int, tuple[str, ...]]) -> FacetColumn:
        """Grown to `size` places, with the values of the changed ones."""
        codes = np.zeros(size, np.int32)
        codes[: len(self._codes)] = self._codes
        for place, values in changes.items():
            codes[place] = self._sets.code(values)
        return FacetColumn(self._sets, codes)

    @property
    def values(self) -> tuple[str, ...]:
        """Every value that a record bears or bore."""
        return tuple(self._sets.values)

    def mask(self, wanted: Iterable[str]) -> Mask:
        """Which records bear any of the values."""
        return self._sets.bearing(wanted)[self._codes]

    def counts(self, mask: Mask) -> Mapping[str, int]:
        """Value -> how many of the masked records bear it."""
        return self._sets.counts(np.bincount(self._codes[mask], minlength=len(self._sets)))
