"""`matcher plan lectures`: one lecturer for several similar demands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

import typer

from matcher.commands.answer import Answer, AnswerFormat, Format, Output
from matcher.commands.layout import Line
from matcher.domain.demand import Demand
from matcher.domain.match import in_percent
from matcher.explain.excerpt import excerpt
from matcher.explain.passages import mark
from matcher.plan.clusters import ALIKE, degree
from matcher.rank.filters import ExpertFilter
from matcher.wiring import Application, open_application
from matcher.workflows.lecture_sheets import NOBODY, lecture_json, lecture_sheets
from matcher.workflows.lectures import LectureGroup, LecturePlan, Lecturer

_LONGEST = 70


def register(group: typer.Typer) -> None:
    group.command("lectures")(lectures)


def lectures(
    region: Annotated[list[str] | None, typer.Option(help="只看此地区的需求（名称，或代码前几位），可多次")] = None,
    pending_too: Annotated[bool, typer.Option("--pending-too", help="未审核的需求也列入，只作预排")] = False,
    format: Format = AnswerFormat.TABLE,
    output: Output = None,
) -> None:
    """把相近的需求合为一场讲座，为每场找一位各家都听得上的讲者。"""
    answer = Answer(format, output)
    application = open_application()
    plan = application.lectures.plan(_demands(application, region or ()), pending_too=pending_too)
    answer.give(lambda: _lines(plan), lambda: lecture_json(plan), lambda: lecture_sheets(plan))


def _demands(application: Application, regions: Sequence[str]) -> list[Demand]:
    places = application.understood(ExpertFilter(regions=tuple(regions))).regions
    return [demand for demand in application.store.demands.stream() if not places or _lies_in(demand, places)]


def _lies_in(demand: Demand, places: Sequence[str]) -> bool:
    firm = demand.enterprise
    return any(firm.region_code.startswith(p) if p.isdigit() else p in firm.region_name for p in places)


def _lines(plan: LecturePlan) -> Iterator[Line]:
    yield 0, f"■ 可合办的讲座 {len(plan.groups)} 场，单独的需求 {len(plan.alone)} 项"
    if plan.groups:
        yield 2, f"每场之内两两相近：意思和用词合起来的相近程度（满分 100%）都在 {degree(ALIKE)} 以上。"
    for number, group in enumerate(plan.groups, start=1):
        yield from _group(number, group)
    if plan.alone:
        yield 2, f"没有相近需求的（括号内为最接近的一项和相近程度，{degree(ALIKE)} 以上才合并）："
    for one in plan.alone:
        near = f"（最接近 {one.nearest} {one.near}，{degree(one.alike)}）" if one.nearest else ""
        yield 4, f"- {one.reading_id} {one.title}{near}"
    if plan.not_approved:
        yield 2, f"未审核的需求 {len(plan.not_approved)} 项没有列入：{'、'.join(plan.not_approved)}"


def _group(number: int, group: LectureGroup) -> Iterator[Line]:
    words = f"  共同关键词：{'、'.join(group.words)}" if group.words else ""
    yield 2, f"第 {number} 场，{len(group.demands)} 项需求{words}"
    for place, one in enumerate(group.demands):
        firm = f"（{one.demand.enterprise.name}）" if one.demand.enterprise.name else ""
        yield 4, f"- {one.reading.id} {one.title}{firm}{f'，相近程度 {degree(one.alike)}' if place else '，核心需求'}"
        if place and one.passage.answered:
            for label, text in (("核心需求", one.passage.asked), ("本需求", one.passage.answered)):
                yield 8, f"{label}：{mark(excerpt(text, one.passage.words, _LONGEST), one.passage.words)}"
    if not group.lecturers:
        yield 4, f"{NOBODY}，建议分别安排。"
    for place, lecturer in enumerate(group.lecturers):
        yield from _lecturer("拟请讲者" if place == 0 else "备选讲者", lecturer, group)
    for barred in group.barred:
        yield 4, f"× {barred.name}（{barred.expert_id}）不能讲给 {barred.demand_id}：{'；'.join(barred.reasons)}"


def _lecturer(label: str, lecturer: Lecturer, group: LectureGroup) -> Iterator[Line]:
    person = lecturer.answers[0].expert
    unit = " ".join(part for part in (person.organization, person.title) if part)
    yield 4, f"{label}：{person.name}（{person.id}）{unit}，最低一家的匹配概率 {in_percent(lecturer.worst)}"
    for one, answer in zip(group.demands, lecturer.answers, strict=True):
        yield 8, f"{one.reading.id}：{answer.summary()}"
    checks = list(dict.fromkeys(check for answer in lecturer.answers for check in answer.unknown()))
    if checks:
        yield 8, f"待核：{'；'.join(checks)}"
