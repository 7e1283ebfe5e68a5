"""The achievements bank: items of evidence ranked against a demand by the ranker that ranks experts, owners shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from matcher.domain.demand import Demand
from matcher.domain.match import RankedItem, in_percent
from matcher.domain.vocabulary import EvidenceType
from matcher.errors import UsageError
from matcher.explain.achievement import Achievement, AchievementReport, Owner
from matcher.explain.explanation import band, item_heading, item_sentences
from matcher.explain.passages import PassageFinder
from matcher.store.records import StoredItem
from matcher.store.store import Store
from matcher.tables.sheet import SheetSpec
from matcher.text.reading import DemandReading
from matcher.workflows.directory import ExpertDirectory
from matcher.workflows.match import Matchmaker, MatchRequest, readings
from matcher.workflows.report import titles

# What a firm can take over; papers and books describe, they are no achievements to be handed on.
BANK_TYPES = (
    EvidenceType.ACHIEVEMENT,
    EvidenceType.PATENT,
    EvidenceType.PROJECT,
    EvidenceType.AWARD,
    EvidenceType.STANDARD,
)
_NAMED = 5


class AchievementUnknown(UsageError):
    """No achievement, or more than one, is meant by what was written."""

    def __init__(self, asked: str, found: Sequence[StoredItem]) -> None:
        names = "；".join(f"{one.item.id}《{one.item.title or one.item.title_en}》" for one in found)
        more = f"“{asked}”对应多项成果：{names}。请改用其中一项的编号。"
        super().__init__(more if found else f"成果库中没有编号或题名含“{asked}”的成果。请核对，或用 --type 放宽类型。")


@dataclass(frozen=True, slots=True)
class AchievementDemand:
    """A demand that an achievement fits; `rank` is its place in the demand's own ranking of the bank."""

    demand: Demand
    reading: DemandReading
    title: str
    score: float
    rank: int

    def to_json(self) -> dict[str, object]:
        return {
            "demand_id": self.reading.id,
            "title": self.title,
            "enterprise": self.demand.enterprise.name,
            "score": round(self.score, 6),
            "rank_in_demand": self.rank,
        }


class AchievementBank:
    """Achievements for demands and demands for an achievement; same legs, weights and calibration as for experts."""

    def __init__(
        self,
        store: Store,
        directory: ExpertDirectory,
        matchmaker: Matchmaker,
        finder: PassageFinder,
        types: Sequence[EvidenceType] = BANK_TYPES,
    ) -> None:
        self._store = store
        self._directory = directory
        self._matchmaker = matchmaker
        self._finder = finder
        self._types = tuple(types)

    def match(self, reading: DemandReading, demand: Demand | None, title: str, top: int) -> AchievementReport:
        """The `top` achievements for a demand or a described problem, best first, with reasons and owners."""
        ranked = self._ranked(reading)[:top]
        stored = {one.number: one for one in self._store.items.by_numbers(one.item for one in ranked)}
        shown = [one for one in ranked if one.item in stored]
        sentences = [item_sentences(stored[one.item].item) for one in shown]
        passages = self._finder.find(reading.sentences(), sentences, self._matchmaker.rarity(reading))
        found = tuple(
            Achievement(
                stored[one.item].item,
                one.rank,
                one.score,
                band(one.score),
                passage,
                self._owners(stored[one.item], demand),
            )
            for one, passage in zip(shown, passages, strict=True)
        )
        return AchievementReport(reading.id, title, demand, found, self._gap(found))

    def match_all(self, demands: Iterable[Demand], top: int) -> Iterable[AchievementReport]:
        """A report for every demand, or for every confirmed need of it."""
        for demand in demands:
            for reading, title in zip(readings(demand), titles(demand), strict=True):
                yield self.match(reading, demand, title, top)

    def the_one(self, asked: str) -> StoredItem:
        """The achievement with this id, or the only one with this text in its title. Raises AchievementUnknown."""
        found = self._store.items.find(asked, self._types, _NAMED)
        exact = [one for one in found if one.item.id == asked] or found
        if len(exact) != 1:
            raise AchievementUnknown(asked, exact)
        return exact[0]

    def demands(self, achievement: StoredItem, demands: Iterable[Demand], top: int) -> list[AchievementDemand]:
        """The demands that the achievement fits best, with the probabilities of the forward ranking."""
        fitting = [
            AchievementDemand(demand, reading, title, ranked.score, ranked.rank)
            for demand in demands
            for reading, title in zip(readings(demand), titles(demand), strict=True)
            if (ranked := self._place(reading, achievement.number)) is not None
        ]
        return sorted(fitting, key=lambda one: (-one.score, one.reading.id))[:top]

    def _ranked(self, reading: DemandReading) -> list[RankedItem]:
        return self._matchmaker.items(reading, np.array(self._store.items.numbers(self._types), np.int64))

    def _place(self, reading: DemandReading, number: int) -> RankedItem | None:
        return next((one for one in self._ranked(reading) if one.item == number), None)

    def _owners(self, stored: StoredItem, demand: Demand | None) -> tuple[Owner, ...]:
        """Those who may be asked first."""
        people = self._directory.experts(stored.owners)
        owners = [Owner(one, self._matchmaker.findings(one, MatchRequest(), demand)) for one in people.values()]
        return tuple(sorted(owners, key=lambda owner: owner.forbidden))

    def _gap(self, found: Sequence[Achievement]) -> str:
        kinds = "、".join(self._types)
        if not found:
            return f"成果库中没有相关成果（查找范围：{kinds}）。可导入成果表，或改为匹配专家。"
        if self._matchmaker.abstains_at(found[0].score):
            return f"成果库中暂无合适成果：最接近一项的匹配概率 {in_percent(found[0].score)}。可改为匹配专家。"
        return ""


def fitting_sheet(achievement: StoredItem, found: Sequence[AchievementDemand]) -> SheetSpec:
    """The reverse view as a sheet."""
    header = ("名次", "需求编号", "需求名称", "企业名称", "匹配概率", "成果在该需求中的名次", "成果")
    rows = [
        (place, one.reading.id, one.title, one.demand.enterprise.name, round(one.score, 3), one.rank, heading)
        for heading in [item_heading(achievement.item)]
        for place, one in enumerate(found, start=1)
    ]
    return SheetSpec("适合的需求", header, rows, (6, 12, 36, 30, 10, 12, 40), percent_columns=frozenset({4}))
