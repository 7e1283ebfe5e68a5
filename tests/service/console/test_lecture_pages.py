"""讲座 and 选题专家组: grouped by a job, shown with how it came about; a panel for a topic, its file audited."""

from __future__ import annotations

import io
from dataclasses import replace

from openpyxl import load_workbook

from matcher.domain.account import Role
from matcher.domain.audit import AuditAction
from matcher.domain.demand import Enterprise
from matcher.domain.topic import Topic
from matcher.domain.vocabulary import ReviewStatus, ServiceKind
from tests.service.console.test_plan_pages import post, waited
from tests.service.house import House
from tests.service.matching.world import DEMAND, FARM, PEOPLE, WELDING, furnish

TALKS = (ServiceKind.LECTURE,)
ASPECTS = ("耐盐水稻品种筛选", "铝合金焊接气孔")
TOPIC = Topic("甲/1", "盐碱地水稻", "盐碱地怎样种好水稻。", aspects=ASPECTS, proposed_by="省社科院")


def furnished(house: House) -> House:
    furnish(house)
    house.store.experts.save([replace(person, services=TALKS) for person in PEOPLE], by="测试")
    twin = replace(DEMAND, id="D3", enterprise=replace(FARM, name="查干示例农场", region_code="220700"))
    firm = Enterprise("梅河示例机械", region_code="220581")
    elsewhere = replace(WELDING, review=ReviewStatus.APPROVED, enterprise=firm)
    house.store.demands.save([twin, elsewhere], by="测试")
    house.store.topics.save([TOPIC], by="测试")
    return house


def test_similar_demands_get_one_lecturer(house: House) -> None:
    officer = furnished(house).logged_in("wang", Role.OFFICER)
    assert "怎样算相近" in officer.get("/plans/lectures").text
    path = waited(house, officer, post(officer, "/plans/lectures"))
    shown = officer.get(path).text
    assert "可合办 1 场；没有相近需求的 1 项" in shown
    assert "查干示例农场" in shown
    assert "拟请" in shown
    assert "郑一" in shown
    assert "焊接气孔" in shown
    book = load_workbook(io.BytesIO(officer.get(f"{path}/export.xlsx").content))
    assert book.sheetnames == ["讲座安排", "单独需求"]
    assert house.audit()[-1].entry.action is AuditAction.FETCH_FILE
    assert "可合办 1 场" in officer.get("/plans/lectures").text
    other = house.logged_in("li", Role.OFFICER)
    assert other.get(path).status_code == 404
    assert house.logged_in("zhao", Role.READER).get("/plans/lectures").status_code == 403


def test_lectures_keep_to_the_places_of_whoever_asks(house: House) -> None:
    baicheng = furnished(house).logged_in("jin", Role.OFFICER, "白城市")
    refused = post(baicheng, "/plans/lectures", region="2207")
    assert "不在您负责的范围内" in baicheng.get(refused.headers["location"]).text
    path = waited(house, baicheng, post(baicheng, "/plans/lectures", region="2208"))
    shown = baicheng.get(path).text
    assert "松江示例农场" in shown
    assert "查干示例农场" not in shown


def test_a_lecture_job_that_was_cancelled_says_so(house: House) -> None:
    officer = furnished(house).logged_in("wang", Role.OFFICER)
    place = post(officer, "/plans/lectures").headers["location"]
    job_id = place.rpartition("/")[2]
    post(officer, f"/jobs/{job_id}/cancel")
    assert "返回，重新归并" in officer.get(place).text


def test_a_panel_answers_a_topic(house: House) -> None:
    officer = house.logged_in("wang", Role.OFFICER)
    assert "还没有选题" in officer.get("/plans/panels").text
    furnished(house)
    listed = officer.get("/plans/panels?q=水稻").text
    assert "/plans/panels/panel?topic=%E7%94%B2%2F1" in listed
    assert "没有符合的选题" in officer.get("/plans/panels?q=风电").text
    shown = officer.get("/plans/panels/panel", params={"topic": "甲/1"}).text
    assert "郑一" in shown
    assert "耐盐水稻品种筛选" in shown
    assert "一个团队只选一人" in shown or "同单位" in shown
    file = officer.get("/plans/panels/panel.xlsx", params={"topic": "甲/1", "size": 2})
    assert load_workbook(io.BytesIO(file.content)).sheetnames[0] == "专家组"
    assert (house.audit()[-1].entry.action, house.audit()[-1].entry.subject) == (AuditAction.EXPORT_PLAN, "选题:甲/1")
    missing = officer.get("/plans/panels/panel", params={"topic": "无"})
    assert missing.status_code == 404
    assert "没有编号为“无”的选题" in missing.text
    reader = house.logged_in("zhao", Role.READER)
    assert reader.get("/plans/panels/panel", params={"topic": "甲/1"}).status_code == 200
    assert reader.get("/plans/panels/panel.xlsx", params={"topic": "甲/1"}).status_code == 403
