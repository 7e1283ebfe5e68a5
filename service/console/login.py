"""登录, 退出."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from service.console.pages import page, redirect
from service.console.ways import HOME, local, place_name
from service.cookies import drop_token, read_token
from service.doors import LoggedInDoor, ServiceDoor, VisitorDoor
from service.security.errors import FormRefused
from service.statuses import headers_of, status_of

ROUTES = APIRouter(include_in_schema=False)


@ROUTES.get("/login")
def form(
    request: Request, service: ServiceDoor, origin: VisitorDoor, next: str = HOME, undone: bool = False
) -> Response:
    """`undone`: somebody sent a form after the session had ended."""
    if service.sessions.find(read_token(request), origin):
        return redirect(request, local(next))
    return _form(request, next, undone=undone)


@ROUTES.post("/login")
def log_in(
    request: Request,
    service: ServiceDoor,
    origin: VisitorDoor,
    name: Annotated[str, Form(max_length=200)] = "",
    password: Annotated[str, Form(max_length=1000)] = "",
    next: Annotated[str, Form(max_length=2000)] = HOME,
    undone: Annotated[bool, Form()] = False,
) -> Response:
    try:
        token = service.login.log_in(name, password, origin, replaces=read_token(request))
    except FormRefused as refusal:
        return _form(request, next, refusal, undone=undone)
    return redirect(request, local(next), token=token)


@ROUTES.post("/logout")
def log_out(request: Request, service: ServiceDoor, caller: LoggedInDoor) -> Response:
    service.sessions.end(caller.token, caller.member, caller.origin)
    response = redirect(request, "/login")
    drop_token(request, response)
    return response


def _form(request: Request, next: str, refusal: FormRefused | None = None, *, undone: bool) -> Response:
    status, headers = (status_of(refusal), headers_of(refusal)) if refusal else (200, {})
    wanted = local(next)
    context = {"message": str(refusal or ""), "next": wanted, "place": place_name(wanted), "undone": undone}
    return page(request, "login.html", status, headers, **context)
