"""`matcher key`: keys of portals."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from matcher.beijing import in_beijing
from matcher.domain.portal_key import KeyScope, PortalKey
from service.audit.origin import command_line
from service.wiring import open_service


def register(app: typer.Typer) -> None:
    group = typer.Typer(help="门户等外部系统的接口密钥：新建、查看、吊销", no_args_is_help=True)
    for command in (add, revoke):
        group.command(command.__name__)(command)
    group.command("list")(show)
    app.add_typer(group, name="key")


def add(
    name: Annotated[str, typer.Argument(metavar="名称")],
    scopes: Annotated[list[KeyScope], typer.Option("--scope", help="使用范围，可多次")],
    per_minute: Annotated[int, typer.Option("--per-minute", min=1, max=100_000, help="每分钟请求上限")] = 120,
    days: Annotated[int | None, typer.Option("--days", min=1, max=3650, help="有效天数；不写为直到吊销")] = None,
) -> None:
    """新建密钥，只显示这一次。"""
    key = open_service().keys.add(name, scopes, per_minute, days, command_line())
    typer.echo(f"密钥（只显示这一次，请妥善保管）：{key}")


def show() -> None:
    """列出密钥；只显示编号，不显示密钥本身。"""
    service = open_service()
    keys, now = service.store.portal_keys.all(), service.clock()
    for key in keys:
        scopes = "、".join(key.scopes)
        used = _day(key.last_used, "从未")
        typer.echo(
            f"mk_{key.id}_…  {key.name}  {scopes}  每分钟 {key.per_minute} 次  {_state(key, now)}  上次使用：{used}"
        )
    if not keys:
        typer.echo("还没有密钥。新建：matcher key add 名称 --scope experts:read")


def revoke(key_id: Annotated[str, typer.Argument(metavar="编号")]) -> None:
    """吊销密钥，立即失效。"""
    number = key_id.removeprefix("mk_").partition("_")[0]
    open_service().keys.revoke(number, command_line())
    typer.echo(f"已吊销 {number}。")


def _state(key: PortalKey, now: datetime) -> str:
    if key.revoked:
        return f"{_day(key.revoked, '')} 已吊销"
    if key.expires and key.expires <= now:
        return f"{_day(key.expires, '')} 已过期"
    return f"有效至 {_day(key.expires, '吊销')}"


def _day(at: datetime | None, otherwise: str) -> str:
    return f"{in_beijing(at):%Y-%m-%d}" if at else otherwise
