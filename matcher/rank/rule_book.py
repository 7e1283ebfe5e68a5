"""The parameters of the rules: effective date, source and numbers, read from a TOML table a person can change."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from matcher.domain.vocabulary import TitleLevel
from matcher.errors import MatcherError

Book = TypeVar("Book", bound=BaseModel)


class RuleBookInvalid(MatcherError):
    """The rule table cannot be read."""

    def __init__(self, detail: str, file: str = "rules.toml") -> None:
        super().__init__(f"规则参数文件有误：{detail}。请对照程序自带的 {file} 修改后再试。")


class RuleTerms(BaseModel):
    """What every rule states."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    effective: date
    source: str = Field(min_length=1)
    enabled: bool = True

    def applies(self, today: date) -> bool:
        return self.enabled and self.effective <= today


class StationCap(RuleTerms):
    """Stations an academician may serve at a time."""

    working: Annotated[int, Field(ge=0)]
    retired: Annotated[int, Field(ge=0)]


class MonthsOnSite(RuleTerms):
    """Months a year: at least `per_station` on each station, `per_year` in all."""

    per_station: Annotated[float, Field(gt=0)]
    per_year: Annotated[float, Field(gt=0)]


class TitleFloor(RuleTerms):
    level: TitleLevel


class AgeCare(RuleTerms):
    age: Annotated[int, Field(gt=0)]


class IndependentEntity(RuleTerms):
    """`not_independent`: words in 企业类型 that say the firm is no legal person of its own."""

    not_independent: tuple[str, ...]


class RdShare(RuleTerms):
    """R&D spending of the last year as a percentage of its revenue."""

    percent: Annotated[float, Field(ge=0)]


class EnterpriseStations(RuleTerms):
    """Stations an enterprise may hold at a time."""

    most: Annotated[int, Field(ge=1)]


class StationAgreement(RuleTerms):
    """Least length of the agreement between expert and enterprise."""

    years: Annotated[float, Field(gt=0)]


class RuleBook(BaseModel):
    """One entry a rule; the names are the rules' names in findings."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    person_available: RuleTerms
    consent: RuleTerms
    review: RuleTerms
    academician_needed: RuleTerms
    academician_station_cap: StationCap
    months_on_site: MonthsOnSite
    title_floor: TitleFloor
    clearance: RuleTerms
    avoidance: RuleTerms
    yearly_limit: RuleTerms
    age_care: AgeCare
    service_kind: RuleTerms
    demand_review: RuleTerms
    station_in_province: RuleTerms
    independent_entity: IndependentEntity
    rd_unit: RuleTerms
    rd_share: RdShare
    enterprise_stations: EnterpriseStations
    station_agreement: StationAgreement


@dataclass(frozen=True, slots=True)
class HomeProvince:
    """The province served: two-digit code and name."""

    code: str
    name: str


def parse_rule_book(text: str) -> RuleBook:
    """Raises RuleBookInvalid naming the entry that is wrong."""
    return read_terms(text, RuleBook, "rules.toml")


def read_terms(text: str, book: type[Book], file: str) -> Book:
    """A table of parameters as its model. Raises RuleBookInvalid, which names the entry and the bundled `file`."""
    try:
        return book.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise RuleBookInvalid(str(error), file) from error
    except ValidationError as error:
        first = error.errors()[0]
        raise RuleBookInvalid(f"{'.'.join(map(str, first['loc']))} {_problem(first)}", file) from error


def _problem(error: Mapping[str, Any]) -> str:
    bounds = error.get("ctx", {})
    match error["type"]:
        case "missing":
            return "没有写"
        case "extra_forbidden":
            return "不是已知的规则或参数"
        case "greater_than_equal":
            return f"的值“{error['input']}”不能小于 {bounds['ge']}"
        case "greater_than":
            return f"的值“{error['input']}”应大于 {bounds['gt']}"
        case "enum":
            return f"的值“{error['input']}”应为 {bounds['expected']} 之一"
        case kind if kind.startswith("date"):
            return f"的值“{error['input']}”应为日期，写成 2019-06-01"
        case _:
            return f"的值“{error['input']}”不能用（{error['msg']}）"
