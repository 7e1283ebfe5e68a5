"""Matches, runs and marks as the API takes and shows them; the words of an answer are those of `explain/report.py`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from matcher.domain.account import Office
from matcher.domain.mark import Mark
from matcher.domain.match import Band, FindingKind
from matcher.domain.match_run import MatchRun, RunAct, RunState
from matcher.domain.vocabulary import Availability, EvidenceType, Purpose, ServiceKind, TitleLevel, UnitKind, Verdict
from matcher.explain.explanation import Explanation
from matcher.explain.report import MatchReport, explanation_json
from matcher.rank.filters import ExpertFilter
from matcher.workflows.frozen import ShownRun
from matcher.workflows.reverse import FittingDemands
from matcher.workflows.similar import SimilarExpert
from matcher.workflows.standing_runs import Hindered
from service.api.listing import Next
from service.matching.desk import MatchAsk, ShownExplanation

MOST_DEMANDS, MOST_EXPERTS = 20, 50
Id = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]+$")]
Word = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Words = Annotated[tuple[Word, ...], Field(max_length=20)]


class _Taken(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class MatchFilters(_Taken):
    """筛选条件；空为不限。Words as people type them; one list widens, several lists narrow each other."""

    title_levels: Annotated[tuple[TitleLevel, ...], Field(max_length=20)] = ()
    honours: Words = Field((), description="人才称号 Honours", examples=[["国家杰青"]])
    disciplines: Words = Field((), description="学科代码或名称 Codes or names", examples=[["农学"]])
    industries: Words = Field((), description="擅长行业代码或名称 Codes or names", examples=[["汽车制造业"]])
    societies: Words = Field((), description="学会名称中的字 Part of a learned society's name", examples=[["农学会"]])
    regions: Words = Field((), description="行政区划代码或名称 Codes or names", examples=[["长春市"]])
    units: Words = Field((), description="工作单位中的字 Part of the employer's name", examples=[["吉林大学"]])
    services: Annotated[tuple[ServiceKind, ...], Field(max_length=20)] = Field((), description="可提供的服务方式")
    overseas: bool | None = Field(None, description="true 只看海智专家 Overseas experts only")
    unit_kinds: Annotated[tuple[UnitKind, ...], Field(max_length=20)] = ()
    availability: Annotated[tuple[Availability, ...], Field(max_length=4)] = Field(
        (), description="本年度能否安排 Whether they can be asked this year", examples=[["可安排"]]
    )


class MatchOptions(_Taken):
    """匹配条件。What is asked beside the demand."""

    purpose: Purpose = Field(Purpose.ENTERPRISE_VISIT, description="用途；决定适用哪些规则 Decides the rules")
    services: Annotated[tuple[ServiceKind, ...], Field(max_length=20)] = Field((), description="服务方式 Service kinds")
    filters: MatchFilters = MatchFilters()
    top: int = Field(10, ge=1, le=MOST_EXPERTS, description="最多几个团队（或几人）Teams, or people", examples=[5])
    by_team: bool = Field(True, description="true 按团队计数，同队的人归在一起 Counts teams, with their members")

    def ask(self) -> MatchAsk:
        filters = ExpertFilter(**dict(self.filters))
        return MatchAsk(self.purpose, self.services, filters, self.top, self.by_team)


class MatchWanted(MatchOptions):
    """`demand_id` 与 `text` 二选一。Either a demand (or one need of it, 编号#序号) or a text, which is not stored."""

    demand_id: Id | None = Field(None, description="需求编号，可为拆分后的一项", examples=["D001", "D001#2"])
    text: Annotated[str, StringConstraints(max_length=5000)] | None = Field(
        None, description="直接描述一个难题；不保存 A problem in plain words", examples=["地里返白霜，苗老是死。"]
    )

    @model_validator(mode="after")
    def _either(self) -> Self:
        if (self.demand_id is None) == (self.text is None):
            raise ValueError("demand_id 与 text 请填且只填一项。")
        return self


class MatchBatchWanted(MatchOptions):
    """一次匹配多份需求，条件相同。Several demands under one set of conditions; all or none are answered."""

    demand_ids: Annotated[tuple[Id, ...], Field(min_length=1, max_length=MOST_DEMANDS)] = Field(
        description="需求编号，回答按此顺序 Answers come in this order", examples=[["D001", "D002"]]
    )


class FindingReport(BaseModel):
    """规则结论。不可 keeps somebody off the list, 待核 is to be asked before a result is signed, 提示 informs."""

    rule: str = Field(examples=["consent"])
    kind: FindingKind
    message: str = Field(examples=["未记录本人同意入库"])
    ask: str = Field(description="向谁核实什么 What to ask whom", examples=["请联系本人确认"])


class ReasonReport(BaseModel):
    """一条依据：成果与需求中相对应的话。An item and the sentence of the demand that it answers."""

    item_id: str
    type: EvidenceType
    title: str
    year: int | None
    source: str
    share: float = Field(description="在匹配概率中占多少 Part of the probability", examples=[0.41])
    score_without: float = Field(description="若无此项的概率 The probability without the item", examples=[0.52])
    demand_sentence: str
    item_sentence: str
    matched_words: list[str] = Field(examples=[["盐碱地", "保苗"]])


class RankedReport(BaseModel):
    """一位专家及依据。"""

    rank: int = Field(
        description="名次；单看一人时在全部专家中计，0 为没有依据 Of a single expert: among all; 0: no item",
        examples=[1],
    )
    expert_id: str = Field(examples=["E00012"])
    name: str
    organization: str
    title: str
    score: float = Field(description="匹配概率 Calibrated probability of being suitable", examples=[0.87])
    band: Band
    summary: str = Field(description="一句话说明 One sentence for people")
    signal_shares: dict[str, float] = Field(examples=[{"用词吻合": 0.5, "含义相近": 0.37}])
    reasons: list[ReasonReport]
    findings: list[FindingReport]


class TeamMembers(BaseModel):
    """团队：`lead` 与 `members` 是 experts 中的编号。"""

    lead: str
    members: list[str]


class GapReport(BaseModel):
    """库中暂无合适专家：说明和需求所在领域。Why nobody is proposed."""

    message: str
    fields: list[str]


class MatchAnswer(BaseModel):
    """一份需求（或其中一项、或一段描述）的回答。"""

    demand_id: str = Field(description="描述的难题为“临时描述” 临时描述 for a text", examples=["D001#2"])
    title: str
    enterprise: str
    purpose: Purpose
    abstained: bool = Field(description="true 时请勿推荐，见 gap. True: propose nobody")
    gap: GapReport | None
    about_demand: list[FindingReport] = Field(description="关于需求本身的结论 What the rules say of the demand")
    hints: list[str] = Field(description="建议向企业补问的内容 What to ask the firm")
    experts: list[RankedReport] = Field(description="名次顺序 Best first")
    teams: list[TeamMembers]
    excluded: list[RankedReport] = Field(description="因规则未列入的人 People whom a rule forbids, with the reason")
    more_excluded: int = Field(description="此外还有几人 How many more", examples=[0])


class MatchAnswers(BaseModel):
    """一份问卷拆成几项就有几个回答。One answer, or one for each confirmed need."""

    items: list[MatchAnswer]


class ExplanationReport(BaseModel):
    """一位专家对一项需求：为什么合适或不合适。"""

    demand_id: str
    title: str
    expert: RankedReport


class ExplanationList(BaseModel):
    """每项已确认的需求一条。One for each confirmed need."""

    items: list[ExplanationReport]


class FittingDemandReport(BaseModel):
    """专家适合的一项需求。"""

    demand_id: str
    title: str
    enterprise: str
    score: float
    rank_in_demand: int = Field(description="在该需求全部专家中的名次 Place among all experts", examples=[3])
    forbidden: bool
    findings: list[FindingReport]


class FittingDemandList(BaseModel):
    """专家适合的需求，概率高的在前。"""

    items: list[FittingDemandReport]
    forbidden: list[FittingDemandReport] = Field(description="本可列入、但规则不允许的 Those that a rule forbids")
    best_is_weak: bool = Field(description="最高的也达不到推荐的程度 Even the best would not be proposed")


class LikePair(BaseModel):
    """一对相近的成果。"""

    own: str
    other: str
    likeness: float


class SimilarReport(BaseModel):
    """研究内容相近的专家。"""

    expert_id: str
    name: str
    organization: str
    score: float
    common_items: int = Field(description="共有的成果数；大于 0 为同一团队 Above 0: one team", examples=[0])
    pairs: list[LikePair]


class SimilarList(BaseModel):
    items: list[SimilarReport]


class RunEventReport(BaseModel):
    """谁在何时做了什么。"""

    act: RunAct
    at: datetime
    full_name: str
    office: Office | None


class RunReport(BaseModel):
    """保存送签的匹配结果。保存、签署、作废由工作人员在网页上办理。People freeze, sign and revoke in the console."""

    id: str = Field(examples=["P2026-00001"])
    demand_id: str
    purpose: Purpose
    title: str
    enterprise: str
    state: RunState = Field(description="只有“已签”的结果可以据以安排 Act on 已签 only")
    two_signatures: bool
    digest: str
    events: list[RunEventReport]


class HinderedReport(BaseModel):
    """入围之后情况有变的专家。Somebody chosen of whom things have changed since."""

    expert_id: str
    name: str = Field(description="已按本人要求删除的为空 Empty once removed on request")
    barred: bool = Field(description="true：不能安排；false：须先核实 True: cannot go; false: to be asked about first")
    why: list[str] = Field(examples=[["在岗状态为“停用”，不能安排"]])


class RunDetail(RunReport):
    """`answer` is the whole answer as it was frozen, `chosen` whom people chose of it.

    `hindered` is told as of now: whom of `chosen` not to approach, though the result stands.
    """

    answer: MatchAnswer
    chosen: list[RankedReport]
    hindered: list[HinderedReport] = Field(description="现在不能安排、须先核实的入围专家；作废的为空 As of now")
    intact: bool = Field(description="false：内容与保存时不符 False: changed since it was frozen")


class RunList(BaseModel):
    """新的在前。"""

    items: list[RunReport]
    next: Next


class MarkWanted(_Taken):
    """评价。不合适 takes the place of 合适, and the reverse; 婉拒 and 成效 stand beside them."""

    demand_id: Id = Field(examples=["D001"])
    expert_id: Id = Field(examples=["E00012"])
    verdict: Verdict
    reason: Annotated[str, StringConstraints(max_length=1000)] = Field(
        "", description="理由；加密保存，不再经接口给出 Sealed; never told through this API"
    )


class MarkReport(BaseModel):
    """评价，不含理由。"""

    demand_id: str
    expert_id: str
    verdict: Verdict
    marked_on: date | None


class MarkList(BaseModel):
    items: list[MarkReport]


def match_answer(report: MatchReport) -> MatchAnswer:
    return MatchAnswer.model_validate(report.to_json())


def explanation_report(shown: ShownExplanation) -> ExplanationReport:
    return ExplanationReport(demand_id=shown.demand_id, title=shown.title, expert=_ranked(shown.explanation))


def fitting_list(found: FittingDemands) -> FittingDemandList:
    demands, forbidden = (
        [FittingDemandReport.model_validate(one.to_json()) for one in group]
        for group in (found.demands, found.forbidden)
    )
    return FittingDemandList(items=demands, forbidden=forbidden, best_is_weak=found.best_is_weak)


def similar_list(found: Sequence[SimilarExpert]) -> SimilarList:
    return SimilarList(
        items=[
            SimilarReport(
                expert_id=one.expert.id,
                name=one.expert.name,
                organization=one.expert.organization,
                score=one.score,
                common_items=one.common_items,
                pairs=[LikePair(own=p.own.title, other=p.other.title, likeness=p.likeness) for p in one.pairs],
            )
            for one in found
        ]
    )


def run_report(run: MatchRun) -> RunReport:
    return RunReport.model_validate(_run_values(run))


def run_detail(shown: ShownRun, hindered: Sequence[Hindered]) -> RunDetail:
    chosen = [_ranked(one.explanation) for one in shown.chosen]
    told = [HinderedReport(expert_id=h.expert_id, name=h.name, barred=h.barred, why=list(h.why)) for h in hindered]
    more = {"answer": match_answer(shown.report), "chosen": chosen, "hindered": told, "intact": shown.intact}
    return RunDetail.model_validate(_run_values(shown.run) | more)


def mark_report(mark: Mark) -> MarkReport:
    return MarkReport(
        demand_id=mark.demand_id, expert_id=mark.expert_id, verdict=mark.verdict, marked_on=mark.marked_on
    )


def _ranked(explanation: Explanation) -> RankedReport:
    return RankedReport.model_validate(explanation_json(explanation))


def _run_values(run: MatchRun) -> dict[str, object]:
    events = [
        RunEventReport(act=event.act, at=event.at, full_name=event.full_name, office=event.office)
        for event in run.events
    ]
    names = ("id", "demand_id", "purpose", "title", "enterprise", "state", "two_signatures", "digest")
    return {name: getattr(run, name) for name in names} | {"events": events}
