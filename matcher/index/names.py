"""Numbers for words and for expert ids: a list that only grows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray


class _Numbers(dict[str, int]):
    """Gives an unknown name the next number; the name is listed first, so no reader meets a number without one."""

    def __init__(self, names: list[str]) -> None:
        super().__init__((name, number) for number, name in enumerate(names))
        self._names = names

    def __missing__(self, name: str) -> int:
        number = len(self._names)
        self._names.append(name)
        self[name] = number
        return number


class Names:
    """Names and their numbers 0, 1, 2 ...; one thread adds while others read."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names = list(names)
        self._numbers = _Numbers(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def add(self, names: Iterable[str]) -> list[int]:
        """The numbers of `names`, new ones where they are unknown."""
        return list(map(self._numbers.__getitem__, names))

    def find(self, name: str) -> int | None:
        return self._numbers.get(name)

    def name(self, number: int) -> str:
        return self._names[number]

    def of(self, numbers: NDArray[np.int32]) -> list[str]:
        """The names of `numbers`."""
        names = self._names
        return [names[number] for number in numbers.tolist()]

    def first(self, count: int) -> Sequence[str]:
        """The oldest `count` names in order."""
        return self._names[:count]
