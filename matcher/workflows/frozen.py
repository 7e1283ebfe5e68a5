"""What a match run freezes and how it is shown again: without index and encoder, whatever has changed since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypedDict

from matcher.domain.demand import Demand, DemandContact
from matcher.domain.expert import Expert
from matcher.domain.match import Band, CheckedExpert, Finding, Gap, MatchResult, RankedExpert
from matcher.domain.match_run import MatchRun
from matcher.domain.vocabulary import Purpose, ServiceKind
from matcher.explain.explanation import Explanation
from matcher.explain.report import MatchReport, TeamReport
from matcher.rank.filters import ExpertFilter
from matcher.store.codec import Codec, to_json
from matcher.store.match_runs import StoredRun
from matcher.workflows.match import MatchRequest

ERASED_NAME = "（已按本人要求删除）"


@dataclass(frozen=True, slots=True)
class Basis:
    """By what the answer came about: the encoder's fingerprint, the weights and the rule book in full (JSON values),
    the day the rules were applied for, and the last change of the database that the answer knew."""

    encoder: str
    weights: Mapping[str, Any]
    rules: Mapping[str, Any]
    day: date
    last_change: int


@dataclass(frozen=True, slots=True)
class Chosen:
    """Somebody on the shortlist; the note says why."""

    explanation: Explanation
    note: str = ""


@dataclass(frozen=True, slots=True)
class FrozenPerson:
    """What is personal of one person in a run."""

    explanation: Explanation
    note: str = ""


@dataclass(frozen=True, slots=True)
class FrozenPlace:
    """What stays of somebody in a run, whatever becomes of the person."""

    expert_id: str
    rank: int
    score: float
    band: Band


@dataclass(frozen=True, slots=True)
class FrozenTeam:
    lead: str
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FrozenContent:
    """The part of a run without anything personal; people by number."""

    demand: Demand
    demand_id: str
    title: str
    purpose: Purpose
    top: int
    by_team: bool
    basis: Basis
    services: tuple[ServiceKind, ...] = ()
    filters: ExpertFilter = field(default_factory=ExpertFilter)
    experts: tuple[FrozenPlace, ...] = ()
    teams: tuple[FrozenTeam, ...] = ()
    excluded: tuple[FrozenPlace, ...] = ()
    chosen: tuple[FrozenPlace, ...] = ()
    more_excluded: int = 0
    gap: Gap | None = None
    about: tuple[Finding, ...] = ()
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownRun:
    """A run as it was. Erased people stand in their places, without name and reasons.

    `request` and `basis` say what was asked and how; `intact`: nothing was changed since.
    """

    run: MatchRun
    report: MatchReport
    chosen: tuple[Chosen, ...]
    request: MatchRequest
    basis: Basis
    region_code: str
    jurisdiction: str
    intact: bool


_CONTENT = Codec(FrozenContent)
_PERSON = Codec(FrozenPerson)


class Frozen(TypedDict):
    """`content` and, by expert id, what is personal; JSON."""

    content: str
    people: dict[str, str]


def freeze(report: MatchReport, request: MatchRequest, chosen: Sequence[Chosen], basis: Basis) -> Frozen:
    """`report` must be of a stored demand."""
    demand = report.demand
    assert demand is not None
    notes = {one.explanation.expert.id: one.note for one in chosen}
    everybody = [*(one.explanation for one in chosen), *report.excluded, *report.experts]
    people = {one.expert.id: FrozenPerson(one, notes.get(one.expert.id, "")) for one in everybody}
    content = FrozenContent(
        demand=as_frozen(demand),
        demand_id=report.result.demand_id,
        title=report.title,
        purpose=request.purpose,
        top=request.top,
        by_team=request.by_team,
        basis=basis,
        services=request.services,
        filters=request.filters,
        experts=_places(report.experts),
        teams=tuple(FrozenTeam(t.lead.expert.id, tuple(m.expert.id for m in t.members)) for t in report.teams),
        excluded=_places(report.excluded),
        chosen=_places(one.explanation for one in chosen),
        more_excluded=report.more_excluded,
        gap=report.result.gap,
        about=report.result.about,
        hints=report.hints,
    )
    said = {key: to_json(_PERSON.fields(one)) for key, one in people.items()}
    return Frozen(content=to_json(_CONTENT.fields(content)), people=said)


def as_frozen(demand: Demand) -> Demand:
    """Without contact and wished-for people, who are named in clear."""
    return replace(demand, contact=DemandContact(), preferred=())


def thaw(stored: StoredRun) -> ShownRun:
    """Raises RecordUnreadable for a run that another version of the program froze in another form."""
    content = _CONTENT.read(stored.content)
    people = {key: _PERSON.read(text) for key, text in stored.people.items()}
    experts = {place.expert_id: _explained(place, people) for place in content.experts}
    excluded = tuple(_explained(place, people) for place in content.excluded)
    checked = tuple(_checked(one) for one in experts.values())
    result = MatchResult(
        content.demand_id, content.purpose, checked, tuple(map(_checked, excluded)), content.gap, content.about
    )
    teams = tuple(TeamReport(experts[t.lead], tuple(experts[m] for m in t.members)) for t in content.teams)
    report = MatchReport(
        content.title, result, content.demand, tuple(experts.values()), teams, excluded, content.hints,
        content.more_excluded,
    )  # fmt: skip
    request = MatchRequest(content.purpose, content.top, content.by_team, content.services, content.filters)
    chosen = tuple(Chosen(_explained(place, people), _note(place, people)) for place in content.chosen)
    places = (stored.region_code, stored.jurisdiction)
    return ShownRun(stored.run, report, chosen, request, content.basis, *places, stored.intact)


def content_of(text: str) -> FrozenContent:
    """Raises RecordUnreadable as `thaw`."""
    return _CONTENT.read(text)


def chosen_in(text: str) -> frozenset[str]:
    """Numbers of those on the shortlist of a frozen run. Raises RecordUnreadable as `thaw`."""
    return frozenset(place.expert_id for place in content_of(text).chosen)


def is_erased(explanation: Explanation) -> bool:
    return explanation.expert.name == ERASED_NAME


def _places(explanations: Iterable[Explanation]) -> tuple[FrozenPlace, ...]:
    return tuple(FrozenPlace(one.expert.id, one.rank, one.score, one.band) for one in explanations)


def _explained(place: FrozenPlace, people: Mapping[str, FrozenPerson]) -> Explanation:
    found = people.get(place.expert_id)
    if found is not None:
        return found.explanation
    gone = Expert(place.expert_id, ERASED_NAME)
    return Explanation(gone, place.rank, place.score, place.band, (), {}, ())


def _note(place: FrozenPlace, people: Mapping[str, FrozenPerson]) -> str:
    found = people.get(place.expert_id)
    return found.note if found else ""


def _checked(explanation: Explanation) -> CheckedExpert:
    ranked = RankedExpert(explanation.expert.id, explanation.rank, explanation.score, ())
    return CheckedExpert(ranked, explanation.findings)
