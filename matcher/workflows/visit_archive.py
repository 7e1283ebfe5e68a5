"""`VisitArchive`: plans of visits kept, shown again, signed, as the archive of stations does it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from matcher.domain.demand import Demand
from matcher.domain.plan import PlanKind, PlanRecord, PlanState
from matcher.plan.problem import Choice, Steering
from matcher.plan.steering import parse_choice
from matcher.plan.validator import Violation
from matcher.plan.visit_problem import VisitProblem
from matcher.plan.visit_result import VisitPlan
from matcher.plan.visit_steering import visits_joined
from matcher.store.store import Store
from matcher.workflows.plan_archive import Act, PlanNotSignable, confirm_among, keep_version, said, settle, telling
from matcher.workflows.plan_documents import digest_of, document_text, heads_of, read_document
from matcher.workflows.plan_sight import PlanSight, PlanSights, sight_of
from matcher.workflows.plan_visits import VisitPlanner, VisitRequest


@dataclass(frozen=True, slots=True)
class VisitDocument:
    """`demands` as in the document of stations."""

    request: VisitRequest
    plan: VisitPlan
    demands: tuple[Demand, ...] | None = None


@dataclass(frozen=True, slots=True)
class KeptVisits:
    """As `KeptPlan`; without `sight`, people and demands are shown as they are today."""

    record: PlanRecord
    request: VisitRequest
    plan: VisitPlan
    against: tuple[Violation, ...] = ()
    sight: PlanSight | None = None

    @property
    def obstacles(self) -> tuple[str, ...]:
        """What stands against a signature."""
        return tuple(map(telling(self.sight), (*map(said, self.against), *self.plan.missed_words)))


class VisitArchive:
    def __init__(
        self, store: Store, planner: VisitPlanner, sights: PlanSights, clock: Callable[[], datetime] | None = None
    ) -> None:
        self._store = store
        self._planner = planner
        self._sights = sights
        self._clock = clock or (lambda: datetime.now(UTC))

    def keep(
        self, request: VisitRequest, problem: VisitProblem, plan: VisitPlan, act: Act, *, id: str = ""
    ) -> KeptVisits:
        """As the next version of `id`, or as a new plan. What was confirmed stays so where it is planned still."""
        now, sight = self._clock(), self._sights.of_visits(plan)
        document = VisitDocument(request, plan, heads_of(sight.demands.values()))
        record = PlanRecord(
            id=id,
            version=0,
            kind=PlanKind.VISITS,
            title=self._planner.title(request),
            digest=digest_of(problem, VisitProblem),
            document=document_text(document, VisitDocument),
            made_at=now,
            made_by=act.by,
        )
        return KeptVisits(keep_version(self._store, record, _pairs(plan), sight, act), request, plan, sight=sight)

    def show(self, id: str, version: int | None = None) -> KeptVisits:
        """Raises PlanUnknown. The plan is checked against the database of today."""
        record = self._store.plans.get(id, version)
        document = read_document(record, VisitDocument)
        void = record.state is PlanState.VOID
        against = () if void else self._planner.still_holds(document.request, document.plan)
        sight = sight_of(self._store, record, document.demands)
        return KeptVisits(record, document.request, document.plan, against, sight)

    def again(self, id: str, changes: Steering) -> VisitRequest:
        """The request of the newest version with what was confirmed fixed, what was planned kept where it can be, and
        the changes."""
        kept = self._store.plans.get(id)
        document = read_document(kept, VisitDocument)
        confirmed = tuple(map(parse_choice, kept.confirmed))
        planned = Steering(fixed=confirmed, kept=_pairs(document.plan))
        base = visits_joined(document.request.steering, planned)
        days = tuple((stop.demand_id, stop.day) for stop in document.plan.stops)
        return replace(document.request, steering=visits_joined(base, changes), kept_days=days)

    def confirm(self, id: str, choices: Iterable[Choice], act: Act) -> PlanRecord:
        """Visits of the newest version that a person agrees to. Raises ChoiceNotPlanned, PlanSettled."""
        record = self._store.plans.get(id)
        planned = _pairs(read_document(record, VisitDocument).plan)
        return confirm_among(self._store, record, planned, choices, act, self._clock())

    def void(self, id: str, version: int | None, act: Act) -> PlanRecord:
        return settle(self._store, self._store.plans.get(id, version), PlanState.VOID, act, self._clock())

    def sign(self, id: str, version: int | None, act: Act, state: PlanState = PlanState.SIGNED) -> PlanRecord:
        """`state`: AWAITING where another signature must follow.

        Raises PlanNotSignable while something stands against it or a fixed choice is missed.
        """
        kept = self.show(id, version)
        if kept.obstacles:
            raise PlanNotSignable(kept.record.name, kept.obstacles)
        return settle(self._store, kept.record, state, act, self._clock())


def _pairs(plan: VisitPlan) -> tuple[Choice, ...]:
    """Who goes to whom, on site or by video."""
    return tuple(Choice(stop.demand_id, who) for stop in plan.stops for who in (*stop.on_site, *stop.remote))
