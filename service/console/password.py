"""修改密码, forced at the first login."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from service.console.pages import page, redirect
from service.doors import Caller, LoggedInDoor, ServiceDoor
from service.security.errors import FormRefused
from service.statuses import headers_of, status_of
from service.wiring import Service

ROUTES = APIRouter(prefix="/password", include_in_schema=False)
Password = Annotated[str, Form(max_length=1000)]


@ROUTES.get("")
def form(request: Request, service: ServiceDoor, caller: LoggedInDoor) -> Response:
    return _form(request, service, caller)


@ROUTES.post("")
def change(
    request: Request,
    service: ServiceDoor,
    caller: LoggedInDoor,
    current: Password = "",
    new: Password = "",
    repeated: Password = "",
) -> Response:
    try:
        token = service.login.change_password(
            caller.member, current, new, repeated, caller.origin, replaces=caller.token
        )
    except FormRefused as refusal:
        return _form(request, service, caller, refusal)
    return redirect(request, "/", "密码已修改。", token=token)


def _form(request: Request, service: Service, caller: Caller, refusal: FormRefused | None = None) -> Response:
    account, login = caller.member.account, service.login
    due, message = login.password_change_due(account), str(refusal or "")
    status, headers = (status_of(refusal), headers_of(refusal)) if refusal else (200, {})
    context = {
        "account": account,
        "rules": login.rules.told,
        "least": login.rules.min_length,
        "due": due,
        "message": message,
    }
    return page(request, "password.html", status, headers, **context)
