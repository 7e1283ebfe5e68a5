"""What may give way so that a plan of stations becomes possible: rules of the house, open questions, exclusions.

What law or a national rule says is not among them (`rank/relief.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from matcher.domain.match import Finding, FindingKind
from matcher.domain.vocabulary import StationMode
from matcher.plan.problem import Choice, Pair, Person, QuotaTarget, Site, StationProblem
from matcher.rank.relief import HOUSE_RULES, may_be_relaxed


class Giving(StrEnum):
    """In the order in which they had better stay as they are, of equally many: the last gives way first."""

    QUOTA = "quota"
    RULE = "rule"
    MONTHS = "months"
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


def quota_of(target: QuotaTarget) -> Relaxable:
    return Relaxable(Giving.QUOTA, target.value)


def months_of(expert_id: str) -> Relaxable:
    return Relaxable(Giving.MONTHS, expert_id)


@dataclass(frozen=True, slots=True)
class Loosened:
    """A problem out of which everything was taken that may give way, and what that was."""

    problem: StationProblem
    sites: Mapping[str, tuple[Relaxable, ...]]
    pairs: Mapping[Pair, tuple[Relaxable, ...]]
    forbidden: tuple[Choice, ...]
    waiting: Mapping[str, tuple[Relaxable, ...]]

    def against(self, pair: Pair) -> tuple[Relaxable, ...]:
        barred = (_exclusion(choice) for choice in self.forbidden if choice.mode is None and choice.fits(pair))
        return tuple(dict.fromkeys((*self.sites[pair.demand_id], *self.pairs[pair], *barred)))

    def against_mode(self, pair: Pair, mode: StationMode) -> Iterator[Relaxable]:
        return (_exclusion(choice) for choice in self.forbidden if choice.mode is mode and choice.fits(pair))

    def room(self, person: Person) -> tuple[Relaxable, ...]:
        """Academicians whose declared stations are unknown have no place until they say so: then they have one."""
        unsaid = person.academician and not person.academician_slots
        return self.waiting.get(person.id, ()) if unsaid else ()


def loosened(problem: StationProblem) -> Loosened:
    sites = {site.demand_id: tuple(_giving(site.findings, site.demand_id)) for site in problem.sites}
    pairs = {_free(pair): tuple(_giving(pair.findings, pair.expert_id, pair.demand_id)) for pair in problem.pairs}
    waiting = {
        pair.expert_id: tuple(rule for rule in rules if rule.giving is Giving.QUESTION)
        for pair, rules in pairs.items()
        if any(rule.giving is Giving.QUESTION for rule in rules)
    }
    free = replace(
        problem,
        sites=tuple(map(_free_site, problem.sites)),
        pairs=tuple(pairs),
        steering=replace(problem.steering, forbidden=()),
    )
    return Loosened(free, sites, pairs, problem.steering.forbidden, waiting)


def _free(pair: Pair) -> Pair:
    return replace(pair, findings=_fast(pair.findings))


def _free_site(site: Site) -> Site:
    return replace(site, findings=_fast(site.findings))


def _fast(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(finding for finding in findings if finding.forbids and not may_be_relaxed(finding))


def _giving(findings: tuple[Finding, ...], who: str, demand_id: str = "") -> Iterator[Relaxable]:
    """Questions are asked person by person; a rule that several run against in one way gives way once."""
    for finding in findings:
        if finding.kind is FindingKind.UNKNOWN:
            yield Relaxable(Giving.QUESTION if demand_id else Giving.DEMAND, who)
        elif finding.forbids and may_be_relaxed(finding):
            own = finding.rule == "station_agreement"
            about = f"{demand_id}:{who}：" if own else "" if demand_id else f"{who}："
            yield Relaxable(Giving.RULE, finding.rule, f"{HOUSE_RULES[finding.rule]}（{about}{finding.message}）")


def _exclusion(choice: Choice) -> Relaxable:
    return Relaxable(Giving.EXCLUSION, str(choice))
