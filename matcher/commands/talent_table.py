"""Teams, nominations and gaps as lines of a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from matcher.commands.layout import Line
from matcher.domain.match import in_percent
from matcher.explain.excerpt import excerpt
from matcher.explain.explanation import Explanation
from matcher.explain.passages import mark
from matcher.rank.programmes import Programme, Verdict
from matcher.workflows.enterprise_team import EnterpriseTeam
from matcher.workflows.gaps import Coverage, CoverageGap, GapKind, named
from matcher.workflows.programmes import Nominations, Nominee

_LONGEST = 80


def team_lines(team: EnterpriseTeam) -> Iterator[Line]:
    case = team.case
    firm = f"，建站单位 {case.enterprise}" if case.enterprise else ""
    chief = f"首席 {case.chief.name}（{case.chief.id}）" if case.chief else "没有指定首席"
    yield 0, f"■ {chief}{firm}：可培养的企业人员"
    if not team.candidates:
        yield 2, "库中没有成果与首席方向相合的企业人员。可请建站单位补报研发人员及其成果。"
    elif case.enterprise and not any(one.own for one in team.candidates):
        yield 2, "库中没有建站单位自己的对口人员，可请该单位补报；以下来自其他企业："
    for one in team.candidates:
        where = "本企业" if one.own else "其他企业"
        yield from _person(one.explanation, f"{where}{'，已在团队' if one.already else ''}")
    yield from _barred(team.forbidden)


def programmes_lines(programmes: Sequence[Programme]) -> Iterator[str]:
    for one in programmes:
        until = f" 至 {one.until}" if one.until else " 起"
        yield f"{one.name}（{one.effective}{until}；依据：{one.source}）"


def programme_lines(found: Nominations) -> Iterator[Line]:
    programme = found.programme
    yield 0, f"■ {programme.name}（依据：{programme.source}）"
    if programme.example:
        yield 2, "注意：这是示例条件，不是任何真实奖项或计划的规定。"
    if not found.open:
        yield 2, "注意：今天不在申报期内。"
    yield 2, f"评选领域：{'；'.join(programme.fields)}"
    if not found.nominees:
        yield 2, "库中暂无条件相合的人选。"
    for one in found.nominees:
        yield from _nominee(one)
    if found.short:
        yield 2, "成果对口但有条件不符合的："
    for one in found.short:
        expert = one.explanation.expert
        yield (
            4,
            f"- {expert.name}（{expert.id}，{in_percent(one.explanation.score)}）：{'；'.join(one.of(Verdict.MISSED))}",
        )
    yield from _barred(found.forbidden)


def gap_lines(coverage: Coverage, names: Mapping[str, str]) -> Iterator[Line]:
    yield 0, f"■ 人才缺口（需求 {coverage.demands} 项）"
    for kind in GapKind:
        fields = coverage.by_field(kind)
        yield 2, f"{kind}：{sum(map(len, fields.values()))} 项"
        for field, gaps in fields.items():
            recruit = dict.fromkeys(name for gap in gaps for name in gap.fields)
            yield 4, f"{field}（{len(gaps)} 项），建议征集：{'、'.join(recruit) or '（需求未写明）'}"
            for gap in gaps:
                yield 6, f"- {gap.reading_id} {gap.title}（{_nearest(gap)}）"
    if coverage.single:
        yield 2, "只有一人的学科："
        yield from ((4, f"- {name}：{named(id, names)}") for name, id in coverage.single)
    if coverage.unstated:
        yield 2, f"另有 {coverage.unstated} 位专家未填学科代码，没有计入学科统计。"


def _nearest(gap: CoverageGap) -> str:
    named = (("最接近者", gap.best), ("海外最接近者", gap.overseas))
    return "；".join(f"{label} {one[0]} {in_percent(one[1])}" for label, one in named if one) or "没有任何相关人员"


def _nominee(one: Nominee) -> Iterator[Line]:
    yield from _person(one.explanation, "")
    for verdict in (Verdict.MET, Verdict.UNKNOWN):
        if found := one.of(verdict):
            yield 6, f"{verdict}：{'；'.join(found)}"


def _person(explanation: Explanation, remark: str) -> Iterator[Line]:
    person = explanation.expert
    unit = " ".join(part for part in (person.organization, person.title) if part)
    yield 2, f"{explanation.rank}. {person.name}（{person.id}）{unit}{f'（{remark}）' if remark else ''}"
    yield 5, explanation.summary()
    passage = explanation.reasons[0].passage if explanation.reasons else None
    if passage and passage.answered:
        yield 7, f"材料：{mark(excerpt(passage.answered, passage.words, _LONGEST), passage.words)}"
    if unknown := explanation.unknown():
        yield 5, f"待核：{'；'.join(unknown)}"


def _barred(forbidden: Sequence[Explanation]) -> Iterator[Line]:
    if forbidden:
        yield 2, "按规则不能安排的："
    for one in forbidden:
        yield 4, f"× {one.expert.name}（{one.expert.id}）：{'；'.join(one.forbidding())}"
