"""What the parts of the model of visits share: the problem, the program in the making, its variables."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from matcher.plan.program import Draft, Term
from matcher.plan.relaxable import Relaxable
from matcher.plan.visit_loosened import LoosenedVisits
from matcher.plan.visit_problem import Fit, Traveller, VisitDemand, VisitProblem

REMOTE = -1
At: TypeAlias = tuple[str, int, int]
"""A demand, a team, a day."""
Attending: TypeAlias = tuple[str, str, int]
"""A demand, an expert, the team travelled with; REMOTE for who joins by video."""


@dataclass(slots=True)
class VisitDraft:
    """The model of visits in the making; its variables by what they mean."""

    problem: VisitProblem
    demands: dict[str, VisitDemand]
    people: dict[str, Traveller]
    fits: dict[tuple[str, str, str], Fit]
    loosened: LoosenedVisits | None = None
    draft: Draft = field(default_factory=Draft)
    at: dict[At, int] = field(default_factory=dict)
    attends: dict[Attending, int] = field(default_factory=dict)
    answers: dict[tuple[str, str, str], int] = field(default_factory=dict)
    joins: dict[tuple[str, int, str], int] = field(default_factory=dict)
    goes: dict[tuple[int, str], int] = field(default_factory=dict)
    places: dict[tuple[int, int, str], int] = field(default_factory=dict)
    missed: dict[str, int] = field(default_factory=dict)
    remote_used: list[int] = field(default_factory=list)
    slack: dict[Relaxable, int] = field(default_factory=dict)

    @property
    def teams(self) -> range:
        return range(self.problem.book.teams)

    @property
    def days(self) -> range:
        return range(len(self.problem.days))

    def trip(self, demand_id: str) -> str:
        """Whom one joins, one joins for a place where a team goes to one only, which binds tighter; else for all."""
        return self.demands[demand_id].place if self.problem.book.one_cluster else ""

    def visited(self, demand_id: str) -> list[Term]:
        return [(1, self.at[demand_id, team, day]) for team in self.teams for day in self.days]

    def gives(self, rule: Relaxable, most: int = 1, sign: int = -1) -> list[Term]:
        """The term by which the rule gives way; none in a plan that keeps every rule."""
        if self.loosened is None or most <= 0:
            return []
        if rule not in self.slack:
            self.slack[rule] = self.draft.variable(0, most)
        return [(sign, self.slack[rule])]
