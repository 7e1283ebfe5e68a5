"""A problem of stations out of which everything was taken that may give way, and what that was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from matcher.domain.vocabulary import StationMode
from matcher.plan.problem import Choice, Pair, Person, Site, StationProblem
from matcher.plan.relaxable import Giving, Relaxable, exclusion, what_gives, what_stays


@dataclass(frozen=True, slots=True)
class Loosened:
    """What stands against a demand or a pair and may give way; `waiting`: what to ask whom."""

    problem: StationProblem
    sites: Mapping[str, tuple[Relaxable, ...]]
    pairs: Mapping[Pair, tuple[Relaxable, ...]]
    forbidden: tuple[Choice, ...]
    waiting: Mapping[str, tuple[Relaxable, ...]]

    def against(self, pair: Pair) -> tuple[Relaxable, ...]:
        barred = (exclusion(choice) for choice in self.forbidden if choice.mode is None and choice.fits(pair))
        return tuple(dict.fromkeys((*self.sites[pair.demand_id], *self.pairs[pair], *barred)))

    def against_mode(self, pair: Pair, mode: StationMode) -> Iterator[Relaxable]:
        return (exclusion(choice) for choice in self.forbidden if choice.mode is mode and choice.fits(pair))

    def room(self, person: Person) -> tuple[Relaxable, ...]:
        """Academicians whose declared stations are unknown have no place until they say so: then they have one."""
        unsaid = person.academician and not person.academician_slots
        return self.waiting.get(person.id, ()) if unsaid else ()


def loosened(problem: StationProblem) -> Loosened:
    sites = {site.demand_id: tuple(what_gives(site.findings, site.demand_id)) for site in problem.sites}
    pairs = {_free(pair): tuple(what_gives(pair.findings, pair.expert_id, pair.demand_id)) for pair in problem.pairs}
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
    return replace(pair, findings=what_stays(pair.findings))


def _free_site(site: Site) -> Site:
    return replace(site, findings=what_stays(site.findings))
