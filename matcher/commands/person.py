"""`matcher person`: duplicates, merging, erasing, history."""

from __future__ import annotations

import getpass
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from matcher.commands.acting import acting
from matcher.commands.asked import asked_expert
from matcher.commands.confirm import confirm
from matcher.commands.errors import UnknownExpert
from matcher.commands.history_table import history_lines
from matcher.commands.import_table import duplicate_lines
from matcher.domain.audit import AuditAction, AuditEntry
from matcher.domain.expert import Expert
from matcher.intake.expert_columns import EXPERT_TABLE
from matcher.store.errors import MergeImpossible
from matcher.store.store import Store
from matcher.wiring import open_application
from matcher.workflows.duplicates import find_duplicates

ExpertId = Annotated[str, typer.Argument(metavar="专家编号")]
Yes = Annotated[bool, typer.Option("--yes", help="不再询问")]


def register(app: typer.Typer) -> None:
    group = typer.Typer(help="专家档案：查重、合并、删除、修改记录", no_args_is_help=True)
    group.command("duplicates")(duplicates)
    group.command("merge")(merge)
    group.command("erase")(erase)
    group.command("erase-listed")(erase_listed)
    group.command("history")(history)
    app.add_typer(group, name="person")


def duplicates() -> None:
    """列出疑似同一人的档案；合并由人决定。"""
    pairs = tuple(find_duplicates(open_application().store))
    for line in duplicate_lines(pairs):
        typer.echo(line)
    typer.echo(f"共 {len(pairs)} 对。" if pairs else "没有发现疑似重复的专家。")


def merge(
    keep: Annotated[str, typer.Argument(metavar="保留的编号")],
    drop: Annotated[str, typer.Argument(metavar="并入的编号")],
    yes: Yes = False,
) -> None:
    """把两份档案合为一份：成果、台账归到保留的编号，空白项由另一份补上。"""
    if keep == drop:
        raise MergeImpossible(keep)
    store = open_application().store
    kept, dropped = asked_expert(store, keep), asked_expert(store, drop)
    typer.echo(f"保留：{_described(kept)}\n并入：{_described(dropped)}")
    confirm("确认这是同一个人并合并？", yes=yes)
    store.experts.merge(keep, drop, by=getpass.getuser())
    typer.echo(f"已合并。以后导入编号 {drop} 的档案会被退回，其成果归到 {keep}。")


def erase(expert_id: ExpertId, yes: Yes = False) -> None:
    """按本人要求删除其全部资料（个人信息保护法第四十七条），不可恢复；并入过的编号一并删除。"""
    application = open_application()
    store = application.store
    if store.experts.is_erased([expert_id]):
        done = f"编号 {expert_id} 此前已删除；残留已再清理一次"
    else:
        typer.echo(f"将删除：{_to_erase(store, expert_id)}")
        confirm("删除后不能恢复，该编号不再收录。确认删除？", yes=yes)
        done = "已删除"
    note = acting().entry(datetime.now(UTC), AuditAction.ERASE_PERSON, f"专家:{expert_id}")
    store.experts.erase(expert_id, by=getpass.getuser(), note=note)
    application.erasures.keep()
    application.index.purge()
    typer.echo(f"{done}，检索索引也已清理。此前导出的结果、原始表格和备份不在库内，请另行删除。")


def erase_listed(
    file: Annotated[Path | None, typer.Argument(metavar="名单", help="默认为数据文件夹里的 erasures.csv")] = None,
    yes: Yes = False,
) -> None:
    """恢复旧备份之后，把名单上的人再删除一次（名单记录每次删除的编号和时间）；已删除的跳过。"""
    application, act = open_application(), acting()
    erasures = application.erasures
    if file is None and not erasures.path.exists():
        erasures.keep()
    missing = erasures.missing(file)
    if not missing:
        erasures.keep()
        typer.echo("名单上的人都已删除，没有要做的。")
        return
    typer.echo("将再次删除：" + "、".join(_known(application.store, id) for id in missing))
    confirm("删除后不能恢复。确认删除？", yes=yes)

    def note(expert_id: str, when: str) -> AuditEntry:
        entry = act.entry(datetime.now(UTC), AuditAction.ERASE_PERSON, f"专家:{expert_id}")
        return replace(entry, reason=f"恢复备份之后按删除名单再次删除，原删除时间 {when}")

    done = erasures.again(missing, getpass.getuser(), note)
    erasures.keep()
    application.index.purge()
    typer.echo(f"已删除 {done} 人，检索索引也已清理。")


def _known(store: Store, expert_id: str) -> str:
    expert = store.experts.get(store.experts.merged_into([expert_id]).get(expert_id, expert_id))
    return f"{expert.name}（{expert_id}）" if expert else f"{expert_id}（库中没有档案）"


def history(expert_id: ExpertId) -> None:
    """列出一位专家档案的修改记录（不含受限信息）。"""
    entries = open_application().store.experts.history(expert_id)
    if not entries:
        raise UnknownExpert(expert_id)
    for line in history_lines(entries, EXPERT_TABLE):
        typer.echo(line)


def _to_erase(store: Store, expert_id: str) -> str:
    """The person under whatever number he or she lives on; a ledger may name people who have no profile."""
    living = store.experts.merged_into([expert_id]).get(expert_id, expert_id)
    expert = store.experts.get(living)
    if expert is not None:
        return _described(expert)
    if lines := store.ledger.of_experts([living]).get(living):
        return f"编号 {living}：没有档案，台账中有 {len(lines)} 行"
    raise UnknownExpert(expert_id)


def _described(expert: Expert) -> str:
    parts = (
        expert.organization,
        expert.title,
        f"{expert.birth:%Y-%m}" if expert.birth else "",
        "、".join(expert.directions),
    )
    return f"{expert.name}（{expert.id}）{'；'.join(part for part in parts if part)}"
