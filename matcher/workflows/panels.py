"""A panel for a think-tank topic: who covers which aspect, by what evidence, who could step in, who is left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import nlargest

from matcher.domain.expert import Expert
from matcher.domain.match import CheckedExpert
from matcher.domain.topic import Topic
from matcher.errors import UsageError
from matcher.explain.explanation import Explanation
from matcher.index.protocol import EvidenceReader
from matcher.plan.panel import Candidate, LeftOut, Panel, PanelSelector, PanelTerms
from matcher.rank.rules import first_unit, unit_name
from matcher.reference.disciplines import Disciplines
from matcher.store.store import Store
from matcher.text.reading import DemandReading, read_aspects
from matcher.workflows.directory import ExpertDirectory
from matcher.workflows.match import Matchmaker, MatchRequest
from matcher.workflows.report import Reporter

# Of each aspect's ranking so many people come into the selection; the rest hardly relate.
_DEEP = 25
# Whoever relates less to an aspect is not named for it.
_LEAST = 0.1
_NAMED_LEFT_OUT = 10
_COVERED = 0.3


class TopicUnknown(UsageError):
    def __init__(self, topic_id: str) -> None:
        super().__init__(f"库中没有编号为“{topic_id}”的选题。请核对编号，或先导入选题表。")


@dataclass(frozen=True, slots=True)
class AspectCover:
    """`covered`: the probability of the member who answers best; `answers` the members, best first.

    Not that of anybody of several: members who look right for the same words are wrong together
    (docs/decisions/0018-finding-people.md).
    """

    text: str
    covered: float
    answers: tuple[Explanation, ...]

    @property
    def doubt(self) -> str:
        """What has to be told of a panel that hardly answers it; "" where all is well."""
        return "" if self.covered >= _COVERED else "没有人有把握，建议另行征集"


@dataclass(frozen=True, slots=True)
class Member:
    """`disciplines` are names of first level; `backups` may take the seat."""

    expert: Expert
    checked: CheckedExpert
    disciplines: tuple[str, ...]
    backups: tuple[tuple[Expert, float], ...]


@dataclass(frozen=True, slots=True)
class PanelReport:
    """`left_out` are the strongest who are not on the panel; `forbidden` those whom a rule keeps out."""

    topic: Topic
    panel: Panel
    aspects: tuple[AspectCover, ...]
    members: tuple[Member, ...]
    left_out: tuple[tuple[Expert, LeftOut], ...]
    forbidden: tuple[Explanation, ...]

    @property
    def disciplines(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for member in self.members for name in member.disciplines))


@dataclass(frozen=True, slots=True)
class _Aspect:
    """`alone`: the aspect without the topic's name."""

    text: str
    alone: DemandReading
    allowed: Mapping[str, CheckedExpert]
    excluded: Sequence[CheckedExpert]


class PanelPlanner:
    """Ranks every aspect by itself, then selects people who together cover all."""

    def __init__(
        self,
        store: Store,
        directory: ExpertDirectory,
        matchmaker: Matchmaker,
        reporter: Reporter,
        index: EvidenceReader,
        disciplines: Disciplines,
    ) -> None:
        self._store = store
        self._directory = directory
        self._matchmaker = matchmaker
        self._reporter = reporter
        self._index = index
        self._disciplines = disciplines

    def topic(self, topic_id: str) -> Topic:
        """Raises TopicUnknown."""
        found = self._store.topics.get(topic_id)
        if found is None:
            raise TopicUnknown(topic_id)
        return found

    def panel(self, topic: Topic, terms: PanelTerms) -> PanelReport:
        """The panel with reasons; candidates are the 25 best of each aspect whom no rule keeps out."""
        aspects = [self._ranked(*aspect) for aspect in read_aspects(topic)]
        people = self._directory.experts(id for aspect in aspects for id in aspect.allowed)
        everybody = (self._candidate(one, aspects) for one in sorted(people.values(), key=lambda one: one.id))
        # Whoever hardly relates to any aspect is no member, whatever discipline he or she would bring.
        candidates = [one for one in everybody if max(one.chances) >= _LEAST]
        panel = PanelSelector(candidates, len(aspects), terms).select()
        return PanelReport(
            topic,
            panel,
            tuple(self._cover(aspect, panel) for aspect in aspects),
            tuple(self._member(people[id], aspects, panel, people) for id in panel.members),
            tuple((people[one.expert_id], one) for one in _strongest(panel.left_out, candidates)),
            tuple(self._forbidden(aspects)),
        )

    def _ranked(self, text: str, reading: DemandReading, alone: DemandReading) -> _Aspect:
        """By the aspect in the light of the topic's name; what that name alone brings somebody counts for nothing."""
        result = self._matchmaker.match(reading, MatchRequest(top=_DEEP))
        allowed = {one.ranked.expert_id: one for one in self._by_itself(alone, result.experts)}
        return _Aspect(text, alone, allowed, self._by_itself(alone, result.excluded))

    def _by_itself(self, alone: DemandReading, found: Sequence[CheckedExpert]) -> list[CheckedExpert]:
        """With the evidence for the aspect alone, and the lower of both probabilities."""
        most = {one.ranked.expert_id: one.ranked.score for one in found}
        checked = self._matchmaker.several(alone, list(most), MatchRequest(), None)
        return [replace(one, ranked=replace(one.ranked, score=min(one.ranked.score, most[one.ranked.expert_id])))
                for one in checked]  # fmt: skip

    def _candidate(self, expert: Expert, aspects: Sequence[_Aspect]) -> Candidate:
        chances = (aspect.allowed.get(expert.id) for aspect in aspects)
        return Candidate(
            expert.id,
            tuple(checked.ranked.score if checked else 0.0 for checked in chances),
            unit_name(first_unit(expert.organization)),
            frozenset(self._fields(expert)),
            frozenset(self._index.items_of(expert.id).tolist()),
        )

    def _fields(self, expert: Expert) -> list[str]:
        """Disciplines of first level, by name."""
        found = (self._disciplines.find(code) for code in expert.discipline_codes)
        return list(dict.fromkeys(one.name for one in found if one))

    def _cover(self, aspect: _Aspect, panel: Panel) -> AspectCover:
        able = [aspect.allowed[id] for id in panel.members if id in aspect.allowed]
        ordered = sorted((one for one in able if one.ranked.score >= _LEAST), key=lambda one: -one.ranked.score)
        best = max((one.ranked.score for one in able), default=0.0)
        return AspectCover(aspect.text, best, tuple(self._reporter.explain(aspect.alone, ordered)))

    def _member(self, expert: Expert, aspects: Sequence[_Aspect], panel: Panel, people: Mapping[str, Expert]) -> Member:
        """`checked` is the member's in the aspect he or she answers best: the rules say the same in each."""
        mine = [aspect.allowed[expert.id] for aspect in aspects if expert.id in aspect.allowed]
        return Member(
            expert,
            max(mine, key=lambda one: one.ranked.score),
            tuple(self._fields(expert)),
            tuple((people[backup.expert_id], backup.loss) for backup in panel.backups[expert.id]),
        )

    def _forbidden(self, aspects: Sequence[_Aspect]) -> list[Explanation]:
        """Everybody once, by the aspect that he or she would have answered best; the likeliest first."""
        best: dict[str, tuple[float, _Aspect, CheckedExpert]] = {}
        for aspect in aspects:
            for one in aspect.excluded:
                known = best.get(one.ranked.expert_id)
                if one.ranked.score >= _LEAST and (known is None or one.ranked.score > known[0]):
                    best[one.ranked.expert_id] = (one.ranked.score, aspect, one)
        likeliest = nlargest(_NAMED_LEFT_OUT, best.values(), key=lambda found: found[0])
        return [one for _, aspect, checked in likeliest for one in self._reporter.explain(aspect.alone, [checked])]


def _strongest(left_out: Iterable[LeftOut], candidates: Sequence[Candidate]) -> list[LeftOut]:
    """Those who would have stood highest for some aspect."""
    best = {one.expert_id: max(one.chances, default=0.0) for one in candidates}
    able = [one for one in left_out if best[one.expert_id] >= _LEAST]
    return sorted(able, key=lambda one: (-best[one.expert_id], one.expert_id))[:_NAMED_LEFT_OUT]
