"""Experts and demands as the API shows and takes them. Nothing private has a place in the answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel, Field

from matcher.catalogue.query import CataloguePage
from matcher.domain.demand import Demand, Need
from matcher.domain.evidence import EvidenceItem
from matcher.domain.expert import Expert
from matcher.domain.vocabulary import (
    AcademicianKind,
    DemandCategory,
    EvidenceType,
    Gender,
    PostStatus,
    RetirementStatus,
    ReviewStatus,
    ServiceKind,
    StationKind,
    TitleLevel,
    UnitKind,
    Urgency,
)
from service.api.listing import Next
from service.api.problems import HistoryEntryReport
from service.records.demands import DemandRecord
from service.records.desk import RecordList
from service.records.experts import ExpertRecord


class FacetValueReport(BaseModel):
    """筛选项的一个值。`count` is taken under the other filters, without this facet's own choice."""

    value: str = Field(examples=["2202"])
    label: str = Field(examples=["吉林市"])
    count: int = Field(examples=[36])
    chosen: bool
    parent: str = Field(description="value one level up, empty at the top", examples=["22"])


class FacetReport(BaseModel):
    """筛选项。"""

    name: str = Field(description="the parameter of `facet` that chooses its values", examples=["region"])
    title: str = Field(examples=["单位所在地"])
    values: list[FacetValueReport]


class Listed(BaseModel):
    """What every list bears beside its records."""

    total: int = Field(description="records under all filters", examples=[1280])
    next: Next
    facets: list[FacetReport]


class ExpertSummary(BaseModel):
    """专家（列表）。"""

    id: str = Field(examples=["E00012"])
    name: str = Field(examples=["张伟"])
    organization: str = Field(examples=["吉林大学"])
    region_code: str = Field(examples=["220104"])
    region_name: str
    title: str = Field(examples=["教授"])
    title_level: TitleLevel | None
    academician: AcademicianKind | None
    honours: list[str]
    directions: list[str] = Field(examples=[["玉米育种", "种质资源"]])
    keywords: list[str]
    discipline_codes: list[str]
    overseas: bool | None
    services: list[ServiceKind]
    post_status: PostStatus | None
    review: ReviewStatus | None


class ExpertPage(Listed):
    items: list[ExpertSummary]


class ExpertDetail(ExpertSummary):
    """专家。null and empty mean "not stated", never "no"."""

    department: str
    gender: Gender | None
    country: str
    unit_kind: UnitKind | None
    education: str
    degree: str
    academician_division: str
    academician_year: int | None
    retirement: RetirementStatus | None
    industry_codes: list[str]
    representative_results: list[str]
    patents: int | None
    posts_held: str
    societies: list[str]
    available: str
    yearly_limit: int | None
    stations_nationwide: int | None
    consent_date: date | None
    consent_withdrawn: date | None
    updated: date | None
    item_count: int = Field(description="items of evidence, see /items", examples=[17])
    missing: list[str] = Field(description="columns of the form that are still blank", examples=[["退休状态"]])
    version: int = Field(description="also the ETag", examples=[118])


class EvidenceReport(BaseModel):
    """成果。"""

    id: str
    type: EvidenceType
    title: str
    abstract: str
    keywords: list[str]
    year: int | None
    source: str
    title_en: str
    abstract_en: str


class EvidenceList(BaseModel):
    items: list[EvidenceReport]
    total: int


class HistoryReport(BaseModel):
    """改动记录，最近的在前。"""

    items: list[HistoryEntryReport]


class EnterpriseReport(BaseModel):
    """企业。Money in 万元, oldest year first."""

    name: str = Field(examples=["吉林某某机械有限公司"])
    credit_code: str
    region_code: str = Field(examples=["220203"])
    region_name: str
    jurisdiction: str = Field(description="业务归口", examples=["吉林市"])
    industry_code: str = Field(examples=["36"])
    industry_name: str
    kind: str
    high_tech: str
    products: str
    staff: int | None
    rd_staff: int | None
    revenue: list[float]
    rd_spending: list[float]
    rd_units: list[str]
    partners: list[str]


class NeedReport(BaseModel):
    """一项需求。One of several needs of a questionnaire; `id` can be matched like a demand's."""

    id: str = Field(examples=["D001#1"])
    title: str
    text: str
    wanted: str


class HintReport(BaseModel):
    """凝练提示：缺什么，向企业问什么。"""

    kind: str = Field(examples=["没有预期目标"])
    message: str
    ask: str


class DemandSummary(BaseModel):
    """需求（列表）。"""

    id: str = Field(examples=["D001"])
    title: str = Field(examples=["铝合金焊缝开裂"])
    enterprise_name: str
    region_code: str
    region_name: str
    jurisdiction: str
    category: DemandCategory | None
    urgency: Urgency | None
    station_kind: StationKind | None
    services: list[ServiceKind]
    keywords: list[str]
    public: bool | None = Field(description="可公开；null: not stated, treat as not public")
    filled: date | None
    review: ReviewStatus
    need_count: int = Field(description="confirmed needs; 0: not split")


class DemandPage(Listed):
    items: list[DemandSummary]


class DemandDetail(DemandSummary):
    """需求。The contact is private and not shown."""

    problem: str
    figures: str
    goal: str
    wanted: str
    fields: list[str]
    discipline_codes: list[str]
    start_year: int | None
    end_year: int | None
    budget: float | None = Field(description="万元")
    cooperation: str
    preferred: list[str]
    academician_wanted: bool | None
    conditions: str
    classified: bool | None
    review_remark: str
    enterprise: EnterpriseReport
    needs: list[NeedReport]
    hints: list[HintReport]
    missing: list[str]
    version: int = Field(description="also the ETag", examples=[54])


def expert_page(found: RecordList[Expert]) -> ExpertPage:
    items = [expert_summary(expert) for expert in found.records]
    return ExpertPage(items=items, **_listed(found.page))


def demand_page(found: RecordList[Demand]) -> DemandPage:
    items = [demand_summary(demand) for demand in found.records]
    return DemandPage(items=items, **_listed(found.page))


def _listed(page: CataloguePage) -> dict[str, Any]:
    facets = [FacetReport.model_validate(one, from_attributes=True) for one in page.facets]
    return {"total": page.total, "next": page.next, "facets": facets}


def expert_summary(expert: Expert) -> ExpertSummary:
    return ExpertSummary.model_validate(_values(expert))


def expert_detail(record: ExpertRecord) -> ExpertDetail:
    rest = {"item_count": record.items, "missing": record.missing, "version": record.version}
    return ExpertDetail.model_validate({**_values(record.expert), **rest})


def evidence_report(item: EvidenceItem) -> EvidenceReport:
    return EvidenceReport.model_validate(_values(item))


def demand_summary(demand: Demand) -> DemandSummary:
    return DemandSummary.model_validate(_demand_values(demand))


def demand_detail(record: DemandRecord) -> DemandDetail:
    demand = record.demand
    return DemandDetail.model_validate(
        {
            **_demand_values(demand),
            "enterprise": EnterpriseReport.model_validate(_values(demand.enterprise)),
            "needs": need_reports(demand.needs),
            "hints": [HintReport(kind=hint.kind.value, message=hint.message, ask=hint.ask) for hint in record.hints],
            "missing": record.missing,
            "version": record.version,
        }
    )


def need_reports(needs: Iterable[Need]) -> list[NeedReport]:
    return [NeedReport(id=need.id, title=need.title, text=need.text, wanted=need.wanted) for need in needs]


def _demand_values(demand: Demand) -> dict[str, object]:
    firm = demand.enterprise
    place = {"region_code": firm.region_code, "region_name": firm.region_name, "jurisdiction": firm.jurisdiction}
    return {**_values(demand), **place, "enterprise_name": firm.name, "need_count": len(demand.needs)}


def _values(record: object) -> Mapping[str, object]:
    """Fields as they are; models take those that they name."""
    return {name: getattr(record, name) for name in record.__slots__}  # type: ignore[attr-defined]
