"""What else people could let go instead of what the plan misses, every rule kept."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from matcher.plan import naming
from matcher.plan.program import Draft, Program, Solved
from matcher.plan.solver import Solve

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Release:
    """`gone` are let go so that `met` are held, which the plan misses."""

    gone: tuple[str, ...]
    met: tuple[str, ...]
    solved: Solved

    def in_words(self, words: Collection[str]) -> str:
        return f"{'、'.join(words)}，则“{'”“'.join(map(naming.target, self.met))}”可以满足"


def releases(program: Program, marks: Mapping[str, int], missed: Collection[str], solve: Solve) -> Iterator[Release]:
    """Other sets of targets, as many as are missed, that may be missed in their place: those that change the least.

    `marks` say of each target whether it is missed; the first objective of the program has as few as can be.
    """
    draft = Draft(list(program.bounds), list(program.rows))
    found, again = tuple(missed), draft.variable()
    changed, least = [(-1, number) for name, number in marks.items() if name not in missed], 0
    for _ in range(_SHOWN):
        draft.require([*((1, marks[name]) for name in found), (-1, again)], high=len(found) - 1)
        solved = solve(draft.finish([(-1, again)], program.objectives[0], changed))
        found = tuple(name for name, number in marks.items() if solved.values[number])
        gone = tuple(name for name in found if name not in missed)
        least = least or len(gone)
        if solved.values[again] or len(found) > len(missed) or len(gone) > least:
            return
        yield Release(gone, tuple(name for name in missed if name not in found), solved)
