"""A panel for a topic: a few people who together cover its aspects, and who are not one laboratory.

A panel is worth the sum, over the aspects, of the probability that at least one member can answer it, plus a little for
every discipline it brings. That function is monotone and submodular (Nemhauser, Wolsey & Fisher 1978): what a person
adds never grows with the panel. So the panel's worth plus the largest additions of the people who may still join is an
upper bound, and a branch-and-bound search by it proves the best panel; where it runs out of steps, the bound says how
much may be missing. Pure: same candidates, same panel.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

_EQUAL = 1e-9


@dataclass(frozen=True, slots=True)
class Candidate:
    """`chances` (a,) of answering each aspect; `unit` "" and no `disciplines` where unknown.

    `items` are all works of the person: who shares one with another is of one team.
    """

    expert_id: str
    chances: tuple[float, ...]
    unit: str = ""
    disciplines: frozenset[str] = frozenset()
    items: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class PanelTerms:
    """`per_unit` people of one unit at most; `mix` is what one more discipline is worth, in answered aspects.

    `steps` bounds the search.
    """

    size: int = 5
    per_unit: int = 1
    mix: float = 0.05
    steps: int = 20_000


class LeftOutReason(StrEnum):
    SAME_TEAM = "同团队"
    SAME_UNIT = "同单位"
    COVERED = "要点已有人覆盖"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Why a candidate is not on the panel: `member` stands in the way ("": nobody); `gain` would be added."""

    expert_id: str
    reason: LeftOutReason
    member: str
    gain: float


@dataclass(frozen=True, slots=True)
class Backup:
    """Who can take a member's seat with every rule kept; `loss` of the panel's worth."""

    expert_id: str
    loss: float


@dataclass(frozen=True, slots=True)
class Panel:
    """`members` in the order in which they add most; `bound`: no panel is worth more.

    `covered` (a,): probability that at least one member answers the aspect. `backups` goes by member.
    """

    members: tuple[str, ...]
    covered: tuple[float, ...]
    worth: float
    bound: float
    left_out: tuple[LeftOut, ...]
    backups: dict[str, tuple[Backup, ...]]

    @property
    def proven(self) -> bool:
        return self.bound - self.worth <= _EQUAL


class PanelSelector:
    """Over one list of candidates; ties go to who stands earlier."""

    def __init__(self, candidates: Sequence[Candidate], aspects: int, terms: PanelTerms) -> None:
        self._candidates = tuple(candidates)
        self._terms = terms
        self._chances = np.array([one.chances for one in candidates], float).reshape(len(candidates), aspects)
        fields = sorted(frozenset().union(*(one.disciplines for one in candidates)))
        self._fields = np.array([[field in one.disciplines for field in fields] for one in candidates], float)
        self._fields = self._fields.reshape(len(candidates), len(fields))
        self._teams = np.array([[bool(a.items & b.items) for b in candidates] for a in candidates], bool)
        self._units = np.array([[bool(a.unit) and a.unit == b.unit for b in candidates] for a in candidates], bool)

    def worth(self, members: Sequence[int]) -> float:
        """Of the candidates in these rows."""
        missed = np.prod(1 - self._chances[list(members)], axis=0)
        return float((1 - missed).sum() + self._terms.mix * self._fields[list(members)].any(axis=0).sum())

    def select(self, backups: int = 2) -> Panel:
        """The panel of the greatest worth; `backups` people for each seat."""
        search = _Search(self)
        chosen = self._in_order(search.run())
        covered = 1 - np.prod(1 - self._chances[chosen], axis=0)
        names = [one.expert_id for one in self._candidates]
        return Panel(
            members=tuple(names[row] for row in chosen),
            covered=tuple(covered.tolist()),
            worth=self.worth(chosen),
            bound=max(search.bound, self.worth(chosen)),
            left_out=tuple(self._left_out(row, chosen) for row in range(len(names)) if row not in chosen),
            backups={names[row]: self._backups(row, chosen, backups) for row in chosen},
        )

    def gains(self, members: Sequence[int]) -> Array:
        """(n,) what each candidate would add to these members."""
        rows = list(members)
        missed = np.prod(1 - self._chances[rows], axis=0)
        new = self._fields * (1 - self._fields[rows].max(axis=0, initial=0.0))
        return np.asarray(self._chances @ missed + self._terms.mix * new.sum(axis=1))

    def free(self, members: Sequence[int]) -> NDArray[np.bool_]:
        """(n,) who may join these members."""
        rows = list(members)
        full = self._units[rows].sum(axis=0) >= self._terms.per_unit if rows else np.zeros(len(self._candidates), bool)
        free: NDArray[np.bool_] = ~(self._teams[rows].any(axis=0) | (full & self._units.diagonal()))
        free[rows] = False
        return free

    @property
    def size(self) -> int:
        return min(self._terms.size, len(self._candidates))

    @property
    def steps(self) -> int:
        return self._terms.steps

    def _in_order(self, chosen: Sequence[int]) -> list[int]:
        """As a greedy reader would name them."""
        left, ordered = sorted(chosen), list[int]()
        while left:
            gains = self.gains(ordered)
            ordered.append(max(left, key=lambda row: (gains[row], -row)))
            left.remove(ordered[-1])
        return ordered

    def _left_out(self, row: int, chosen: Sequence[int]) -> LeftOut:
        one, gain = self._candidates[row].expert_id, float(self.gains(chosen)[row])
        for reason, near in ((LeftOutReason.SAME_TEAM, self._teams), (LeftOutReason.SAME_UNIT, self._units)):
            rival = next((member for member in chosen if near[row, member]), None)
            full = reason is LeftOutReason.SAME_TEAM or near[row, list(chosen)].sum() >= self._terms.per_unit
            if rival is not None and full:
                return LeftOut(one, reason, self._candidates[rival].expert_id, gain)
        best = int(self._chances[row].argmax()) if self._chances.shape[1] else 0
        strongest = max(chosen, key=lambda member: self._chances[member, best], default=None)
        name = "" if strongest is None else self._candidates[strongest].expert_id
        return LeftOut(one, LeftOutReason.COVERED, name, gain)

    def _backups(self, member: int, chosen: Sequence[int], count: int) -> tuple[Backup, ...]:
        rest = [row for row in chosen if row != member]
        free, gains, whole = self.free(rest), self.gains(rest), self.worth(chosen)
        able = [row for row in np.flatnonzero(free).tolist() if row != member and gains[row] > _EQUAL]
        best = sorted(able, key=lambda row: (-gains[row], row))[:count]
        return tuple(Backup(self._candidates[row].expert_id, whole - self.worth([*rest, row])) for row in best)


class _Search:
    """Branch and bound, depth first: whoever adds most is tried in, then left out."""

    def __init__(self, selector: PanelSelector) -> None:
        self._selector = selector
        self._steps = 0
        self._best: list[int] = []
        self._value = -1.0
        self.bound = 0.0

    def run(self) -> list[int]:
        self._visit([], np.zeros(len(self._selector.gains([])), bool))
        self.bound = max(self.bound, self._value)
        return self._best

    def _visit(self, members: list[int], excluded: NDArray[np.bool_]) -> None:
        """Depth is at most members plus exclusions on one path: the candidates, some tens."""
        value = self._selector.worth(members)
        if value > self._value + _EQUAL:
            self._best, self._value = members, value
        open_seats = self._selector.size - len(members)
        gains = np.where(self._selector.free(members) & ~excluded, self._selector.gains(members), 0.0)
        reachable = value + float(np.sort(gains)[::-1][:open_seats].sum())
        if open_seats == 0 or reachable <= self._value + _EQUAL:
            return
        if self._steps >= self._selector.steps:
            self.bound = max(self.bound, reachable)
            return
        self._steps += 1
        first = int(np.argmax(gains))
        self._visit([*members, first], excluded)
        without = excluded.copy()
        without[first] = True
        self._visit(members, without)
