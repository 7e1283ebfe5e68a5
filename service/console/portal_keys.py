"""管理 / 密钥: keys with which other systems ask."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response

from matcher.domain.portal_key import KeyScope, PortalKey
from service.console.pages import page, redirect
from service.doors import Caller, ServiceDoor, requires
from service.security.roles import Permission
from service.wiring import Service

ROUTES = APIRouter(prefix="/admin/keys", include_in_schema=False)
KeysDoor = Annotated[Caller, Depends(requires(Permission.MANAGE_KEYS))]
SCOPE_WORDS: Mapping[KeyScope, str] = MappingProxyType(
    {
        KeyScope.READ_EXPERTS: "查询专家",
        KeyScope.WRITE_EXPERTS: "新增和修改专家",
        KeyScope.READ_DEMANDS: "查询需求",
        KeyScope.WRITE_DEMANDS: "提交需求",
        KeyScope.MATCH: "匹配",
        KeyScope.READ_RUNS: "查看匹配结果",
        KeyScope.READ_PLANS: "查看建站计划",
        KeyScope.MAKE_PLANS: "制定和调整建站计划",
        KeyScope.READ_MARKS: "查看评价",
        KeyScope.WRITE_MARKS: "提交评价",
        KeyScope.IMPORT: "导入文件",
        KeyScope.EXPORT: "导出表格",
    }
)
_HERE = "/admin/keys"
_HOLDS = ((90, "90 天"), (365, "一年"), (0, "不限，直到吊销"))


@ROUTES.get("")
def show(request: Request, service: ServiceDoor, caller: KeysDoor) -> Response:
    rows = [
        (key, "、".join(SCOPE_WORDS[scope] for scope in key.scopes), _state(service, key))
        for key in reversed(service.store.portal_keys.all())
    ]
    return page(request, "admin/keys.html", rows=rows)


@ROUTES.get("/new")
def blank(request: Request, caller: KeysDoor) -> Response:
    return _form(request, "", (), {})


@ROUTES.post("/new")
def add(
    request: Request,
    service: ServiceDoor,
    caller: KeysDoor,
    name: Annotated[str, Form(max_length=200)] = "",
    scopes: Annotated[list[KeyScope], Form()] = [],  # noqa: B006 - FastAPI copies it
    per_minute: Annotated[int, Form(ge=1, le=100_000)] = 600,
    days: Annotated[int, Form(ge=0, le=3650)] = 365,
) -> Response:
    errors = {}
    if not name.strip():
        errors["name"] = "请写明密钥给哪个系统用。"
    if not scopes:
        errors["scopes"] = "请至少选一项。"
    if errors:
        return _form(request, name, tuple(scopes), errors)
    key = service.keys.add(name.strip(), scopes, per_minute, days or None, caller.origin)
    return page(request, "admin/new_key.html", name=name.strip(), key=key)


@ROUTES.post("/{key_id}/revoke")
def revoke(request: Request, service: ServiceDoor, caller: KeysDoor, key_id: str) -> Response:
    service.keys.revoke(key_id, caller.origin)
    return redirect(request, _HERE, "已吊销密钥，使用它的系统从现在起不能再访问。")


def _form(request: Request, name: str, chosen: tuple[KeyScope, ...], errors: Mapping[str, str]) -> Response:
    scopes = [(scope.value, words) for scope, words in SCOPE_WORDS.items()]
    context: dict[str, object] = {
        "name": name,
        "chosen": [scope.value for scope in chosen],
        "errors": errors,
        "scopes": scopes,
    }
    return page(request, "admin/key.html", 422 if errors else 200, holds=_HOLDS, **context)


def _state(service: Service, key: PortalKey) -> tuple[str, str]:
    """Words and tone."""
    if key.revoked:
        return "已吊销", "plain"
    return ("已过期", "bad") if key.expires and key.expires <= service.clock() else ("有效", "good")
