"""What is asked of a plan, in one shape for pages, API and jobs."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from matcher.domain.vocabulary import ServiceKind
from service.plans.errors import PlanWishIncomplete

Count = Annotated[int, Field(ge=0, le=1000)]
Money = Annotated[int, Field(ge=0, le=10_000_000)]
Choice = Annotated[str, Field(min_length=1, max_length=250, examples=["D001:E001"])]


class Wish(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class StationsWish(Wish):
    """建站计划。None: as the plan book says."""

    year: int = Field(ge=2000, le=2100, description="计划年度", examples=[2026])
    quota_academician: Count | None = Field(None, description="院士专家工作站名额", examples=[3])
    quota_expert: Count | None = Field(None, description="科技专家工作站名额", examples=[10])
    budget: Money | None = Field(None, description="资助预算（万元）；不写为不限", examples=[500])


class Absence(Wish):
    """某位专家某天不能来。"""

    expert_id: str = Field(min_length=1, max_length=100)
    day: date


class VisitsWish(Wish):
    """走访计划。"""

    regions: tuple[str, ...] = Field(min_length=1, max_length=20, description="市州或县区，名称或代码")
    start: date = Field(description="第一天")
    days: int = Field(5, ge=1, le=31, description="共几天（含往返）")
    teams: int | None = Field(None, ge=1, le=20, description="最多分几组")
    team_size: int | None = Field(None, ge=1, le=20, description="每组最多几位专家")
    demands: tuple[str, ...] = Field((), max_length=1000, description="只安排这些需求；空为该地区全部")
    away: tuple[Absence, ...] = Field((), max_length=1000, description="哪天不能来")
    services: tuple[ServiceKind, ...] = Field((), max_length=10, description="只安排期望这些服务方式的需求")
    people: tuple[str, ...] = Field((), max_length=500, description="只请这些专家（编号）；空为全库合适的专家")


class Changes(Wish):
    """对计划的调整。Each choice is `需求编号:专家编号`, `需求编号`, or `:专家编号`.

    编号里的冒号、逗号、等号前加反斜杠。A colon, comma or equals sign inside a number stands behind a backslash.
    """

    fix: tuple[Choice, ...] = Field((), max_length=500, description="固定：必须安排")
    forbid: tuple[Choice, ...] = Field((), max_length=500, description="排除：不得安排")
    prefer: tuple[Choice, ...] = Field((), max_length=500, description="优先安排")
    replace: tuple[Choice, ...] = Field((), max_length=500, description="更换：D001:E001，或 D001:E001=E007")
    swap: tuple[tuple[Choice, Choice], ...] = Field((), max_length=250, description="对调两项需求的首席")
    drop: tuple[Choice, ...] = Field((), max_length=500, description="撤销以前的固定、排除、优先")
    at_least: dict[str, Count] = Field(default_factory=dict, description="地区至少几站", examples=[{"延边": 2}])
    accept: tuple[Choice, ...] = Field((), max_length=100, description="接受这一条达不到（名称见计划的提示）")
    quota_academician: Count | None = Field(None, description="改为这个院士专家工作站名额")
    quota_expert: Count | None = Field(None, description="改为这个科技专家工作站名额")
    budget: Money | None = Field(None, description="改为这个预算（万元）")
    start: date | None = Field(None, description="走访改为这天开始")
    days: int | None = Field(None, ge=1, le=31, description="走访改为共几天")
    teams: int | None = Field(None, ge=1, le=20, description="改为最多几组")
    team_size: int | None = Field(None, ge=1, le=20, description="改为每组最多几位专家")
    away: tuple[Absence, ...] = Field((), max_length=1000, description="又有哪天不能来")


class PlanWish(Wish):
    """A new plan of stations or of visits, or changes to the newest version of `plan`; `what_if`: kept nowhere."""

    stations: StationsWish | None = None
    visits: VisitsWish | None = None
    plan: str = Field("", max_length=40, description="在哪份计划上调整", examples=["P2026-001"])
    changes: Changes = Field(default_factory=Changes)
    what_if: bool = False

    @model_validator(mode="after")
    def _one(self) -> PlanWish:
        """Raises PlanWishIncomplete."""
        if sum((self.stations is not None, self.visits is not None, bool(self.plan))) != 1:
            raise PlanWishIncomplete
        return self
