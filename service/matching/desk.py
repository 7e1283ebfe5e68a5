"""The desk for matches: forward, described problems, reverse, similar experts, one expert's reasons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from threading import BoundedSemaphore

from matcher.catalogue.query import CatalogueQuery
from matcher.domain.demand import Demand
from matcher.domain.mark import Mark
from matcher.domain.vocabulary import Purpose, ServiceKind
from matcher.explain.explanation import Explanation
from matcher.explain.report import MatchReport
from matcher.rank.filters import ExpertFilter
from matcher.store.errors import RecordUnknown
from matcher.wiring import Application
from matcher.workflows.described import described
from matcher.workflows.match import MatchRequest
from matcher.workflows.report import report_all
from matcher.workflows.reverse import FittingDemands, fitting_demands
from matcher.workflows.similar import SimilarExpert
from service.matching.asked import asked_demand, asked_expert_id, asked_expert_ids
from service.matching.marks import MarkDesk
from service.security.actor import Actor

Marks = Mapping[str, Sequence[Mark]]
# Of so many demands the exact place is found; beyond, the nearest are chosen first.
_RANKED = 200


@dataclass(frozen=True, slots=True)
class MatchAsk:
    """What is asked beside the demand; `filters` hold words as typed; `top` counts teams, else people."""

    purpose: Purpose = Purpose.ENTERPRISE_VISIT
    services: tuple[ServiceKind, ...] = ()
    filters: ExpertFilter = field(default_factory=ExpertFilter)
    top: int = 10
    by_team: bool = True


@dataclass(frozen=True, slots=True)
class ShownMatch:
    """An explained answer with what people have said of experts for this demand before, by expert id."""

    report: MatchReport
    marks: Marks


@dataclass(frozen=True, slots=True)
class ShownExplanation:
    """Why one expert (or why not) for a demand or need."""

    demand_id: str
    title: str
    demand: Demand
    explanation: Explanation
    marks: Sequence[Mark]


class MatchDesk:
    """`at_once` matches are worked on, the others wait: more would only take turns on the same cores."""

    def __init__(self, application: Application, marks: MarkDesk, at_once: int) -> None:
        self._application, self._store, self._marks = application, application.store, marks
        self._room = BoundedSemaphore(at_once)

    def for_demand(self, demand_id: str, ask: MatchAsk, actor: Actor) -> list[ShownMatch]:
        """One answer, or one a confirmed need. Raises RecordUnknown, FilterWordUnknown, UnitUnknown."""
        return self.for_demands([demand_id], ask, actor)

    def for_demands(self, demand_ids: Sequence[str], ask: MatchAsk, actor: Actor) -> list[ShownMatch]:
        """The answers in the order asked. Raises what `for_demand` raises."""
        demands = [asked_demand(self._store, id, actor) for id in demand_ids]
        request, application = self.request(ask), self._application
        with self.working():
            reports = list(report_all(demands, request, application.matchmaker, application.reporter))
        said = self._marks.of_demands([report.result.demand_id for report in reports], actor)
        return [ShownMatch(report, _by_expert(said.get(report.result.demand_id, ()))) for report in reports]

    def for_text(self, text: str, ask: MatchAsk) -> ShownMatch:
        """A problem that is stored nowhere. Raises DescriptionEmpty, FilterWordUnknown, UnitUnknown."""
        reading, title = described(text)
        request, application = self.request(ask), self._application
        with self.working():
            result = application.matchmaker.match(reading, request)
            return ShownMatch(application.reporter.report(reading, result, None, title), {})

    def fitting(self, expert_id: str, ask: MatchAsk, actor: Actor) -> FittingDemands:
        """Demands of the actor's regions that the expert fits; `ask.filters` narrow experts and say nothing here.

        Where there are many, those nearest to the expert's items are ranked. Raises RecordUnknown.
        """
        application, living = self._application, asked_expert_id(self._store, expert_id)
        places = actor.scope.regions
        within = {"region": places, "jurisdiction": places} if places else None
        inside = application.demand_catalogue.current().found(CatalogueQuery(within=within))
        request = replace(self.request(replace(ask, filters=ExpertFilter())), by_team=False)
        with self.working():
            ids = application.nearest_demands.to(living, inside, _RANKED)
            near = self._store.demands.get_many(ids).values()
            return fitting_demands(living, near, request, application.matchmaker)

    def similar(self, expert_id: str, count: int) -> list[SimilarExpert]:
        """Raises RecordUnknown."""
        living = asked_expert_id(self._store, expert_id)
        with self.working():
            return self._application.similar_experts.to(living, count)

    def explanation(self, demand_id: str, expert_id: str, ask: MatchAsk, actor: Actor) -> list[ShownExplanation]:
        """One a confirmed need. Raises RecordUnknown."""
        found = self.explanations(demand_id, [expert_id], ask, actor)
        if expert_id not in found:
            raise RecordUnknown("专家", expert_id)
        return found[expert_id]

    def explanations(
        self, demand_id: str, expert_ids: Sequence[str], ask: MatchAsk, actor: Actor
    ) -> dict[str, list[ShownExplanation]]:
        """By the numbers asked, one a confirmed need; whoever has left the database is absent. Raises RecordUnknown."""
        demand, living = asked_demand(self._store, demand_id, actor), asked_expert_ids(self._store, expert_ids)
        request = self.request(replace(ask, filters=ExpertFilter()))
        with self.working():
            found = list(self._application.reporter.of_people(demand, list(dict.fromkeys(living.values())), request))
        said = self._marks.of_demands(list(dict.fromkeys(reading.id for reading, _, _ in found)), actor)
        shown = [
            ShownExplanation(
                reading.id,
                title,
                demand,
                one,
                [mark for mark in said.get(reading.id, ()) if mark.expert_id == one.expert.id],
            )
            for reading, title, one in found
        ]
        return {
            asked: [one for one in shown if one.explanation.expert.id == expert_id]
            for asked, expert_id in living.items()
        }

    def request(self, ask: MatchAsk) -> MatchRequest:
        """Raises FilterWordUnknown, UnitUnknown."""
        filters = self._application.understood(ask.filters)
        return MatchRequest(ask.purpose, ask.top, ask.by_team, ask.services, filters)

    @contextmanager
    def working(self) -> Iterator[None]:
        with self._room:
            yield


def _by_expert(marks: Sequence[Mark]) -> Marks:
    found: dict[str, list[Mark]] = {}
    for mark in marks:
        found.setdefault(mark.expert_id, []).append(mark)
    return found
