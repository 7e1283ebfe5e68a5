"""The parameters of plans: quotas, funding, weights; read from a TOML table a person can change (`data/plan.toml`)."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from matcher.domain.vocabulary import StationKind, StationMode
from matcher.rank.rule_book import read_terms

Count = Annotated[int, Field(ge=0)]
Positive = Annotated[int, Field(gt=0)]


class Terms(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ModeTerms(Terms):
    """One 筹建方式: what it costs the province (万元), whom it fits, how much it is wanted."""

    funding_academician: Count
    funding_expert: Count
    needs_rd_unit: bool
    points: int
    priority_points: int

    def funding(self, kind: StationKind) -> int:
        return self.funding_academician if kind is StationKind.ACADEMICIAN else self.funding_expert


class StationWeights(Terms):
    """Points; one is a thousandth of a probability. The last three are taken off for each one beyond the first."""

    priority_region: Count
    urgent: Count
    pressing: Count
    prior_cooperation: Count
    in_province: Count
    preferred: Count
    kept: Count
    region_balance: Count
    industry_balance: Count
    load: Count


class Priority(Terms):
    """Codes of regions, matched as prefixes."""

    regions: tuple[str, ...]


class StationBook(Terms):
    effective: date
    source: str = Field(min_length=1)
    quota_academician: Count
    quota_expert: Count
    budget: Count | None = None
    candidates: Positive
    backups: Count
    team_size: Count
    member_months: Annotated[float, Field(ge=0)]
    member_stations: Positive
    weights: StationWeights
    priority: Priority
    modes: dict[StationMode, ModeTerms] = Field(min_length=1)

    def quota(self, kind: StationKind) -> int:
        return self.quota_academician if kind is StationKind.ACADEMICIAN else self.quota_expert


class VisitWeights(Terms):
    covered: Count
    urgent: Count
    pressing: Count
    preferred: Count
    kept: Count
    expert: Count
    team_day: Count


class VisitBook(Terms):
    effective: date
    source: str = Field(min_length=1)
    home: str
    teams: Positive
    team_size: Positive
    day_hours: Annotated[float, Field(gt=0)]
    stop_hours: Annotated[float, Field(gt=0)]
    overnight_hours: Annotated[float, Field(ge=0)]
    one_cluster: bool
    candidates: Positive
    stops: Positive
    care_stops: Positive
    remote_a_day: Positive
    weights: VisitWeights


class PlanBook(Terms):
    stations: StationBook
    visits: VisitBook


def parse_plan_book(text: str) -> PlanBook:
    """Raises RuleBookInvalid naming the entry that is wrong."""
    return read_terms(text, PlanBook, "plan.toml")
