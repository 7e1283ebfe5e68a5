"""管理 / 账号: who may log in, as what, for which places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from pydantic import BeforeValidator

from matcher.domain.account import Account, Office, Role
from matcher.errors import UsageError
from matcher.store.errors import AccountUnknown, LastAdministrator
from service.console.pages import page, redirect
from service.doors import Caller, ServiceDoor, requires
from service.security.errors import FullNameMissing, RegionUnknown
from service.security.roles import PERMISSIONS, Permission
from service.statuses import status_of
from service.wiring import Service

ROUTES = APIRouter(prefix="/admin/accounts", include_in_schema=False)
AccountsDoor = Annotated[Caller, Depends(requires(Permission.MANAGE_ACCOUNTS))]
Text = Annotated[str, Form(max_length=200)]
Regions = Annotated[list[str], Form()]
Side = Annotated[Office | None, BeforeValidator(lambda value: value or None), Form()]
_HERE = "/admin/accounts"


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form; `refusal` goes beside its field."""

    name: str = ""
    full_name: str = ""
    role: Role = Role.OFFICER
    regions: tuple[str, ...] = ()
    office: Office | None = None
    refusal: UsageError | None = None

    def error(self, field: str) -> str:
        return str(self.refusal) if self.refusal and _field_of(self.refusal) == field else ""


@ROUTES.get("")
def show(request: Request, service: ServiceDoor, caller: AccountsDoor) -> Response:
    accounts = service.store.accounts.all()
    rows = [(account, service.places.names(account.regions), _state(service, account)) for account in accounts]
    return page(request, "admin/accounts.html", rows=rows)


@ROUTES.get("/new")
def blank(request: Request, service: ServiceDoor, caller: AccountsDoor) -> Response:
    return _form(request, service, Typed())


@ROUTES.post("/new")
def add(
    request: Request,
    service: ServiceDoor,
    caller: AccountsDoor,
    name: Text = "",
    full_name: Text = "",
    role: Annotated[Role, Form()] = Role.OFFICER,
    regions: Regions = [],  # noqa: B006 - FastAPI copies it
    office: Side = None,
) -> Response:
    try:
        password = service.accounts.add(name, full_name, role, regions, caller.origin, office)
    except UsageError as refusal:
        return _form(request, service, Typed(name, full_name, role, tuple(regions), office, refusal))
    return _password(request, name, password)


@ROUTES.get("/{name}")
def open_one(request: Request, service: ServiceDoor, caller: AccountsDoor, name: str) -> Response:
    account = _account(service, name)
    typed = Typed(account.name, account.full_name, account.role, account.regions, account.office)
    return _form(request, service, typed, account)


@ROUTES.post("/{name}")
def assign(
    request: Request,
    service: ServiceDoor,
    caller: AccountsDoor,
    name: str,
    role: Annotated[Role, Form()],
    regions: Regions = [],  # noqa: B006
    office: Side = None,
) -> Response:
    account = _account(service, name)
    try:
        service.accounts.assign(name, role, regions, caller.origin, office)
    except UsageError as refusal:
        return _form(request, service, Typed(name, account.full_name, role, tuple(regions), office, refusal), account)
    return redirect(request, _HERE, f"已修改账号“{account.full_name}”的权限。")


@ROUTES.post("/{name}/disable")
def disable(request: Request, service: ServiceDoor, caller: AccountsDoor, name: str) -> Response:
    service.accounts.set_disabled(name, True, caller.origin)
    return redirect(request, _HERE, f"已停用账号“{name}”，其所有登录已结束。")


@ROUTES.post("/{name}/enable")
def enable(request: Request, service: ServiceDoor, caller: AccountsDoor, name: str) -> Response:
    service.accounts.set_disabled(name, False, caller.origin)
    return redirect(request, _HERE, f"已启用账号“{name}”。")


@ROUTES.post("/{name}/unlock")
def unlock(request: Request, service: ServiceDoor, caller: AccountsDoor, name: str) -> Response:
    service.accounts.unlock(name, caller.origin)
    return redirect(request, _HERE, f"已解除账号“{name}”的锁定。")


@ROUTES.post("/{name}/reset")
def reset(request: Request, service: ServiceDoor, caller: AccountsDoor, name: str) -> Response:
    return _password(request, name, service.accounts.reset_password(name, caller.origin))


def _password(request: Request, name: str, password: str) -> Response:
    """Shown in the answer itself: a redirect would have to carry it."""
    return page(request, "admin/one_time_password.html", name=name, password=password)


def _form(request: Request, service: Service, typed: Typed, account: Account | None = None) -> Response:
    context: dict[str, object] = {
        "typed": typed,
        "account": account,
        "locked": account is not None and service.login.is_locked(account.name),
        "roles": [(role.value, f"{role.value}（{_may(role)}）") for role in Role],
        "places": service.places.offered(),
        "offices": [("", "不代表任何一方"), *((office.value, office.value) for office in Office)],
    }
    return page(request, "admin/account.html", status_of(typed.refusal) if typed.refusal else 200, **context)


def _account(service: Service, name: str) -> Account:
    found = service.store.accounts.find(name)
    if found is None:
        raise AccountUnknown(name)
    return found.account


def _may(role: Role) -> str:
    return "、".join(permission.value for permission in Permission if permission in PERMISSIONS[role])


def _state(service: Service, account: Account) -> tuple[str, str]:
    """Words and tone."""
    if account.disabled:
        return "已停用", "plain"
    if service.login.is_locked(account.name):
        return "已锁定", "bad"
    return ("待改密码", "wait") if account.password_due else ("正常", "good")


def _field_of(refusal: UsageError) -> str:
    if isinstance(refusal, FullNameMissing):
        return "full_name"
    if isinstance(refusal, LastAdministrator):
        return "role"
    return "regions" if isinstance(refusal, RegionUnknown) else "name"
