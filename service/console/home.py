"""首页: what waits, what was made last, and the next step where there is nothing yet."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from matcher.beijing import day_in_beijing
from service.console.jobs import tone
from service.console.pages import page
from service.console.waiting import SOON, waiting
from service.doors import Caller, ServiceDoor, StaffDoor, requires
from service.security.roles import Permission

ROUTES = APIRouter(include_in_schema=False)
ReadDoor = Annotated[Caller, Depends(requires(Permission.READ))]
_JOBS = 5


@ROUTES.get("/")
def home(request: Request, service: ServiceDoor, caller: StaffDoor) -> Response:
    account, may = caller.member.account, caller.member.may
    application = service.application
    jobs = service.jobs.list(caller.actor, everyone=may(Permission.OPERATE), limit=_JOBS)
    return page(
        request,
        "home.html",
        account=account,
        places=service.places.names(account.regions),
        waiting=waiting(service, caller),
        reads=may(Permission.READ),
        edits=may(Permission.EDIT),
        manages=may(Permission.MANAGE_ACCOUNTS),
        audits=may(Permission.READ_AUDIT),
        experts=len(application.expert_catalogue.current()),
        demands=len(application.demand_catalogue.current()),
        jobs=[(job, tone(job)) for job in jobs],
        only_account=len(service.store.accounts.all()) == 1,
    )


@ROUTES.get("/agreements")
def agreements(request: Request, service: ServiceDoor, caller: ReadDoor) -> Response:
    today = day_in_beijing(service.clock())
    lines = service.experts.ending(today, today + SOON, caller.actor)
    names = service.store.experts.get_many([line.expert_id for line in lines])
    rows = [(line, names[line.expert_id].name if line.expert_id in names else "") for line in lines]
    return page(request, "agreements.html", rows=rows, days=SOON.days)
