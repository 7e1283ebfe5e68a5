"""One lecturer for several similar demands: which demands belong together and why, and who answers them all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matcher.domain.demand import Demand
from matcher.domain.match import CheckedExpert
from matcher.domain.vocabulary import ReviewStatus, ServiceKind
from matcher.encode.protocol import Encoder
from matcher.explain.explanation import Explanation
from matcher.explain.passages import Passage, PassageFinder
from matcher.plan.clusters import Likeness, common_words, groups, likeness, middle
from matcher.text.reading import DemandReading, FacetKind
from matcher.workflows.match import Matchmaker, MatchRequest, readings
from matcher.workflows.report import Reporter, titles

# Of each demand's ranking so many may lecture; whoever stands lower hardly relates to it.
_DEEP = 200
# 较匹配: the worst-served demand must reach this, or one of the firms has nothing from the lecture.
_LEAST = 0.3
_NAMED = 3
_HEADS = (FacetKind.TITLE, FacetKind.WANTED, FacetKind.KEYWORDS)


@dataclass(frozen=True, slots=True)
class LectureDemand:
    """A demand, or one need of it. `passage`: its sentence that meets one of the group's central demand."""

    demand: Demand
    reading: DemandReading
    title: str
    passage: Passage
    alike: float


@dataclass(frozen=True, slots=True)
class Lecturer:
    """`answers` go by the group's demands, in their order; `worst` is the lowest probability and decides."""

    answers: tuple[Explanation, ...]
    worst: float


@dataclass(frozen=True, slots=True)
class Barred:
    """Somebody who would have been proposed, had a rule not forbidden it for a demand of the group."""

    name: str
    expert_id: str
    demand_id: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LectureGroup:
    """Demands for one lecture, the central one first.

    No `lecturers`: nobody suits them all, or the library has nobody for one of them.
    """

    demands: tuple[LectureDemand, ...]
    words: tuple[str, ...]
    lecturers: tuple[Lecturer, ...]
    barred: tuple[Barred, ...]


@dataclass(frozen=True, slots=True)
class Alone:
    """A demand that joined no group; `nearest` is the number of the demand it is most like, `near` says its name."""

    reading_id: str
    title: str
    enterprise: str
    nearest: str
    near: str
    alike: float


@dataclass(frozen=True, slots=True)
class LecturePlan:
    groups: tuple[LectureGroup, ...]
    alone: tuple[Alone, ...]
    not_approved: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """`heads`: words under which the demand asks; the story beside them holds 秋天 and 病人 as well."""

    demand: Demand
    reading: DemandReading
    title: str
    rarity: dict[str, float]
    subjects: dict[str, float]
    heads: frozenset[str]


class LecturePlanner:
    def __init__(self, matchmaker: Matchmaker, reporter: Reporter, finder: PassageFinder, encoder: Encoder) -> None:
        self._matchmaker = matchmaker
        self._reporter = reporter
        self._finder = finder
        self._encoder = encoder

    def plan(self, demands: Sequence[Demand], *, pending_too: bool = False) -> LecturePlan:
        """Groups of two and more with their lecturers. Demands not approved are left out, unless `pending_too`."""
        wanted = [one for one in demands if pending_too or one.review is ReviewStatus.APPROVED]
        asked = [self._asked(one, *pair) for one in wanted for pair in zip(readings(one), titles(one), strict=True)]
        vectors = self._encoder.encode_queries([one.reading.text() for one in asked])
        alike = likeness(vectors, [one.rarity for one in asked])
        found = groups(alike)
        return LecturePlan(
            tuple(self._group(rows, asked, alike) for rows in found if len(rows) > 1),
            tuple(_alone(rows[0], asked, alike) for rows in found if len(rows) == 1),
            tuple(one.id for one in demands if one not in wanted),
        )

    def _asked(self, demand: Demand, reading: DemandReading, title: str) -> _Asked:
        rarity = self._matchmaker.rarity(reading)
        heads = DemandReading(reading.id, tuple(facet for facet in reading.facets if facet.kind in _HEADS))
        return _Asked(
            demand, reading, title, rarity, self._finder.subjects(rarity), frozenset(self._matchmaker.rarity(heads))
        )

    def _group(self, rows: Sequence[int], asked: Sequence[_Asked], alike: Likeness) -> LectureGroup:
        centre = middle(rows, alike)
        ordered = [centre, *(row for row in rows if row != centre)]
        members = [asked[row] for row in ordered]
        sentences = [one.reading.sentences() for one in members]
        passages = self._finder.find(members[0].reading.sentences(), sentences, members[0].rarity)
        demands = tuple(
            LectureDemand(one.demand, one.reading, one.title, passage, float(alike.total[centre, row]))
            for one, passage, row in zip(members, passages, ordered, strict=True)
        )
        lecturers, barred = self._lecturers(members)
        heads = frozenset[str]().union(*(one.heads for one in members))
        subjects = [{word: rarity for word, rarity in one.subjects.items() if word in heads} for one in members]
        words = common_words(subjects, [one.subjects for one in asked])
        return LectureGroup(demands, words, lecturers, barred)

    def _lecturers(self, members: Sequence[_Asked]) -> tuple[tuple[Lecturer, ...], tuple[Barred, ...]]:
        request = MatchRequest(top=_DEEP, services=(ServiceKind.LECTURE,))
        results = [self._matchmaker.match(one.reading, request, one.demand) for one in members]
        if any(result.abstained for result in results):
            return (), ()
        everybody = [{c.ranked.expert_id: c for c in (*result.experts, *result.excluded)} for result in results]
        reached = {id for id in everybody[0] if all(id in ranking for ranking in everybody)}
        able = [id for id in reached if _worst([ranking[id] for ranking in everybody]) >= _LEAST]
        able.sort(key=lambda id: _place([ranking[id] for ranking in everybody]))
        free = [id for id in able if not any(ranking[id].forbidden for ranking in everybody)][:_NAMED]
        limit = _worst([ranking[free[-1]] for ranking in everybody]) if len(free) == _NAMED else 0.0
        barred = [
            (id, one, ranking[id])
            for id in able
            for one, ranking in zip(members, everybody, strict=True)
            if ranking[id].forbidden and _worst([other[id] for other in everybody]) >= limit
        ]
        return (
            tuple(self._lecturer(members, [ranking[id] for ranking in everybody]) for id in free),
            tuple(self._barred(one, checked) for _, one, checked in barred),
        )

    def _lecturer(self, members: Sequence[_Asked], checked: Sequence[CheckedExpert]) -> Lecturer:
        explained = [self._reporter.explain(one.reading, [mine])[0] for one, mine in zip(members, checked, strict=True)]
        return Lecturer(tuple(explained), _worst(checked))

    def _barred(self, asked: _Asked, checked: CheckedExpert) -> Barred:
        (explained,) = self._reporter.explain(asked.reading, [checked])
        return Barred(explained.expert.name, explained.expert.id, asked.reading.id, tuple(explained.forbidding()))


def _worst(checked: Sequence[CheckedExpert]) -> float:
    return min(one.ranked.score for one in checked)


def _place(checked: Sequence[CheckedExpert]) -> tuple[float, float, str]:
    """The worst-served demand decides, then the sum; ties go by number."""
    return -_worst(checked), -sum(one.ranked.score for one in checked), checked[0].ranked.expert_id


def _alone(row: int, asked: Sequence[_Asked], alike: Likeness) -> Alone:
    one = asked[row]
    others = [other for other in range(len(asked)) if other != row]
    near = max(others, key=lambda other: float(alike.total[row, other]), default=None)
    firm = one.demand.enterprise.name
    if near is None:
        return Alone(one.reading.id, one.title, firm, "", "", 0.0)
    other, value = asked[near], float(alike.total[row, near])
    return Alone(one.reading.id, one.title, firm, other.reading.id, _name(other), value)


def _name(asked: _Asked) -> str:
    firm = asked.demand.enterprise.name
    return f"{asked.title}（{firm}）" if firm else asked.title
