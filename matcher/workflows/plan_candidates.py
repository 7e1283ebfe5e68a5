"""Who may come into a plan of stations: the top of each demand's ranking, and whom people named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from matcher.domain.demand import Demand
from matcher.domain.expert import Expert
from matcher.domain.match import CheckedExpert, FindingKind, MatchResult
from matcher.domain.vocabulary import Purpose, StationKind
from matcher.plan.problem import Choice, Helper, Pair, is_clear
from matcher.rank.filters import ExpertFilter
from matcher.workflows.match import Matchmaker, MatchRequest, readings
from matcher.workflows.plan_facts import Facts, station_kinds

# Of those whom a rule or an open question keeps out, the best so many are remembered: for reasons and for what to ask.
_KEPT_OUT = 5
# Deep enough that open questions about the best do not leave a demand without candidates.
_DEPTH = 4
_ACADEMICIANS = ExpertFilter(honours=("院士",))


@dataclass(frozen=True, slots=True)
class Candidates:
    pairs: tuple[Pair, ...]
    helpers: tuple[Helper, ...]

    @property
    def experts(self) -> tuple[str, ...]:
        names = (*(pair.expert_id for pair in self.pairs), *(helper.expert_id for helper in self.helpers))
        return tuple(dict.fromkeys(names))


class CandidateFinder:
    """`most`: how many experts that may go a demand and kind brings into the plan."""

    def __init__(self, matchmaker: Matchmaker, facts: Facts, most: int) -> None:
        self._matchmaker = matchmaker
        self._facts = facts
        self._most = most

    def of_demand(self, demand: Demand, fixed: Sequence[Choice] = ()) -> Candidates:
        found = [pair for kind in station_kinds(demand) for pair in self._pairs(demand, kind)]
        known = {(pair.expert_id, pair.kind) for pair in found}
        named = (choice for choice in fixed if choice.demand_id in ("", demand.id) and choice.expert_id)
        for choice in named:
            kinds = station_kinds(demand) if choice.kind is None else (choice.kind,)
            asked = [kind for kind in kinds if (choice.expert_id, kind) not in known]
            found += [pair for kind in asked for pair in self._named(demand, choice.expert_id, kind)]
        return Candidates(tuple(found), self._helpers(demand, {pair.expert_id for pair in found}))

    def _pairs(self, demand: Demand, kind: StationKind) -> list[Pair]:
        filters = _ACADEMICIANS if kind is StationKind.ACADEMICIAN else ExpertFilter()
        request = MatchRequest(Purpose(kind.value), self._most * _DEPTH, filters=filters, day=self._facts.day)
        best: dict[str, Pair] = {}
        for reading in readings(demand):
            result = self._matchmaker.match(reading, request, demand)
            for checked in _some(result, self._most):
                pair = self._pair(demand, checked, kind, reading.id)
                known = best.get(pair.expert_id)
                if known is None or pair.fit > known.fit:
                    best[pair.expert_id] = pair
        ordered = sorted(best.values(), key=lambda pair: (-pair.fit, pair.rank, pair.expert_id))
        clear = [pair for pair in ordered if pair.clear]
        others = [p for p in ordered if not p.clear and not self._matchmaker.abstains_at(p.fit / 1000)]
        return clear[: self._most] + others[: 2 * _KEPT_OUT]

    def _pair(self, demand: Demand, checked: CheckedExpert, kind: StationKind, reading_id: str) -> Pair:
        ranked = checked.ranked
        return Pair(
            demand.id,
            ranked.expert_id,
            kind,
            round(1000 * ranked.score),
            ranked.rank,
            (*checked.findings, *self._facts.agreement(ranked.expert_id, demand)),
            self._facts.worked_together(ranked.expert_id, demand),
            reading_id if reading_id != demand.id else "",
        )

    def _named(self, demand: Demand, expert_id: str, kind: StationKind) -> Iterator[Pair]:
        """Whom a person fixed stands in the plan however deep in the ranking."""
        request = MatchRequest(Purpose(kind.value), day=self._facts.day)
        found = [(r.id, self._matchmaker.single(r, expert_id, request, demand)) for r in readings(demand)]
        known = [(id, checked) for id, checked in found if checked is not None]
        if known:
            id, checked = max(known, key=lambda pair: pair[1].ranked.score)
            yield self._pair(demand, checked, kind, id)

    def _helpers(self, demand: Demand, chiefs: set[str]) -> tuple[Helper, ...]:
        """Team members: no academicians, who are too few to be spent on teams."""
        request = MatchRequest(Purpose.ENTERPRISE_VISIT, self._most * _DEPTH, day=self._facts.day)
        ranked: dict[str, CheckedExpert] = {}
        for reading in readings(demand):
            for checked in self._matchmaker.match(reading, request, demand).experts:
                known = ranked.get(checked.ranked.expert_id)
                if known is None or checked.ranked.score > known.ranked.score:
                    ranked[checked.ranked.expert_id] = checked
        items = {id: frozenset(vote.item for vote in checked.ranked.votes) for id, checked in ranked.items()}
        likely = [c for c in ranked.values() if is_clear(c.findings) and not self._abstains(c)][: self._most]
        return tuple(_helper(demand.id, checked, items, chiefs) for checked in likely)

    def _abstains(self, checked: CheckedExpert) -> bool:
        return self._matchmaker.abstains_at(checked.ranked.score)


def without_academicians(helpers: Iterable[Helper], experts: Mapping[str, Expert]) -> tuple[Helper, ...]:
    return tuple(h for h in helpers if h.expert_id in experts and not experts[h.expert_id].is_academician)


def _helper(demand_id: str, checked: CheckedExpert, items: Mapping[str, frozenset[int]], chiefs: set[str]) -> Helper:
    mine = checked.ranked.expert_id
    together = sorted(chief for chief in chiefs if chief != mine and items[mine] & items.get(chief, frozenset()))
    return Helper(demand_id, mine, round(1000 * checked.ranked.score), tuple(together))


def _some(result: MatchResult, most: int) -> Iterator[CheckedExpert]:
    """The best who may go, the best who wait for an answer, the best who may not."""
    clear = [checked for checked in result.experts if is_clear(checked.findings)]
    waiting = [checked for checked in result.experts if not is_clear(checked.findings)]
    barred = (checked for checked in result.excluded if not _of_another_kind(checked))
    best = sorted(barred, key=lambda checked: -checked.ranked.score)[:_KEPT_OUT]
    yield from clear[:most]
    yield from waiting[:_KEPT_OUT]
    yield from (replace(checked, ranked=replace(checked.ranked, rank=0)) for checked in best)


def _of_another_kind(checked: CheckedExpert) -> bool:
    """No academician, or below the title floor: true of thousands, and no reason worth a line."""
    rules = {finding.rule for finding in checked.findings if finding.kind is FindingKind.FORBIDDEN}
    return bool(rules & {"academician_needed", "title_floor"})
