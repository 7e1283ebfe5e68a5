"""An integer program as plain data: bounded variables, linear rows, objectives one after the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

Term: TypeAlias = tuple[int, int]
"""A coefficient and the number of a variable."""


@dataclass(frozen=True, slots=True)
class Row:
    """`low` <= sum of the terms <= `high`; None: no bound on that side."""

    terms: tuple[Term, ...]
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Program:
    """`bounds` of each variable; `objectives` are maximised in order, each without giving up an earlier one.

    `hint` is a known good answer to begin with, one value a variable, or ().
    """

    bounds: tuple[tuple[int, int], ...]
    rows: tuple[Row, ...]
    objectives: tuple[tuple[Term, ...], ...]
    hint: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """`work` is deterministic (about seconds of one idle core), so that a busy machine changes no answer."""

    work: float = 20.0
    seconds: float = 120.0


@dataclass(frozen=True, slots=True)
class Solved:
    """`values` by variable; `objective` and `bound` of the last objective; `proven`: every objective is optimal."""

    values: tuple[int, ...]
    objective: int
    bound: int
    proven: bool

    @property
    def gap(self) -> float:
        """How far the answer may be from the best, as a share of the objective."""
        return max(0, self.bound - self.objective) / max(1, abs(self.objective))


@dataclass(slots=True)
class Draft:
    """A program in the making."""

    bounds: list[tuple[int, int]] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    def variable(self, low: int = 0, high: int = 1) -> int:
        self.bounds.append((low, high))
        return len(self.bounds) - 1

    def require(self, terms: Iterable[Term], low: int | None = None, high: int | None = None) -> None:
        self.rows.append(Row(tuple(terms), low, high))

    def beyond_first(self, members: Iterable[int]) -> int | None:
        """A variable that is at least the sum of `members` less one; None where it cannot exceed nought."""
        terms = [(1, member) for member in members]
        if len(terms) < 2:
            return None
        extra = self.variable(0, len(terms) - 1)
        self.require([*terms, (-1, extra)], high=1)
        return extra

    def finish(self, *objectives: Iterable[Term], hint: tuple[int, ...] = ()) -> Program:
        return Program(tuple(self.bounds), tuple(self.rows), tuple(tuple(terms) for terms in objectives), hint)
