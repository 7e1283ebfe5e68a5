"""`matcher evaluate`."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from matcher.commands.output import emit
from matcher.evaluate.compare import Comparison
from matcher.evaluate.measures import DemandScore, RunScore
from matcher.workflows.evaluate import Evaluation
from matcher.workflows.evaluate import evaluate as run_evaluation

_SHOWN_MISSING = 5


class EvaluateFormat(StrEnum):
    TABLE = "table"
    JSON = "json"
    TSV = "tsv"


def register(app: typer.Typer) -> None:
    app.command("evaluate")(evaluate)


def evaluate(
    run: Annotated[Path, typer.Option(help="matcher match --format tsv 写出的结果")],
    qrels: Annotated[Path, typer.Option(help="评判文件：需求、专家、等级 0–3，制表符分隔")],
    compare: Annotated[Path | None, typer.Option(help="与另一个结果成对比较")] = None,
    per_demand: Annotated[bool, typer.Option("--per-demand", help="列出每个需求的数值")] = False,
    format: Annotated[EvaluateFormat, typer.Option("--format", help="输出格式")] = EvaluateFormat.TABLE,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="写入文件")] = None,
) -> None:
    """按评判给匹配结果打分：nDCG@10、P@5、hit@3、R@50、弃权、校准。"""
    evaluation = run_evaluation(run, qrels, compare)
    if evaluation.missing:
        shown = "、".join(evaluation.missing[:_SHOWN_MISSING]) + (
            "等" if len(evaluation.missing) > _SHOWN_MISSING else ""
        )
        typer.echo(f"提示：结果里没有 {shown} 共 {len(evaluation.missing)} 个需求，按没有答案计。", err=True)
    if format is EvaluateFormat.JSON:
        emit(json.dumps(_numbers(asdict(evaluation)), ensure_ascii=False, indent=1) + "\n", output)
        return
    lines = _table(evaluation, per_demand) if format is EvaluateFormat.TABLE else _tsv(evaluation.score, per_demand)
    emit("".join(f"{line}\n" for line in lines), output)


def _numbers(value: object) -> object:
    """The value with null for figures that do not exist: JSON knows no NaN."""
    if isinstance(value, dict):
        return {key: _numbers(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_numbers(inner) for inner in value]
    return None if isinstance(value, float) and math.isnan(value) else value


def _table(evaluation: Evaluation, per_demand: bool) -> Iterator[str]:
    if per_demand:
        yield from (_demand(one) for one in evaluation.score.demands)
    yield _means(evaluation.score)
    if evaluation.other is not None and evaluation.comparison is not None:
        yield f"对比：{_means(evaluation.other)}"
        yield _difference(evaluation.comparison)


def _means(score: RunScore) -> str:
    return (
        f"demands {len(score.demands)}  nDCG@10 {score.ndcg10:.3f} (+-{score.interval:.3f})  P@5 {score.p5:.3f}  "
        f"hit@3 {score.hit3:.3f}  R@50 {score.r50:.3f}  abstain {score.abstain:.3f}  calib {score.calibration:.3f}  "
        f"brier {score.brier:.3f}  judged {score.judged:.3f}"
    )


def _difference(found: Comparison) -> str:
    return (
        f"差值 nDCG@10 {found.difference:+.3f}（95 % 区间 {found.low:+.3f} 至 {found.high:+.3f}，置换检验 "
        f"p={found.p_value:.4f}）；胜 {found.wins} 平 {found.ties} 负 {found.losses}，共 {found.demands} 个需求"
    )


def _demand(one: DemandScore) -> str:
    return "\t".join((one.demand_id, *(f"{value:.3f}" for value in (one.ndcg10, one.p5, one.hit3, one.r50))))


def _tsv(score: RunScore, per_demand: bool) -> Iterator[str]:
    if per_demand:
        yield "demand_id\tndcg10\tp5\thit3\tr50"
        yield from (_demand(one) for one in score.demands)
        return
    names = ("ndcg10", "interval", "p5", "hit3", "r50", "abstain", "calibration", "brier", "judged")
    yield from (f"{name}\t{getattr(score, name):.6f}" for name in names)
