"""What the library lacks: demands that nobody, only people overseas, or a single team answers; fields to recruit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from matcher.domain.demand import Demand
from matcher.domain.expert import Expert
from matcher.domain.match import CheckedExpert
from matcher.explain.report import Json
from matcher.rank.filters import ExpertFilter
from matcher.rank.teams import collapse_teams
from matcher.reference.tables import ReferenceTables
from matcher.store.store import Store
from matcher.tables.sheet import SheetSpec
from matcher.text.reading import DemandReading
from matcher.workflows.match import Matchmaker, MatchRequest, readings
from matcher.workflows.report import titles

_TOP = 10
# 较匹配: whoever reaches this answers the demand.
_ANSWERS = 0.3
_OTHER = "其他"


class GapKind(StrEnum):
    NOBODY = "无人可答"
    OVERSEAS_ONLY = "国内无人，仅海外人员可答"
    ONE_TEAM = "只有一人（一个团队）可答"


@dataclass(frozen=True, slots=True)
class CoverageGap:
    """A demand that is not well covered. `fields` are NSFC names, nearest first; `field` is of first level.

    `best` is the nearest who may go; `overseas` the nearest of those abroad, each with the probability.
    """

    kind: GapKind
    reading_id: str
    title: str
    enterprise: str
    field: str
    fields: tuple[str, ...]
    best: tuple[str, float] | None
    overseas: tuple[str, float] | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """`single` disciplines (GB/T 13745, first level) have one person, named by number as everybody here is: a kept
    coverage must say nothing of whoever is erased later. `unstated` people name no discipline.
    """

    demands: int
    gaps: tuple[CoverageGap, ...]
    single: tuple[tuple[str, str], ...]
    unstated: int

    def people(self) -> set[str]:
        """Numbers of everybody named."""
        nearest = {one[0] for gap in self.gaps for one in (gap.best, gap.overseas) if one}
        return nearest | {expert_id for _, expert_id in self.single}

    def by_field(self, kind: GapKind) -> dict[str, list[CoverageGap]]:
        """First-level field -> its gaps of this kind; the field with most first."""
        found: dict[str, list[CoverageGap]] = {}
        for gap in self.gaps:
            if gap.kind is kind:
                found.setdefault(gap.field, []).append(gap)
        return dict(sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0])))

    def to_json(self) -> Json:
        return {
            "demands": self.demands,
            "gaps": [
                {
                    "kind": gap.kind.value,
                    "demand_id": gap.reading_id,
                    "title": gap.title,
                    "field": gap.field,
                    "fields": list(gap.fields),
                    "best": gap.best,
                    "overseas": gap.overseas,
                }
                for gap in self.gaps
            ],
            "single_disciplines": [{"discipline": name, "expert": expert} for name, expert in self.single],
            "experts_without_discipline": self.unstated,
        }


class CoverageReader:
    def __init__(self, store: Store, matchmaker: Matchmaker, tables: ReferenceTables) -> None:
        self._store = store
        self._matchmaker = matchmaker
        self._tables = tables

    def read(self, demands: Iterable[Demand]) -> Coverage:
        """Every demand (or need) ranked at home and abroad."""
        asked = ((one, *pair) for one in demands for pair in zip(readings(one), titles(one), strict=True))
        found = [self._gap(*one) for one in asked]
        single, unstated = self._disciplines(self._store.experts.stream())
        return Coverage(len(found), tuple(gap for gap in found if gap), single, unstated)

    def _gap(self, demand: Demand, reading: DemandReading, title: str) -> CoverageGap | None:
        result = self._matchmaker.match(reading, MatchRequest(top=_TOP), demand)
        able = [one for one in result.experts if one.ranked.score >= _ANSWERS]
        abroad = self._abroad(reading, demand)
        if result.abstained:
            kind = GapKind.NOBODY
        elif able and {one.ranked.expert_id for one in able} <= {one.ranked.expert_id for one in abroad}:
            kind = GapKind.OVERSEAS_ONLY
        elif len(collapse_teams(able)) == 1:
            kind = GapKind.ONE_TEAM
        else:
            return None
        fields = self._matchmaker.fields(reading)
        firm = demand.enterprise.name
        first, fields = self._first_level(fields), tuple(map(_unnumbered, fields))
        return CoverageGap(kind, reading.id, title, firm, first, fields, _nearest(result.experts), _nearest(abroad))

    def _abroad(self, reading: DemandReading, demand: Demand) -> tuple[CheckedExpert, ...]:
        request = MatchRequest(top=_TOP, filters=ExpertFilter(overseas=True))
        return self._matchmaker.match(reading, request, demand).experts

    def _first_level(self, fields: tuple[str, ...]) -> str:
        code = self._tables.nsfc.find(fields[0]) if fields else None
        return _unnumbered(self._tables.nsfc.path(code)[0].name) if code else _OTHER

    def _disciplines(self, experts: Iterable[Expert]) -> tuple[tuple[tuple[str, str], ...], int]:
        people: Counter[str] = Counter()
        named: dict[str, str] = {}
        unstated = 0
        for expert in experts:
            found = {one.name for code in expert.discipline_codes if (one := self._tables.disciplines.find(code))}
            unstated += not found
            people.update(found)
            named.update(dict.fromkeys(found, expert.id))
        return tuple((name, named[name]) for name in sorted(people) if people[name] == 1), unstated


def _unnumbered(field: str) -> str:
    """物理学Ⅰ and 物理学Ⅱ are parts of a list of codes, no fields that anybody knows."""
    return field.rstrip("ⅠⅡⅢ ")


def _nearest(experts: tuple[CheckedExpert, ...]) -> tuple[str, float] | None:
    return (experts[0].ranked.expert_id, round(experts[0].ranked.score, 6)) if experts else None


def named(expert_id: str, names: Mapping[str, str]) -> str:
    return f"{names.get(expert_id, '')}（{expert_id}）"


def _named(nearest: tuple[str, float] | None, names: Mapping[str, str]) -> tuple[str, float | None]:
    return (named(nearest[0], names), nearest[1]) if nearest else ("", None)


def coverage_sheets(coverage: Coverage, names: Mapping[str, str]) -> list[SheetSpec]:
    """`names` by number, of the people in `coverage.people()`."""
    header = (
        "类别", "学科门类", "需求编号", "需求名称", "企业名称", "建议征集的学科", "最接近的人", "匹配概率",
        "海外最接近的人", "海外匹配概率",
    )  # fmt: skip
    rows = [
        (
            gap.kind.value,
            gap.field,
            gap.reading_id,
            gap.title,
            gap.enterprise,
            "、".join(gap.fields),
            *_named(gap.best, names),
            *_named(gap.overseas, names),
        )
        for gap in sorted(coverage.gaps, key=lambda gap: (list(GapKind).index(gap.kind), gap.field, gap.reading_id))
    ]
    widths = (24, 20, 10, 34, 28, 40, 18, 10, 18, 10)
    return [
        SheetSpec("需求缺口", header, rows, widths, percent_columns=frozenset({7, 9})),
        SheetSpec(
            "只有一人的学科", ("学科", "专家"), [(name, named(id, names)) for name, id in coverage.single], (30, 30)
        ),
    ]
