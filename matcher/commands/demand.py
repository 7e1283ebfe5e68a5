"""`matcher demand`: list, review, split."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Annotated

import typer

from matcher.commands.confirm import confirm
from matcher.commands.errors import UnknownDemand
from matcher.commands.history_table import history_lines
from matcher.domain.demand import Demand, Need
from matcher.domain.vocabulary import ReviewStatus
from matcher.errors import UsageError
from matcher.intake.demand_columns import DEMAND_TABLE
from matcher.intake.quality_hints import quality_hints
from matcher.intake.split import propose_split
from matcher.store.store import Store
from matcher.wiring import open_application
from matcher.workflows.split_needs import read_needs

DemandId = Annotated[str, typer.Argument(metavar="需求编号")]


class NothingToSplit(UsageError):
    def __init__(self, demand_id: str) -> None:
        super().__init__(f"需求“{demand_id}”看起来只有一件事，没有拆分建议。如需拆分，请用 --text 文件 写明各项。")


def register(app: typer.Typer) -> None:
    group = typer.Typer(help="需求：列表、审核、拆分", no_args_is_help=True)
    group.command("list")(list_demands)
    group.command("show")(show)
    group.command("review")(review)
    group.command("split")(split)
    group.command("history")(history)
    app.add_typer(group, name="demand")


def list_demands() -> None:
    """列出库中的需求。"""
    count = 0
    for demand in open_application().store.demands.stream():
        needs = f"（已拆为 {len(demand.needs)} 项）" if demand.needs else ""
        typer.echo(f"{demand.id}\t{demand.review}\t{demand.enterprise.name}\t{demand.title}{needs}")
        count += 1
    typer.echo(f"共 {count} 项。", err=True)


def show(demand_id: DemandId) -> None:
    """显示一份问卷，并提示还缺什么、该问企业什么。"""
    demand = _demand(open_application().store, demand_id)
    for label, text in (
        ("需求名称", demand.title),
        ("企业", demand.enterprise.name),
        ("所在地", demand.enterprise.region_name),
        ("主要问题", demand.problem),
        ("技术关键与量化指标", demand.figures),
        ("预期目标", demand.goal),
        ("期望专家方向", demand.wanted),
        ("审核", f"{demand.review} {demand.review_remark}".strip()),
    ):
        typer.echo(f"{label}：{text or '（空）'}")
    _echo_needs(demand.needs)
    for hint in quality_hints(demand):
        typer.echo(f"提示：{hint.message}可问：{hint.ask}")


def review(
    demand_id: DemandId,
    status: Annotated[ReviewStatus, typer.Argument(metavar="待审核|已审核|退回")],
    remark: Annotated[str, typer.Option("--remark", help="审核意见")] = "",
) -> None:
    """记录审核结论。"""
    store = open_application().store
    _demand(store, demand_id)
    store.demands.set_review(demand_id, status, remark, by=getpass.getuser())
    typer.echo(f"{demand_id}：{status}")


def split(
    demand_id: DemandId,
    accept: Annotated[bool, typer.Option("--accept", "--yes", help="接受拆分建议，不再询问")] = False,
    text: Annotated[Path | None, typer.Option("--text", help="自己写的各项：每项一段，首行为名称，空行隔开")] = None,
    undo: Annotated[bool, typer.Option("--undo", help="撤销拆分")] = False,
) -> None:
    """把含有几件事的问卷拆成几项，各自匹配；由人确认。"""
    store = open_application().store
    demand = _demand(store, demand_id)
    if undo:
        store.demands.set_needs(demand_id, (), by=getpass.getuser())
        typer.echo(f"{demand_id}：已撤销拆分。")
        return
    needs = read_needs(text, demand_id) if text is not None else propose_split(demand)
    if not needs:
        raise NothingToSplit(demand_id)
    _echo_needs(needs)
    confirm(f"确认把“{demand.title}”拆为以上 {len(needs)} 项？", yes=accept or text is not None)
    store.demands.set_needs(demand_id, needs, by=getpass.getuser())
    typer.echo(f"{demand_id}：已拆为 {len(needs)} 项，编号 {'、'.join(need.id for need in needs)}。")


def history(demand_id: DemandId) -> None:
    """列出一份问卷的修改记录（不含联系人）。"""
    entries = open_application().store.demands.history(demand_id)
    if not entries:
        raise UnknownDemand(demand_id)
    for line in history_lines(entries, DEMAND_TABLE):
        typer.echo(line)


def _echo_needs(needs: tuple[Need, ...]) -> None:
    for need in needs:
        typer.echo(f"{need.number}. {need.title}")
        typer.echo("\n".join(f"   {line}" for line in need.text.splitlines()))
        if need.wanted:
            typer.echo(f"   期望专家方向：{need.wanted}")


def _demand(store: Store, demand_id: str) -> Demand:
    demand = store.demands.get(demand_id)
    if demand is None:
        raise UnknownDemand(demand_id)
    return demand
