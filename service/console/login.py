"""登录, 退出."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from service.console.pages import page, redirect
from service.cookies import drop_token, read_token
from service.doors import LoggedInDoor, ServiceDoor, VisitorDoor
from service.security.errors import FormRefused
from service.statuses import headers_of, status_of

ROUTES = APIRouter(include_in_schema=False)
_HOME = "/"
# One slash, then no second one and no backslash, which browsers read as one: never another host.
_LOCAL = re.compile(r"/(?![/\\])[^\\\s]*")


@ROUTES.get("/login")
def form(request: Request, service: ServiceDoor, origin: VisitorDoor, next: str = _HOME) -> Response:
    if service.sessions.find(read_token(request), origin):
        return redirect(request, _local(next))
    return page(request, "login.html", message="", next=_local(next))


@ROUTES.post("/login")
def log_in(
    request: Request,
    service: ServiceDoor,
    origin: VisitorDoor,
    name: Annotated[str, Form(max_length=200)] = "",
    password: Annotated[str, Form(max_length=1000)] = "",
    next: Annotated[str, Form(max_length=2000)] = _HOME,
) -> Response:
    try:
        token = service.login.log_in(name, password, origin, replaces=read_token(request))
    except FormRefused as refusal:
        return page(
            request, "login.html", status_of(refusal), headers_of(refusal), message=str(refusal), next=_local(next)
        )
    return redirect(request, _local(next), token=token)


@ROUTES.post("/logout")
def log_out(request: Request, service: ServiceDoor, caller: LoggedInDoor) -> Response:
    service.sessions.end(caller.token, caller.member, caller.origin)
    response = redirect(request, "/login")
    drop_token(request, response)
    return response


def _local(wanted: str) -> str:
    return wanted if _LOCAL.fullmatch(wanted) else _HOME
