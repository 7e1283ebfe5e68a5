"""A demand read in facets (design decision 2): what the ranker is asked with."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from matcher.domain.demand import Demand, Need
from matcher.domain.topic import Topic
from matcher.text.normalise import meaningful
from matcher.text.sentences import sentences


class FacetKind(StrEnum):
    TITLE = "需求名称"
    PROBLEM = "主要问题"
    FIGURES = "量化指标"
    GOAL = "预期目标"
    WANTED = "期望方向"
    KEYWORDS = "关键词"


@dataclass(frozen=True, slots=True)
class Facet:
    kind: FacetKind
    text: str


# Characters. The probabilities were learnt from questionnaires, of which the shortest has 87.
_SHORTEST_TELLING = 30


@dataclass(frozen=True, slots=True)
class DemandReading:
    """Facets with text, in the order of the form; placeholders are gone. `id` names the demand or need."""

    id: str
    facets: tuple[Facet, ...]

    def text(self, *kinds: FacetKind) -> str:
        """The text of the facets of these kinds (all when none is named), one a line."""
        return "\n".join(facet.text for facet in self.facets if not kinds or facet.kind in kinds)

    def sentences(self) -> list[str]:
        """Single sentences of all facets, for matching and explaining sentence by sentence."""
        return [sentence for facet in self.facets for sentence in sentences(facet.text)]

    @property
    def length(self) -> int:
        """Characters that are no blanks."""
        return len("".join(self.text().split()))

    @property
    def is_scrap(self) -> bool:
        """So short that nobody can tell what is asked."""
        return self.length < _SHORTEST_TELLING

    @property
    def is_empty(self) -> bool:
        return not self.facets


_OF_ASPECT = (FacetKind.TITLE, FacetKind.PROBLEM, FacetKind.WANTED)


def read_demand(demand: Demand) -> DemandReading:
    """All facets of a questionnaire."""
    return _reading(
        demand.id,
        {
            FacetKind.TITLE: demand.title,
            FacetKind.PROBLEM: demand.problem,
            FacetKind.FIGURES: demand.figures,
            FacetKind.GOAL: demand.goal,
            FacetKind.WANTED: "、".join((demand.wanted, *demand.fields)) if demand.fields else demand.wanted,
            FacetKind.KEYWORDS: "、".join(demand.keywords),
        },
    )


def read_need(need: Need) -> DemandReading:
    """One confirmed need of a questionnaire, ranked on its own."""
    return _reading(need.id, {FacetKind.TITLE: need.title, FacetKind.PROBLEM: need.text, FacetKind.WANTED: need.wanted})


def read_aspects(topic: Topic) -> list[tuple[str, DemandReading, DemandReading]]:
    """Each aspect's text, what is ranked for it, and the aspect alone, which is what has to be answered.

    Ranked is the aspect in the light of the topic's name.

    An aspect counts twice, or what the topic's name says would drown it (docs/decisions/0018-finding-people.md).
    Aspects that were not stated are the sentences of the background; a topic without either is its own aspect.
    """
    stated = [text for text in map(meaningful, topic.aspects) if text]
    aspects = stated or sentences(meaningful(topic.background)) or [topic.title]
    return [
        (aspect, _reading(id, dict(zip(_OF_ASPECT, (topic.title, aspect, aspect), strict=True))),
         _reading(id, {_OF_ASPECT[-1]: aspect}))
        for id, aspect in ((f"{topic.id}-{number}", aspect) for number, aspect in enumerate(aspects, start=1))
    ]  # fmt: skip


def read_text(text: str) -> DemandReading:
    """A problem that was just described."""
    return _reading("临时描述", {FacetKind.PROBLEM: text})


def _reading(id: str, texts: dict[FacetKind, str]) -> DemandReading:
    read = ((kind, meaningful(text)) for kind, text in texts.items())
    return DemandReading(id, tuple(Facet(kind, text) for kind, text in read if text))
