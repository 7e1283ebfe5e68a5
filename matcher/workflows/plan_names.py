"""People and firms of a plan in words, whatever the plan is of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from matcher.domain.demand import Demand
from matcher.domain.expert import Expert


class PlanNames:
    """Of whatever has its `experts` and `demands` by number."""

    __slots__ = ()
    experts: Mapping[str, Expert]
    demands: Mapping[str, Demand]

    def person(self, expert_id: str) -> str:
        """Name and number; whoever is gone keeps the number."""
        expert = self.experts.get(expert_id)
        return f"{expert.name}（{expert_id}）" if expert else f"（{expert_id}，已不在库中）"

    def people(self, ids: Iterable[str]) -> str:
        return "、".join(map(self.person, ids))

    def firm(self, demand_id: str) -> str:
        demand = self.demands.get(demand_id)
        return demand.enterprise.name if demand else ""

    def title(self, demand_id: str) -> str:
        demand = self.demands.get(demand_id)
        return demand.title if demand else ""
