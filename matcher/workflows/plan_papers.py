"""建站计划 and 走访行程 of a kept plan, as documents hold them. Only what the report shows stands in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from matcher.documents.plan_contents import (
    LeftOut,
    Missed,
    PlannedStation,
    PlannedVisit,
    PlanNumber,
    StationPaper,
    Traveller,
    TravellingTeam,
    VisitPaper,
)
from matcher.domain.demand import DemandContact
from matcher.domain.match import Band, in_percent
from matcher.domain.plan import PlanRecord, PlanState
from matcher.domain.vocabulary import StationKind
from matcher.explain.explanation import band
from matcher.plan.result import Backup, Unchosen
from matcher.plan.validator import Violation
from matcher.plan.visit_result import Stop, Team
from matcher.reference.regions import Regions
from matcher.workflows.plan_report import PlanReport, StationView
from matcher.workflows.run_documents import Letterhead, chinese_day, evidence, minute, place_of
from matcher.workflows.visit_report import VisitReport

_WEEKDAYS = "一二三四五六日"
_SETTLED = {PlanState.AWAITING: "签署，待另一方会签", PlanState.SIGNED: "签发", PlanState.VOID: "作废"}
_REPORTS = PlanReport | VisitReport


@dataclass(frozen=True, slots=True)
class Signing:
    """`names` of whoever settled the plan last, `offices` that have to sign, `outside`: rows that are not shown."""

    names: str
    offices: tuple[str, ...]
    outside: int


def station_paper(report: PlanReport, regions: Regions, head: Letterhead, signing: Signing) -> StationPaper:
    """`report` must be of a kept plan."""
    assert report.record is not None
    kinds = [station.kind for station in report.plan.stations]
    return StationPaper(
        plan=_number(report.record, signing),
        issued=chinese_day(head.day),
        issuer=head.issuer,
        academician_stations=str(kinds.count(StationKind.ACADEMICIAN)),
        expert_stations=str(kinds.count(StationKind.EXPERT)),
        funding=f"{report.plan.funding} 万元",
        stations=tuple(_station(report, regions, place, view) for place, view in enumerate(report.stations, start=1)),
        missed=tuple(Missed(one.in_words, "已接受" if one.accepted else "") for one in report.plan.shortfalls),
        ways_out=report.plan.ways_out,
        against=tuple(_against(report, (*report.against, *report.changed))),
        left_out=tuple(_left_out(report, report.plan.unchosen)),
        outside=str(signing.outside or ""),
        offices=signing.offices,
    )


def visit_paper(
    report: VisitReport, contacts: Mapping[str, DemandContact], head: Letterhead, signing: Signing
) -> VisitPaper:
    """`contacts` of the enterprises by demand, as far as whoever asks may see them."""
    kept = report.kept
    names = [region.name if (region := report.regions.get(code)) else code for code in kept.request.regions]
    shown = {stop.team for stop in kept.plan.stops}
    return VisitPaper(
        plan=_number(kept.record, signing),
        issued=chinese_day(head.day),
        issuer=head.issuer,
        regions="、".join(names),
        span=_span(kept.request.start, kept.request.days),
        visits=tuple(_visit(report, stop, contacts.get(stop.demand_id, DemandContact())) for stop in kept.plan.stops),
        teams=tuple(_team(report, team) for team in kept.plan.teams if team.number in shown),
        people=tuple(_travellers(report)),
        against=tuple(_against(report, kept.against)),
        left_out=tuple(_left_out(report, kept.plan.unvisited)),
        outside=str(signing.outside or ""),
        offices=signing.offices,
    )


def _number(record: PlanRecord, signing: Signing) -> PlanNumber:
    settled = ""
    if record.state_at is not None and record.state in _SETTLED:
        settled = f"{signing.names} 于 {minute(record.state_at)} {_SETTLED[record.state]}"
    made = minute(record.made_at)
    return PlanNumber(record.id, str(record.version), record.title, record.state, made, settled, record.digest)


def _station(report: PlanReport, regions: Regions, place: int, view: StationView) -> PlannedStation:
    station, chief = view.station, report.experts.get(view.station.expert_id)
    return PlannedStation(
        place=str(place),
        demand_id=station.demand_id,
        firm=report.firm(station.demand_id),
        region=place_of(view.demand.enterprise, regions) if view.demand else "",
        title=report.title(station.demand_id),
        kind=station.kind,
        mode=station.mode,
        funding=f"{station.funding} 万元",
        chief=_name(report, station.expert_id),
        chief_unit=chief.organization if chief else "",
        chief_title=chief.title if chief else "",
        probability=in_percent(station.fit / 1000),
        members=_names(report, station.members),
        backups=_backups(report, station.backups),
        reason=view.evidence.summary() if view.evidence and view.evidence.reasons else report.reason(view),
        evidence=tuple(map(evidence, view.evidence.reasons)) if view.evidence else (),
        to_check="；".join([*station.to_check, *station.notes]),
        confirmed="已确认" if view.confirmed else "",
    )


def _visit(report: VisitReport, stop: Stop, contact: DemandContact) -> PlannedVisit:
    demand = report.demands.get(stop.demand_id)
    return PlannedVisit(
        day=_day(stop.day),
        weekday=f"周{_WEEKDAYS[stop.day.weekday()]}",
        team=str(stop.team),
        order=str(stop.order),
        demand_id=stop.demand_id,
        firm=report.firm(stop.demand_id),
        region=place_of(demand.enterprise, report.regions) if demand else "",
        title=report.title(stop.demand_id),
        services="、".join(demand.services) if demand else "",
        leader=_name(report, report.team(stop).leader),
        on_site=_names(report, stop.on_site),
        remote=_names(report, stop.remote),
        backups=_backups(report, stop.backups),
        contact=contact.person,
        phone=contact.phone,
    )


def _team(report: VisitReport, team: Team) -> TravellingTeam:
    route = []
    for code, days in groupby(team.days, key=lambda one: one[1]):
        region = report.regions.get(code)
        first, *more = [day for day, _ in days]
        span = f"{_day(first)}至{_day(more[-1])}" if more else _day(first)
        route.append(f"{span}{region.name if region else code}")
    others = [member for member in team.members if member != team.leader]
    return TravellingTeam(str(team.number), _name(report, team.leader), _names(report, others), "；".join(route))


def _travellers(report: VisitReport) -> Iterator[Traveller]:
    """In the order of their first visit."""
    stops: dict[str, list[str]] = {}
    for stop in report.kept.plan.stops:
        for expert_id in (*stop.on_site, *stop.remote):
            how = "（线上）" if expert_id in stop.remote else ""
            stops.setdefault(expert_id, []).append(f"{_day(stop.day)}　{report.firm(stop.demand_id)}{how}")
    for expert_id, lines in stops.items():
        expert = report.experts.get(expert_id)
        unit, title = (expert.organization, expert.title) if expert else ("", "")
        yield Traveller(_name(report, expert_id), unit, title, tuple(lines))


def _left_out(report: _REPORTS, unchosen: Sequence[Unchosen]) -> Iterator[LeftOut]:
    for one in unchosen:
        who = f"（{_name(report, one.expert_id)}）" if one.expert_id else ""
        yield LeftOut(
            one.demand_id, report.firm(one.demand_id), report.title(one.demand_id), f"{one.why}{who}", one.ask
        )


def _against(report: _REPORTS, violations: Sequence[Violation]) -> Iterator[str]:
    for one in violations:
        firm = report.firm(one.demand_id) or one.demand_id
        who = _name(report, one.expert_id) if one.expert_id else ""
        yield "　".join(filter(None, (firm, who, one.message)))


def _name(report: _REPORTS, expert_id: str) -> str:
    """Without the number, which tells leaders nothing; whoever is gone keeps it."""
    expert = report.experts.get(expert_id)
    return expert.name if expert else report.person(expert_id)


def _names(report: _REPORTS, ids: Sequence[str]) -> str:
    return "、".join(_name(report, id) for id in ids)


def _backups(report: _REPORTS, backups: Sequence[Backup]) -> str:
    """With a word of warning where the fit is weak, and whom one can replace where that is not everybody."""
    told = []
    for one in backups:
        weak = "，相关性弱" if band(one.fit / 1000) is Band.WEAK else ""
        place = f"，可替{_names(report, one.instead_of)}" if one.instead_of else ""
        told.append(f"{_name(report, one.expert_id)}（{in_percent(one.fit / 1000)}{weak}{place}）")
    return "、".join(told)


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _span(start: date, days: int) -> str:
    last = start + timedelta(days=days - 1)
    end = _day(last) if last.year == start.year else chinese_day(last)
    return f"{chinese_day(start)}至{end}" if days > 1 else chinese_day(start)
