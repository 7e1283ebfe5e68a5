"""Whom to put forward for an award or a programme: ranked by evidence, each condition checked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from matcher.domain.match import CheckedExpert
from matcher.errors import UsageError
from matcher.explain.explanation import Explanation
from matcher.explain.report import Json, explanation_json
from matcher.rank.programmes import Called, Condition, Programme, Verdict, conditions
from matcher.reference.disciplines import Discipline
from matcher.reference.regions import Region
from matcher.reference.tables import ReferenceTables
from matcher.store.store import Store
from matcher.tables.sheet import Cell, SheetSpec
from matcher.text.reading import DemandReading, read_text
from matcher.workflows.match import Matchmaker, MatchRequest
from matcher.workflows.report import Reporter

# So many of the ranking are looked at; whoever stays below the floor hardly works in the field.
_DEEP = 200
_LEAST = 0.1


class ProgrammeUnknown(UsageError):
    def __init__(self, name: str, known: Sequence[Programme]) -> None:
        names = "、".join(f"“{one.name}”" for one in known)
        super().__init__(f"没有名称含“{name}”的奖项或计划，或不止一个。现有：{names}。请写全名称。")


@dataclass(frozen=True, slots=True)
class Nominee:
    """`missed`: at least one condition is not met; `conditions` in the order of the programme."""

    explanation: Explanation
    conditions: tuple[Condition, ...]

    @property
    def missed(self) -> bool:
        return any(one.verdict is Verdict.MISSED for one in self.conditions)

    def of(self, verdict: Verdict) -> list[str]:
        return [f"{one.name}（{one.said}）" for one in self.conditions if one.verdict is verdict]


@dataclass(frozen=True, slots=True)
class Nominations:
    """`nominees` miss no condition, `short` miss one or more; both by evidence. `open` says whether it runs today."""

    programme: Programme
    open: bool
    nominees: tuple[Nominee, ...]
    short: tuple[Nominee, ...]
    forbidden: tuple[Explanation, ...]

    def to_json(self) -> Json:
        return {
            "programme": self.programme.name,
            "example": self.programme.example,
            "open": self.open,
            "source": self.programme.source,
            "nominees": [_nominee_json(one) for one in self.nominees],
            "short": [_nominee_json(one) for one in self.short],
            "forbidden": [explanation_json(one) for one in self.forbidden],
        }


class Nominator:
    """`programmes` reads the table when asked, so that no other command stumbles over a slip in it."""

    def __init__(
        self,
        store: Store,
        matchmaker: Matchmaker,
        reporter: Reporter,
        programmes: Callable[[], tuple[Programme, ...]],
        today: date,
        tables: ReferenceTables,
    ) -> None:
        self._store = store
        self._matchmaker = matchmaker
        self._reporter = reporter
        self._programmes = programmes
        self._today = today
        self._called = Called(partial(_name, tables.regions.get), partial(_name, tables.disciplines.find))

    def programmes(self) -> tuple[Programme, ...]:
        return self._programmes()

    def programme(self, name: str) -> Programme:
        """The one of this name, or the only one whose name holds it. Raises ProgrammeUnknown."""
        known = self._programmes()
        found = [one for one in known if one.name == name] or [one for one in known if name in one.name]
        if len(found) != 1:
            raise ProgrammeUnknown(name, known)
        return found[0]

    def nominations(self, programme: Programme, top: int) -> Nominations:
        """The `top` best who miss no condition, and as many who miss one, with what they miss."""
        found = self._best_by_field(programme)
        able = [self._explained(reading, one) for reading, one in found if not one.forbidden]
        barred = [self._explained(reading, one) for reading, one in found if one.forbidden][:top]
        ranked = [replace(one, rank=place) for place, one in enumerate(able, start=1)]
        nominees = [self._nominee(one, programme) for one in ranked]
        return Nominations(
            programme,
            programme.open_on(self._today),
            tuple(one for one in nominees if not one.missed)[:top],
            tuple(one for one in nominees if one.missed)[:top],
            tuple(barred),
        )

    def _best_by_field(self, programme: Programme) -> list[tuple[DemandReading, CheckedExpert]]:
        """Everybody who relates, with the field that he or she fits best; best first."""
        best: dict[str, tuple[DemandReading, CheckedExpert]] = {}
        for reading in map(read_text, programme.fields):
            result = self._matchmaker.match(reading, MatchRequest(top=_DEEP))
            for one in (*result.experts, *result.excluded):
                known = best.get(one.ranked.expert_id)
                if one.ranked.score >= _LEAST and (known is None or one.ranked.score > known[1].ranked.score):
                    best[one.ranked.expert_id] = (reading, one)
        return sorted(best.values(), key=lambda found: (-found[1].ranked.score, found[1].ranked.expert_id))

    def _explained(self, reading: DemandReading, checked: CheckedExpert) -> Explanation:
        return self._reporter.explain(reading, [checked])[0]

    def _nominee(self, explanation: Explanation, programme: Programme) -> Nominee:
        items = self._store.items.of_expert(explanation.expert.id)
        return Nominee(explanation, conditions(explanation.expert, items, programme, self._today, self._called))


def nomination_sheet(found: Nominations) -> SheetSpec:
    """One row a person, those without a missed condition first."""
    header = (
        "计划",
        "名次",
        "专家编号",
        "姓名",
        "工作单位",
        "职称",
        "与领域的匹配概率",
        "依据",
        "符合",
        "待核",
        "不符合",
    )
    rows: list[tuple[Cell, ...]] = []
    for place, one in enumerate((*found.nominees, *found.short), start=1):
        expert = one.explanation.expert
        rows.append(
            (
                found.programme.name,
                place if not one.missed else "不符合条件",
                expert.id,
                expert.name,
                expert.organization,
                expert.title,
                round(one.explanation.score, 3),
                "；".join(reason.heading() for reason in one.explanation.reasons),
                *("\n".join(one.of(verdict)) for verdict in (Verdict.MET, Verdict.UNKNOWN, Verdict.MISSED)),
            )
        )
    return SheetSpec("举荐", header, rows, (24, 10, 10, 10, 26, 12, 10, 46, 40, 40, 40), percent_columns=frozenset({6}))


def _name(find: Callable[[str], Region | Discipline | None], code: str) -> str:
    found = find(code)
    return found.name if found else code


def _nominee_json(one: Nominee) -> Json:
    checked = [{"name": c.name, "verdict": c.verdict.value, "said": c.said} for c in one.conditions]
    return {**explanation_json(one.explanation), "conditions": checked}
