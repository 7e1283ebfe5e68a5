"""What stands against a station beside the expert: the enterprise's conditions and the agreement's dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from matcher.domain.demand import Demand, Enterprise
from matcher.domain.engagement import Engagement
from matcher.domain.expert import Expert
from matcher.domain.match import Finding, FindingKind
from matcher.domain.vocabulary import EngagementKind, RetirementStatus
from matcher.rank.rule_book import RuleBook
from matcher.rank.rules import unit_name

_DAYS_A_YEAR = 365


@dataclass(frozen=True, slots=True)
class Capacity:
    """What an expert can still take on: 院士专家工作站 as chief, and months a year on site."""

    academician_stations: int
    months: float
    held: int = 0


def capacity_left(expert: Expert, lines: Sequence[Engagement], replaced: int, today: date, book: RuleBook) -> Capacity:
    """`lines` are the expert's lines of the ledger that stay; `replaced` 院士工作站 lines are planned anew.

    Without a statement of retirement the smaller cap holds, without a declared number none may be added.
    """
    serving = [line for line in lines if line.kind.is_station and line.holds_capacity(today)]
    known = sum(line.kind is EngagementKind.ACADEMICIAN_STATION for line in serving)
    declared = max(0, (expert.stations_nationwide or 0) - replaced)
    return Capacity(
        _academician_slots(expert, max(known, declared), today, book),
        _months_left(serving, max(0, declared - known), today, book),
        len(serving),
    )


def _academician_slots(expert: Expert, serving: int, today: date, book: RuleBook) -> int:
    terms = book.academician_station_cap
    if not expert.is_academician:
        return 0
    if not terms.applies(today):
        return 99
    if expert.stations_nationwide is None:
        return 0
    cap = terms.retired if expert.retirement is RetirementStatus.RETIRED else terms.working
    return max(0, cap - serving)


def _months_left(serving: Sequence[Engagement], outside: int, today: date, book: RuleBook) -> float:
    terms = book.months_on_site
    if not terms.applies(today):
        return float(12 * 99)
    booked = sum(terms.per_station if line.months_on_site is None else line.months_on_site for line in serving)
    return max(0.0, terms.per_year - booked - terms.per_station * outside)


def check_enterprise(
    demand: Demand, stations: Sequence[Engagement], today: date, book: RuleBook
) -> tuple[Finding, ...]:
    """`stations` are the lines of the ledger, of any demand but this one, that the enterprise holds."""
    firm = demand.enterprise
    found = (
        _independent(firm, book) if book.independent_entity.applies(today) else None,
        _rd_unit(firm) if book.rd_unit.applies(today) else None,
        _rd_share(firm, book.rd_share.percent) if book.rd_share.applies(today) else None,
        _held(stations, today, book) if book.enterprise_stations.applies(today) else None,
    )
    return tuple(finding for finding in found if finding)


def check_agreement(line: Engagement, today: date, book: RuleBook) -> Finding | None:
    """The pair's own line of the ledger: signed for long enough and not expired."""
    terms, name = book.station_agreement, "station_agreement"
    if not terms.applies(today) or line.agreement_end is None:
        return None
    if line.agreement_end < today:
        return Finding(name, FindingKind.FORBIDDEN, f"协议已于 {line.agreement_end} 到期")
    days = (line.agreement_end - (line.agreement_start or today)).days + 1
    if days < terms.years * _DAYS_A_YEAR:
        return Finding(name, FindingKind.FORBIDDEN, f"协议期不足 {terms.years:g} 年（至 {line.agreement_end}）")
    return None


def is_of(line: Engagement, firm: Enterprise) -> bool:
    """Whether a line of the ledger is the enterprise's: by credit code where both state it, else by name."""
    if line.credit_code and firm.credit_code:
        return line.credit_code == firm.credit_code
    return bool(firm.name) and unit_name(line.unit) == unit_name(firm.name)


def _independent(firm: Enterprise, book: RuleBook) -> Finding | None:
    name = "independent_entity"
    stated = f"{firm.kind} {firm.name}"
    word = next((word for word in book.independent_entity.not_independent if word in stated), None)
    if word:
        return Finding(name, FindingKind.FORBIDDEN, f"企业登记为“{word}”，不是独立法人，不能建站")
    if not firm.kind:
        return Finding(name, FindingKind.NOTE, "企业类型未填，申报前请核实是否为独立法人")
    return None


def _rd_unit(firm: Enterprise) -> Finding | None:
    if firm.rd_units:
        return None
    return Finding("rd_unit", FindingKind.UNKNOWN, "研发机构未填", "请企业说明有无研发机构")


def _rd_share(firm: Enterprise, percent: float) -> Finding | None:
    if not firm.revenue or not firm.rd_spending or not firm.revenue[-1]:
        return Finding("rd_share", FindingKind.UNKNOWN, "营收或研发投入未填", "请企业补报近三年营收与研发投入")
    share = 100 * firm.rd_spending[-1] / firm.revenue[-1]
    if share >= percent:
        return None
    return Finding("rd_share", FindingKind.FORBIDDEN, f"研发投入占营收 {share:.1f}%，低于 {percent:g}%")


def _held(stations: Sequence[Engagement], today: date, book: RuleBook) -> Finding | None:
    held = [line for line in stations if line.kind.is_station and line.holds_capacity(today)]
    names = "、".join(dict.fromkeys(line.demand_id or line.id for line in held))
    if len(set(names.split("、"))) < book.enterprise_stations.most or not held:
        return None
    return Finding("enterprise_stations", FindingKind.FORBIDDEN, f"企业已有工作站（台账 {names}），不再新建")
