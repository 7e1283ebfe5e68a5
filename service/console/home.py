"""The first page after the login."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from service.console.pages import page
from service.doors import ServiceDoor, StaffDoor

ROUTES = APIRouter(include_in_schema=False)


@ROUTES.get("/")
def home(request: Request, service: ServiceDoor, caller: StaffDoor) -> Response:
    account = caller.member.account
    return page(request, "home.html", account=account, places=service.places.names(account.regions))
