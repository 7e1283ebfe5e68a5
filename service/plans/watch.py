"""What there is to do about plans, where a demand is planned, whom a plan names: for home and records' pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from matcher.domain.account import Account
from matcher.domain.demand import Demand
from matcher.domain.expert import Expert
from matcher.domain.plan import PlanHead, PlanRecord, PlanState
from matcher.store.store import Store
from matcher.workflows.standing_plans import Planned, PlanRole, StandingPlans
from service.security.actor import Actor


@dataclass(frozen=True, slots=True)
class PlannedDemand:
    """`chief` None where the person is gone, or nobody is planned."""

    planned: Planned
    chief: Expert | None


@dataclass(frozen=True, slots=True)
class PlannedExpert:
    """What a plan gives somebody to do, as far as the places of whoever looks go: roles, and for which enterprises."""

    record: PlanRecord
    roles: tuple[PlanRole, ...]
    demands: tuple[Demand, ...]


class PlanWatch:
    """`two_signatures`: whether plans need both offices. What is said here names no day of an itinerary."""

    def __init__(self, plans: StandingPlans, store: Store, *, two_signatures: bool) -> None:
        self._plans, self._store, self._two_signatures = plans, store, two_signatures

    def unsigned(self, account: Account, actor: Actor) -> list[PlanHead]:
        """Plans that wait for a signature which this account may give; plans are the whole province's."""
        if actor.scope.regions:
            return []
        return [record for record in self._plans.all() if self._waits_for(record, account)]

    def weakened(self, actor: Actor) -> list[PlanRecord]:
        """Plans that name somebody who may not go any more."""
        if actor.scope.regions:
            return []
        return self._plans.weakened()

    def of_demand(self, demand_id: str) -> list[PlannedDemand]:
        """Newest plan first; whoever asks has been shown the demand."""
        return list(self._with_chief(self._plans.of_demand(demand_id)))

    def of_expert(self, expert_id: str, actor: Actor) -> list[PlannedExpert]:
        """Newest plan first; whoever asks has been shown the person."""
        parts = self._plans.of_expert(self._store.experts.numbers(expert_id))
        known = self._store.demands.get_many(part.demand_id for part in parts)
        firms = {id: demand.enterprise for id, demand in known.items()}
        inside = {id for id, firm in firms.items() if actor.scope.covers(firm.region_code, firm.jurisdiction)}
        near = [part for part in parts if part.demand_id in inside]
        return [
            PlannedExpert(
                own[0].record,
                tuple(dict.fromkeys(part.role for part in own)),
                tuple(known[id] for id in dict.fromkeys(part.demand_id for part in own)),
            )
            for own in (list(found) for _, found in groupby(near, key=lambda part: part.record.name))
        ]

    def _with_chief(self, found: list[Planned]) -> Iterator[PlannedDemand]:
        known = self._store.experts.get_many([one.station.expert_id for one in found if one.station])
        for one in found:
            yield PlannedDemand(one, known.get(one.station.expert_id) if one.station else None)

    def _waits_for(self, record: PlanHead, account: Account) -> bool:
        if record.state is PlanState.DRAFT:
            return not self._two_signatures or account.office is not None
        if record.state is not PlanState.AWAITING or account.office is None:
            return False
        first = self._store.accounts.find(record.state_by)
        return first is None or first.account.office is not account.office
