"""Plans as pages and API ask for them: who may see, steer, sign and export them, each act audited."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from matcher.domain.account import Account
from matcher.domain.audit import AuditAction
from matcher.domain.demand import Demand
from matcher.domain.plan import PlanHead, PlanKind, PlanRecord, PlanState
from matcher.plan.errors import KindsDiffer
from matcher.plan.problem import Steering
from matcher.plan.steering import parse_choice
from matcher.store.errors import PlanUnknown
from matcher.wiring import Application
from matcher.workflows.plan_archive import Act, StationArchive
from matcher.workflows.plan_documents import StationRequest, station_title
from matcher.workflows.plan_report import PlanReport
from matcher.workflows.plan_visits import VisitRequest
from matcher.workflows.run_signing import OfficeHasSigned, OfficeMissing, SamePersonSigns
from matcher.workflows.visit_archive import VisitArchive
from matcher.workflows.visit_report import VisitReport
from service.audit.origin import Clock
from service.plans.comparison import SideBySide, in_words, side_by_side, station_sides, visit_sides
from service.plans.errors import PlanNeedsProvince, PlanSignerMissing, RegionOutside
from service.plans.figures import Figure, figures, station_amounts, station_terms, terms, visit_amounts, visit_terms
from service.plans.solving import asked
from service.plans.wishes import PlanWish
from service.security.actor import Actor


@dataclass(frozen=True, slots=True)
class ShownPlan:
    """One of `stations` and `visits` is there. `outside`: how many rows lie outside the places of whoever looks.

    `obstacles`: what stands against a signature, of the whole plan.
    """

    record: PlanRecord
    newest: int
    request: StationRequest | VisitRequest
    stations: PlanReport | None
    visits: VisitReport | None
    obstacles: tuple[str, ...]
    outside: int

    @property
    def steering(self) -> Steering:
        return self.request.steering


@dataclass(frozen=True, slots=True)
class Compared:
    """What lies in the places of whoever looks. `figures` count what is arranged, `terms` say what was asked for."""

    first: ShownPlan
    second: ShownPlan
    figures: tuple[Figure, ...]
    terms: tuple[Figure, ...]
    rows: tuple[SideBySide, ...]

    @property
    def names(self) -> tuple[str, str]:
        """Of one plan the versions alone."""
        one, other = self.first.record, self.second.record
        if one.id == other.id:
            return f"第 {one.version} 版", f"第 {other.version} 版"
        return f"{one.id} 第 {one.version} 版", f"{other.id} 第 {other.version} 版"

    @property
    def words(self) -> tuple[str, ...]:
        return in_words(self.rows, *(f"“{name}”" for name in self.names))


class PlanDesk:
    """`two_signatures`: whether plans need the signatures of both offices."""

    def __init__(self, application: Application, clock: Clock, *, two_signatures: bool) -> None:
        self._application, self._store, self._clock = application, application.store, clock
        self._two_signatures = two_signatures

    def title(self, wish: PlanWish, actor: Actor) -> str:
        """The title of the job that fulfils the wish, once it is seen to make sense and to be this person's to ask.

        Raises PlanNeedsProvince, RegionOutside, PlanUnknown, and what `asked` raises.
        """
        if wish.plan:
            self._require_seen(self._store.plans.get(wish.plan), actor)
        request = asked(self._application, wish)
        _require_places(request, actor)
        if wish.plan:
            return f"{'试算' if wish.what_if else '调整'}计划 {wish.plan}"
        if isinstance(request, VisitRequest):
            return f"制定走访计划：{request.start} 起 {request.days} 天"
        return f"制定建站计划：{request.year} 年"

    def doubts(self, wish: PlanWish, actor: Actor) -> tuple[str, ...]:
        """Whom the wish fixes anew although he or she hardly suits; in sentences. Raises as `title` does.

        Nothing is said of demands that lie elsewhere.
        """
        before: StationRequest | VisitRequest | None = None
        if wish.plan:
            self._require_seen(self._store.plans.get(wish.plan), actor)
            before = asked(self._application, PlanWish(plan=wish.plan))
        request = asked(self._application, wish)
        _require_places(request, actor)
        new = request.steering.fixed
        seen = _seen(self._store.demands.get_many(choice.demand_id for choice in new), actor)
        near = [choice for choice in new if seen(choice.demand_id)]
        return self._application.choice_doubts.new(near, before.steering.fixed if before else ())

    def newest(self, actor: Actor) -> list[PlanHead]:
        """The newest version of each, newest plan first; itineraries are not for portals."""
        return self._store.plans.newest(None if actor.is_staff else PlanKind.STATIONS)

    def stations_of(self, year: int) -> list[PlanHead]:
        """As `newest`, those for the year."""
        return [one for one in self._store.plans.newest(PlanKind.STATIONS) if one.title == station_title(year)]

    def versions(self, id: str, actor: Actor) -> list[PlanHead]:
        """Oldest first. Raises PlanUnknown."""
        self._require_seen(self._store.plans.get(id), actor)
        return self._store.plans.versions(id)

    def kind(self, id: str, version: int | None, actor: Actor) -> PlanKind:
        """Raises PlanUnknown."""
        record = self._store.plans.get(id, version)
        self._require_seen(record, actor)
        return record.kind

    def get(self, id: str, version: int | None, actor: Actor) -> ShownPlan:
        """As decided, with what stands against it today; sights of itineraries are audited. Raises PlanUnknown."""
        record = self._store.plans.get(id, version)
        self._require_seen(record, actor)
        newest = record.version if version is None else self._store.plans.get(id).version
        if record.kind is PlanKind.VISITS:
            self._store.audit.append(
                actor.origin.entry(self._clock(), AuditAction.VIEW_ITINERARY, f"计划:{record.name}")
            )
            return self._visits(record, newest, actor)
        return self._stations(record, newest, actor)

    def compare(self, first: tuple[str, int | None], second: tuple[str, int | None], actor: Actor) -> Compared:
        """Raises PlanUnknown, KindsDiffer."""
        if self.kind(*first, actor) is not self.kind(*second, actor):  # before an itinerary is seen
            raise KindsDiffer
        one, other = self.get(*first, actor), self.get(*second, actor)
        regions = self._application.reference.regions
        if one.visits and other.visits:
            counted = figures(visit_amounts(one.visits, regions), visit_amounts(other.visits, regions))
            rows = side_by_side(visit_sides(one.visits), visit_sides(other.visits))
        else:
            assert one.stations
            assert other.stations
            counted = figures(station_amounts(one.stations, regions), station_amounts(other.stations, regions))
            rows = side_by_side(station_sides(one.stations), station_sides(other.stations))
        return Compared(one, other, counted, terms(self._terms(one), self._terms(other)), rows)

    def confirm(self, id: str, choices: Sequence[str], actor: Actor) -> PlanRecord:
        """Pairs that stay when the plan is solved again.

        Raises ChoiceNotPlanned, PlanSettled, PlanNeedsProvince, RegionOutside.
        """
        record = self._store.plans.get(id)
        _require_places(self._request(record), actor)
        return self._archive(record).confirm(id, map(parse_choice, choices), _act(actor))

    def may_change(self, shown: ShownPlan, actor: Actor) -> bool:
        """Whether the plan lies wholly in the places of whoever looks."""
        try:
            _require_places(shown.request, actor)
        except (PlanNeedsProvince, RegionOutside):
            return False
        return True

    def sign(self, id: str, version: int, actor: Actor) -> PlanRecord:
        """Raises PlanNotSignable, PlanSettled, PlanSignerMissing, PlanNeedsProvince, RegionOutside and, where two
        must sign, OfficeMissing, OfficeHasSigned, SamePersonSigns."""
        account, record = self._person(actor), self._store.plans.get(id, version)
        _require_places(self._request(record), actor)
        state, by = self._signature(account, record)
        archive = self._archive(record)
        return archive.sign(id, version, replace(_act(actor), by=by), state)

    def void(self, id: str, version: int, reason: str, actor: Actor) -> PlanRecord:
        """Raises PlanSettled, PlanSignerMissing, PlanNeedsProvince, RegionOutside."""
        self._person(actor)
        record = self._store.plans.get(id, version)
        _require_places(self._request(record), actor)
        return self._archive(record).void(id, version, _act(actor, reason.strip()))

    def exported(self, shown: ShownPlan, name: str, actor: Actor) -> None:
        """Notes that a file of the plan left the house."""
        note = actor.origin.entry(self._clock(), AuditAction.EXPORT_PLAN, f"计划:{shown.record.name}", reason=name)
        self._store.audit.append(note)

    def _stations(self, record: PlanRecord, newest: int, actor: Actor) -> ShownPlan:
        kept = self._application.stations.show(record.id, record.version)
        report, outside = _local_stations(self._application.plan_reporter.of_kept(kept), actor)
        return ShownPlan(record, newest, kept.request, report, None, kept.obstacles, outside)

    def _visits(self, record: PlanRecord, newest: int, actor: Actor) -> ShownPlan:
        kept = self._application.visits.show(record.id, record.version)
        report, outside = _local_visits(self._application.visit_reporter.report(kept), actor)
        return ShownPlan(record, newest, kept.request, None, report, kept.obstacles, outside)

    def _terms(self, shown: ShownPlan) -> dict[str, str]:
        if isinstance(shown.request, VisitRequest):
            return visit_terms(shown.request, self._application.reference.regions)
        return station_terms(shown.request)

    def _archive(self, record: PlanRecord) -> StationArchive | VisitArchive:
        return self._application.visits if record.kind is PlanKind.VISITS else self._application.stations

    def _request(self, record: PlanRecord) -> StationRequest | VisitRequest:
        return asked(self._application, PlanWish(plan=record.id))

    def _require_seen(self, record: PlanRecord, actor: Actor) -> None:
        if record.kind is PlanKind.VISITS and not actor.is_staff:
            raise PlanUnknown(record.id)

    def _person(self, actor: Actor) -> Account:
        found = self._store.accounts.find(actor.origin.actor) if actor.is_staff else None
        if found is None:
            raise PlanSignerMissing
        return found.account

    def _signature(self, account: Account, record: PlanRecord) -> tuple[PlanState, str]:
        """The state after this signature, and all who have signed then."""
        if not self._two_signatures:
            return PlanState.SIGNED, account.name
        if account.office is None:
            raise OfficeMissing
        if record.state is not PlanState.AWAITING:
            return PlanState.AWAITING, account.name
        if record.state_by == account.name:
            raise SamePersonSigns
        first = self._store.accounts.find(record.state_by)
        if first is not None and first.account.office is account.office:
            raise OfficeHasSigned(account.office)
        return PlanState.SIGNED, f"{record.state_by}、{account.name}"


def _act(actor: Actor, reason: str = "") -> Act:
    return Act(actor.origin.actor, lambda at, action, subject: actor.origin.entry(at, action, subject, reason=reason))


def _require_places(request: StationRequest | VisitRequest, actor: Actor) -> None:
    """Raises PlanNeedsProvince, RegionOutside."""
    if not actor.scope.regions:
        return
    if isinstance(request, StationRequest):
        raise PlanNeedsProvince
    if not all(actor.scope.covers(code) for code in request.regions):
        raise RegionOutside


def _seen(demands: Mapping[str, Demand], actor: Actor) -> Callable[[str], bool]:
    """Whether a demand lies in the places of whoever looks; one that is gone is shown to the whole province only."""
    scope = actor.scope

    def covers(demand_id: str) -> bool:
        firm = demands[demand_id].enterprise if demand_id in demands else None
        return not scope.regions or (firm is not None and scope.covers(firm.region_code, firm.jurisdiction))

    return covers


def _local_stations(report: PlanReport, actor: Actor) -> tuple[PlanReport, int]:
    seen, plan = _seen(report.demands, actor), report.plan
    local = replace(
        plan,
        stations=tuple(one for one in plan.stations if seen(one.demand_id)),
        unchosen=tuple(one for one in plan.unchosen if seen(one.demand_id)),
    )
    shown = replace(
        report,
        plan=local,
        stations=tuple(view for view in report.stations if seen(view.station.demand_id)),
        against=tuple(one for one in report.against if not one.demand_id or seen(one.demand_id)),
        changed=tuple(one for one in report.changed if seen(one.demand_id)),
    )
    return shown, len(plan.stations) + len(plan.unchosen) - len(local.stations) - len(local.unchosen)


def _local_visits(report: VisitReport, actor: Actor) -> tuple[VisitReport, int]:
    seen, plan = _seen(report.demands, actor), report.kept.plan
    local = replace(
        plan,
        stops=tuple(one for one in plan.stops if seen(one.demand_id)),
        unvisited=tuple(one for one in plan.unvisited if seen(one.demand_id)),
    )
    against = tuple(one for one in report.kept.against if not one.demand_id or seen(one.demand_id))
    outside = len(plan.stops) + len(plan.unvisited) - len(local.stops) - len(local.unvisited)
    return replace(report, kept=replace(report.kept, plan=local, against=against)), outside
