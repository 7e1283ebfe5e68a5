"""What the pages' script asks while a form stands open: whether the session lives, which keeps it alive."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse

from service.doors import Caller, LoggedInDoor, ServiceDoor
from service.security.tokens import csrf_token
from service.wiring import Service

ROUTES = APIRouter(prefix="/session", include_in_schema=False)


@dataclass(frozen=True, slots=True)
class SessionTold:
    """Seconds: it ends after `idle` without a request, or up to `slack` later; `left` are left in any case."""

    account: str
    idle: int
    slack: int
    left: int


def session_told(service: Service, caller: Caller) -> SessionTold:
    idle, slack, left = service.sessions.idle, service.sessions.kept_to, caller.ends - service.clock()
    seconds = (int(span.total_seconds()) for span in (idle - slack, slack, left))
    return SessionTold(caller.member.account.name, *seconds)


@ROUTES.get("")
def alive(service: ServiceDoor, caller: LoggedInDoor) -> Response:
    """With the token that forms of this session bear: an open page goes on after a new login in another window."""
    told = session_told(service, caller)
    token = csrf_token(caller.token)
    return JSONResponse({"account": told.account, "left": told.left, "csrf_token": token})
