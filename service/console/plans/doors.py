"""Who may do what on the pages of plans, and what their forms carry."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import Depends, Form, Query
from pydantic import BaseModel, BeforeValidator, Field, StringConstraints

from matcher.store.store import Store
from service.console.days import read_day
from service.doors import Caller, requires
from service.plans.people import absences
from service.plans.steering import changes_of_acts
from service.plans.wishes import Changes, Count, Money, StationsWish
from service.security.roles import Permission

ReadDoor = Annotated[Caller, Depends(requires(Permission.READ))]
PlanDoor = Annotated[Caller, Depends(requires(Permission.PLAN))]
SignDoor = Annotated[Caller, Depends(requires(Permission.SIGN_PLAN))]
ExportDoor = Annotated[Caller, Depends(requires(Permission.EXPORT))]
Version = Annotated[int | None, Query(ge=1)]


def blank_is_none(value: object) -> object:
    return None if value == "" else value


def _typed_day(value: object) -> object:
    return read_day(value) if isinstance(value, str) else value


MaybeCount = Annotated[Count | None, BeforeValidator(blank_is_none)]
MaybeMoney = Annotated[Money | None, BeforeValidator(blank_is_none)]
MaybeDay = Annotated[date | None, BeforeValidator(_typed_day)]
MaybeFew = Annotated[int | None, BeforeValidator(blank_is_none), Field(ge=1, le=20)]
PressedAct = Annotated[str, StringConstraints(pattern=r"^(fix|forbid|prefer|replace|swap|drop|accept) .{1,250}$")]


class StationForm(BaseModel):
    """A new plan; a blank number: as the plan book says."""

    year: int = Field(ge=2000, le=2100)
    quota_academician: MaybeCount = None
    quota_expert: MaybeCount = None
    budget: MaybeMoney = None

    def wish(self) -> StationsWish:
        return StationsWish(**self.model_dump())


class SteeringForm(BaseModel):
    """What is ticked beside the rows, and numbers; a blank number: as the plan was asked before.

    `agreed`: whoever asks has seen that somebody chosen hardly suits.
    """

    act: list[PressedAct] = Field([], max_length=500)
    quota_academician: MaybeCount = None
    quota_expert: MaybeCount = None
    budget: MaybeMoney = None
    region: str = Field("", max_length=40)
    least: MaybeCount = None
    start: MaybeDay = None
    days: Annotated[int | None, BeforeValidator(blank_is_none), Field(ge=1, le=31)] = None
    teams: MaybeFew = None
    team_size: MaybeFew = None
    away: str = Field("", max_length=5000)
    what_if: bool = False
    agreed: bool = False

    def changes(self, store: Store) -> Changes:
        """Raises SwapUnclear, ActsContradict, AbsenceUnclear, PeopleUnclear."""
        region = self.region.strip()
        numbers = self.model_dump(exclude={"act", "region", "least", "away", "what_if", "agreed"})
        floors = {region: self.least or 1} if region else {}
        return changes_of_acts(self.act, **numbers, at_least=floors, away=absences(store, self.away))

    def fields(self) -> list[tuple[str, str]]:
        """As the form sent them, to be sent again."""
        sent = self.model_dump(mode="json", exclude={"act", "what_if", "agreed"}, exclude_none=True)
        return [*(("act", act) for act in self.act), *((name, str(value)) for name, value in sent.items())]


StationFields = Annotated[StationForm, Form()]
SteeringFields = Annotated[SteeringForm, Form()]
