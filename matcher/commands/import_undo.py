"""`matcher import undo`: takes an import back, after showing what that would do."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from typing import Annotated

import typer

from matcher.beijing import in_beijing
from matcher.commands.confirm import confirm
from matcher.store.records import Batch
from matcher.wiring import open_application
from matcher.workflows.import_undo import UndoReport, preview_undo, undo_import

_SHOWN = 20


def undo(
    batch: Annotated[str, typer.Argument(metavar="导入编号", help="导入时显示的编号；不写则列出最近的导入")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只说明会怎样，不撤销")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="不再询问")] = False,
) -> None:
    """撤销一次导入：新增的移除，修改的恢复；导入之后又改动过的保留，并逐条列出。"""
    store, by = open_application().store, getpass.getuser()
    if not batch:
        _echo(_listed(store.batches.newest(_SHOWN)))
        return
    foreseen = preview_undo(store, batch, by)
    _echo(_told(foreseen, "将"))
    if dry_run or not any(counts.removed or counts.restored for counts in foreseen.counts.values()):
        return
    confirm("确认撤销这次导入？", yes=yes)
    _echo(_told(undo_import(store, batch, by), "已"))


def _listed(batches: list[Batch]) -> Iterator[str]:
    if not batches:
        yield "还没有可以撤销的导入。"
    for one in batches:
        state = "　已撤销" if one.undone else ""
        yield f"{one.id}　{in_beijing(one.when):%Y-%m-%d %H:%M}　{one.by}　{one.records} 条{state}"


def _told(report: UndoReport, tense: str) -> Iterator[str]:
    for kind, counts in report.counts.items():
        yield f"{kind}：{tense}移除 {counts.removed}，{tense}恢复 {counts.restored}，保留 {counts.stays}"
    yield from (f"保留：{line.kind} {line.key} {line.name}：{line.why}" for line in report.stays[:_SHOWN])
    if report.stayed > _SHOWN:
        yield f"……共保留 {report.stayed} 条"


def _echo(lines: Iterator[str]) -> None:
    for line in lines:
        typer.echo(line)
