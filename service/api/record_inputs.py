"""Experts and demands as the API takes them: what leaves out stays, what is private goes in and never comes out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from matcher.domain.vocabulary import (
    AcademicianKind,
    DemandCategory,
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
from matcher.intake.cells import Cell
from service.api.problems import FieldFault
from service.records.desk import SavedRecord

Line = Annotated[str, StringConstraints(max_length=500)]
Paragraph = Annotated[str, StringConstraints(max_length=5000)]
RecordNumber = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Count = Annotated[int, Field(ge=0, le=1_000_000)]
Year = Annotated[int, Field(ge=1900, le=2100)]


class RecordInput(BaseModel):
    """`columns`: those fields that a form's column calls otherwise."""

    columns: ClassVar[Mapping[str, str]] = MappingProxyType({})

    def cells(self) -> dict[str, Cell]:
        """As the form's columns, for the checks of the import."""
        return {self.columns.get(name, name): cell for name, cell in _flat(self.model_dump(exclude_unset=True))}


def _flat(fields: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in fields.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", "" if value is None else value


class PartInput(BaseModel):
    """A part of a record; null in its place clears all of it, as it does with a field."""

    model_config = ConfigDict(extra="forbid")

    @classmethod
    def cleared(cls, given: object) -> object:
        return dict.fromkeys(cls.model_fields) if given is None else given


class PrivateInput(PartInput):
    """隐私信息：只写不读，加密保存。Write-only, encrypted at rest."""

    id_number: Line | None = None
    phone: Line | None = None
    email: Line | None = None
    contact: Line | None = Field(None, description="联系人/电话")


class ExpertEdit(RecordInput):
    """要改的栏目；没有列出的保持原样，null 或空文字为清空。Fields that are left out stay, null or empty clears."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"title": "研究员", "keywords": ["铝合金", "疲劳寿命"]}]}
    )

    name: Line | None = None
    gender: Gender | None = None
    birth: Line | None = Field(None, description="出生年月", examples=["1962-05"])
    ethnicity: Line | None = None
    country: Line | None = None
    organization: Line | None = Field(None, examples=["示例大学"])
    region: Line | None = Field(None, description="name or code of the place", examples=["吉林省长春市", "220104"])
    unit_kind: UnitKind | None = None
    department: Line | None = None
    title: Line | None = Field(None, examples=["教授"])
    title_level: TitleLevel | None = Field(None, description="left out: told from `title`")
    education: Line | None = None
    degree: Line | None = None
    honours: Annotated[list[Line], Field(max_length=30)] | None = None
    academician: AcademicianKind | None = None
    academician_division: Line | None = None
    academician_year: Year | None = None
    post_status: PostStatus | None = None
    retirement: RetirementStatus | None = None
    discipline_codes: Annotated[list[Line], Field(max_length=10)] | None = Field(
        None, description="GB/T 13745 codes or names, the main one first", examples=[["430"]]
    )
    directions: Annotated[list[Line], Field(max_length=50)] | None = Field(None, examples=[["金属材料", "焊接"]])
    keywords: Annotated[list[Line], Field(max_length=50)] | None = None
    industry_codes: Annotated[list[Line], Field(max_length=30)] | None = Field(None, description="GB/T 4754")
    representative_results: Annotated[list[Paragraph], Field(max_length=30)] | None = None
    patents: Count | None = None
    posts_held: Paragraph | None = None
    societies: Annotated[list[Line], Field(max_length=30)] | None = None
    overseas: bool | None = Field(None, description="是否海智")
    services: Annotated[list[ServiceKind], Field(max_length=10)] | None = None
    available: Line | None = None
    yearly_limit: Count | None = None
    stations_nationwide: Count | None = None
    avoid_units: Annotated[list[Line], Field(max_length=50)] | None = None
    classified: bool | None = None
    recommended_by: Line | None = None
    consent_date: date | None = Field(None, description="授权同意日期: the day of the written consent")
    data_source: Line | None = None
    private: Annotated[PrivateInput | None, BeforeValidator(PrivateInput.cleared)] = None

    def cells(self) -> dict[str, Cell]:
        """The two columns of disciplines are one list here."""
        cells = super().cells()
        if "discipline_codes" not in cells:
            return cells
        del cells["discipline_codes"]
        codes = self.discipline_codes or [""]
        return cells | {"discipline_1": codes[0], "discipline_2": codes[1:]}


class ExpertInput(ExpertEdit):
    """一位专家。`id` is given by whoever keeps the experts and unique in the library; work without a text on what the
    person knows (`directions` or `keywords`) cannot be matched and is refused."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "id": "M2026-E01",
                    "name": "示例",
                    "organization": "示例大学",
                    "region": "吉林省长春市",
                    "title": "教授",
                    "discipline_codes": ["430"],
                    "directions": ["金属材料", "焊接"],
                    "consent_date": "2026-03-01",
                    "private": {"phone": "13900000000"},
                }
            ]
        },
    )

    id: RecordNumber
    name: Line


class SavedReport(BaseModel):
    """保存结果。`hints`: what is odd and was saved all the same."""

    id: str
    version: int = Field(description="also the ETag")
    hints: list[FieldFault]


class EnterpriseInput(PartInput):
    """企业。`credit_code` is checked; `region`, `industry`: name or code."""

    name: Line | None = None
    credit_code: Line | None = None
    region: Line | None = Field(None, examples=["吉林市龙潭区", "220203"])
    jurisdiction: Line | None = Field(None, description="left out: the office of the region")
    industry: Line | None = Field(None, examples=["C36", "汽车制造业"])
    kind: Line | None = None
    high_tech: Line | None = None
    products: Paragraph | None = None
    staff: Annotated[int, Field(ge=0, le=10_000_000)] | None = None
    rd_staff: Annotated[int, Field(ge=0, le=10_000_000)] | None = None
    revenue: Annotated[list[float], Field(max_length=10)] | None = Field(None, description="万元, oldest first")
    rd_spending: Annotated[list[float], Field(max_length=10)] | None = None
    rd_units: Annotated[list[Line], Field(max_length=30)] | None = None
    partners: Annotated[list[Line], Field(max_length=30)] | None = None


class ContactInput(PartInput):
    """联系人：只写不读，加密保存。Write-only, encrypted at rest."""

    person: Line | None = None
    phone: Line | None = None
    email: Line | None = None


class DemandEdit(RecordInput):
    """要改的栏目；没有列出的保持原样，null 或空文字为清空。Fields that are left out stay, null or empty clears."""

    columns = MappingProxyType({"enterprise.region": "region", "enterprise.industry": "industry"})
    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"goal": "焊后 72 小时无裂纹", "urgency": "较急"}]}
    )

    title: Line | None = None
    problem: Paragraph | None = None
    figures: Paragraph | None = None
    goal: Paragraph | None = None
    wanted: Paragraph | None = None
    keywords: Annotated[list[Line], Field(max_length=20)] | None = None
    fields: Annotated[list[Line], Field(max_length=20)] | None = None
    discipline_codes: Annotated[list[Line], Field(max_length=10)] | None = None
    category: DemandCategory | None = None
    urgency: Urgency | None = None
    start_year: Year | None = None
    end_year: Year | None = None
    budget: Annotated[float, Field(ge=0, le=1e9)] | None = Field(None, description="万元")
    cooperation: Line | None = None
    preferred: Annotated[list[Line], Field(max_length=20)] | None = None
    services: Annotated[list[ServiceKind], Field(max_length=10)] | None = None
    academician_wanted: bool | None = None
    station_kind: StationKind | None = None
    conditions: Paragraph | None = None
    classified: bool | None = None
    public: bool | None = None
    filled: date | None = None
    enterprise: Annotated[EnterpriseInput | None, BeforeValidator(EnterpriseInput.cleared)] = None
    contact: Annotated[ContactInput | None, BeforeValidator(ContactInput.cleared)] = None


class DemandInput(DemandEdit):
    """一份需求问卷。`id` is given by whoever collects demands and unique in the library."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "id": "M2026-001",
                    "title": "铝合金焊缝开裂",
                    "problem": "焊后 48 小时内焊缝开裂，换过三种焊丝，没有好转。",
                    "goal": "焊后 72 小时无裂纹",
                    "enterprise": {"name": "吉林某某机械有限公司", "region": "吉林市", "industry": "C36"},
                    "contact": {"person": "王某", "phone": "13900000000"},
                }
            ]
        },
    )

    id: RecordNumber
    title: Line
    problem: Paragraph


class SavedDemand(SavedReport):
    """保存结果。"""

    review: ReviewStatus


def hint_reports(saved: SavedRecord) -> list[FieldFault]:
    return [FieldFault(field=hint.field, message=hint.message) for hint in saved.hints]
