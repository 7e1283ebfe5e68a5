"""A panel for programs and as a workbook: 专家组, 要点覆盖, 未列入人员."""

from __future__ import annotations

from collections.abc import Iterator

from matcher.domain.match import FindingKind, in_percent
from matcher.explain.passages import mark
from matcher.explain.report import Json, explanation_json, finding_json
from matcher.plan.panel import LeftOut, LeftOutReason
from matcher.tables.sheet import Cell, SheetSpec
from matcher.workflows.panels import Member, PanelReport

Row = tuple[Cell, ...]
# What a figure with one decimal place can tell, as a share.
_TOLD = 0.0005


def panel_json(report: PanelReport) -> Json:
    return {
        "topic_id": report.topic.id,
        "title": report.topic.title,
        "proven": report.panel.proven,
        "worth": round(report.panel.worth, 6),
        "bound": round(report.panel.bound, 6),
        "disciplines": list(report.disciplines),
        "members": [_member_json(member) for member in report.members],
        "aspects": [
            {
                "text": aspect.text,
                "covered": round(aspect.covered, 6),
                "doubt": aspect.doubt,
                "answers": [explanation_json(one) for one in aspect.answers],
            }
            for aspect in report.aspects
        ],
        "left_out": [
            {
                "expert_id": expert.id,
                "name": expert.name,
                "reason": one.reason.value,
                "member": one.member,
                "gain": round(one.gain, 6),
            }
            for expert, one in report.left_out
        ],
        "forbidden": [explanation_json(one) for one in report.forbidden],
    }


def guarantee(report: PanelReport) -> str:
    """How good the panel is, in a sentence."""
    if report.panel.proven:
        return "在每个要点的前 25 名候选人中，没有更好的组合。"
    most = (report.panel.bound - report.panel.worth) / report.panel.bound
    return f"候选组合太多，未逐一比完：与最好的组合相差不超过 {in_percent(most)}。"


def left_out_reason(report: PanelReport, one: LeftOut) -> str:
    """In a sentence, with the name of who stands in the way."""
    names = {member.expert.id: member.expert.name for member in report.members}
    rival = f"{names.get(one.member, '')}（{one.member}）"
    match one.reason:
        case LeftOutReason.SAME_TEAM:
            return f"与 {rival}同团队（有共同署名的成果），一个团队只选一人"
        case LeftOutReason.SAME_UNIT:
            return f"与 {rival}同单位，名额已满"
        case LeftOutReason.COVERED:
            more = f"把握只增加 {100 * one.gain:.1f} 个百分点" if one.gain >= _TOLD else "把握几乎不增加"
            return f"擅长的要点已有 {rival}，再加入{more}"


def panel_sheets(report: PanelReport) -> list[SheetSpec]:
    return [
        SheetSpec("专家组", _MEMBERS[0], list(_members(report)), _MEMBERS[1]),
        SheetSpec("要点覆盖", _ASPECTS[0], list(_aspects(report)), _ASPECTS[1], percent_columns=frozenset({2, 7})),
        SheetSpec("未列入人员", _OTHERS[0], list(_others(report)), _OTHERS[1]),
    ]


_MEMBERS = (
    (
        "选题编号",
        "选题名称",
        "序号",
        "专家编号",
        "姓名",
        "工作单位",
        "职称",
        "学科",
        "负责要点",
        "后备人选",
        "待核事项",
        "提示",
    ),
    (10, 30, 6, 10, 10, 26, 12, 20, 40, 34, 40, 30),
)
_ASPECTS = (
    (
        "选题编号",
        "要点",
        "把握最大一位的概率",
        "专家编号",
        "姓名",
        "工作单位",
        "匹配程度",
        "匹配概率",
        "依据",
        "要点中的话",
        "材料中的话",
    ),
    (10, 40, 12, 10, 10, 26, 10, 10, 40, 40, 40),
)
_OTHERS = (("选题编号", "专家编号", "姓名", "工作单位", "原因"), (10, 10, 10, 26, 60))


def _members(report: PanelReport) -> Iterator[Row]:
    for place, member in enumerate(report.members, start=1):
        expert = member.expert
        answered = [
            f"{number}. {aspect.text}（{in_percent(one.score)}）"
            for number, aspect in enumerate(report.aspects, start=1)
            for one in aspect.answers
            if one.expert.id == expert.id
        ]
        yield (
            report.topic.id,
            report.topic.title,
            place,
            expert.id,
            expert.name,
            expert.organization,
            expert.title,
            "、".join(member.disciplines),
            "\n".join(answered),
            "\n".join(f"{backup.name}（{backup.id}）" for backup, _ in member.backups),
            "\n".join(_remarks(member, FindingKind.UNKNOWN)),
            "\n".join(_remarks(member, FindingKind.NOTE)),
        )


def _aspects(report: PanelReport) -> Iterator[Row]:
    for aspect in report.aspects:
        head = (report.topic.id, aspect.text, round(aspect.covered, 3))
        if not aspect.answers:
            yield (*head, *[""] * 3, "无人能答", None, "", "", "")
        for one in aspect.answers:
            person = (one.expert.id, one.expert.name, one.expert.organization, one.band.value, round(one.score, 3))
            passage = one.reasons[0].passage if one.reasons else None
            asked, answered = (
                (mark(passage.asked, passage.words), mark(passage.answered, passage.words)) if passage else ("", "")
            )
            yield (*head, *person, "；".join(reason.heading() for reason in one.reasons), asked, answered)


def _others(report: PanelReport) -> Iterator[Row]:
    for expert, one in report.left_out:
        yield (report.topic.id, expert.id, expert.name, expert.organization, left_out_reason(report, one))
    for forbidden in report.forbidden:
        person = forbidden.expert
        yield (report.topic.id, person.id, person.name, person.organization, "；".join(forbidden.forbidding()))


def _remarks(member: Member, kind: FindingKind) -> list[str]:
    return [finding.message for finding in member.checked.findings if finding.kind is kind]


def _member_json(member: Member) -> Json:
    return {
        "expert_id": member.expert.id,
        "name": member.expert.name,
        "organization": member.expert.organization,
        "title": member.expert.title,
        "disciplines": list(member.disciplines),
        "findings": [finding_json(finding) for finding in member.checked.findings],
        "backups": [
            {"expert_id": expert.id, "name": expert.name, "loss": round(loss, 6)} for expert, loss in member.backups
        ],
    }
