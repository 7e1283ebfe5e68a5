"""A panel for a think-tank topic: who covers which aspect, by what evidence, who could step in, who is left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
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
    """`covered`: probability that somebody on the panel can answer; `answers` the members, best first.

    `by_name`: what the answers share with the question are words of the topic's name only, none of the aspect's own.
    """

    text: str
    covered: float
    answers: tuple[Explanation, ...]
    by_name: bool = False

    @property
    def doubt(self) -> str:
        """What has to be told of a panel that hardly answers it, or perhaps something else; "" where all is well."""
        if self.covered < _COVERED:
            return "没有人有把握，建议另行征集"
        return "依据只与选题名称有共有的词，没有本要点的用词：请核实，或另行征集" if self.by_name else ""


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
    text: str
    reading: DemandReading
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
        aspects = [self._ranked(text, reading) for text, reading in read_aspects(topic)]
        people = self._directory.experts(id for aspect in aspects for id in aspect.allowed)
        everybody = (self._candidate(one, aspects) for one in sorted(people.values(), key=lambda one: one.id))
        # Whoever hardly relates to any aspect is no member, whatever discipline he or she would bring.
        candidates = [one for one in everybody if max(one.chances) >= _LEAST]
        panel = PanelSelector(candidates, len(aspects), terms).select()
        return PanelReport(
            topic,
            panel,
            tuple(self._cover(aspect, panel, place) for place, aspect in enumerate(aspects)),
            tuple(self._member(people[id], aspects, panel, people) for id in panel.members),
            tuple((people[one.expert_id], one) for one in _strongest(panel.left_out, candidates)),
            tuple(self._forbidden(aspects)),
        )

    def _ranked(self, text: str, reading: DemandReading) -> _Aspect:
        result = self._matchmaker.match(reading, MatchRequest(top=_DEEP))
        return _Aspect(text, reading, {one.ranked.expert_id: one for one in result.experts}, result.excluded)

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

    def _cover(self, aspect: _Aspect, panel: Panel, place: int) -> AspectCover:
        able = [aspect.allowed[id] for id in panel.members if id in aspect.allowed]
        ordered = sorted((one for one in able if one.ranked.score >= _LEAST), key=lambda one: -one.ranked.score)
        answers = tuple(self._reporter.explain(aspect.reading, ordered))
        return AspectCover(aspect.text, panel.covered[place], answers, bool(answers) and _by_name(aspect.text, answers))

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
        return [one for _, aspect, checked in likeliest for one in self._reporter.explain(aspect.reading, [checked])]


def _by_name(text: str, answers: Iterable[Explanation]) -> bool:
    """Whether nobody's chief evidence shares a word with the aspect; who is near by meaning alone is believed."""
    shared = [answer.reasons[0].passage.words if answer.reasons else () for answer in answers]
    return all(words and not any(word in text.lower() for word in words) for words in shared)


def _strongest(left_out: Iterable[LeftOut], candidates: Sequence[Candidate]) -> list[LeftOut]:
    """Those who would have stood highest for some aspect."""
    best = {one.expert_id: max(one.chances, default=0.0) for one in candidates}
    able = [one for one in left_out if best[one.expert_id] >= _LEAST]
    return sorted(able, key=lambda one: (-best[one.expert_id], one.expert_id))[:_NAMED_LEFT_OUT]
