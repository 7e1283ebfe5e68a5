"""Turns results into reports with reasons, reading the shown items from the store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from matcher.domain.demand import Demand
from matcher.domain.evidence import EvidenceItem
from matcher.domain.match import CheckedExpert, MatchResult
from matcher.explain.explanation import Explanation, explain
from matcher.explain.passages import PassageFinder
from matcher.explain.report import MatchReport, TeamReport
from matcher.intake.split import propose_split
from matcher.rank.teams import collapse_teams
from matcher.store.store import Store
from matcher.text.reading import DemandReading
from matcher.workflows.directory import ExpertDirectory
from matcher.workflows.match import Matchmaker, MatchRequest, readings

# Excluded people are listed, the ones that would have stood highest first.
_MOST_EXCLUDED = 20


class Reporter:
    """Explains what a matchmaker found."""

    def __init__(self, store: Store, directory: ExpertDirectory, matchmaker: Matchmaker, finder: PassageFinder) -> None:
        self._store = store
        self._directory = directory
        self._matchmaker = matchmaker
        self._finder = finder

    def report(self, reading: DemandReading, result: MatchResult, demand: Demand | None, title: str) -> MatchReport:
        """The explained answer; every shown expert has reasons."""
        experts = self.explain(reading, result.experts, result.abstained)
        by_id = {explanation.expert.id: explanation for explanation in experts}
        teams = tuple(
            TeamReport(
                by_id[team.lead.ranked.expert_id],
                tuple(by_id[member.ranked.expert_id] for member in team.members if member.ranked.expert_id in by_id),
            )
            for team in collapse_teams(result.experts)
            if team.lead.ranked.expert_id in by_id
        )
        excluded = self.explain(reading, result.excluded[:_MOST_EXCLUDED], result.abstained)
        more = len(result.excluded) - len(excluded)
        return MatchReport(
            title, result, demand, tuple(experts), teams, tuple(excluded), tuple(_hints(reading, demand)), more
        )

    def of_people(
        self, demand: Demand, expert_ids: Sequence[str], request: MatchRequest
    ) -> Iterator[tuple[DemandReading, str, Explanation]]:
        """For every confirmed need: what is ranked, its title, and how each expert answers it, wherever he stands."""
        for reading, title in zip(readings(demand), titles(demand), strict=True):
            checked = self._matchmaker.several(reading, expert_ids, request, demand)
            abstained = self._matchmaker.match(reading, replace(request, top=1), demand).abstained
            yield from ((reading, title, one) for one in self.explain(reading, checked, abstained))

    def explain(
        self, reading: DemandReading, checked: Sequence[CheckedExpert], abstained: bool = False
    ) -> list[Explanation]:
        """Explanations in the order given; `abstained`: the demand's answer proposes nobody."""
        people = self._directory.experts(one.ranked.expert_id for one in checked)
        items = self._items(vote.item for one in checked for vote in one.ranked.votes)
        return explain(reading, checked, people, items, self._matchmaker.rarity(reading), self._finder, abstained)

    def _items(self, numbers: Iterable[int]) -> dict[int, EvidenceItem]:
        return {stored.number: stored.item for stored in self._store.items.by_numbers(sorted(set(numbers)))}


def report_all(
    demands: Iterable[Demand], request: MatchRequest, matchmaker: Matchmaker, reporter: Reporter
) -> Iterator[MatchReport]:
    """A report for every demand, or for every confirmed need of it."""
    for demand in demands:
        for reading, title in zip(readings(demand), titles(demand), strict=True):
            yield reporter.report(reading, matchmaker.match(reading, request, demand), demand, title)


def titles(demand: Demand) -> list[str]:
    """Titles of what is ranked, in the order of `readings`."""
    return [need.title for need in demand.needs] or [demand.title]


def _hints(reading: DemandReading, demand: Demand | None) -> Iterator[str]:
    if reading.is_scrap:
        little = f"只写了 {reading.length} 个字，看不出具体问题，名单和概率只能作参考"
        yield f"{little}：请写明什么产品、哪个环节、什么问题后再匹配"
    if demand is not None and not demand.needs and len(propose_split(demand)) >= 2:
        yield "这份问卷像是含有多个需求，请先看拆分建议，确认后分别匹配"
