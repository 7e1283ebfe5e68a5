"""What may give way so that a plan becomes possible: rules of the house, open questions, exclusions.

What law or a national rule says is not among them (`rank/relief.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from matcher.domain.match import Finding, FindingKind
from matcher.domain.vocabulary import ServiceKind
from matcher.plan import naming
from matcher.plan.problem import Choice, QuotaTarget
from matcher.rank.relief import HOUSE_RULES, may_be_relaxed


class Giving(StrEnum):
    """In the order in which they had better stay as they are, of equally many: the last gives way first."""

    QUOTA = "quota"
    RULE = "rule"
    MONTHS = "months"
    SERVICE = "service"
    CLUSTER = "cluster"
    HOURS = "hours"
    STOPS = "stops"
    AWAY = "away"
    TEAM_SIZE = "team_size"
    DAYS = "days"
    TEAMS = "teams"
    EXCLUSION = "exclusion"
    BUDGET = "budget"
    DEMAND = "demand"
    QUESTION = "question"


@dataclass(frozen=True, slots=True, order=True)
class Relaxable:
    """`about` tells two of a kind apart, `what` says it in words where numbers alone do not."""

    giving: Giving
    about: str = ""
    what: str = ""


BUDGET = Relaxable(Giving.BUDGET)
CLUSTER = Relaxable(Giving.CLUSTER)
DAYS = Relaxable(Giving.DAYS)
HOURS = Relaxable(Giving.HOURS)
TEAMS = Relaxable(Giving.TEAMS)
TEAM_SIZE = Relaxable(Giving.TEAM_SIZE)


def quota_of(target: QuotaTarget) -> Relaxable:
    return Relaxable(Giving.QUOTA, target.value)


def months_of(expert_id: str) -> Relaxable:
    return Relaxable(Giving.MONTHS, expert_id)


def stops_of(expert_id: str) -> Relaxable:
    return Relaxable(Giving.STOPS, expert_id)


def away(expert_id: str) -> Relaxable:
    return Relaxable(Giving.AWAY, expert_id)


def service_of(demand_id: str, service: ServiceKind) -> Relaxable:
    return Relaxable(Giving.SERVICE, demand_id, service.value)


def exclusion(choice: Choice) -> Relaxable:
    return Relaxable(Giving.EXCLUSION, str(choice))


def what_stays(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """What forbids and never gives way."""
    return tuple(finding for finding in findings if finding.forbids and not may_be_relaxed(finding))


def what_gives(findings: tuple[Finding, ...], who: str, demand_id: str = "") -> Iterator[Relaxable]:
    """`who`: the expert whom the findings concern with the demand, or the demand alone.

    Questions are asked person by person; a rule that several run against in one way gives way once.
    """
    for finding in findings:
        if finding.kind is FindingKind.UNKNOWN:
            yield Relaxable(Giving.QUESTION if demand_id else Giving.DEMAND, who)
        elif finding.forbids and may_be_relaxed(finding):
            own = finding.rule == "station_agreement"
            pair = f"{naming.demand(demand_id)}，{naming.expert(who)}："
            about = pair if own else "" if demand_id else f"{naming.demand(who)}："
            yield Relaxable(Giving.RULE, finding.rule, f"{HOUSE_RULES[finding.rule]}（{about}{finding.message}）")
