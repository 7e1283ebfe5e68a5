"""An integer program as plain data: bounded variables, linear rows, objectives one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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

    def allows(self, total: int) -> bool:
        return (self.low is None or total >= self.low) and (self.high is None or total <= self.high)


@dataclass(frozen=True, slots=True)
class Program:
    """`bounds` of each variable; `objectives` are maximised in order, each without giving up an earlier one.

    `hint` is a known good answer to begin with, one value a variable, or ().
    """

    bounds: tuple[tuple[int, int], ...]
    rows: tuple[Row, ...]
    objectives: tuple[tuple[Term, ...], ...]
    hint: tuple[int, ...] = ()

    @property
    def hint_holds(self) -> bool:
        """Whether the hint is an answer: a value for every variable, within its bounds and every row."""
        whole = len(self.hint) == len(self.bounds)
        return (
            whole
            and all(low <= value <= high for value, (low, high) in zip(self.hint, self.bounds, strict=True))
            and all(row.allows(worth(row.terms, self.hint)) for row in self.rows)
        )

    def ceiling(self, terms: Iterable[Term]) -> int:
        """What no answer can exceed, the rows left aside."""
        return sum(max(coefficient * bound for bound in self.bounds[number]) for coefficient, number in terms)


@dataclass(frozen=True, slots=True)
class Limits:
    """`work` is deterministic (about seconds of one idle core), so that a busy machine changes no answer.

    `seconds` by the clock are a safety net far beyond that work; an answer cut short by them says so.
    """

    work: float = 20.0
    seconds: float = 600.0


@dataclass(frozen=True, slots=True)
class Solved:
    """`values` by variable; `objective` and `bound` of the last objective; `proven`: every objective is optimal.

    `by_clock`: the clock ended the search before its work was done; another day's answer may differ.
    """

    values: tuple[int, ...]
    objective: int
    bound: int
    proven: bool
    by_clock: bool = False

    @property
    def gap(self) -> float:
        """How far the answer may be from the best, as a share of the objective."""
        return max(0, self.bound - self.objective) / max(1, abs(self.objective))


def worth(terms: Iterable[Term], values: Sequence[int]) -> int:
    return sum(coefficient * values[number] for coefficient, number in terms)


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

    def completed(self, chosen: Iterable[int]) -> tuple[int, ...]:
        """An answer in which the chosen variables are 1.

        What follows from them (a gap, what is beyond the first) stands last in the row that defines it and takes the
        least value that the row allows.
        """
        values = [low for low, _ in self.bounds]
        for number in chosen:
            values[number] = 1
        for row in filter(lambda row: row.terms, self.rows):
            (coefficient, last), total = row.terms[-1], worth(row.terms, values)
            if row.low is not None and coefficient > 0:
                values[last] += max(0, -((total - row.low) // coefficient))
            elif row.high is not None and coefficient < 0:
                values[last] += max(0, -((row.high - total) // -coefficient))
        return tuple(values)

    def finish(self, *objectives: Iterable[Term], hint: tuple[int, ...] = ()) -> Program:
        return Program(tuple(self.bounds), tuple(self.rows), tuple(tuple(terms) for terms in objectives), hint)
