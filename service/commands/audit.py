"""`matcher audit`: reads the log of all acts and proves it whole."""

from __future__ import annotations

from itertools import islice
from typing import Annotated

import typer

from matcher.beijing import in_beijing
from matcher.store.audit import AuditLog
from service.audit.words import said
from service.commands.errors import AnchorMalformed, AuditDamaged
from service.wiring import open_service

_SHOWN = 20


def register(app: typer.Typer) -> None:
    group = typer.Typer(help="审计记录：查看、核验是否被改动", no_args_is_help=True)
    group.command("list")(show)
    group.command("verify")(verify)
    app.add_typer(group, name="audit")


def show(count: Annotated[int, typer.Option("--last", min=1, max=100_000, help="最近多少条")] = 50) -> None:
    """列出最近的审计记录，新的在前。"""
    for record in open_service().store.audit.newest(count):
        entry = record.entry
        words = (entry.actor or "未登录", entry.address, said(entry.action), entry.subject, entry.outcome, entry.reason)
        typer.echo(f"{record.sequence}  {in_beijing(entry.at):%Y-%m-%d %H:%M:%S}  " + "  ".join(filter(None, words)))


def verify(
    anchor: Annotated[str, typer.Option("--anchor", help="先前抄下的 序号:摘要，与之比对")] = "",
) -> None:
    """核验审计记录：有没有被改动、删除或调换。"""
    log = open_service().store.audit
    _check_anchor(log, anchor)
    found = list(islice(log.flaws(), 1000))
    for flaw in found[:_SHOWN]:
        typer.echo(f"第 {flaw.sequence} 条：{flaw.damage}。")
    if found:
        raise AuditDamaged(len(found))
    head = log.head()
    typer.echo(
        f"完整：共 {head.sequence} 条。抄下这一行另外保管，日后可用 --anchor 比对：{head.sequence}:{head.digest}"
    )


def _check_anchor(log: AuditLog, anchor: str) -> None:
    sequence, _, digest = anchor.partition(":")
    if not anchor:
        return
    if not sequence.isdecimal() or not digest:
        raise AnchorMalformed(anchor)
    if log.digest_at(int(sequence)) != digest:
        typer.echo(f"第 {sequence} 条：与抄下的摘要不符。")
        raise AuditDamaged(1)
