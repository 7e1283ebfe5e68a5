"""The records in the order of one value, kept sorted while records come, change and go.

Whoever says nothing stands last in both directions; equals stand in order of their ids.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.catalogue.query import SortValue

Places = NDArray[np.int32]
Key = tuple[str | int, str]


class SortColumn:
    """`known` and `unknown` are places in ascending order; `values` and ids go by place."""

    def __init__(self, values: Sequence[SortValue], ids: Sequence[str], known: Places, unknown: Places) -> None:
        self.values, self._ids = values, ids
        self._known, self._unknown = known, unknown

    @classmethod
    def of(cls, values: Sequence[SortValue], ids: Sequence[str], places: Iterable[int]) -> SortColumn:
        empty = np.empty(0, np.int32)
        column, everyone = cls(values, ids, empty, empty), list(places)
        known = sorted((at for at in everyone if values[at] is not None), key=column._key)
        unknown = sorted((at for at in everyone if values[at] is None), key=column._id)
        return cls(values, ids, np.array(known, np.int32), np.array(unknown, np.int32))

    @property
    def kind(self) -> type[str] | type[int]:
        """What the values are; text where there are none."""
        return type(self.values[int(self._known[0])]) if len(self._known) else str  # type: ignore[return-value]

    def with_changes(
        self, values: Sequence[SortValue], ids: Sequence[str], gone: Iterable[int], placed: Iterable[int]
    ) -> SortColumn:
        """Without the places of `gone`, then with those of `placed` where their new values belong."""
        leaving, coming = list(gone), list(placed)
        column = SortColumn(values, ids, _without(self._known, leaving), _without(self._unknown, leaving))
        known = [at for at in coming if values[at] is not None]
        unknown = [at for at in coming if values[at] is None]
        return SortColumn(
            values, ids, _with(column._known, known, column._key), _with(column._unknown, unknown, column._id)
        )

    def after(self, descending: bool, value: SortValue, id: str) -> Places:
        """The places that follow the position, in the direction given."""
        if value is None:
            return self._unknown[bisect_right(self._unknown, id, key=self._id) :]
        if descending:
            rest = self._known[: bisect_left(self._known, (value, id), key=self._key)][::-1]
        else:
            rest = self._known[bisect_right(self._known, (value, id), key=self._key) :]
        return np.concatenate([rest, self._unknown])

    def all(self, descending: bool) -> Places:
        return np.concatenate([self._known[::-1] if descending else self._known, self._unknown])

    def _key(self, place: int) -> Key:
        value = self.values[place]
        assert value is not None
        return value, self._ids[place]

    def _id(self, place: int) -> str:
        return self._ids[place]


def _without(places: Places, gone: Sequence[int]) -> Places:
    return places[~np.isin(places, gone)] if gone else places


def _with(places: Places, new: list[int], key: Callable[[int], Key] | Callable[[int], str]) -> Places:
    ordered = sorted(new, key=key)
    at = [bisect_left(places, key(place), key=key) for place in ordered]
    return np.insert(places, at, ordered)
