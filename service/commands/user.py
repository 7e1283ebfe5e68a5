"""`matcher user`: accounts of staff."""

from __future__ import annotations

from typing import Annotated

import typer

from matcher.beijing import in_beijing
from matcher.domain.account import Office, Role
from service.audit.origin import command_line
from service.wiring import open_service

Name = Annotated[str, typer.Argument(metavar="登录名")]


def register(app: typer.Typer) -> None:
    group = typer.Typer(help="工作人员账号：新建、停用、重设密码、解除锁定", no_args_is_help=True)
    for command in (add, disable, enable, reset, unlock):
        group.command(command.__name__)(command)
    group.command("list")(show)
    app.add_typer(group, name="user")


def add(
    name: Name,
    full_name: Annotated[str, typer.Option("--name", help="姓名")],
    role: Annotated[Role | None, typer.Option("--role", help="角色；第一个账号是系统管理员")] = None,
    regions: Annotated[list[str] | None, typer.Option("--region", help="负责的市州，可多次；不写为全省")] = None,
    office: Annotated[Office | None, typer.Option("--office", help="会签时代表的部门")] = None,
) -> None:
    """新建账号，显示一次性密码；首次登录必须修改。"""
    password = open_service().accounts.add(name, full_name, role, regions or [], command_line(), office)
    _tell_password(password)


def show() -> None:
    """列出账号。"""
    service = open_service()
    accounts = service.store.accounts.all()
    for account in accounts:
        seen = f"{in_beijing(account.last_login):%Y-%m-%d %H:%M}" if account.last_login else "从未"
        state = "已停用" if account.disabled else "待改密码" if account.password_due else "正常"
        places = service.places.names(account.regions)
        office = f"  {account.office}" if account.office else ""
        typer.echo(f"{account.name}  {account.full_name}  {account.role}{office}  {places}  {state}  上次登录：{seen}")
    if not accounts:
        typer.echo("还没有账号。新建：matcher user add 登录名 --name 姓名")


def disable(name: Name) -> None:
    """停用账号，并结束其所有会话。"""
    open_service().accounts.set_disabled(name, True, command_line())
    typer.echo(f"已停用 {name}。")


def enable(name: Name) -> None:
    """重新启用停用的账号。"""
    open_service().accounts.set_disabled(name, False, command_line())
    typer.echo(f"已启用 {name}。")


def reset(name: Name) -> None:
    """重设为新的一次性密码，并结束其所有会话。"""
    _tell_password(open_service().accounts.reset_password(name, command_line()))


def unlock(name: Name) -> None:
    """解除连续登录失败造成的锁定。"""
    open_service().accounts.unlock(name, command_line())
    typer.echo(f"已解除 {name} 的锁定。")


def _tell_password(password: str) -> None:
    typer.echo(f"一次性密码（只显示这一次，7 天内有效，首次登录必须修改）：{password}")
