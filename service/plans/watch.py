"""What there is to do about plans, and where a demand is planned: for home, for a demand's page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from matcher.domain.account import Account
from matcher.domain.expert import Expert
from matcher.domain.plan import PlanRecord, PlanState
from matcher.store.store import Store
from matcher.workflows.standing_plans import Planned, StandingPlans
from service.security.actor import Actor


@dataclass(frozen=True, slots=True)
class PlannedDemand:
    """`chief` None where the person is gone, or nobody is planned."""

    planned: Planned
    chief: Expert | None


class PlanWatch:
    """`two_signatures`: whether plans need both offices. What is said here names no day of an itinerary."""

    def __init__(self, plans: StandingPlans, store: Store, *, two_signatures: bool) -> None:
        self._plans, self._store, self._two_signatures = plans, store, two_signatures

    def unsigned(self, account: Account, actor: Actor) -> list[PlanRecord]:
        """Plans that wait for a signature which this account may give; plans are the whole province's."""
        if actor.scope.regions:
            return []
        return [record for record in self._plans.all() if self._waits_for(record, account)]

    def weakened(self, actor: Actor) -> list[PlanRecord]:
        """Plans that name somebody who may not go any more."""
        if actor.scope.regions:
            return []
        return [record for record in self._plans.all() if self._plans.gone(record)]

    def of_demand(self, demand_id: str) -> list[PlannedDemand]:
        """Newest plan first; whoever asks has been shown the demand."""
        return list(self._with_chief(self._plans.of_demand(demand_id)))

    def _with_chief(self, found: list[Planned]) -> Iterator[PlannedDemand]:
        known = self._store.experts.get_many([one.station.expert_id for one in found if one.station])
        for one in found:
            yield PlannedDemand(one, known.get(one.station.expert_id) if one.station else None)

    def _waits_for(self, record: PlanRecord, account: Account) -> bool:
        if record.state is PlanState.DRAFT:
            return not self._two_signatures or account.office is not None
        if record.state is not PlanState.AWAITING or account.office is None:
            return False
        first = self._store.accounts.find(record.state_by)
        return first is None or first.account.office is not account.office
