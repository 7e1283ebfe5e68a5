"""Word documents of plans: what they hold, as far as one's places and permissions go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from matcher.documents.paper import Paper
from matcher.domain.account import Role
from matcher.domain.audit import AuditAction
from matcher.domain.vocabulary import ServiceKind
from matcher.shipped import Shipped
from matcher.store.errors import PlanUnknown
from service.plans.wishes import PlanWish, StationsWish, VisitsWish
from service.security.actor import Actor
from tests.service.house import House
from tests.service.matching.world import PEOPLE, worker
from tests.service.plans.test_plan_desk import ASKING, drawn_up, furnished

VISITS = PlanWish(visits=VisitsWish(regions=("白城",), start=date(2026, 6, 1), days=3))
SERVICES = (ServiceKind.CONSULTING, ServiceKind.VISIT)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, shipped: Shipped) -> Iterator[House]:
    home: Path = tmp_path_factory.mktemp("home")
    built = furnished(House(f"sqlite:///{home / 'm.db'}", home, shipped=shipped, two_signatures=True))
    built.store.demands.save([replace(ASKING, services=(*SERVICES, ServiceKind.STATION))], by="测试")
    built.store.experts.save([replace(person, services=SERVICES) for person in PEOPLE], by="测试")
    yield built
    built.service.close()


@pytest.fixture(scope="module")
def chief(house: House) -> Actor:
    return worker(house, "chief")


def read(paper: Paper) -> str:
    document = Document(BytesIO(paper.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def test_a_plan_of_stations_as_a_document(house: House, chief: Actor) -> None:
    id = str(drawn_up(house, chief).result["plan"])
    paper = house.service.plan_papers.document(id, None, chief)
    text = read(paper)
    assert paper.name == f"2026 年建站计划 {id} 第1版.docx"
    record = house.service.plans.get(id, None, chief).record
    for part in (
        f"{id} 第1版，草稿",
        "科技专家工作站 1 个",
        "松江示例农场（白城市）",
        "郑一，北辰示例大学，教授",
        record.digest,
    ):
        assert part in text
    for part in ("论文《苏打盐碱地水稻耐盐品种筛选》", "科协", "组织部", "没有安排的需求"):
        assert part in text
    assert [house.audit()[-1].entry.action, house.audit()[-1].entry.reason] == [AuditAction.EXPORT_PLAN, paper.name]

    far = read(house.service.plan_papers.document(id, None, worker(house, "far", Role.MANAGER, "2224")))
    assert ("松江示例农场" in far, "另有 1 项在出具人负责的地区之外" in far) == (False, True)
    with pytest.raises(PlanUnknown):
        house.service.plan_papers.document("P2026-99", None, chief)


def test_a_plan_of_visits_names_contacts_to_whoever_may_see_them(house: House, chief: Actor) -> None:
    id, officer = str(drawn_up(house, chief, VISITS).result["plan"]), worker(house, "officer", Role.OFFICER)
    text = read(house.service.plan_papers.document(id, None, chief))
    for part in (
        "走访地区：白城市。时间：2026年6月1日至6月3日。",
        "松江示例农场\n白城市",
        "盐碱地保苗\n技术咨询、实地对接、建站",
        "第1组",
    ):
        assert part in text
    assert "孙经理\n13912345678" in text
    acts = [record.entry.action for record in house.audit()[-3:]]
    assert acts == [AuditAction.VIEW_ITINERARY, AuditAction.EXPORT_PRIVATE, AuditAction.EXPORT_PLAN]
    blank = read(house.service.plan_papers.document(id, None, officer))
    assert ("松江示例农场" in blank, "孙" in blank, "139" in blank) == (True, False, False)


def test_what_is_missed_is_told_without_the_words_of_the_command_line(house: House, chief: Actor) -> None:
    wish = PlanWish(stations=StationsWish(year=2026, quota_academician=0, quota_expert=3))
    text = read(house.service.plan_papers.document(str(drawn_up(house, chief, wish).result["plan"]), None, chief))
    missed = text[text.index("没有达到的目标") : text.index("没有安排的需求")]
    assert ("科技专家工作站名额 3" in missed, "--relax" in missed, "接受" in missed) == (True, False, False)


def test_only_who_may_export_gets_the_file(house: House, chief: Actor) -> None:
    id = str(drawn_up(house, chief).result["plan"])
    reader, manager = house.logged_in("wang", Role.READER), house.logged_in("zhou", Role.MANAGER)
    address = f"/plans/{id}/plan.docx?version=1"
    assert reader.get(address).status_code == 403
    assert address not in reader.get(f"/plans/{id}").text
    assert address in manager.get(f"/plans/{id}").text
    told = manager.get(address)
    assert (told.status_code, told.headers["content-type"]) == (
        200,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    )
    assert manager.get(f"/plans/{id}/plan.docx?version=9").status_code == 404
