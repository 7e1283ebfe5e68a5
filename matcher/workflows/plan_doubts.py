"""Whom people fix although the ranking finds them unfit: told before anything is solved, by name and number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from matcher.domain.vocabulary import Purpose
from matcher.plan.problem import Choice
from matcher.plan.scoring import unfit
from matcher.workflows.match import MatchRequest, readings
from matcher.workflows.plan_ground import PlanGround
from matcher.workflows.plan_names import Named


class ChoiceDoubts:
    def __init__(self, ground: PlanGround) -> None:
        self._ground = ground

    def new(self, asked: Iterable[Choice], before: Iterable[Choice] = ()) -> tuple[str, ...]:
        """A sentence for each pair that is asked for anew and suits less than anybody who would be proposed.

        Numbers that do not exist are left to the planner.
        """
        known = {(choice.demand_id, choice.expert_id) for choice in before}
        pairs = dict.fromkeys((choice.demand_id, choice.expert_id) for choice in asked)
        return tuple(self._sentences([pair for pair in pairs if all(pair) and pair not in known]))

    def _sentences(self, pairs: list[tuple[str, str]]) -> Iterator[str]:
        if not pairs:
            return
        ground, matchmaker = self._ground, self._ground.matchmaker
        demands = ground.store.demands.get_many(demand_id for demand_id, _ in pairs)
        ground.directory.follow()
        names = Named(ground.directory.experts(expert_id for _, expert_id in pairs), demands)
        for demand_id, expert_id in pairs:
            demand = demands.get(demand_id)
            found = [
                matchmaker.single(reading, expert_id, MatchRequest(Purpose.ENTERPRISE_VISIT), demand)
                for reading in (readings(demand) if demand else ())
            ]
            scores = [checked.ranked.score for checked in found if checked]
            if scores and matchmaker.abstains_at(max(scores)):
                said = unfit(round(1000 * max(scores)), ground.least_fit)
                yield f"{names.person(expert_id)}到{names.enterprise(demand_id)}：{said}"
