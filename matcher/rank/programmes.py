"""Awards and programmes: their conditions in a table a person can change, and whether a person meets each."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from matcher.domain.evidence import EvidenceItem
from matcher.domain.expert import Expert
from matcher.domain.vocabulary import EvidenceType, TitleLevel, UnitKind
from matcher.errors import MatcherError

_LEVELS = (TitleLevel.INTERMEDIATE, TitleLevel.ASSOCIATE, TitleLevel.SENIOR)


class ProgrammesInvalid(MatcherError):
    def __init__(self, detail: str) -> None:
        super().__init__(f"举荐条件文件有误：{detail}。请对照程序自带的 programmes.toml 修改后再试。")


class Programme(BaseModel):
    """Conditions left empty are not checked; evidence is ranked against each of the `fields`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, Field(min_length=1)]
    fields: Annotated[tuple[str, ...], Field(min_length=1)]
    source: Annotated[str, Field(min_length=1)]
    effective: date
    until: date | None = None
    example: bool = False
    title_floor: TitleLevel | None = None
    age_limit: Annotated[int, Field(gt=0)] | None = None
    degrees: tuple[str, ...] = ()
    honours: tuple[str, ...] = ()
    excluded_honours: tuple[str, ...] = ()
    disciplines: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    unit_kinds: tuple[UnitKind, ...] = ()
    recent_years: Annotated[int, Field(gt=0)] | None = None
    evidence: dict[EvidenceType, Annotated[int, Field(gt=0)]] = Field(default_factory=dict)

    def open_on(self, today: date) -> bool:
        return self.effective <= today and (self.until is None or today <= self.until)


class _Book(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    programmes: tuple[Programme, ...]


def parse_programmes(text: str) -> tuple[Programme, ...]:
    """Raises ProgrammesInvalid naming the entry that is wrong."""
    try:
        return _Book.model_validate(tomllib.loads(text)).programmes
    except tomllib.TOMLDecodeError as error:
        raise ProgrammesInvalid(str(error)) from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part + 1) if isinstance(part, int) else part for part in first["loc"])
        raise ProgrammesInvalid(f"{place} 的值“{first['input']}”不能用（{first['msg']}）") from error


@dataclass(frozen=True, slots=True)
class Called:
    """What codes are called: of places and of disciplines."""

    place: Callable[[str], str]
    discipline: Callable[[str], str]


class Verdict(StrEnum):
    MET = "符合"
    MISSED = "不符合"
    UNKNOWN = "待核"


@dataclass(frozen=True, slots=True)
class Condition:
    """`name` is the condition as it is asked, `said` what the record says."""

    name: str
    verdict: Verdict
    said: str


def conditions(
    expert: Expert, items: Sequence[EvidenceItem], programme: Programme, today: date, called: Called
) -> tuple[Condition, ...]:
    """Every condition of the programme; what the record leaves open is 待核, never 不符合."""
    return (*_person(expert, programme, today), *_place(expert, programme, called), *_works(items, programme, today))


def _person(expert: Expert, programme: Programme, today: date) -> Iterator[Condition]:
    if programme.title_floor:
        level = expert.title_level
        met = None if level is None else _LEVELS.index(level) >= _LEVELS.index(programme.title_floor)
        yield _found(f"职称不低于{programme.title_floor}", met, level or "职称级别未填")
    if programme.age_limit:
        age = None if expert.birth is None else _age(expert.birth, today)
        met = None if age is None else age <= programme.age_limit
        yield _found(f"年龄不超过 {programme.age_limit} 周岁", met, "出生年月未填" if age is None else f"{age} 周岁")
    if programme.degrees:
        written = f"{expert.education} {expert.degree}".strip()
        met = any(degree in written for degree in programme.degrees) if expert.degree else None
        yield _found(f"学位：{'、'.join(programme.degrees)}", met, written or "学位未填")
    held = (*expert.honours, *([expert.academician.value] if expert.academician else []))
    if programme.honours:
        # A blank cell may be a forgotten one.
        met = any(wanted in honour for wanted in programme.honours for honour in held) if held else None
        yield _found(f"称号须有其一：{'、'.join(programme.honours)}", met, "、".join(held) or "人才称号未填")
    if programme.excluded_honours:
        met = not any(barred in honour for barred in programme.excluded_honours for honour in held) if held else None
        yield _found(f"未获：{'、'.join(programme.excluded_honours)}", met, "、".join(held) or "人才称号未填")


def _place(expert: Expert, programme: Programme, called: Called) -> Iterator[Condition]:
    if programme.disciplines:
        codes = expert.discipline_codes
        met = any(code.startswith(programme.disciplines) for code in codes) if codes else None
        yield _found(
            f"学科：{'、'.join(map(called.discipline, programme.disciplines))}",
            met,
            "、".join(map(called.discipline, codes)) or "学科代码未填",
        )
    if programme.regions:
        code = expert.region_code
        yield _found(
            f"所在地：{'、'.join(map(called.place, programme.regions))}",
            code.startswith(programme.regions) if code else None,
            expert.region_name or code or "单位所在地未填",
        )
    if programme.unit_kinds:
        kind = expert.unit_kind
        met = None if kind is None else kind in programme.unit_kinds
        yield _found(f"单位类别：{'、'.join(programme.unit_kinds)}", met, kind or "单位类别未填")


def _works(items: Sequence[EvidenceItem], programme: Programme, today: date) -> Iterator[Condition]:
    """Works that the database does not hold may exist: too few are 待核."""
    works = [item for item in items if item.type is not EvidenceType.PROFILE]
    if programme.recent_years:
        last = max((item.year for item in works if item.year), default=None)
        met = True if last is not None and last >= today.year - programme.recent_years else None
        said = f"最近一项成果 {last} 年" if last else "库中没有注明年份的成果"
        yield _found(f"近 {programme.recent_years} 年有成果", met, said)
    for kind, least in programme.evidence.items():
        count = sum(item.type is kind for item in works)
        yield _found(f"{kind}不少于 {least} 项", True if count >= least else None, f"库中 {count} 项")


def _found(name: str, met: bool | None, said: str) -> Condition:
    verdict = Verdict.UNKNOWN if met is None else Verdict.MET if met else Verdict.MISSED
    return Condition(name, verdict, str(said))


def _age(birth: date, today: date) -> int:
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))
