"""What every planner stands on: the records, the ranking, the rules, the regions, the solver."""

from __future__ import annotations

import math
from dataclasses import dataclass

from matcher.plan.solver import Solve
from matcher.reference.regions import Regions
from matcher.store.store import Store
from matcher.workflows.directory import ExpertDirectory
from matcher.workflows.match import Matchmaker, RuleSetting


@dataclass(frozen=True, slots=True)
class PlanGround:
    """One for planners of stations and of visits, so that both look at the same records by the same rules."""

    store: Store
    directory: ExpertDirectory
    matchmaker: Matchmaker
    rules: RuleSetting
    regions: Regions
    solve: Solve

    @property
    def least_fit(self) -> int:
        """In thousandths of probability: whoever fits less is proposed by nobody but a person."""
        return math.ceil(1000 * self.matchmaker.abstain_below)
