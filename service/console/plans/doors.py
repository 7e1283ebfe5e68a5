"""Who may do what on the pages of plans, and what their forms carry."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Form
from pydantic import BaseModel, BeforeValidator, Field, StringConstraints

from service.doors import Caller, requires
from service.plans.steering import changes_of_acts
from service.plans.wishes import Changes, Count, Money, StationsWish
from service.security.roles import Permission

ReadDoor = Annotated[Caller, Depends(requires(Permission.READ))]
PlanDoor = Annotated[Caller, Depends(requires(Permission.PLAN))]
SignDoor = Annotated[Caller, Depends(requires(Permission.SIGN_PLAN))]
ExportDoor = Annotated[Caller, Depends(requires(Permission.EXPORT))]


def _blank_is_none(value: object) -> object:
    return None if value == "" else value


MaybeCount = Annotated[Count | None, BeforeValidator(_blank_is_none)]
MaybeMoney = Annotated[Money | None, BeforeValidator(_blank_is_none)]
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
    """What is ticked beside the rows, and numbers; a blank number: as the plan was asked before."""

    act: list[PressedAct] = Field([], max_length=500)
    quota_academician: MaybeCount = None
    quota_expert: MaybeCount = None
    budget: MaybeMoney = None
    region: str = Field("", max_length=40)
    least: MaybeCount = None
    what_if: bool = False

    def changes(self) -> Changes:
        """Raises SwapUnclear, ActsContradict."""
        region = self.region.strip()
        numbers = self.model_dump(include={"quota_academician", "quota_expert", "budget"})
        floors = {region: self.least or 1} if region else {}
        return changes_of_acts(self.act, **numbers, at_least=floors)


StationFields = Annotated[StationForm, Form()]
SteeringFields = Annotated[SteeringForm, Form()]
