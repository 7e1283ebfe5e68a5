"""Pages of visits: from the form to the signed 行程表, steered on the way, and who may."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from matcher.domain.account import Role
from matcher.domain.audit import AuditAction
from matcher.domain.demand import Enterprise
from matcher.domain.vocabulary import PostStatus, ReviewStatus, ServiceKind
from tests.service.console.test_plan_pages import post, waited
from tests.service.house import House
from tests.service.matching.world import DEMAND, PEOPLE, SENIOR, WELDING, furnish

BOTH = (ServiceKind.CONSULTING, ServiceKind.VISIT)
FORM = {"region": ["2208"], "demand": ["D1"], "start": "2026-06-01", "days": 2, "teams": "", "team_size": ""}


@pytest.fixture
def furnished(house: House) -> House:
    furnish(house)
    able = [replace(person, services=BOTH, directions=SENIOR.directions) for person in PEOPLE[:2]]
    house.store.experts.save(able, by="测试")
    firm = Enterprise("梅河示例机械", region_code="220581")
    second = replace(WELDING, services=BOTH, review=ReviewStatus.APPROVED, enterprise=firm)
    house.store.demands.save([replace(DEMAND, services=BOTH), second], by="测试")
    return house


def test_visits_from_the_form_to_the_signature(furnished: House) -> None:
    manager = furnished.logged_in("wang", Role.MANAGER)
    assert "还没有走访计划" in manager.get("/plans/visits").text
    empty = manager.get("/plans/visits/new").text
    assert "请先在上面勾选走访地区" in empty
    assert "白城市" in empty
    assert "松江示例农场" in manager.get("/plans/visits/new?region=2208").text
    path = waited(furnished, manager, post(manager, "/plans/visits", **FORM))
    shown = manager.get(path).text
    assert "行程表（按日）" in shown
    assert "2026-06-01 周一" in shown
    assert shown.count("组长") >= 2
    assert "已是最好的安排" in shown
    assert manager.get("/match/explain?demand=D1&expert=E1").status_code == 200

    post(manager, f"{path}/confirm", choice="D1:E1")
    assert "已确认" in manager.get(path).text
    tried = waited(furnished, manager, post(manager, f"{path}/solve", act="replace D1:E1", what_if="true"))
    assert "王二" in manager.get(tried).text
    assert waited(furnished, manager, post(manager, f"{tried}/adopt")) == path
    replaced = manager.get(path).text
    assert "王二" in replaced
    number = path.rpartition("/")[2]
    compared = manager.get(f"/plans/compare?plan={number}@1&plan={number}@2").text
    assert "两份都安排、但有不同（1 项）：松江示例农场。" in compared
    assert "<td>到场专家</td>" in compared
    waited(furnished, manager, post(manager, f"{path}/solve", start="2026-06-08", away="王二 2026-06-08"))
    later = manager.get(path).text
    assert "2026-06-09 周二" in later
    assert "2026-06-01 周一" not in later

    post(manager, f"{path}/sign", version=3)
    assert "已签" in manager.get(path).text
    assert "已于" in manager.get(f"{path}/itinerary").text
    sheets = load_workbook(io.BytesIO(manager.get(f"{path}/export.xlsx").content)).sheetnames
    assert sheets[:2] == ["行程表（按日）", "行程表（按人）"]
    assert furnished.audit()[-1].entry.action is AuditAction.EXPORT_PLAN
    furnished.store.experts.save([replace(SENIOR, post_status=PostStatus.DISABLED)], by="测试")
    assert "停用" in manager.get(f"{path}?version=1").text


def test_a_form_that_says_too_little_comes_back_filled(furnished: House) -> None:
    manager = furnished.logged_in("wang", Role.MANAGER)
    wrong = {
        "请至少选一个走访地区": {"region": []},
        "请至少选一个出发日期": {"start": ""},
        "请至少选一项需求": {"demand": []},
        "库中没有“张无名”这位专家": {"people": "张无名"},
        "“E1 六月”读不懂": {"away": "E1 六月"},
    }
    for words, change in wrong.items():
        answer = post(manager, "/plans/visits", **{**FORM, **change})
        assert answer.status_code == 422
        assert words in answer.text
    together = {"people": "张无名", "away": "王大拿 2026年6月2日", "start": "六月", "region": []}
    told = post(manager, "/plans/visits", **{**FORM, **together}).text
    assert "请至少选一个走访地区；请至少选一项需求；出发日期：“六月”不是日期" in told
    assert "哪天不能来：库中没有“王大拿”这位专家；只请这些专家：库中没有“张无名”这位专家。" in told
    kept = post(manager, "/plans/visits", **{**FORM, "start": "2026年6月1日", "people": "张无名"}).text
    assert "不是日期" not in kept
    kept = post(manager, "/plans/visits", **{**FORM, "people": "张无名"}).text
    assert "张无名</textarea>" in kept
    assert 'value="2026-06-01"' in kept


def test_places_bound_what_is_offered_seen_and_changed(furnished: House) -> None:
    manager = furnished.logged_in("wang", Role.MANAGER)
    baicheng = furnished.logged_in("jin", Role.MANAGER, "白城市")
    offered = baicheng.get("/plans/visits/new?region=2205").text
    assert "通化市" not in offered
    assert "梅河示例机械" not in offered
    refused = post(baicheng, "/plans/visits", **{**FORM, "region": ["2205", "2208"]})
    assert "不在您负责的范围内" in refused.text
    own = waited(furnished, baicheng, post(baicheng, "/plans/visits", **FORM))
    assert "重新安排" in baicheng.get(own).text
    both = {**FORM, "region": ["2208", "2205"], "demand": ["D1", "D2"]}
    path = waited(furnished, manager, post(manager, "/plans/visits", **both))
    shown = baicheng.get(path).text
    assert "松江示例农场" in shown
    assert "梅河示例机械" not in shown
    assert "重新安排" not in shown
    assert "签发第" not in shown


def test_a_reader_looks_and_does_no_more(furnished: House) -> None:
    manager, reader = furnished.logged_in("wang", Role.MANAGER), furnished.logged_in("li", Role.READER)
    path = waited(furnished, manager, post(manager, "/plans/visits", **FORM))
    assert 'name="act"' not in reader.get(path).text
    assert reader.get("/plans/visits/new").status_code == 403
    for act in ("solve", "confirm", "sign", "void"):
        assert post(reader, f"{path}/{act}", version=1, reason="x", choice="D1:E1").status_code == 403
    assert reader.get(f"{path}/export.xlsx").status_code == 403
    assert reader.get("/plans/P2026-999/itinerary").status_code == 404
