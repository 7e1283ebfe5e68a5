"""`matcher plan panel`: people who together cover a think-tank topic."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from matcher.commands.answer import Answer, AnswerFormat, Format, Output
from matcher.commands.layout import Line
from matcher.domain.match import FindingKind, in_percent
from matcher.explain.excerpt import excerpt
from matcher.explain.passages import mark
from matcher.plan.panel import PanelTerms
from matcher.wiring import open_application
from matcher.workflows.panel_sheets import guarantee, left_out_reason, panel_json, panel_sheets
from matcher.workflows.panels import AspectCover, Member, PanelReport

_LONGEST = 80


def register(group: typer.Typer) -> None:
    group.command("panel")(panel)


def panel(
    topic_id: Annotated[str, typer.Argument(metavar="选题编号")],
    size: Annotated[int, typer.Option(min=1, max=30, help="几位专家")] = 5,
    per_unit: Annotated[int, typer.Option(min=1, help="同一单位最多几位")] = 1,
    format: Format = AnswerFormat.TABLE,
    output: Output = None,
) -> None:
    """为智库选题组成专家组：逐个要点有人能答，不出自一个团队或单位，附后备和未列入的原因。"""
    answer = Answer(format, output)
    planner = open_application().panels
    report = planner.panel(planner.topic(topic_id), PanelTerms(size, per_unit))
    answer.give(lambda: _lines(report, size), lambda: panel_json(report), lambda: panel_sheets(report))


def _lines(report: PanelReport, size: int) -> Iterator[Line]:
    yield 0, f"■ 选题 {report.topic.id} {report.topic.title}"
    if not report.members:
        yield 2, "库中暂无能答这个选题的专家。"
        return
    fields = f"，涉及学科：{'、'.join(report.disciplines)}" if report.disciplines else "，学科均未填（待核）"
    yield 2, f"专家组 {len(report.members)} 位{fields}"
    if len(report.members) < size:
        yield 2, f"库中能答又不同团队、不同单位的只有 {len(report.members)} 位，少于要求的 {size} 位。"
    for place, member in enumerate(report.members, start=1):
        yield from _member(place, member, report)
    yield 2, "各要点由谁回答："
    for number, aspect in enumerate(report.aspects, start=1):
        yield from _aspect(number, aspect)
    yield from _others(report)
    yield 2, guarantee(report)


def _member(place: int, member: Member, report: PanelReport) -> Iterator[Line]:
    expert = member.expert
    unit = " ".join(part for part in (expert.organization, expert.title) if part)
    numbers = [
        str(number)
        for number, aspect in enumerate(report.aspects, start=1)
        if any(one.expert.id == expert.id for one in aspect.answers)
    ]
    fields = f"  学科：{'、'.join(member.disciplines)}" if member.disciplines else ""
    yield 2, f"{place}. {expert.name}（{expert.id}）{unit}  负责要点 {'、'.join(numbers) or '（补充）'}{fields}"
    for kind in (FindingKind.UNKNOWN, FindingKind.NOTE):
        found = [finding.message for finding in member.checked.findings if finding.kind is kind]
        if found:
            yield 5, f"{kind}：{'；'.join(found)}"
    if member.backups:
        yield 5, f"后备：{'、'.join(f'{one.name}（{one.id}）' for one, _ in member.backups)}"


def _aspect(number: int, aspect: AspectCover) -> Iterator[Line]:
    weak = f"，{aspect.doubt}" if aspect.doubt else ""
    yield 4, f"{number}. {excerpt(aspect.text, (), _LONGEST)}（把握最大的一位 {in_percent(aspect.covered)}{weak}）"
    for one in aspect.answers:
        yield 7, f"{one.expert.name}：{one.summary()}"
        passage = one.reasons[0].passage if one.reasons else None
        if passage and passage.answered:
            yield 9, f"材料：{mark(excerpt(passage.answered, passage.words, _LONGEST), passage.words)}"


def _others(report: PanelReport) -> Iterator[Line]:
    if report.left_out or report.forbidden:
        yield 2, "未列入的人员和原因："
    for expert, one in report.left_out:
        yield 4, f"- {expert.name}（{expert.id}）：{left_out_reason(report, one)}"
    for forbidden in report.forbidden:
        yield 4, f"× {forbidden.expert.name}（{forbidden.expert.id}）：{'；'.join(forbidden.forbidding())}"
