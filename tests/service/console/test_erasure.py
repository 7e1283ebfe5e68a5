"""删除个人资料: who may, what is asked first, what is left afterwards."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from matcher.domain.account import Role
from matcher.domain.engagement import Engagement
from matcher.domain.evidence import EvidenceItem
from matcher.domain.expert import Expert, PrivateDetails
from matcher.domain.job import JobState
from matcher.domain.vocabulary import EngagementKind, EvidenceType, Purpose
from matcher.intake.columns import TableKind
from matcher.store import OwnedItem
from matcher.store.jobs import JobWish
from service.jobs.kinds.exports import EXPORT
from service.matching.desk import MatchAsk
from tests.service.console.test_administration import send
from tests.service.house import House
from tests.service.jobs_house import ZHANG, ran, upload
from tests.service.matching.world import furnish, worker

PHONE = PrivateDetails(phone="13800138000")
CHU = Expert("E1", "楚云飞", "独立大学", ("罕见方向",), region_code="220100", private=PHONE)
LI = Expert("E2", "李雪", "北辰大学", ("水稻育种",), region_code="220200")
PAGE = "/experts/E1/erase"


@pytest.fixture
def stocked(house: House) -> House:
    store = house.store
    store.experts.save([CHU, LI], by="导入")
    own, shared = (EvidenceItem(id, EvidenceType.PAPER, f"{id} 的题目") for id in ("I1", "I2"))
    store.items.save([OwnedItem("E1", own), OwnedItem("E1", shared), OwnedItem("E2", shared)], by="导入")
    store.ledger.save([Engagement("L1", EngagementKind.VISIT, "某公司", "E1")], by="导入")
    return house


def numbers(text: str) -> list[str]:
    """What the page counts, in its order."""
    return re.findall(r"(\d+) (?:项|条|处|行|份)", text)


def erase(client: TestClient, **fields: str):
    return send(client, PAGE, **fields)


def test_what_goes_and_what_stays_is_told_before(stocked: House) -> None:
    client = stocked.logged_in("zhou", Role.MANAGER)
    assert f'href="{PAGE}"' in client.get("/experts/E1").text
    told = client.get(PAGE).text
    assert numbers(told) == ["1", "0", "0", "1", "0", "1"]
    assert "不能恢复" in told


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({"typed": "E2", "reason": "本人申请"}, ["typed"]),
        ({"typed": "E1", "reason": "  "}, ["reason"]),
        ({}, ["typed", "reason"]),
    ],
)
def test_nothing_goes_by_mistake(stocked: House, fields: dict[str, str], missing: list[str]) -> None:
    answer = erase(stocked.logged_in("zhou", Role.MANAGER), **fields)
    assert answer.status_code == 422
    assert sorted(re.findall(r'class="field-error" id="(\w+)-note"', answer.text)) == sorted(missing)
    assert stocked.store.experts.get("E1") is not None


def test_the_person_is_gone_at_once_and_the_page_says_so(stocked: House) -> None:
    client = stocked.logged_in("zhou", Role.MANAGER)
    answer = erase(client, typed=" E1 ", reason="本人 3 月 1 日书面申请")
    assert answer.headers["location"] == "/experts/E1"
    gone = client.get("/experts/E1")
    assert (gone.status_code, "已按本人要求删除" in gone.text, "zhou 先生" in gone.text) == (410, True, True)
    assert "楚云飞" not in client.get("/experts").text
    assert client.get(PAGE).status_code == 404
    entry = next(one.entry for one in stocked.audit() if one.entry.action == "删除个人资料")
    assert (entry.actor, entry.subject, entry.reason) == ("zhou", "专家:E1", "本人 3 月 1 日书面申请")
    assert not list(stocked.store.audit.flaws())


def test_files_and_results_of_jobs_and_the_index_follow(stocked: House) -> None:
    service, jobs = stocked.service, stocked.store.jobs
    exported = ran(stocked, service.jobs.start(EXPORT, "导出专家", {"kind": "experts"}, ZHANG))
    table = "专家编号,姓名,研究方向1\nE1,楚云飞,无人机\n"
    waiting, preview = (
        service.imports.upload(TableKind.EXPERTS, [upload(table, "楚云飞.csv")], ZHANG) for _ in range(2)
    )
    assert "楚云飞" in str(ran(stocked, preview).result)
    client = stocked.logged_in("zhou", Role.MANAGER)
    erase(client, typed="E1", reason="本人申请")
    (clearing,) = jobs.list(JobWish(kinds=("erasure",)))
    assert ran(stocked, clearing).state is JobState.DONE
    left = jobs.get(preview.id)
    assert "楚云飞" not in str(left)
    assert left.result["counts"] == {"专家表": {"new": 0, "changed": 1, "unchanged": 0, "rejected": 0}}
    assert not list(service.places_of_jobs.results(exported.id).iterdir())
    ((stored, _),) = waiting.arguments["files"]
    assert service.places_of_jobs.upload(stored).exists()
    assert [path.name for path in service.places_of_jobs.upload(stored).parent.iterdir()] == [stored]


def test_nobody_is_invited_who_was_erased(house: House) -> None:
    furnish(house)
    li = worker(house, "li")
    for expert_id in ("E1", "E2"):
        house.service.shortlists.put("D1", Purpose.ENTERPRISE_VISIT, expert_id, "", li)
    run = house.service.runs.freeze("D1", MatchAsk(), "", li).run
    house.service.runs.sign(run.id, "", li)
    house.store.experts.erase("E1", by="测试")
    shown = house.logged_in("zhou", Role.MANAGER).get(f"/runs/{run.id}").text
    assert re.findall(r"/invitation/(E\d)\.docx", shown) == ["E2"]


@pytest.mark.parametrize("role", [Role.OFFICER, Role.READER])
def test_others_may_not(stocked: House, role: Role) -> None:
    client = stocked.logged_in("li", role)
    assert PAGE not in client.get("/experts/E1").text
    assert client.get(PAGE).status_code == 403


def test_people_of_a_place_erase_its_experts_only(stocked: House) -> None:
    client = stocked.logged_in("sun", Role.MANAGER, "2202")
    assert PAGE not in client.get("/experts/E1").text
    assert client.get(PAGE).status_code == 403
    assert client.get("/experts/E2/erase").status_code == 200
