"""People and firms of a plan in words, whatever the plan is of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from matcher.domain.demand import Demand
from matcher.domain.expert import Expert
from matcher.plan import naming


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

    def enterprise(self, demand_id: str) -> str:
        """The enterprise, else what is asked, and the number; whatever is gone keeps the number."""
        name = self.firm(demand_id) or self.title(demand_id)
        return f"{name}（{demand_id}）" if name else demand_id

    def sentence(self, text: str) -> str:
        """With names where the sentence marks numbers."""
        return naming.named(text, self.person, self.enterprise)


@dataclass(frozen=True, slots=True)
class Named(PlanNames):
    experts: Mapping[str, Expert]
    demands: Mapping[str, Demand]


def names_of(*known: PlanNames) -> Named:
    """Of whoever is named in any."""
    experts, demands = dict[str, Expert](), dict[str, Demand]()
    for one in known:
        experts |= one.experts
        demands |= one.demands
    return Named(experts, demands)
