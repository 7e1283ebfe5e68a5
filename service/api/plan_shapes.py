"""Plans of stations as the API takes and shows them; the words are those of the pages."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

from matcher.domain.plan import PlanHead, PlanState
from matcher.domain.vocabulary import StationKind, StationMode
from matcher.plan.problem import Steering
from matcher.workflows.plan_documents import StationRequest
from matcher.workflows.plan_report import PlanReport, StationView
from service.api.job_reports import JobReport
from service.api.listing import Next
from service.plans.desk import Compared, ShownPlan
from service.plans.wishes import Changes, StationsWish

_STATION = "D001"


class PlanWanted(StationsWish):
    """新的建站计划。A new plan of stations: year, quotas and budget, and what is settled beforehand."""

    changes: Changes = Field(default_factory=Changes, description="事先的固定、排除、优先 What is settled beforehand")


class PlanSummary(BaseModel):
    """计划的一个版本。A version of a plan."""

    id: str = Field(examples=["P2026-001"])
    version: int = Field(examples=[2])
    title: str = Field(examples=["2026 年建站计划"])
    state: PlanState = Field(description="act on 已签 only")
    made_at: datetime = Field(description="UTC")
    state_at: datetime | None
    digest: str = Field(description="the same for the same inputs")


class PlanList(BaseModel):
    items: list[PlanSummary]
    next: Next = ""


class PersonNamed(BaseModel):
    """`name` is empty for somebody who has left the database."""

    id: str = Field(examples=["E00012"])
    name: str
    organization: str


class BackupReport(PersonNamed):
    """备选：可递补首席。May take the chief's place, every rule kept."""

    score: float = Field(description="匹配概率 Probability of being suitable", examples=[0.61])


class PointsPart(BaseModel):
    name: str = Field(examples=["匹配"])
    points: int = Field(examples=[610])


class StationReport(BaseModel):
    """拟建的一个站。One station: where, who, how, and why."""

    demand_id: str = Field(examples=[_STATION])
    need_id: str = Field(description="the need of a split questionnaire; empty: the whole")
    title: str
    enterprise: str
    kind: StationKind
    kind_to_check: bool = Field(description="问卷只写“建站”，类别待核 The form says no kind: ask")
    mode: StationMode
    funding: int = Field(description="万元", examples=[20])
    chief: PersonNamed
    members: list[PersonNamed]
    backups: list[BackupReport]
    score: float = Field(description="首席的匹配概率 Of the chief", examples=[0.87])
    rank: int = Field(description="首席在候选中的名次，0 为未排名 0: not ranked", examples=[1])
    points: int
    parts: list[PointsPart] = Field(description="得分由什么构成 What the points consist of")
    reason: str
    evidence: list[str] = Field(description="首席的依据 Items of the chief")
    to_check: list[str] = Field(description="待核，如类型未定、指定的人选不对口 What has to be found out first")
    notes: list[str] = Field(description="提示 What the rules remark")
    confirmed: bool = Field(description="重新安排时保持 Stays when solved again")


class UnchosenReport(BaseModel):
    """没有安排的需求。A demand without a station, and why."""

    demand_id: str
    title: str
    enterprise: str
    why: str
    ask: str = Field(description="要问清什么才可能安排 What to ask so that it may have one")
    expert_id: str = Field(description="原因涉及的专家 Whom `why` concerns; may be empty")


class ShortfallReport(BaseModel):
    """达不到的目标。A target that cannot be met with every rule kept, and each way out by itself."""

    target: str = Field(examples=["院士专家工作站名额"])
    asked: int
    reached: int
    message: str
    counted: str = Field(description="库中有多少位、为什么不能安排；只对名额 How many there are, and why they may not")
    ways_out: list[str]
    accepted: bool


class SteeringReport(BaseModel):
    """已作的固定、排除、优先；`需求编号:专家编号`。"""

    fixed: list[str]
    forbidden: list[str]
    preferred: list[str]
    floors: list[str] = Field(description="地区至少几站", examples=[["延边州至少 2 站"]])
    accepted: list[str]


class PlanDetail(PlanSummary):
    """计划全文。`obstacles`: what stands against a signature today, such as a person disabled since."""

    newest: int = Field(description="最新版本 The newest version of this plan")
    year: int
    quota_academician: int | None
    quota_expert: int | None
    budget: int | None = Field(description="万元；null 为不限")
    steering: SteeringReport
    stations: list[StationReport]
    unchosen: list[UnchosenReport]
    shortfalls: list[ShortfallReport]
    obstacles: list[str]
    points: int
    proven: bool = Field(description="true：没有更好的安排 Nothing better exists")
    gap: float = Field(description="最好的安排至多再高的比例 By which share the best may be better", ge=0)
    funding: int = Field(description="资助合计（万元）")


class CompareRow(BaseModel):
    """一项需求在两份计划中的安排；空为没有安排。"""

    demand_id: str
    title: str = Field(description="enterprise and demand")
    before: str
    after: str
    differs: list[str] = Field(default_factory=list, description="两份都安排时，哪几方面不同", examples=[["首席"]])
    why_not: str = Field("", description="没有安排的那一份写明的原因")


class CompareFigure(BaseModel):
    """一项数字或要求；`difference` 为后者与前者相比，空为相同。"""

    name: str = Field(examples=["安排建站"])
    first: str = Field(examples=["3 站"])
    second: str = Field(examples=["5 站"])
    difference: str = Field(examples=["多 2 站"])


class PlanComparison(BaseModel):
    """两份计划的差别。What differs, in sentences, in figures and demand by demand, changed ones first."""

    first: PlanSummary
    second: PlanSummary
    words: list[str]
    figures: list[CompareFigure] = Field(description="what each arranges")
    terms: list[CompareFigure] = Field(description="what each was asked for")
    rows: list[CompareRow]


class PlanOutcome(BaseModel):
    """What a job has brought: a version of a plan, or what a trial would change."""

    plan: str = Field("", description="新计划得出前为空 Empty until there", examples=["P2026-001"])
    version: int | None = Field(None, description="得出的版本；试算没有 None for a trial", examples=[2])
    words: list[str] = Field(default_factory=list, description="试算的结果 What a trial would bring, in sentences")
    warnings: list[str] = Field(
        default_factory=list, description="指定的人选匹配概率过低，须有人核实 Chosen people who hardly suit"
    )
    rows: list[CompareRow] = Field(default_factory=list, description="逐项需求的变化 Demand by demand")


class PlanWork(JobReport, PlanOutcome):
    """制定计划的后台任务。The job that solves, and its outcome once `state` is 完成."""

    what_if: bool = Field(description="true：试算，不保存 A trial")


def plan_summary(record: PlanHead) -> PlanSummary:
    return PlanSummary.model_validate(_record_values(record))


def plan_detail(shown: ShownPlan) -> PlanDetail:
    """Of a plan of stations."""
    report, request = shown.stations, shown.request
    assert report is not None
    assert isinstance(request, StationRequest)
    plan = report.plan
    return PlanDetail(
        **_record_values(shown.record),
        newest=shown.newest,
        year=request.year,
        quota_academician=request.quota_academician,
        quota_expert=request.quota_expert,
        budget=request.budget,
        steering=_steering(shown.steering),
        stations=[_station(report, view) for view in report.stations],
        unchosen=[
            UnchosenReport(
                demand_id=one.demand_id,
                title=report.title(one.demand_id),
                enterprise=report.firm(one.demand_id),
                why=one.why,
                ask=one.ask,
                expert_id=one.expert_id,
            )
            for one in plan.unchosen
        ],
        shortfalls=[ShortfallReport.model_validate(one, from_attributes=True) for one in plan.shortfalls],
        obstacles=list(shown.obstacles),
        points=plan.points,
        proven=plan.quality.proven,
        gap=plan.quality.gap,
        funding=plan.funding,
    )


def plan_comparison(found: Compared) -> PlanComparison:
    return PlanComparison(
        first=plan_summary(found.first.record),
        second=plan_summary(found.second.record),
        words=list(found.words),
        figures=[CompareFigure.model_validate(one, from_attributes=True) for one in found.figures],
        terms=[CompareFigure.model_validate(one, from_attributes=True) for one in found.terms],
        rows=[CompareRow.model_validate(row, from_attributes=True) for row in found.rows],
    )


def _station(report: PlanReport, view: StationView) -> StationReport:
    station = view.station
    names = ("demand_id", "need_id", "kind", "kind_to_check", "mode", "funding", "rank", "points")
    return StationReport(
        **{name: getattr(station, name) for name in names},
        title=report.title(station.demand_id),
        enterprise=report.firm(station.demand_id),
        chief=PersonNamed(**_person(report, station.expert_id)),
        members=[PersonNamed(**_person(report, id)) for id in station.members],
        backups=[BackupReport(**_person(report, one.expert_id), score=one.fit / 1000) for one in station.backups],
        score=station.fit / 1000,
        parts=[PointsPart(name=part.name, points=part.points) for part in station.parts],
        reason=report.reason(view),
        evidence=[reason.heading() for reason in view.evidence.reasons] if view.evidence else [],
        to_check=list(station.to_check),
        notes=list(station.notes),
        confirmed=view.confirmed,
    )


def _person(report: PlanReport, id: str) -> dict[str, str]:
    expert = report.experts.get(id)
    return {
        "id": id,
        "name": expert.name if expert else "",
        "organization": expert.organization if expert else "",
    }


def _steering(steering: Steering) -> SteeringReport:
    names = ("fixed", "forbidden", "preferred", "floors", "accepted")
    return SteeringReport(**{name: [str(one) for one in getattr(steering, name)] for name in names})


def _record_values(record: PlanHead) -> dict[str, object]:
    return {name: getattr(record, name) for name in PlanSummary.model_fields}
