"""管理: leads to the first of its pages that is open to the caller."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from service.console.navigation import ADMINISTRATION, open_to
from service.console.pages import redirect
from service.doors import StaffDoor
from service.security.errors import PermissionMissing
from service.security.roles import Permission

ROUTES = APIRouter(prefix="/admin", include_in_schema=False)


@ROUTES.get("")
def enter(request: Request, caller: StaffDoor) -> Response:
    for destination in open_to(caller.member, ADMINISTRATION):
        return redirect(request, destination.path)
    raise PermissionMissing(caller.member.account.role, Permission.OPERATE)
