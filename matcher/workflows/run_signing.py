"""Who may sign a frozen run and what stands against it (design, decisions 8 and 10)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from matcher.domain.account import Account, Office
from matcher.domain.demand import Demand
from matcher.domain.match import Finding, FindingKind
from matcher.domain.match_run import MatchRun, RunAct, RunEvent, RunState
from matcher.domain.vocabulary import ReviewStatus
from matcher.errors import UsageError
from matcher.workflows.frozen import Chosen, ShownRun, as_frozen, is_erased


class RunRefusal(UsageError):
    """The run, as it stands, does not allow the act."""


class RunClosed(RunRefusal):
    def __init__(self, run: MatchRun) -> None:
        super().__init__(f"匹配结果 {run.id} 的状态是“{run.state}”，不能再这样处理。请刷新后查看。")


class NobodyChosen(RunRefusal):
    def __init__(self) -> None:
        super().__init__("入围名单是空的。请先从匹配结果中选出入围专家，再保存。")


class OfficeMissing(RunRefusal):
    def __init__(self) -> None:
        offices = "、".join(Office)
        super().__init__(f"本系统要求双方会签，您的账号没有登记所代表的部门（{offices}）。请系统管理员登记后再签。")


class OfficeHasSigned(RunRefusal):
    def __init__(self, office: Office) -> None:
        super().__init__(f"{office}一方已经签署，还需另一方签署。")


class SamePersonSigns(RunRefusal):
    def __init__(self) -> None:
        super().__init__("您已签署过这份结果。双方会签必须由两个人分别签署。")


class SignatureNeedsPerson(RunRefusal):
    def __init__(self) -> None:
        super().__init__("签署和作废只能由工作人员用自己的账号办理。")


class ReasonNeeded(RunRefusal):
    def __init__(self) -> None:
        super().__init__("请写明作废的原因。")


class ConfirmationBlocked(RunRefusal):
    """`obstacles`: one sentence each, with what is to be asked."""

    def __init__(self, obstacles: Sequence[str]) -> None:
        self.obstacles = tuple(obstacles)
        super().__init__(f"还不能签署，请先办理：{'；'.join(obstacles)}。办好后重新保存结果，再签署。")


@dataclass(frozen=True, slots=True)
class Present:
    """How things stand at the moment of signing: `people`: findings by expert id, `about` the demand."""

    demand: Demand | None
    about: tuple[Finding, ...]
    people: Mapping[str, tuple[Finding, ...]]


def signature(run: MatchRun, account: Account, at: datetime, note: str) -> RunEvent:
    """Raises RunClosed, OfficeMissing, OfficeHasSigned, SamePersonSigns."""
    if run.state not in (RunState.DRAFT, RunState.AWAITING):
        raise RunClosed(run)
    if any(event.by == account.name for event in run.signatures):
        raise SamePersonSigns
    if run.two_signatures:
        if account.office is None:
            raise OfficeMissing
        if account.office not in run.unsigned_offices:
            raise OfficeHasSigned(account.office)
    return RunEvent(at, account.name, RunAct.SIGNED, account.full_name, account.office, note)


def revocation(run: MatchRun, account: Account, at: datetime, reason: str) -> RunEvent:
    """Raises RunClosed, ReasonNeeded."""
    if not reason.strip():
        raise ReasonNeeded
    if run.state is RunState.REVOKED:
        raise RunClosed(run)
    return RunEvent(at, account.name, RunAct.REVOKED, account.full_name, account.office, reason)


def obstacles(shown: ShownRun, present: Present) -> list[str]:
    """What forbids a confirmation, by the facts as frozen and as they are now; empty: nothing."""
    found = [*_of_demand(shown, present)]
    for one in shown.chosen:
        found += _of_person(one, present.people.get(one.explanation.expert.id))
    return list(dict.fromkeys(found)) if shown.chosen else ["入围名单是空的"]


def _of_demand(shown: ShownRun, present: Present) -> Iterator[str]:
    if present.demand is None:
        yield "需求已不在库中"
        return
    if present.demand.review is not ReviewStatus.APPROVED:
        yield "需求尚未审核通过"
    if not _says_the_same(present.demand, shown.report.demand):
        yield "保存之后需求有修改"
    for finding in present.about:
        if finding.rule != "demand_review" and finding.kind is not FindingKind.NOTE:
            yield in_words(finding)


def _of_person(one: Chosen, now: tuple[Finding, ...] | None) -> Iterator[str]:
    expert = one.explanation.expert
    if is_erased(one.explanation) or now is None:
        yield f"专家 {expert.id} 已不在库中"
        return
    for finding in (*now, *one.explanation.findings):
        if finding.kind is not FindingKind.NOTE:
            yield f"{expert.name}（{expert.id}）：{in_words(finding)}"


def in_words(finding: Finding) -> str:
    """With what is to be asked."""
    return f"{finding.message}，{finding.ask}" if finding.ask else finding.message


def _says_the_same(now: Demand, frozen: Demand | None) -> bool:
    if frozen is None:
        return False
    return replace(as_frozen(now), review=frozen.review, review_remark=frozen.review_remark) == frozen
