"""`matcher weights fit|adopt|revert`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from matcher.commands.output import emit
from matcher.commands.progress import tracked
from matcher.domain.demand import demand_id_of
from matcher.domain.mark import grades
from matcher.errors import UsageError
from matcher.evaluate.compare import compare
from matcher.evaluate.files import read_qrels
from matcher.evaluate.measures import RunScore
from matcher.wiring import open_application
from matcher.workflows.weights import FittedWeights, WeightsFolder, fit_to_marks, fit_weights


class WeightsOverridden(UsageError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"MATCHER_WEIGHTS 指定了权重文件“{path}”，采用或退回都不会生效，未作改动。请先去掉这项设置再运行。"
        )


def register(app: typer.Typer) -> None:
    group = typer.Typer(help="评分权重：由评判拟合、采用、退回。", no_args_is_help=True)
    group.command("fit")(fit)
    group.command("adopt")(adopt)
    group.command("revert")(revert)
    app.add_typer(group, name="weights")


def fit(
    qrels: Annotated[Path | None, typer.Option(help="改用评判文件：需求、专家、等级 0–3，制表符分隔")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="把新权重另存一份")] = None,
) -> None:
    """用库中的评价（或评判文件）拟合新权重，交叉验证后列出与现用权重的差别；不会自动采用。"""
    application = open_application()
    judgments = read_qrels(qrels) if qrels else grades(application.store.marks.stream())
    application.index.catch_up()
    wanted = set(map(demand_id_of, judgments))
    demands = tracked(list(application.store.demands.get_many(wanted).values()), "读取需求")
    if qrels:
        fitted = fit_weights(demands, judgments, application.ranker, qrels.name)
    else:
        fitted = fit_to_marks(demands, judgments, application.ranker, "库中的评价")
    if output is not None:
        emit(fitted.weights.to_json(), output)
    _tell(fitted, application.weights_folder)


def _tell(fitted: FittedWeights, folder: WeightsFolder) -> None:
    """Only weights that won by cross-validation become the candidate (design decision 13)."""
    found = compare(fitted.score, fitted.current)
    typer.echo(f"依据：{fitted.weights.fitted_on}")
    typer.echo(f"新权重（交叉验证） {_line(fitted.score)}")
    typer.echo(f"现用权重          {_line(fitted.current)}")
    typer.echo(f"nDCG@10 差值 {found.difference:+.3f}（95 % 区间 {found.low:+.3f} 至 {found.high:+.3f}）")
    if found.low > 0:
        folder.propose(fitted.weights)
        typer.echo("新权重较好。采用：matcher weights adopt")
    else:
        folder.withdraw()
        typer.echo(f"{'差别不明显' if found.high >= 0 else '新权重较差'}，不提供采用；现用权重不变。")


def adopt() -> None:
    """采用最近一次拟合的权重。"""
    typer.echo(f"已采用 {_folder_in_use().adopt()}；不合适时用 matcher weights revert 退回。")


def revert() -> None:
    """退回之前的权重。"""
    restored = _folder_in_use().revert()
    typer.echo(f"已退回到 {restored}" if restored else "已退回到程序自带的权重")


def _folder_in_use() -> WeightsFolder:
    """Raises WeightsOverridden where what is adopted or put back would not come into force."""
    application = open_application()
    if application.settings.weights is not None:
        raise WeightsOverridden(application.settings.weights)
    return application.weights_folder


def _line(score: RunScore) -> str:
    return (
        f"nDCG@10 {score.ndcg10:.3f}  P@5 {score.p5:.3f}  hit@3 {score.hit3:.3f}  R@50 {score.r50:.3f}  "
        f"abstain {score.abstain:.3f}  calib {score.calibration:.3f}  brier {score.brier:.3f}"
    )
