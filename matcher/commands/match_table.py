"""Answers as text for a terminal, reasons first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matcher.domain.expert import Expert
from matcher.explain.explanation import Explanation, ItemReason
from matcher.explain.passages import mark
from matcher.explain.report import MatchReport, TeamReport
from matcher.workflows.reverse import FittingDemand

_LONGEST = 90


def report_lines(report: MatchReport) -> str:
    """One demand: head, experts with their teams, the excluded."""
    return "".join(line + "\n" for line in _report(report))


def expert_lines(explanation: Explanation) -> str:
    """One expert with every reason."""
    return "".join(line + "\n" for line in _expert(explanation, ()))


def fitting_lines(expert: Expert, found: Sequence[FittingDemand]) -> str:
    """The reverse view: an expert's demands."""
    lines = [f"■ 适合 {expert.name}（{expert.id}，{expert.organization}）的需求"]
    for place, one in enumerate(found, start=1):
        firm = one.demand.enterprise.name
        lines.append(
            f"{place:>3}. {one.reading.id} {one.title}（{firm}）  匹配概率 {one.checked.ranked.score:.0%}，"
            f"在该需求中列第 {one.checked.ranked.rank}"
        )
        lines += [f"     {finding.kind}：{finding.message}" for finding in one.checked.findings]
    return "".join(line + "\n" for line in lines or ["没有找到相关需求"])


def _report(report: MatchReport) -> Iterator[str]:
    firm = f"（{report.demand.enterprise.name}）" if report.demand and report.demand.enterprise.name else ""
    yield f"■ {report.result.demand_id} {report.title}{firm}  用途：{report.result.purpose}"
    yield from (f"  注意：{finding.message}。{finding.ask}" for finding in report.result.about)
    yield from (f"  提示：{hint}" for hint in report.hints)
    if report.result.gap is not None:
        yield f"  {report.result.gap.message}"
        yield "  以下人员仅供参考："
    for team in report.teams:
        yield from _expert(team.lead, _members(team))
    if report.excluded:
        yield "  未列入（原因）："
    for expert in report.excluded:
        person = expert.expert
        yield f"    × {person.name}（{person.id}）匹配概率 {expert.score:.0%}：{'；'.join(expert.forbidding())}"


def _members(team: TeamReport) -> tuple[str, ...]:
    return tuple(f"{member.expert.name}（{member.expert.id}，第 {member.rank}）" for member in team.members)


def _expert(explanation: Explanation, members: Sequence[str]) -> Iterator[str]:
    person = explanation.expert
    unit = " ".join(part for part in (person.organization, person.title) if part)
    yield f"{explanation.rank:>4}. {person.name}（{person.id}）{unit}"
    yield f"      {explanation.summary()}"
    for reason in explanation.reasons:
        yield from _reason(reason)
    shares = sorted(explanation.signal_shares.items(), key=lambda pair: -pair[1])
    yield "      概率构成：" + "，".join(f"{signal} {share:.1%}" for signal, share in shares if share >= 0.0005)
    if members:
        yield f"      同团队：{'、'.join(members)}"
    yield from (f"      不可：{text}" for text in explanation.forbidding())
    yield from (f"      待核：{text}" for text in explanation.to_check())
    yield from (f"      提示：{text}" for text in explanation.notes())


def _reason(reason: ItemReason) -> Iterator[str]:
    item, passage = reason.item, reason.passage
    where = "，".join(str(part) for part in (item.year, item.source) if part)
    name = _short(item.title or item.title_en or "（无题名）")
    place = f"（{where}）" if where else ""
    yield f"      · {item.type}《{name}》{place} 占 {reason.share:.1%}，去掉后为 {reason.without:.0%}"
    if passage.asked:
        yield f"        需求：{mark(_short(passage.asked), passage.words)}"
        yield f"        成果：{mark(_short(passage.answered), passage.words)}"


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= _LONGEST else one_line[:_LONGEST] + "…"
