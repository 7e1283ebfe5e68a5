"""Attributes made when first asked for and kept: `functools.cached_property` for objects that threads share."""

from __future__ import annotations

from collections.abc import Callable
from threading import RLock
from typing import Generic, TypeVar

Owner = TypeVar("Owner")
Value = TypeVar("Value")


class made_once(Generic[Owner, Value]):
    """Threads that ask at the same time get the same object: one makes it, the others wait."""

    def __init__(self, make: Callable[[Owner], Value]) -> None:
        self._make = make
        self._guard = RLock()
        self.__doc__ = make.__doc__

    def __set_name__(self, owner: type[Owner], name: str) -> None:
        self._name = name

    def __get__(self, owner: Owner, kind: type[Owner]) -> Value:
        """Asked only until it is made: then the instance's own attribute stands before this one."""
        with self._guard:
            made = vars(owner)
            if self._name not in made:
                made[self._name] = self._make(owner)
            value: Value = made[self._name]
            return value
