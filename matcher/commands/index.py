"""`matcher index status|rebuild`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import typer

from matcher.beijing import in_beijing
from matcher.commands.progress import counted
from matcher.wiring import open_application
from matcher.workflows.index import IndexStatus

_MEGABYTE = 1 << 20


def register(app: typer.Typer) -> None:
    group = typer.Typer(help="检索索引：查看状态、重建。", no_args_is_help=True)
    group.command("status")(status)
    group.command("rebuild")(rebuild)
    app.add_typer(group, name="index")


def status() -> None:
    """索引能不能用、是否与数据库一致；条目数、语义模型、大小和时间。"""
    typer.echo("\n".join(status_lines(open_application().index.status(), datetime.now(UTC))))


def rebuild() -> None:
    """从数据库重建索引，并按现有关键词更新领域词典。"""
    keeper = open_application().index
    with counted("建立索引") as progress:
        index = keeper.rebuild(progress)
    typer.echo(f"索引已重建：{index.item_count} 条材料，{index.pinned().expert_count} 位专家。")


def status_lines(status: IndexStatus, now: datetime) -> list[str]:
    """What `matcher index status` prints."""
    manifest = status.manifest
    if manifest is None:
        return [f"状态：{status.problem}"]
    return [
        f"状态：{status.problem or _step(status.behind)}",
        f"材料：{manifest.items} 条，专家：{manifest.experts} 位",
        f"语义模型：{manifest.settings.encoder}（{manifest.settings.dimensions} 维）",
        f"领域词典：{len(manifest.settings.domain_terms)} 个词",
        f"变更序号：索引 {manifest.last_change}，数据库 {status.database_change}",
        f"占用磁盘：{status.bytes / _MEGABYTE:.1f} MB",
        f"保存时间：{in_beijing(manifest.written):%Y-%m-%d %H:%M:%S}（{_age(now - manifest.written)}）",
    ]


def _step(behind: int) -> str:
    if behind < 0:
        return "索引比数据库新（数据库可能由备份恢复）；下次匹配时自动重建，不必处理。"
    if behind:
        return f"可用；数据库另有 {behind} 项改动，下次匹配时自动补上，不必处理。"
    return "可用，与数据库一致。"


def _age(age: timedelta) -> str:
    minutes = int(age.total_seconds() // 60)
    if minutes < 1:
        return "刚刚"
    if minutes < 60:
        return f"{minutes} 分钟前"
    return f"{minutes // 60} 小时前" if minutes < 48 * 60 else f"{minutes // (24 * 60)} 天前"
