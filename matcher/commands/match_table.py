"""Answers as text for a terminal: who, by what evidence, what is to be checked, who is out and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matcher.commands.layout import Line, laid_out
from matcher.domain.expert import Expert
from matcher.domain.match import Band, in_percent
from matcher.explain.excerpt import excerpt
from matcher.explain.explanation import Explanation, ItemReason
from matcher.explain.passages import mark
from matcher.explain.report import MatchReport, TeamReport, grouped
from matcher.workflows.reverse import FittingDemand, FittingDemands

_LONGEST_SENTENCE = 80
_LEAST_SHARE = 0.0005
_LEAST_NAMED = 0.05
_ALWAYS_NAMED = 3
_NAMED_MEMBERS = 3
# Where nobody suits, so many of the nearest are named for orientation.
_NEAREST = 3


def report_lines(report: MatchReport, width: int) -> str:
    """One demand: head, experts with their teams, how to check, the excluded."""
    return laid_out(_report(report), width)


def expert_lines(explanation: Explanation, width: int) -> str:
    """One expert with every reason and with what to ask."""
    asked = [(4, f"待核：{text}") for text in explanation.to_check()]
    return laid_out([*_expert(explanation, (), len(explanation.reasons)), *asked], width)


def fitting_lines(expert: Expert, found: FittingDemands, width: int) -> str:
    """The reverse view: an expert's demands, and those that a rule keeps him or her from."""
    return laid_out(_fitting(expert, found), width)


def _report(report: MatchReport) -> Iterator[Line]:
    firm = f"（{report.demand.enterprise.name}）" if report.demand and report.demand.enterprise.name else ""
    yield 0, f"■ {report.result.demand_id} {report.title}{firm}"
    yield 2, f"用途：{report.result.purpose}"
    yield from ((2, f"注意：{f.message}。{f.ask and f.ask + '。'}") for f in report.result.about)
    yield from ((2, f"提示：{hint}") for hint in report.hints)
    if report.result.gap is not None:
        yield 2, report.result.gap.message
        if report.teams:
            yield 2, "以下人员仅供参考："
    shown = report.proposed or report.teams[:_NEAREST]
    for team in shown:
        yield from _expert(team.lead, team.members, _worth_showing(team.lead))
        unknown = team.lead.unknown()
        if unknown:
            yield 4, f"待核：{'；'.join(unknown)}"
    if len(shown) < len(report.teams):
        yield 2, f"其余 {len(report.teams) - len(shown)} 位（组）与需求关系不大，从略。"
    yield from _checks(shown)
    yield from _excluded(report)


def _expert(explanation: Explanation, members: Sequence[Explanation], reasons: int) -> Iterator[Line]:
    person = explanation.expert
    place = f"{explanation.rank}." if explanation.rank else "·"
    unit = " ".join(part for part in (person.organization, person.title) if part)
    level = f"{explanation.band} {in_percent(explanation.score)}" if explanation.reasons else "材料与需求没有共同之处"
    yield 2, f"{place} {person.name}（{person.id}）{unit}  {level}"
    for reason in explanation.reasons[:reasons]:
        yield from _reason(reason)
    if reasons == len(explanation.reasons):
        yield from _shares(explanation)
    if members:
        more = f"等 {len(members)} 人" if len(members) > _NAMED_MEMBERS else ""
        yield 4, f"同团队：{'、'.join(_member(member) for member in members[:_NAMED_MEMBERS])}{more}"
    yield from ((4, f"不可：{text}") for text in explanation.forbidding())
    yield from ((4, f"提示：{text}") for text in explanation.notes())


def _worth_showing(explanation: Explanation) -> int:
    """How many reasons: whoever may be proposed has all of them shown, the others at most the best one."""
    if explanation.band is not Band.WEAK:
        return len(explanation.reasons)
    return 1 if explanation.score >= _LEAST_NAMED else 0


def _shares(explanation: Explanation) -> Iterator[Line]:
    shares = sorted(explanation.signal_shares.items(), key=lambda pair: -pair[1])
    parts = [f"{signal} {100 * share:.1f}" for signal, share in shares if share >= _LEAST_SHARE]
    if parts:
        yield 4, f"概率构成（百分点）：{'，'.join(parts)}"


def _member(member: Explanation) -> str:
    check = "，有待核" if member.unknown() else ""
    return f"{member.expert.name}（{member.expert.id}，第 {member.rank} 名{check}）"


def _reason(reason: ItemReason) -> Iterator[Line]:
    passage = reason.passage
    where = "，".join(str(part) for part in (reason.item.year, reason.item.source) if part)
    place = f"（{where}）" if where else ""
    yield 4, f"· {reason.heading()}{place}：{_weight(reason)}"
    if passage.asked:
        yield 6, f"需求：{mark(excerpt(passage.asked, passage.words, _LONGEST_SENTENCE), passage.words)}"
        yield 6, f"材料：{mark(excerpt(passage.answered, passage.words, _LONGEST_SENTENCE), passage.words)}"


def _weight(reason: ItemReason) -> str:
    if reason.share < _LEAST_SHARE:
        return "作用很小"
    return f"占 {100 * reason.share:.1f} 个百分点，若无此项为 {in_percent(reason.without)}"


def _checks(teams: Sequence[TeamReport]) -> Iterator[Line]:
    """Each thing to check once, with whom to ask: most of it is the same for everybody."""
    checks = list(dict.fromkeys(check for team in teams for check in team.lead.to_check()))
    if checks:
        yield 2, "待核事项的核实办法："
    yield from ((4, f"- {check}") for check in checks)


def _excluded(report: MatchReport) -> Iterator[Line]:
    if report.excluded:
        yield 2, "未列入的人员和原因："
    for reason, people in grouped(report.excluded):
        yield 4, f"× {reason}：{_names(people)}"
    if report.more_excluded:
        yield 4, f"× 另有匹配概率更低的 {report.more_excluded} 人因规则未列入"


def _names(people: Sequence[Explanation]) -> str:
    """Names with probabilities; whoever would hardly have been proposed is only counted."""
    likely = [one for place, one in enumerate(people) if place < _ALWAYS_NAMED or one.score >= _LEAST_NAMED]
    named = "、".join(f"{one.expert.name}（{one.expert.id}，{in_percent(one.score)}）" for one in likely)
    others = len(people) - len(likely)
    rest = f"匹配概率不足 {in_percent(_LEAST_NAMED)} 的 {others} 人" if others else ""
    return "、".join(part for part in (named, rest) if part)


def _fitting(expert: Expert, found: FittingDemands) -> Iterator[Line]:
    yield 0, f"■ {expert.name}（{expert.id}，{expert.organization}）适合的需求"
    if not found.demands:
        yield 2, "没有找到相关需求。"
    elif found.best_is_weak:
        yield 2, "没有匹配概率足够高的需求，以下仅供参考："
    likely = [one for one in found.demands if one.checked.ranked.score >= _LEAST_NAMED] or found.demands[:1]
    for place, one in enumerate(likely, start=1):
        yield 2, f"{place}. {_demand(one)}，在该需求的候选人中排第 {one.checked.ranked.rank}"
        yield from ((5, f"{finding.kind}：{finding.message}") for finding in one.checked.findings)
    if len(likely) < len(found.demands):
        yield 2, f"其余 {len(found.demands) - len(likely)} 项的匹配概率更低，从略"
    if found.forbidden:
        yield 2, "按规则不能安排的需求："
    for one in found.forbidden:
        yield 4, f"× {_demand(one)}：{'；'.join(f.message for f in one.checked.findings if f.forbids)}"


def _demand(one: FittingDemand) -> str:
    firm = f"（{one.demand.enterprise.name}）" if one.demand.enterprise.name else ""
    return f"{one.reading.id} {one.title}{firm}  匹配概率 {in_percent(one.checked.ranked.score)}"
