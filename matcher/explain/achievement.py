"""Achievements that answer a demand: which sentence answers which, whose they are, whether the owners may be asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matcher.domain.demand import Demand
from matcher.domain.evidence import EvidenceItem
from matcher.domain.expert import Expert
from matcher.domain.match import Band, Finding, FindingKind, in_percent
from matcher.explain.explanation import item_heading
from matcher.explain.passages import Passage
from matcher.explain.report import Json, finding_json


@dataclass(frozen=True, slots=True)
class Owner:
    """Who holds an achievement, with what the rules say of asking him or her for this demand."""

    expert: Expert
    findings: tuple[Finding, ...]

    @property
    def forbidden(self) -> bool:
        return any(finding.forbids for finding in self.findings)

    def remarks(self, kind: FindingKind) -> list[str]:
        return [finding.message for finding in self.findings if finding.kind is kind]

    def name(self) -> str:
        """Name, number and unit."""
        unit = f"，{self.expert.organization}" if self.expert.organization else ""
        return f"{self.expert.name}（{self.expert.id}{unit}）"


@dataclass(frozen=True, slots=True)
class Achievement:
    """One item of the bank for one demand; `score` is the probability that it suits."""

    item: EvidenceItem
    rank: int
    score: float
    band: Band
    passage: Passage
    owners: tuple[Owner, ...]

    @property
    def blocked(self) -> bool:
        """Whether no owner may be asked."""
        return all(owner.forbidden for owner in self.owners)

    def heading(self) -> str:
        return item_heading(self.item)

    def summary(self) -> str:
        """One sentence: how well, by which words."""
        words = "、".join(self.passage.whole_words[:4])
        about = f"与需求共有的关键词：{words}" if words else "与需求含义相近"
        return f"{self.band}（{in_percent(self.score)}）：{about}"

    def to_json(self) -> Json:
        return {
            "rank": self.rank,
            "item_id": self.item.id,
            "type": self.item.type.value,
            "title": self.item.title or self.item.title_en,
            "year": self.item.year,
            "source": self.item.source,
            "score": round(self.score, 6),
            "band": self.band.value,
            "summary": self.summary(),
            "demand_sentence": self.passage.asked,
            "item_sentence": self.passage.answered,
            "matched_words": self.passage.whole_words,
            "blocked": self.blocked,
            "owners": [_owner_json(owner) for owner in self.owners],
        }


@dataclass(frozen=True, slots=True)
class AchievementReport:
    """The bank's answer to one demand (None: a described problem); `gap` says why nothing is proposed.

    `achievements` keep the order of the ranking; those whose owners may not be asked stand among them, marked.
    """

    demand_id: str
    title: str
    demand: Demand | None
    achievements: tuple[Achievement, ...]
    gap: str = ""

    @property
    def proposed(self) -> Sequence[Achievement]:
        """Those to be put before people: none beside a gap, none that hardly relates."""
        return () if self.gap else [one for one in self.achievements if one.band is not Band.WEAK]

    def to_json(self) -> Json:
        return {
            "demand_id": self.demand_id,
            "title": self.title,
            "enterprise": self.demand.enterprise.name if self.demand else "",
            "category": self.demand.category.value if self.demand and self.demand.category else "",
            "gap": self.gap,
            "achievements": [one.to_json() for one in self.achievements],
        }


def _owner_json(owner: Owner) -> Json:
    return {
        "expert_id": owner.expert.id,
        "name": owner.expert.name,
        "organization": owner.expert.organization,
        "forbidden": owner.forbidden,
        "findings": [finding_json(finding) for finding in owner.findings],
    }
