"""The points of one station, each with its name: what the plan maximises and what its reasons say."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.domain.match import in_percent
from matcher.domain.vocabulary import StationMode, Urgency
from matcher.plan.problem import Pair, Person, Site, StationProblem

KEPT = "上一版入选"
"""Points that only hold a plan to the version before; they say nothing of how good it is."""


@dataclass(frozen=True, slots=True)
class Part:
    """Points under the name that screens show."""

    name: str
    points: int


def pair_parts(problem: StationProblem, site: Site, person: Person, pair: Pair) -> tuple[Part, ...]:
    """What the pair brings, whatever the mode."""
    weights, steering = problem.book.weights, problem.steering
    parts = (
        Part("匹配概率", pair.fit),
        Part("优先地区", weights.priority_region * is_priority(problem, site)),
        Part("紧迫程度", urgency_points(site.urgency, weights.urgent, weights.pressing)),
        Part("有过合作", weights.prior_cooperation * pair.prior),
        Part("本省专家", weights.in_province * person.in_province),
        Part("优先人选", weights.preferred * any(choice.fits(pair) for choice in steering.preferred)),
        Part(KEPT, weights.kept * any(choice.fits(pair) for choice in steering.kept)),
    )
    return tuple(part for part in parts if part.points or part.name == "匹配概率")


def mode_points(problem: StationProblem, site: Site, mode: StationMode) -> int:
    terms = problem.book.modes[mode]
    return terms.points + terms.priority_points * is_priority(problem, site)


def unfit(fit: int, least: int) -> str:
    """Of whom a person chose although he or she hardly suits; both in thousandths."""
    return f"匹配概率 {in_percent(fit / 1000)}，低于推荐的下限 {in_percent(least / 1000)}，请核实是否对口"


def is_priority(problem: StationProblem, site: Site) -> bool:
    return bool(site.region) and site.region.startswith(problem.book.priority.regions)


def urgency_points(urgency: Urgency | None, urgent: int, pressing: int) -> int:
    if urgency is Urgency.URGENT:
        return urgent
    return pressing if urgency is Urgency.PRESSING else 0
