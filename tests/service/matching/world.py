"""A small library of people and two questionnaires, in a house of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from matcher.domain.account import Office, Role
from matcher.domain.demand import Demand, DemandContact, Enterprise
from matcher.domain.evidence import EvidenceItem
from matcher.domain.expert import Expert, PrivateDetails
from matcher.domain.vocabulary import EvidenceType, PostStatus, ReviewStatus, TitleLevel
from matcher.store import OwnedItem
from service.security.actor import Actor, staff_actor
from service.security.roles import StaffMember
from tests.service.house import OFFICE, House

SENIOR = Expert(
    "E1", "郑一", organization="北辰示例大学", directions=("盐碱地改良", "水稻育种"), title="教授",
    title_level=TitleLevel.SENIOR, post_status=PostStatus.ACTIVE, consent_date=date(2025, 1, 1),
    review=ReviewStatus.APPROVED, region_code="220100", private=PrivateDetails(phone="13800001111"),
)  # fmt: skip
PEOPLE = (
    SENIOR,
    replace(SENIOR, id="E2", name="王二", region_code="110000", directions=()),
    replace(SENIOR, id="E3", name="李三", post_status=PostStatus.DECEASED),
    replace(SENIOR, id="E4", name="赵四", directions=("铝合金焊接",), consent_date=None),
)
SALINE = "苏打盐碱地水稻耐盐品种筛选"
ITEMS = (
    OwnedItem("E1", EvidenceItem("I1", EvidenceType.PAPER, SALINE, "在松嫩平原盐碱地上筛选耐盐水稻品种，提高出苗率。")),
    OwnedItem("E2", EvidenceItem("I1", EvidenceType.PAPER, SALINE, "在松嫩平原盐碱地上筛选耐盐水稻品种，提高出苗率。")),
    OwnedItem("E3", EvidenceItem("I2", EvidenceType.PROJECT, "盐碱地土壤改良与玉米出苗", "盐碱地改良剂提高出苗率。")),
    OwnedItem("E4", EvidenceItem("I3", EvidenceType.PATENT, "铝合金焊接气孔抑制方法", "焊缝气孔的抑制。")),
)
FARM = Enterprise("松江示例农场", region_code="220800")
DEMAND = Demand(
    "D1", "盐碱地保苗", "盐碱地水稻出苗不好，土壤返白", goal="出苗率到八成", wanted="盐碱地改良、水稻育种",
    review=ReviewStatus.APPROVED,
    enterprise=FARM, contact=DemandContact("孙经理", "13912345678"), preferred=("省农科院",),
)  # fmt: skip
WELDING = Demand("D2", "焊接气孔", "铝合金焊接有气孔", enterprise=Enterprise("梅河示例机械", region_code="220581"))


def furnish(house: House) -> None:
    house.store.experts.save(PEOPLE, by="测试")
    house.store.items.save(ITEMS, by="测试")
    house.store.demands.save([DEMAND, WELDING], by="测试")


def worker(house: House, name: str, role: Role = Role.MANAGER, *regions: str, office: Office | None = None) -> Actor:
    """A member of staff as the desks know him or her."""
    if not house.store.accounts.all():
        house.service.accounts.add("first.admin", "首任管理员", None, [], OFFICE)
    house.service.accounts.add(name, f"{name} 先生", role, regions, OFFICE, office)
    stored = house.store.accounts.find(name)
    assert stored is not None
    return staff_actor(StaffMember(stored.account), replace(OFFICE, actor=name))
