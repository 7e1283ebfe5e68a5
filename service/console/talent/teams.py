"""人才 / 团队培养: people of enterprises whose evidence fits a station's or a demand's field."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from matcher.domain.expert import Expert
from matcher.errors import UsageError
from matcher.explain.report import grouped
from matcher.workflows.enterprise_team import EnterpriseTeam
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

ROUTES = APIRouter(prefix="/talent/teams", include_in_schema=False)


class TeamQuery(BaseModel):
    """A `station` (line of the ledger), or a `demand` with or without its `chief`."""

    station: Line = ""
    demand: Line = ""
    chief: Line = ""
    q: Line = ""
    top: int = Field(STEP, ge=1, le=MOST)

    @property
    def is_blank(self) -> bool:
        return not (self.station or self.demand)


Asked = Annotated[TeamQuery, Query()]


@ROUTES.get("")
def show(request: Request, service: ServiceDoor, caller: MatchDoor, asked: Asked) -> Response:
    if asked.is_blank:
        found, stations = demands_to_choose(service, caller, asked.q), service.talent.stations(caller.actor)
        return talent_page(request, caller, "teams_start", q=asked.q, found=found, stations=stations)
    team, refused = None, ""
    try:
        team = _team(service, caller, asked)
    except UsageError as refusal:  # a chief's number that is none, or nobody said what is needed
        if asked.station or not asked.chief:
            raise
        refused = str(refusal)
    return talent_page(
        request,
        caller,
        "team",
        asked=asked,
        team=team,
        refused=refused,
        chiefs=_chiefs(service, caller, asked),
        grouped=grouped(team.forbidden) if team else [],
        more=more(asked.top),
    )


@ROUTES.get("/export.xlsx")
def export(service: ServiceDoor, caller: ExportDoor, asked: Asked) -> Response:
    return sent_paper(service.talent_papers.team(_team(service, caller, asked), caller.actor))


def _team(service: Service, caller: Caller, asked: TeamQuery) -> EnterpriseTeam:
    """Raises StationUnknown, RecordUnknown, NoField."""
    if asked.station:
        return service.talent.team_of_station(asked.station, asked.top, caller.actor)
    return service.talent.team_for_demand(asked.demand, asked.chief.strip(), asked.top, caller.actor)


def _chiefs(service: Service, caller: Caller, asked: TeamQuery) -> list[Expert]:
    return service.talent.possible_chiefs(asked.demand, caller.actor) if asked.demand else []
