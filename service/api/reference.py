"""Reference tables and closed word lists: what a portal's own forms and filters offer."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from matcher.domain import vocabulary
from service.doors import PortalDoor, ServiceDoor

ROUTES = APIRouter(prefix="/api/v1/reference", tags=["reference"])
_WORD_LISTS: tuple[type[StrEnum], ...] = (
    vocabulary.AcademicianKind,
    vocabulary.Availability,
    vocabulary.DemandCategory,
    vocabulary.EvidenceType,
    vocabulary.Gender,
    vocabulary.PostStatus,
    vocabulary.Purpose,
    vocabulary.RetirementStatus,
    vocabulary.ReviewStatus,
    vocabulary.ServiceKind,
    vocabulary.StationKind,
    vocabulary.TitleLevel,
    vocabulary.UnitKind,
    vocabulary.Urgency,
    vocabulary.Verdict,
)


class CodeReport(BaseModel):
    """代码表的一项。`parent` is the code one level up, empty at the top."""

    code: str = Field(examples=["2202"])
    name: str = Field(examples=["吉林市"])
    parent: str = Field("", examples=["22"])


class CodeTable(BaseModel):
    items: list[CodeReport]


class HonourReport(BaseModel):
    """人才称号。"""

    name: str
    short_name: str = Field(examples=["国家杰青"])
    level: str = Field(examples=["national"])
    is_academician: bool


class HonourTable(BaseModel):
    items: list[HonourReport]


class WordTable(BaseModel):
    """可选项。Name of the list -> its words."""

    items: dict[str, list[str]]


@ROUTES.get("/regions", operation_id="listRegions", summary="行政区划 Regions")
def list_regions(
    service: ServiceDoor,
    key: PortalDoor,
    parent: Annotated[
        str, Query(pattern=r"^(\d{2}|\d{4})?$", description="上级代码；不填为各省。Code one level up", examples=["22"])
    ] = "",
) -> CodeTable:
    """省、市州；本省到县区。Provinces and prefectures; counties of the province served."""
    found = service.application.reference.regions.children(parent)
    return CodeTable(items=[CodeReport(code=one.code, name=one.name, parent=one.parent) for one in found])


@ROUTES.get("/industries", operation_id="listIndustries", summary="国民经济行业分类 Industries (GB/T 4754-2017)")
def list_industries(
    service: ServiceDoor,
    key: PortalDoor,
    level: Annotated[int, Query(ge=1, le=4, description="1 门类，2 大类，3 中类，4 小类")] = 2,
) -> CodeTable:
    """一层的全部代码。All codes of one level."""
    found = [one for one in service.application.reference.industries.all if one.level == level]
    return CodeTable(items=[CodeReport(code=one.code, name=one.name, parent=one.parent) for one in found])


@ROUTES.get("/disciplines", operation_id="listDisciplines", summary="学科 Disciplines (GB/T 13745-2009)")
def list_disciplines(service: ServiceDoor, key: PortalDoor) -> CodeTable:
    """一级学科。First level."""
    found = service.application.reference.disciplines.all
    return CodeTable(items=[CodeReport(code=one.code, name=one.name) for one in found])


@ROUTES.get("/honours", operation_id="listHonours", summary="人才称号 Honours")
def list_honours(service: ServiceDoor, key: PortalDoor) -> HonourTable:
    """可编辑的称号表。The library's own dictionary."""
    return HonourTable(
        items=[
            HonourReport(
                name=one.name, short_name=one.short_name, level=one.level.value, is_academician=one.is_academician
            )
            for one in service.application.reference.honours.all
        ]
    )


@ROUTES.get("/jurisdictions", operation_id="listJurisdictions", summary="业务归口 Offices")
def list_jurisdictions(service: ServiceDoor, key: PortalDoor) -> CodeTable:
    """与行政区划并列的归口单位。Offices that the association addresses, beside the region codes."""
    names = service.application.reference.jurisdictions.names
    return CodeTable(items=[CodeReport(code=name, name=name) for name in names])


@ROUTES.get("/societies", operation_id="listSocieties", summary="学会 Societies")
def list_societies(service: ServiceDoor, key: PortalDoor) -> CodeTable:
    """库中专家所属的学会，多的在前。Those that experts of the library belong to, most members first."""
    facet = service.experts.values("society")
    return CodeTable(items=[CodeReport(code=one.value, name=one.label) for one in facet.values])


@ROUTES.get("/words", operation_id="listWords", summary="可选项 Closed word lists")
def list_words(key: PortalDoor) -> WordTable:
    """职称级别、需求类别、服务方式等的全部可选值。Values as data and filters bear them."""
    return WordTable(items={words.__name__: [word.value for word in words] for words in _WORD_LISTS})
