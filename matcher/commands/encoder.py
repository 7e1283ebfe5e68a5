"""`matcher encoder adapt|revert|status`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import typer

from matcher.beijing import in_beijing
from matcher.commands.progress import counted
from matcher.domain.mark import grades
from matcher.errors import UsageError
from matcher.wiring import Application, open_application
from matcher.workflows.adapt_encoder import Adaptation, read_facts, save_adaptation
from matcher.workflows.adapt_trial import Trial


class NotAdaptable(UsageError):
    def __init__(self, name: str) -> None:
        super().__init__(f"MATCHER_ENCODER 指定了外接模型“{name}”，只有自带的语义模型（builtin）可以精调。")


def register(app: typer.Typer) -> None:
    group = typer.Typer(help="自带语义模型：用本库的材料精调、退回、查看。", no_args_is_help=True)
    group.command("adapt")(adapt)
    group.command("revert")(revert)
    group.command("status")(status)
    app.add_typer(group, name="encoder")


def adapt() -> None:
    """用本库的成果（和评价）精调自带的语义模型；留出一部分检验，确有提高才采用。需要几分钟。"""
    application = open_application()
    if not application.has_builtin_encoder:
        raise NotAdaptable(application.settings.encoder)
    with counted("精调") as progress:
        found = application.adapter.adapt(grades(application.store.marks.stream()), progress)
    typer.echo("用于精调：" + "，".join(f"{name} {count} 对" for name, count in found.pairs.items()))
    for line in trial_lines(found.trials):
        typer.echo(line)
    typer.echo(_decide(application, found))


def revert() -> None:
    """退回之前的语义模型。"""
    restored = open_application().encoder_folder.revert()
    typer.echo(f"已退回到{f'之前精调的模型 {restored.name}' if restored else '程序自带的模型'}。{_AFTERWARDS}")


def status() -> None:
    """显示现用的语义模型；精调过的，说明何时、用什么、效果如何。"""
    application = open_application()
    for line in _status(application):
        typer.echo(line)


_AFTERWARDS = "下次匹配时索引自动重建；正在运行的服务会自行换用。"


def _decide(application: Application, found: Adaptation) -> str:
    if not found.is_better:
        return "留出检验没有可靠的提高（或需求检验变差），不采用；现用模型不变。"
    now = in_beijing(datetime.now(UTC))
    base = application.shipped.encoder_folder
    model = application.encoder_folder.adopt(lambda folder: save_adaptation(found, base, folder, now))
    return f"确有提高，已采用（{model.name}）。{_AFTERWARDS}退回：matcher encoder revert"


def trial_lines(trials: tuple[Trial, ...]) -> Iterator[str]:
    """What the trials showed, one a line."""
    for trial in trials:
        yield (
            f"留出检验 {trial.name}（{trial.questions} 个）：平均倒数名次 {trial.before:.3f} → {trial.after:.3f}，"
            f"差值 {trial.difference:+.3f}（95 % 区间 {trial.low:+.3f} 至 {trial.high:+.3f}）"
        )


def _status(application: Application) -> Iterator[str]:
    encoder = application.encoder
    if not application.has_builtin_encoder:
        yield f"外接模型：{application.settings.encoder}（{encoder.fingerprint}，{encoder.dimensions} 维）"
        return
    folder = application.encoder_folder.current
    if folder is None:
        yield f"程序自带的模型：{encoder.fingerprint}"
        return
    facts = read_facts(folder)
    yield f"本库精调的模型：{encoder.fingerprint}，精调于 {facts.when:%Y-%m-%d %H:%M}"
    yield "用于精调：" + "，".join(f"{name} {count} 对" for name, count in facts.pairs.items())
    yield from trial_lines(facts.trials)
    if facts.base != application.adapter.start:
        yield "注意：它由旧版程序自带的模型精调而来，建议重新运行 matcher encoder adapt。"
    erased = sum(stone.when > facts.when for stone in application.store.experts.tombstones())
    if erased:
        yield f"注意：此后有 {erased} 人按本人要求删除，建议重新运行 matcher encoder adapt，使其材料不再留有影响。"
