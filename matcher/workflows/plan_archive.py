"""`StationArchive`: plans of stations kept, shown again, steered, confirmed; nothing counts before a signature."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from matcher.domain.audit import AuditAction, AuditEntry
from matcher.domain.plan import PlanKind, PlanRecord, PlanState
from matcher.errors import UsageError
from matcher.plan import naming
from matcher.plan.comparison import Comparison, compare
from matcher.plan.problem import Choice, StationProblem, Steering
from matcher.plan.result import StationPlan
from matcher.plan.steering import joined, parse_choice
from matcher.plan.validator import Violation
from matcher.store.store import Store
from matcher.workflows.plan_documents import (
    StationDocument,
    StationRequest,
    digest_of_stations,
    document_text,
    heads_of,
    read_station_document,
    station_title,
)
from matcher.workflows.plan_sight import PlanSight, PlanSights, said_of, sight_of
from matcher.workflows.plan_stations import StationPlanner


class PlanNotSignable(UsageError):
    def __init__(self, name: str, reasons: Iterable[str]) -> None:
        super().__init__(f"计划 {name} 现在不能签发：{'；'.join(reasons)}。请调整后重新安排，再签新的版本。")


class ChoiceNotPlanned(UsageError):
    def __init__(self, name: str, choice: Choice) -> None:
        super().__init__(f"计划 {name} 中没有 {choice}，不能确认。请按该计划中的需求编号和专家编号填写。")


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """A plan as it is shown: what was decided then, and what stands against it today.

    `sight`: the people, demands and reasons as they were then; None in versions of former days.
    """

    record: PlanRecord
    request: StationRequest
    plan: StationPlan
    against: tuple[Violation, ...] = ()
    sight: PlanSight | None = None

    @property
    def obstacles(self) -> tuple[str, ...]:
        """What stands against a signature."""
        found = (*map(said, self.against), *(one.message for one in self.plan.open_shortfalls))
        return tuple(map(telling(self.sight), found))


@dataclass(frozen=True, slots=True)
class Act:
    """Who acts, for the audit log: gives the entry of an act on a plan."""

    by: str
    entry: Callable[[datetime, AuditAction, str], AuditEntry]


class StationArchive:
    def __init__(
        self, store: Store, planner: StationPlanner, sights: PlanSights, clock: Callable[[], datetime] | None = None
    ) -> None:
        self._store = store
        self._planner = planner
        self._sights = sights
        self._clock = clock or (lambda: datetime.now(UTC))

    def keep(
        self, request: StationRequest, problem: StationProblem, plan: StationPlan, act: Act, *, id: str = ""
    ) -> KeptPlan:
        """As the next version of `id`, or as a new plan. What was confirmed stays so where it is planned still."""
        now, sight = self._clock(), self._sights.of_stations(plan)
        document = StationDocument(request, plan, heads_of(sight.demands.values()))
        record = PlanRecord(
            id=id,
            version=0,
            kind=PlanKind.STATIONS,
            title=station_title(request.year),
            digest=digest_of_stations(problem),
            document=document_text(document, StationDocument),
            made_at=now,
            made_by=act.by,
        )
        kept = keep_version(self._store, record, (Choice(s.demand_id, s.expert_id) for s in plan.stations), sight, act)
        return KeptPlan(kept, request, plan, sight=sight)

    def show(self, id: str, version: int | None = None) -> KeptPlan:
        """Raises PlanUnknown. The plan is checked against the database of today."""
        record = self._store.plans.get(id, version)
        document = read_station_document(record)
        against = () if record.state is PlanState.VOID else self._planner.still_holds(document)
        sight = sight_of(self._store, record, document.demands)
        return KeptPlan(record, document.request, document.plan, against, sight)

    def again(self, id: str, changes: Steering) -> StationRequest:
        """The request of the newest version with what was confirmed fixed, what was planned kept, and the changes."""
        kept = self._store.plans.get(id)
        document = read_station_document(kept)
        confirmed = tuple(map(parse_choice, kept.confirmed))
        pairs = tuple(Choice(s.demand_id, s.expert_id, s.kind) for s in document.plan.stations)
        base = joined(document.request.steering, Steering(fixed=confirmed, kept=pairs))
        return replace(document.request, steering=joined(base, changes))

    def compare(self, first: tuple[str, int | None], second: tuple[str, int | None]) -> Comparison:
        before, after = (read_station_document(self._store.plans.get(*name)) for name in (first, second))
        return compare(before.plan, after.plan)

    def confirm(self, id: str, choices: Iterable[Choice], act: Act) -> PlanRecord:
        """Pairs of the newest version that a person agrees to. Raises ChoiceNotPlanned, PlanSettled."""
        record = self._store.plans.get(id)
        planned = [Choice(s.demand_id, s.expert_id) for s in read_station_document(record).plan.stations]
        return confirm_among(self._store, record, planned, choices, act, self._clock())

    def sign(self, id: str, version: int | None, act: Act, state: PlanState = PlanState.SIGNED) -> PlanRecord:
        """`state`: AWAITING where another signature must follow.

        Raises PlanNotSignable while something stands against it or a target is missed that nobody accepted.
        """
        kept = self.show(id, version)
        if kept.obstacles:
            raise PlanNotSignable(kept.record.name, kept.obstacles)
        return settle(self._store, kept.record, state, act, self._clock())

    def void(self, id: str, version: int | None, act: Act) -> PlanRecord:
        return settle(self._store, self._store.plans.get(id, version), PlanState.VOID, act, self._clock())


def keep_version(store: Store, record: PlanRecord, planned: Iterable[Choice], sight: PlanSight, act: Act) -> PlanRecord:
    """The record with its number and version. What was confirmed of the version before stays so if it is `planned`."""
    before, still = store.plans.get(record.id).confirmed if record.id else (), set(map(str, planned))
    record = replace(record, confirmed=tuple(choice for choice in before if choice in still))
    return store.plans.add(record, said_of(sight), note=act.entry(record.made_at, AuditAction.MAKE_PLAN, "计划"))


def settle(store: Store, record: PlanRecord, state: PlanState, act: Act, now: datetime) -> PlanRecord:
    """Signs a plan (AWAITING: for one of two offices) or makes it void, with its audit entry. Raises PlanSettled."""
    action = AuditAction.VOID_PLAN if state is PlanState.VOID else AuditAction.SIGN_PLAN
    note = replace(
        act.entry(now, action, f"计划:{record.name}"),
        before={"state": record.state.value},
        after={"state": state.value},
    )
    store.plans.set_state(record.id, record.version, state, act.by, now, note=note)
    return replace(record, state=state, state_by=act.by, state_at=now)


def confirm_among(
    store: Store, record: PlanRecord, planned: Sequence[Choice], choices: Iterable[Choice], act: Act, now: datetime
) -> PlanRecord:
    """Adds to what is confirmed those planned pairs that the choices name. Raises ChoiceNotPlanned, PlanSettled."""
    confirmed = list(record.confirmed)
    for choice in choices:
        pairs = [pair for pair in planned if _names(choice, pair.demand_id, pair.expert_id)]
        if not pairs:
            raise ChoiceNotPlanned(record.name, choice)
        confirmed += [str(pair) for pair in pairs if str(pair) not in confirmed]
    note = replace(
        act.entry(now, AuditAction.CONFIRM_PLAN, f"计划:{record.name}"),
        before={"confirmed": list(record.confirmed)},
        after={"confirmed": confirmed},
    )
    store.plans.confirm(record.id, record.version, confirmed, note=note)
    return replace(record, confirmed=tuple(confirmed))


def _names(choice: Choice, demand_id: str, expert_id: str) -> bool:
    return choice.demand_id in ("", demand_id) and choice.expert_id in ("", expert_id)


def telling(sight: PlanSight | None) -> Callable[[str], str]:
    """Puts names into sentences; numbers where a version of former days kept none."""
    return sight.sentence if sight else naming.bare


def said(violation: Violation) -> str:
    marked = ((naming.demand, violation.demand_id), (naming.expert, violation.expert_id))
    where = "、".join(mark(number) for mark, number in marked if number)
    return f"{where}：{violation.message}" if where else violation.message
