"""A plan of lectures for programs and as a workbook: 讲座安排, 单独需求."""

from __future__ import annotations

from collections.abc import Iterator

from matcher.explain.passages import mark
from matcher.explain.report import Json, explanation_json
from matcher.plan.clusters import degree
from matcher.tables.sheet import Cell, SheetSpec
from matcher.workflows.lectures import LectureGroup, LecturePlan

_GROUPS = (
    ("组", 6), ("共同关键词", 30), ("需求编号", 10), ("需求名称", 30), ("企业名称", 26),
    ("与本组核心需求的相近程度", 12),
    ("核心需求中的话", 40), ("本需求中的话", 40), ("拟请讲者", 24), ("讲者单位", 26), ("对本需求的匹配概率", 10),
    ("依据", 40), ("备选讲者", 30), ("待核事项", 40), ("不能请的人和原因", 40),
)  # fmt: skip
_ALONE = (
    ("需求编号", 10),
    ("需求名称", 36),
    ("企业名称", 30),
    ("最相近的需求编号", 12),
    ("最相近的需求", 40),
    ("相近程度", 10),
)
NOBODY = "库中暂无一人能讲全组"


def lecture_json(plan: LecturePlan) -> Json:
    return {
        "groups": [_group_json(group) for group in plan.groups],
        "alone": [
            {
                "demand_id": one.reading_id,
                "title": one.title,
                "enterprise": one.enterprise,
                "nearest": one.nearest,
                "near": one.near,
                "alike": round(one.alike, 3),
            }
            for one in plan.alone
        ],
        "not_approved": list(plan.not_approved),
    }


def lecture_sheets(plan: LecturePlan) -> list[SheetSpec]:
    rows = [row for number, group in enumerate(plan.groups, start=1) for row in _rows(number, group)]
    alone = [
        (one.reading_id, one.title, one.enterprise, one.nearest, one.near, degree(one.alike)) for one in plan.alone
    ]
    (header, widths), (alone_header, alone_widths) = (zip(*columns, strict=True) for columns in (_GROUPS, _ALONE))
    probability = header.index("对本需求的匹配概率")
    return [
        SheetSpec("讲座安排", header, rows, widths, percent_columns=frozenset({probability})),
        SheetSpec("单独需求", alone_header, alone, alone_widths),
    ]


def _rows(number: int, group: LectureGroup) -> Iterator[tuple[Cell, ...]]:
    first = group.lecturers[0] if group.lecturers else None
    others = [lecturer.answers[0].expert for lecturer in group.lecturers[1:]]
    for place, one in enumerate(group.demands):
        answer = first.answers[place] if first else None
        barred = [
            f"{b.name}（{b.expert_id}）：{'；'.join(b.reasons)}" for b in group.barred if b.demand_id == one.reading.id
        ]
        yield (
            number,
            "、".join(group.words),
            one.reading.id,
            one.title,
            one.demand.enterprise.name,
            degree(one.alike) if place else None,
            mark(one.passage.asked, one.passage.words) if place else "（核心需求）",
            mark(one.passage.answered, one.passage.words) if place else "",
            f"{answer.expert.name}（{answer.expert.id}）" if answer else NOBODY,
            answer.expert.organization if answer else "",
            round(answer.score, 3) if answer else None,
            "；".join(reason.heading() for reason in answer.reasons) if answer else "",
            "、".join(f"{expert.name}（{expert.id}）" for expert in others),
            "\n".join(answer.to_check()) if answer else "",
            "\n".join(barred),
        )


def _group_json(group: LectureGroup) -> Json:
    return {
        "words": list(group.words),
        "demands": [
            {
                "demand_id": one.reading.id,
                "title": one.title,
                "enterprise": one.demand.enterprise.name,
                "alike": round(one.alike, 3),
                "central_sentence": one.passage.asked,
                "sentence": one.passage.answered,
                "words": list(one.passage.words),
            }
            for one in group.demands
        ],
        "lecturers": [
            {"worst": round(one.worst, 6), "answers": [explanation_json(answer) for answer in one.answers]}
            for one in group.lecturers
        ],
        "barred": [
            {"expert_id": one.expert_id, "name": one.name, "demand_id": one.demand_id, "reasons": list(one.reasons)}
            for one in group.barred
        ],
    }
