"""对接方案 and 邀请函 of a frozen match run, as documents hold them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from matcher.beijing import in_beijing
from matcher.documents.contents import (
    Asked,
    Candidate,
    Evidence,
    Firm,
    Invitation,
    LiaisonPlan,
    NeedPart,
    Opinion,
    Question,
    ResultNumber,
)
from matcher.domain.account import Office
from matcher.domain.demand import Demand, DemandContact, Enterprise
from matcher.domain.expert import Expert
from matcher.domain.match import Finding, FindingKind, in_percent
from matcher.domain.match_run import MatchRun, RunEvent, RunState
from matcher.domain.vocabulary import Gender, ServiceKind
from matcher.errors import UsageError
from matcher.explain.excerpt import excerpt
from matcher.explain.explanation import Explanation, ItemReason
from matcher.reference.regions import Regions
from matcher.workflows.frozen import Chosen, ShownRun, is_erased
from matcher.workflows.standing_runs import Hindered

_WORKS = 3
_LONGEST_TITLE = 4
_ONE_SIDE = "审核"
_LONGEST_QUOTE = 100


class NotChosen(UsageError):
    def __init__(self, run: MatchRun, expert_id: str) -> None:
        super().__init__(
            f"专家“{expert_id}”不在匹配结果 {run.id} 的入围名单中，或已按本人要求删除资料，不能出具邀请函。"
        )


class InvitationTooEarly(UsageError):
    """Nothing goes out before people have signed for it (design, decision 8)."""

    def __init__(self, run: MatchRun) -> None:
        super().__init__(f"匹配结果 {run.id} 的状态是“{run.state}”，签署之后才能出具邀请函。")


class InvitedCannotGo(UsageError):
    def __init__(self, run: MatchRun, hindered: Hindered) -> None:
        anew = f"请另选专家，重新保存一份结果送签，再把 {run.id} 作废"
        advice = anew if hindered.barred else "请先核实并登记，再出具邀请函"
        super().__init__(f"现在不能出具邀请函。{hindered.sentence}。{advice}。")


class RunNotIntact(UsageError):
    def __init__(self, run: MatchRun) -> None:
        super().__init__(f"匹配结果 {run.id} 与保存时不一致，可能被改动过，不能出具文书。请告诉系统管理员。")


@dataclass(frozen=True, slots=True)
class Letterhead:
    """`issuer`: whose name stands at the foot, "" to be filled in by hand; `day`: of the document."""

    issuer: str
    day: date


def liaison_plan(
    shown: ShownRun, hindered: Sequence[Hindered], contact: DemandContact, regions: Regions, head: Letterhead
) -> LiaisonPlan:
    """`hindered`: whom the day of the document holds back; `contact`: the enterprise's, as far as whoever asks may see
    it. Raises RunNotIntact.
    """
    run, demand = _proven(shown)
    now = {one.expert_id: one for one in hindered}
    return LiaisonPlan(
        result=ResultNumber(run.id, run.state, minute(run.events[0].at), run.digest, run.events[0].note),
        issued=chinese_day(head.day),
        issuer=head.issuer,
        purpose=run.purpose,
        firm=firm(demand.enterprise, contact, regions),
        demand=_asked(run, demand),
        changed=tuple(one.sentence for one in hindered),
        candidates=tuple(
            _candidate(place, one, now.get(one.explanation.expert.id))
            for place, one in enumerate(shown.chosen, start=1)
        ),
        questions=tuple(_questions(shown, hindered)),
        proposal=tuple(_proposal(shown, now, demand, place_of(demand.enterprise, regions))),
        opinions=tuple(_opinions(run)),
    )


def invitation(
    shown: ShownRun, expert_id: str, hindered: Sequence[Hindered], regions: Regions, head: Letterhead
) -> Invitation:
    """`hindered` as of `liaison_plan`. Raises RunNotIntact, InvitationTooEarly, NotChosen, InvitedCannotGo."""
    run, demand = _proven(shown)
    if run.state is not RunState.CONFIRMED:
        raise InvitationTooEarly(run)
    chosen = {one.explanation.expert.id: one.explanation for one in shown.chosen if not is_erased(one.explanation)}
    if expert_id not in chosen:
        raise NotChosen(run, expert_id)
    for one in hindered:
        if one.expert_id == expert_id:
            raise InvitedCannotGo(run, one)
    explanation = chosen[expert_id]
    return Invitation(
        number=run.id,
        issued=chinese_day(head.day),
        issuer=head.issuer,
        name=explanation.expert.name,
        address=address_of(explanation.expert),
        unit=explanation.expert.organization,
        firm=demand.enterprise.name,
        place=place_of(demand.enterprise, regions),
        topic=run.title,
        purpose=run.purpose,
        services="、".join(_services(demand)),
        works=tuple(_works(explanation)),
    )


def address_of(expert: Expert) -> str:
    """How a letter addresses somebody.

    >>> address_of(Expert("E1", "郑一", title="教授")), address_of(Expert("E2", "王二", gender=Gender.FEMALE))
    ('郑一教授', '王二女士')
    """
    if expert.is_academician:
        return f"{expert.name}院士"
    if expert.title and len(expert.title) <= _LONGEST_TITLE:
        return f"{expert.name}{expert.title}"
    return expert.name + {Gender.MALE: "先生", Gender.FEMALE: "女士", None: "专家"}[expert.gender]


def place_of(firm: Enterprise, regions: Regions) -> str:
    """As the form says it, else by the code: prefecture and county."""
    region = regions.get(firm.region_code) if firm.region_code else None
    if firm.region_name or region is None:
        return firm.region_name
    above = regions.prefecture(region)
    return f"{above.name if above and above != region else ''}{region.name}"


def firm(enterprise: Enterprise, contact: DemandContact, regions: Regions) -> Firm:
    return Firm(
        name=enterprise.name,
        place=place_of(enterprise, regions),
        jurisdiction=enterprise.jurisdiction,
        industry=enterprise.industry_name,
        kind=enterprise.kind,
        products=enterprise.products,
        credit_code=enterprise.credit_code,
        contact=contact.person,
        phone=contact.phone,
    )


def chinese_day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def minute(at: datetime) -> str:
    return f"{in_beijing(at):%Y-%m-%d %H:%M}"


def _proven(shown: ShownRun) -> tuple[MatchRun, Demand]:
    """Raises RunNotIntact."""
    if not shown.intact:
        raise RunNotIntact(shown.run)
    assert shown.report.demand is not None
    return shown.run, shown.report.demand


def _asked(run: MatchRun, demand: Demand) -> Asked:
    """Where one need of several was matched, that need alone stands among the parts."""
    parts = [need for need in demand.needs if run.demand_id in (demand.id, need.id)]
    return Asked(
        id=run.demand_id,
        title=run.title,
        category=demand.category or "",
        urgency=demand.urgency or "",
        problem=demand.problem,
        figures=demand.figures,
        goal=demand.goal,
        wanted=demand.wanted,
        services="、".join(demand.services),
        cooperation=demand.cooperation,
        budget=f"{demand.budget:g} 万元" if demand.budget is not None else "",
        conditions=demand.conditions,
        parts=tuple(NeedPart(need.id, need.title, need.text) for need in parts),
    )


def _candidate(place: int, one: Chosen, now: Hindered | None) -> Candidate:
    explanation, expert = one.explanation, one.explanation.expert
    to_check = [*explanation.forbidding(), *explanation.unknown(), *(now.why if now else ())]
    return Candidate(
        place=str(place),
        id=expert.id,
        name=expert.name,
        unit=expert.organization,
        title=expert.title,
        honours="、".join(expert.honours),
        band=explanation.band,
        probability=in_percent(explanation.score),
        reason=explanation.summary(),
        note=one.note,
        evidence=tuple(map(evidence, explanation.reasons)),
        to_check="；".join(to_check),
        notes="；".join(explanation.notes()),
    )


def evidence(reason: ItemReason) -> Evidence:
    item, passage = reason.item, reason.passage
    return Evidence(
        item=reason.heading(),
        year=str(item.year or ""),
        source=item.source,
        asked=_quoted(passage.asked, passage.words),
        answered=_quoted(passage.answered, passage.words),
        words="、".join(passage.words),
    )


def _quoted(sentence: str, words: Sequence[str]) -> str:
    """Shortened around the words that matter; it stands inside a sentence that has its own end."""
    return excerpt(sentence, words, _LONGEST_QUOTE).rstrip("。；，.;,")


def _questions(shown: ShownRun, hindered: Sequence[Hindered]) -> Iterator[Question]:
    """Each once, with everybody whom it concerns; those of the demand first, what has come up since last."""
    for finding in shown.report.result.about:
        if finding.kind is not FindingKind.NOTE:
            yield Question(finding.message, finding.ask, "")
    concerned: dict[Finding, list[str]] = {}
    for one in shown.chosen:
        for finding in one.explanation.findings:
            if finding.kind is not FindingKind.NOTE:
                concerned.setdefault(finding, []).append(one.explanation.expert.name)
    for finding, names in concerned.items():
        yield Question(finding.message, finding.ask, "、".join(names))
    for changed in hindered:
        yield Question("；".join(changed.why), "", changed.name or f"专家 {changed.expert_id}")


def _proposal(shown: ShownRun, now: Mapping[str, Hindered], demand: Demand, place: str) -> Iterator[str]:
    """What follows from purpose, wishes and those of the shortlist who can go; a person finishes it."""
    run, able = shown.run, [one.explanation for one in shown.chosen if _can_go(one.explanation, now)]
    left = [one.explanation.expert.name for one in shown.chosen if not _can_go(one.explanation, now)]
    if left:
        yield f"{'、'.join(left)}不能安排，未列入建议，须另选他人或作出说明。"
    if not able:
        return
    first, *others = [one.expert.name for one in able]
    where = f"{demand.enterprise.name}{f'（{place}）' if place else ''}"
    if run.purpose.is_station:
        team = f"，{'、'.join(others)}为团队人选或备选" if others else ""
        yield f"拟支持{where}建设{run.purpose}，以{first}为首席人选{team}。"
        yield "成行前由企业与专家就合作项目、驻站时间和协议期限达成意向，按规定签订协议后报批。"
    else:
        yield f"拟组织{'、'.join([first, *others])}赴{where}，开展{'、'.join(_services(demand))}。"
        yield "对接后由企业与专家商定合作事项，达成意向的签订协议，纳入台账跟踪。"
    if demand.academician_wanted and not any(one.expert.is_academician for one in able):
        yield "企业希望院士参与，入围专家中没有院士，须另行征集或与企业说明。"


def _can_go(explanation: Explanation, now: Mapping[str, Hindered]) -> bool:
    changed = now.get(explanation.expert.id)
    return not explanation.forbidding() and not (changed and changed.barred)


def _services(demand: Demand) -> Iterable[str]:
    wanted = [kind.value for kind in demand.services if kind is not ServiceKind.STATION]
    return wanted or [ServiceKind.CONSULTING.value, ServiceKind.VISIT.value]


def _works(explanation: Explanation) -> Iterator[str]:
    """The items of the reasons that have a name of their own: a letter does not cite the profile back."""
    named = [
        reason.heading() for reason in explanation.reasons if reason.item.title and reason.heading().endswith("》")
    ]
    yield from named[:_WORKS]


def _opinions(run: MatchRun) -> Iterator[Opinion]:
    if run.two_signatures:
        signed = {event.office: event for event in run.signatures}
        yield from (_opinion(office.value, signed.get(office)) for office in Office)
    else:
        yield _opinion(_ONE_SIDE, next(iter(run.signatures), None))


def _opinion(office: str, event: RunEvent | None) -> Opinion:
    if event is None:
        return Opinion(office, "", "", "")
    return Opinion(office, event.full_name or event.by, minute(event.at), event.note)
