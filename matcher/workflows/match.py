"""Who fits a demand: ranking by evidence, then filters, then rules; nobody disappears silently."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice

from matcher.beijing import today
from matcher.domain.demand import Demand
from matcher.domain.engagement import Engagement
from matcher.domain.expert import Expert
from matcher.domain.match import CheckedExpert, Finding, Gap, MatchResult, RankedExpert, RankedItem
from matcher.domain.vocabulary import Purpose, ServiceKind
from matcher.index.protocol import EvidenceIndex, Items
from matcher.rank.availability import availability
from matcher.rank.filters import ExpertFilter
from matcher.rank.gap import FieldNamer, Shortage, describe_gap
from matcher.rank.query import QueryBuilder
from matcher.rank.ranker import Ranker, Standing
from matcher.rank.rule_book import HomeProvince, RuleBook
from matcher.rank.rules import Case, check_demand, check_expert
from matcher.rank.teams import of_first_teams
from matcher.text.reading import DemandReading, read_demand, read_need
from matcher.workflows.directory import ExpertDirectory

_BATCH = 100

Rerank = Callable[[DemandReading, Standing], Standing]


@dataclass(frozen=True, slots=True)
class MatchRequest:
    """What is asked beside the demand: `top` people who may go, or `top` teams with their members.

    `day`: when they shall go; without it the rules look at today.
    """

    purpose: Purpose = Purpose.ENTERPRISE_VISIT
    top: int = 10
    by_team: bool = False
    services: tuple[ServiceKind, ...] = ()
    filters: ExpertFilter = field(default_factory=ExpertFilter)
    day: date | None = None


@dataclass(frozen=True, slots=True)
class RuleSetting:
    """The rules in force: their book, the province served and the day they are applied for.

    `fixed_day` is for looking at old results again; without it the day is that of the question.
    """

    book: RuleBook
    home: HomeProvince
    fixed_day: date | None = None

    @property
    def today(self) -> date:
        return self.fixed_day or today()

    def on(self, day: date) -> RuleSetting:
        """The same rules as they apply on another day."""
        return replace(self, fixed_day=day)

    def in_year(self, year: int) -> RuleSetting:
        """As they apply in that year: today, or the day of the year that is nearest to it."""
        return self.on(min(max(self.today, date(year, 1, 1)), date(year, 12, 31)))


class Matchmaker:
    """Answers with what the database holds at the moment of the question: `refresh` catches up first.

    `rerank` gives the standing a second look; without it the first stage stands.
    """

    def __init__(
        self,
        *,
        index: EvidenceIndex,
        queries: QueryBuilder,
        ranker: Ranker,
        directory: ExpertDirectory,
        rules: RuleSetting,
        fields: FieldNamer,
        abstain_below: float,
        refresh: Callable[[], None],
        rerank: Rerank | None = None,
    ) -> None:
        self._index = index
        self._queries = queries
        self._ranker = ranker
        self._directory = directory
        self._rules = rules
        self._fields = fields
        self._abstain_below = abstain_below
        self._refresh = refresh
        self._rerank = rerank

    def match(self, reading: DemandReading, request: MatchRequest, demand: Demand | None = None) -> MatchResult:
        """The flat ranking of allowed experts, the excluded who would have stood in it, and the gap if any."""
        self._refresh()
        excluded: list[CheckedExpert] = []
        walk = self._allowed(self._standing(reading), request, demand, excluded)
        allowed = of_first_teams(walk, request.top) if request.by_team else list(islice(walk, request.top))
        ranked = tuple(
            replace(one, ranked=replace(one.ranked, rank=place)) for place, one in enumerate(allowed, start=1)
        )
        gap = self._gap(reading, request, ranked, excluded)
        return MatchResult(reading.id, request.purpose, ranked, tuple(excluded), gap, self.about(demand, request))

    def single(
        self, reading: DemandReading, expert_id: str, request: MatchRequest, demand: Demand | None
    ) -> CheckedExpert | None:
        """As `several`, of one person; None when the database does not hold the expert."""
        found = self.several(reading, [expert_id], request, demand)
        return found[0] if found else None

    def several(
        self, reading: DemandReading, expert_ids: Sequence[str], request: MatchRequest, demand: Demand | None
    ) -> list[CheckedExpert]:
        """Each one's place in the whole ranking, forbidden or not; without votes when no item of theirs was found.

        In the order given; whoever is not in the database is absent.
        """
        self._refresh()
        known = self._directory.experts(expert_ids)
        if not known:
            return []
        standing, lines = self._standing(reading), self._directory.engagements(known)
        places = _places(standing.votes.experts, tuple(known))
        return [
            CheckedExpert(
                self._ranker.expert(standing, places[id]) if id in places else RankedExpert(id, 0, 0.0, ()),
                self._ruled(expert, lines[id], request, demand),
            )
            for id, expert in known.items()
        ]

    def items(self, reading: DemandReading, among: Items) -> list[RankedItem]:
        """The items `among` that either leg brings, best first, scored as when they vote for their owners."""
        self._refresh()
        return self._ranker.items(self._standing(reading), self._standing(reading, among))

    def findings(self, expert: Expert, request: MatchRequest, demand: Demand | None) -> tuple[Finding, ...]:
        """What the rules say of an expert for a demand, in the case that the request describes."""
        return self._ruled(expert, self._directory.engagements([expert.id])[expert.id], request, demand)

    def _ruled(
        self, expert: Expert, lines: tuple[Engagement, ...], request: MatchRequest, demand: Demand | None
    ) -> tuple[Finding, ...]:
        services = request.services or (demand.services if demand else ())
        day = request.day or self._rules.today
        return check_expert(expert, Case(request.purpose, day, demand, services, lines), self._rules.book)

    @property
    def abstain_below(self) -> float:
        """The probability below which nobody is proposed."""
        return self._abstain_below

    def findings_of_all(
        self, expert_ids: Iterable[str], request: MatchRequest, demand: Demand | None
    ) -> dict[str, tuple[Finding, ...]]:
        """What the rules say of these people now, whatever their rank; whoever is not in the database is absent."""
        self._refresh()
        found = self._directory.experts(expert_ids)
        lines = self._directory.engagements(found)
        return {id: self._ruled(expert, lines[id], request, demand) for id, expert in found.items()}

    def about(self, demand: Demand | None, request: MatchRequest) -> tuple[Finding, ...]:
        """What the rules say of the demand itself."""
        if demand is None:
            return ()
        day = request.day or self._rules.today
        return check_demand(demand, request.purpose, day, self._rules.book, self._rules.home)

    def abstains_at(self, best: float) -> bool:
        """Whether nobody is proposed when this is the highest probability."""
        return best < self._abstain_below

    def fields(self, reading: DemandReading) -> tuple[str, ...]:
        """At most three research fields (NSFC names) nearest to the reading, nearest first."""
        return self._fields.nearest(reading)

    @property
    def last_change(self) -> int:
        """Of the store, as far as the answers know it."""
        return self._index.last_change

    def rarity(self, reading: DemandReading) -> dict[str, float]:
        """idf of the reading's terms that the database knows."""
        terms = list(self._queries.terms(reading.text()))
        count, found = self._index.item_count, self._index.document_frequency(terms)
        return {term: math.log(1 + count / found[term]) for term in terms if found.get(term)}

    def _standing(self, reading: DemandReading, among: Items | None = None) -> Standing:
        standing = self._ranker.standing(reading, among)
        return self._rerank(reading, standing) if self._rerank else standing

    def _allowed(
        self, standing: Standing, request: MatchRequest, demand: Demand | None, excluded: list[CheckedExpert]
    ) -> Iterator[CheckedExpert]:
        """Who may go, best first; whoever is passed over because of a rule is added to `excluded`."""
        for checked in self._walk(standing, request, demand):
            if checked.forbidden:
                excluded.append(checked)
            else:
                yield checked

    def _walk(self, standing: Standing, request: MatchRequest, demand: Demand | None) -> Iterator[CheckedExpert]:
        names = standing.votes.experts
        for start in range(0, len(names), _BATCH):
            known = self._directory.experts(names[start : start + _BATCH])
            for place in range(start, min(start + _BATCH, len(names))):
                expert = known.get(names[place])
                if expert is not None and self._is_asked_for(expert, request):
                    yield self._checked(standing, place, expert, request, demand)

    def _is_asked_for(self, expert: Expert, request: MatchRequest) -> bool:
        filters = request.filters
        if not filters.accepts(expert):
            return False
        if not filters.availability:
            return True
        lines = self._directory.engagements([expert.id])[expert.id]
        return availability(expert, lines, request.day or self._rules.today, self._rules.book) in filters.availability

    def _checked(
        self, standing: Standing, place: int, expert: Expert, request: MatchRequest, demand: Demand | None
    ) -> CheckedExpert:
        return CheckedExpert(self._ranker.expert(standing, place), self.findings(expert, request, demand))

    def _gap(
        self,
        reading: DemandReading,
        request: MatchRequest,
        allowed: Sequence[CheckedExpert],
        excluded: Sequence[CheckedExpert],
    ) -> Gap | None:
        best = allowed[0].ranked.score if allowed else None
        if best is not None and not self.abstains_at(best):
            return None
        forbidden = sum(not self.abstains_at(one.ranked.score) for one in excluded)
        shortage = Shortage(best, forbidden, not request.filters.is_empty)
        fields = () if reading.is_scrap else self._fields.nearest(reading)
        return describe_gap(reading, shortage, fields)


def _places(names: Sequence[str], ids: Sequence[str]) -> dict[str, int]:
    """Where in `names` the ids stand; a long ranking is walked once for many, and only as far as needed for one."""
    if len(ids) == 1:
        return {ids[0]: names.index(ids[0])} if ids[0] in names else {}
    places = dict(zip(names, range(len(names)), strict=True))
    return {id: places[id] for id in ids if id in places}


def readings(demand: Demand) -> list[DemandReading]:
    """What of a demand is ranked: each confirmed need on its own, else the whole questionnaire."""
    return [read_need(need) for need in demand.needs] or [read_demand(demand)]


def rank_all(
    demands: Iterable[Demand], request: MatchRequest, matchmaker: Matchmaker
) -> Iterator[tuple[Demand, DemandReading, MatchResult]]:
    """Every demand's (and need's) result, one after the other."""
    for demand in demands:
        for reading in readings(demand):
            yield demand, reading, matchmaker.match(reading, request, demand)
