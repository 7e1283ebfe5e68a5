"""Actors for the desks, and records that they find."""

from __future__ import annotations

from datetime import UTC, date, datetime

from matcher.domain.account import Account, Role
from matcher.domain.demand import Demand, DemandContact, Enterprise
from matcher.domain.evidence import EvidenceItem
from matcher.domain.expert import Expert, PrivateDetails
from matcher.domain.vocabulary import EvidenceType, TitleLevel
from matcher.store import Store
from matcher.store.records import OwnedItem
from service.audit.origin import Origin
from service.security.actor import Actor, staff_actor
from service.security.roles import StaffMember

ZHANG = Expert(
    "E1",
    "张伟",
    organization="吉林大学",
    directions=("玉米育种", "种质资源"),
    representative_results=("水稻，玉米轮作研究", "盐碱地改良"),
    region_code="220104",
    region_name="长春市朝阳区",
    title="教授",
    title_level=TitleLevel.SENIOR,
    discipline_codes=("210", "180"),
    birth=date(1962, 5, 1),
    overseas=False,
    consent_date=date(2024, 1, 1),
    private=PrivateDetails(phone="13812345678", contact="李秘书"),
)
NEAR = Demand(
    "D1",
    "焊缝开裂",
    problem="铝合金焊后48小时开裂，换过焊丝不管用。",
    start_year=2026,
    end_year=2027,
    enterprise=Enterprise("吉林某厂", region_code="220203", region_name="吉林市龙潭区", jurisdiction="吉林市"),
    contact=DemandContact("王某", "13987654321"),
)
FAR = Demand(
    "D2", "盐碱地", problem="出苗差", enterprise=Enterprise("延边某社", region_code="222401", region_name="延吉市")
)


def furnish(store: Store) -> None:
    store.experts.save([ZHANG], by="导入")
    papers = [
        EvidenceItem("I1", EvidenceType.PAPER, "旧文", year=2001),
        EvidenceItem("I2", EvidenceType.PATENT, "新专利", year=2020),
    ]
    store.items.save([OwnedItem("E1", item) for item in papers], by="导入")
    store.demands.save([NEAR, FAR], by="导入")


def member(name: str, role: Role = Role.MANAGER, *regions: str) -> Actor:
    account = Account(name, name, role, datetime(2026, 1, 1, tzinfo=UTC), regions)
    return staff_actor(StaffMember(account), Origin(name, "10.0.0.7", "r-1"))
