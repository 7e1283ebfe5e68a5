"""人才 / 成果对接: the achievements bank ranked for a demand, with owners."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from matcher.domain.vocabulary import EvidenceType
from matcher.explain.achievement import AchievementReport
from matcher.workflows.achievements import BANK_TYPES
from service.console.files import sent_paper
from service.console.talent.doors import (
    MOST,
    STEP,
    ExportDoor,
    Line,
    MatchDoor,
    demands_to_choose,
    more,
    talent_page,
)
from service.doors import Caller, ServiceDoor
from service.wiring import Service

ROUTES = APIRouter(prefix="/talent/achievements", include_in_schema=False)
_TYPES = tuple(kind for kind in EvidenceType if kind is not EvidenceType.PROFILE)


class AchievementQuery(BaseModel):
    """No `type`: those that a firm can take over."""

    demand: Line = ""
    q: Line = ""
    type: list[EvidenceType] = Field([], max_length=len(EvidenceType))
    top: int = Field(STEP, ge=1, le=MOST)

    @property
    def types(self) -> tuple[EvidenceType, ...]:
        return tuple(self.type) or BANK_TYPES


Asked = Annotated[AchievementQuery, Query()]


@ROUTES.get("")
def show(request: Request, service: ServiceDoor, caller: MatchDoor, asked: Asked) -> Response:
    if not asked.demand:
        found = demands_to_choose(service, caller, asked.q)
        return talent_page(request, caller, "achievements_start", q=asked.q, found=found)
    reports = _reports(service, caller, asked)
    types = [(kind.value, kind.value) for kind in _TYPES]
    context = {"asked": asked, "reports": reports, "demand": reports[0].demand, "types": types}
    return talent_page(request, caller, "achievements", chosen=list(asked.types), more=more(asked.top), **context)


@ROUTES.get("/export.xlsx")
def export(service: ServiceDoor, caller: ExportDoor, asked: Asked) -> Response:
    reports = _reports(service, caller, asked)
    return sent_paper(service.talent_papers.achievements(asked.demand, reports, caller.actor))


def _reports(service: Service, caller: Caller, asked: AchievementQuery) -> list[AchievementReport]:
    """Raises RecordUnknown."""
    return service.talent.achievements(asked.demand, asked.types, asked.top, caller.actor)
