"""Pages of plans: drawn up, looked at, steered, tried, signed, exported, and who may."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

from fastapi.testclient import TestClient
from openpyxl import load_workbook

from matcher.domain.account import Role
from matcher.domain.audit import AuditAction
from matcher.domain.plan import PlanKind, PlanRecord
from tests.service.house import OFFICE, House, token_on
from tests.service.jobs_house import ran
from tests.service.matching.world import PEOPLE
from tests.service.plans.test_plan_desk import furnished

COMPARE = "/plans/compare"


def post(client: TestClient, path: str, **fields: object):
    return client.post(path, data={**fields, "csrf_token": token_on(client.get("/plans").text)}, follow_redirects=False)


def waited(house: House, client: TestClient, answer) -> str:
    """Where the job's page leads once the job is done; its own address where it stays."""
    place = answer.headers["location"]
    assert 'hx-trigger="every 2s"' in client.get(place).text
    ran(house, house.store.jobs.get(place.rpartition("/")[2]))
    after = client.get(place, headers={"HX-Request": "true"})
    return after.headers.get("HX-Redirect", place)


def test_a_plan_from_the_form_to_the_signature(house: House) -> None:
    furnished(house)
    manager = house.logged_in("wang", Role.MANAGER)
    assert "还没有建站计划" in manager.get("/plans").text
    path = waited(house, manager, post(manager, "/plans", year=2026, quota_academician=0, quota_expert=1, budget=""))
    shown = manager.get(path).text
    assert "（E1）" in shown
    assert f'href="{path}?version=1"><span' in manager.get("/").text
    assert f'href="{path}"' in manager.get("/jobs").text
    assert f'href="{path}?version=1">2026 年建站计划' in manager.get("/demands/D1").text
    printed = manager.get(f"{path}/print").text
    assert "松江示例农场" in printed
    assert "经办单位意见" in printed
    assert "/match/explain?demand=D1&amp;expert=E1&amp;purpose=" in shown
    assert manager.get("/match/explain?demand=D1&expert=E1&purpose=科技专家工作站").status_code == 200

    tried = waited(house, manager, post(manager, f"{path}/solve", act="forbid D1:E1", what_if="true"))
    assert "没有保存" in manager.get(tried).text
    assert "第 2 版" not in manager.get(path).text
    assert waited(house, manager, post(manager, f"{tried}/adopt")) == path
    short = manager.get(path).text
    assert "没有达到的目标" in short
    assert "--relax" not in short
    assert "撤销" in short
    assert "还不能签发" in short
    number = path.rpartition("/")[2]
    assert f'href="/plans/compare?plan={number}@1&amp;plan={number}@2"' in manager.get(path).text
    assert "只有“第 1 版”安排（1 项）：松江示例农场。" in manager.get(f"{COMPARE}?plan={number}@1&plan={number}@2").text

    refused = post(manager, f"{path}/solve", act=["fix D1:E1", "forbid D1:E1"])
    assert "互相矛盾" in manager.get(refused.headers["location"]).text
    assert post(manager, f"{path}/solve", act="burn D1:E1").status_code == 422
    waited(house, manager, post(manager, f"{path}/solve", act=["drop D1:E1", "fix D1"]))
    post(manager, f"{path}/confirm", choice="D1:E1")
    assert "已确认" in manager.get(path).text
    post(manager, f"{path}/sign", version=3)
    assert "已签" in manager.get(path).text
    post(manager, f"{path}/void", version=2, reason="名额有变")
    assert "作废" in manager.get(f"{path}?version=2").text

    asks_back_of_the_unfit(house, manager, path)
    file = manager.get(f"{path}/export.xlsx?version=3")
    assert load_workbook(io.BytesIO(file.content)).sheetnames[:3] == ["建站计划", "汇总表", "台账"]
    assert house.audit()[-1].entry.action is AuditAction.EXPORT_PLAN


def asks_back_of_the_unfit(house: House, manager: TestClient, path: str) -> None:
    house.store.experts.save([replace(PEOPLE[3], consent_date=date(2025, 1, 1))], by="测试")
    chosen = {"act": "replace D1:E1=E4", "quota_academician": 0}
    asked = post(manager, f"{path}/solve", **chosen)
    assert "赵四（E4）到松江示例农场（D1）：匹配概率" in asked.text
    assert '<input type="hidden" name="act" value="replace D1:E1=E4">' in asked.text
    assert '<input type="hidden" name="quota_academician" value="0">' in asked.text
    assert "有人选可能不对口，仍要采用？" in manager.get(
        waited(house, manager, post(manager, f"{path}/solve", **chosen, what_if="true"))
    ).text  # fmt: skip
    assert waited(house, manager, post(manager, f"{path}/solve", **chosen, agreed="true")) == path
    assert "首席由工作人员指定，匹配概率" in manager.get(path).text


def test_two_plans_ticked_in_the_list_stand_side_by_side(house: House) -> None:
    furnished(house)
    manager = house.logged_in("wang", Role.MANAGER)
    first = waited(house, manager, post(manager, "/plans", year=2026, quota_academician=0, quota_expert=1, budget=""))
    assert "并排对比" not in manager.get("/plans").text  # there is nothing to compare with
    second = waited(house, manager, post(manager, "/plans", year=2027, quota_academician=0, quota_expert=0, budget=80))
    one, other = (path.rpartition("/")[2] for path in (first, second))
    assert f'name="plan" value="{other}@1"' in manager.get("/plans").text
    text = manager.get(f"{COMPARE}?plan={one}@1&plan={other}@1").text
    assert f"只有“{one} 第 1 版”安排（1 项）：松江示例农场。" in text
    lines = (
        ("安排建站", "1 站", "0 站", "少 1 站"),
        ("资助预算", "不限", "80 万元", "不同"),
        ("在白城市", "1 站", "0 站", "少 1 站"),
        ("院士专家工作站名额", "0 站", "0 站", "相同"),
    )
    for name, *cells in lines:
        assert f'<th scope="row">{name}</th>' + "".join(f"<td>{cell}</td>" for cell in cells[:2]) in text
        assert cells[2] in text.partition(f">{name}</th>")[2].partition("</tr>")[0]
    assert "不安排：" in text  # with the reason that the other plan gives
    assert "选两份同类的计划" in manager.get(f"{COMPARE}?plan={one}@1&plan={one}").text  # one and the same
    jin = house.logged_in("jin", Role.READER, "2224")
    elsewhere = jin.get(f"{COMPARE}?plan={one}&plan={other}").text
    assert "只对比您负责的地区" in elsewhere
    assert "松江示例农场" not in elsewhere


def test_what_cannot_be_compared_is_said(house: House) -> None:
    furnished(house)
    manager = house.logged_in("wang", Role.MANAGER)
    stations = PlanRecord("", 0, PlanKind.STATIONS, "建站", "d", house.clock(), "wang", document="{}")
    records = [stations, replace(stations, kind=PlanKind.VISITS, title="走访"), stations]
    ids = [
        house.store.plans.add(one, note=OFFICE.entry(house.clock(), AuditAction.MAKE_PLAN, "计划")).id
        for one in records
    ]
    asked = [
        (ids[:2], 422, "建站计划和走访计划不能互相比较"),
        (ids, 422, "一次对比两份计划，现选了 3 份"),
        (ids[:1], 200, "选两份同类的计划"),
    ]
    for chosen, status, words in asked:
        answer = manager.get(COMPARE, params={"plan": chosen})
        assert answer.status_code == status
        assert words in answer.text
        assert f'<option value="{ids[0]}@1" selected>' in answer.text
    assert all(record.entry.action is not AuditAction.VIEW_ITINERARY for record in house.audit())
    for unknown in ("P2026-999", "P2026-001@9", "@", "'"):
        assert manager.get(COMPARE, params={"plan": [ids[0], unknown]}).status_code == 404


def test_a_reader_looks_and_does_no_more(house: House) -> None:
    furnished(house)
    manager, reader = house.logged_in("wang", Role.MANAGER), house.logged_in("li", Role.READER)
    path = waited(house, manager, post(manager, "/plans", year=2026, quota_academician=0, quota_expert=1))
    shown = reader.get(path).text
    assert "（E1）" in shown
    assert 'name="act"' not in shown
    assert "开始制定" not in reader.get("/plans").text
    for act in ("solve", "confirm", "sign", "void"):
        assert post(reader, f"{path}/{act}", version=1, reason="x", choice="D1:E1").status_code == 403
    assert reader.get(f"{path}/export.xlsx").status_code == 403
    assert reader.get("/plans/P2026-999").status_code == 404
