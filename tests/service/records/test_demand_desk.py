"""需求库: places, review, split, visits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from matcher.catalogue.query import CatalogueQuery
from matcher.domain.account import Role
from matcher.domain.demand import Need
from matcher.domain.vocabulary import ReviewStatus
from matcher.store.errors import RecordUnknown
from matcher.workflows.record_forms import RecordRejected
from service.records.errors import EditConflict, RemarkMissing, SplitInvalid, VisitInvalid
from tests.service.house import House
from tests.service.records.people import NEAR, furnish, member

MANAGER, LOCAL = member("li"), member("sun", Role.OFFICER, "2202")
NEEDS = (Need("", 1, "焊接", "开裂"), Need("", 2, "检测", "查不出"))


@pytest.fixture
def house(house: House) -> House:
    furnish(house.store)
    return house


def test_people_of_a_place_see_its_demands_only(house: House) -> None:
    desk = house.service.demands
    assert [one.id for one in desk.find(CatalogueQuery(sort="id"), MANAGER).records] == ["D1", "D2"]
    near = desk.find(CatalogueQuery(), LOCAL)
    assert ([one.id for one in near.records], near.page.total) == (["D1"], 1)
    for act in (desk.get, desk.history, desk.contact, desk.form):
        with pytest.raises(RecordUnknown):
            act("D2", LOCAL)
    with pytest.raises(RecordUnknown):
        desk.edit("D2", {"title": "x"}, 1, LOCAL)
    with pytest.raises(RecordRejected, match="不在您负责的市州"):
        desk.edit("D1", {"region": "延吉市", "enterprise.jurisdiction": "延边朝鲜族自治州"}, 1, LOCAL)


def test_the_record_bears_hints_and_what_is_missing(house: House) -> None:
    record = house.service.demands.get("D1", MANAGER)
    assert {hint.kind.value for hint in record.hints} >= {"描述过短", "没有预期目标"}
    assert "统一社会信用代码" in record.missing
    assert "手机" not in record.missing
    assert record.demand.contact.phone == ""


def test_a_form_that_comes_back_as_it_was_shown_changes_nothing(house: House) -> None:
    form, version = house.service.demands.form("D1", LOCAL), house.service.demands.get("D1", LOCAL).version
    assert (form["years"], form["region"], form["contact.person"]) == ("2026-2027", "吉林市龙潭区", "王**")
    assert house.service.demands.edit("D1", form, version, LOCAL).version == version


def test_review_passes_and_sends_back_with_a_word(house: House) -> None:
    desk = house.service.demands
    desk.review("D1", ReviewStatus.APPROVED, "", MANAGER)
    assert desk.get("D1", MANAGER).demand.review is ReviewStatus.APPROVED
    with pytest.raises(RemarkMissing):
        desk.review("D1", ReviewStatus.RETURNED, "  ", MANAGER)
    desk.review("D1", ReviewStatus.RETURNED, "请补充指标", MANAGER)
    assert desk.get("D1", MANAGER).demand.review_remark == "请补充指标"
    entries = [record.entry for record in house.audit()]
    assert [(entry.before, entry.after) for entry in entries] == [
        ({"review": "待审核"}, {"review": "已审核"}),
        ({"review": "已审核"}, {"review": "退回"}),
    ]


def test_an_edit_asks_for_a_new_review_and_drops_the_split_of_another_text(house: House) -> None:
    desk = house.service.demands
    desk.split("D1", NEEDS, MANAGER)
    desk.review("D1", ReviewStatus.APPROVED, "", MANAGER)
    saved = desk.edit("D1", {"enterprise.staff": "120"}, desk.get("D1", LOCAL).version, LOCAL)
    demand = desk.get("D1", LOCAL).demand
    assert (demand.review, len(demand.needs), demand.enterprise.staff) == (ReviewStatus.PENDING, 2, 120)
    desk.edit("D1", {"problem": "焊后开裂，温度高时更重", "review": "已审核"}, saved.version, LOCAL)
    demand = desk.get("D1", LOCAL).demand
    assert (demand.review, demand.needs) == (ReviewStatus.PENDING, ())


def test_a_split_is_confirmed_undone_and_numbered(house: House) -> None:
    desk = house.service.demands
    with pytest.raises(SplitInvalid):
        desk.split("D1", NEEDS[:1], MANAGER)
    with pytest.raises(SplitInvalid):
        desk.split("D1", (NEEDS[0], replace(NEEDS[1], text=" ")), MANAGER)
    desk.split("D1", NEEDS[::-1], MANAGER)
    assert [(need.id, need.title) for need in desk.get("D1", MANAGER).demand.needs] == [
        ("D1#1", "检测"),
        ("D1#2", "焊接"),
    ]
    desk.split("D1", (), MANAGER)
    assert desk.get("D1", MANAGER).demand.needs == ()


def test_a_decision_on_an_old_version_is_refused(house: House) -> None:
    desk = house.service.demands
    seen = desk.get("D1", MANAGER).version
    desk.edit("D1", {"goal": "不开裂"}, seen, LOCAL)
    with pytest.raises(EditConflict, match="预期目标") as told:
        desk.review("D1", ReviewStatus.APPROVED, "", MANAGER, seen=seen)
    assert [line.by for line in told.value.changes] == ["sun"]
    with pytest.raises(EditConflict):
        desk.split("D1", NEEDS, MANAGER, seen=seen)


def test_a_new_demand_waits_for_review_whatever_it_says(house: House) -> None:
    fields = {"id": "D9", "title": "新需求", "problem": "有问题", "region": "吉林市", "review": "已审核"}
    saved = house.service.demands.create(fields, LOCAL)
    demand = house.service.demands.get("D9", LOCAL).demand
    assert (saved.id, demand.review, demand.enterprise.jurisdiction) == ("D9", ReviewStatus.PENDING, "吉林市")


def test_visits_are_noted_by_date_and_author(house: House) -> None:
    desk, today = house.service.visits, house.clock.now.date()
    desk.add("D1", date(2026, 2, 1), "看了焊接车间", LOCAL)
    desk.add("D1", today, "  复访  ", MANAGER)
    assert [(note.visited, note.author, note.text) for note in desk.of_demand("D1", LOCAL)] == [
        (today, "li", "复访"),
        (date(2026, 2, 1), "sun", "看了焊接车间"),
    ]
    for visited, text in ((date(2026, 3, 3), "明天"), (today, " "), (today, "字" * 2001)):
        with pytest.raises(VisitInvalid):
            desk.add("D1", visited, text, LOCAL)
    with pytest.raises(RecordUnknown):
        desk.add("D2", today, "别处", LOCAL)
    assert [act[1] for act in house.acts()] == ["登记走访"] * 2
    assert NEAR.id in house.acts()[0][2]


def test_before_eight_in_the_morning_the_day_is_that_of_beijing(house: House) -> None:
    """A quarter to seven on 3 March in China is still 2 March in UTC, which most servers keep."""
    house.clock.turn(hours=13, minutes=45)
    house.service.visits.add("D1", date(2026, 3, 3), "一早到厂", LOCAL)
    with pytest.raises(VisitInvalid):
        house.service.visits.add("D1", date(2026, 3, 4), "明天", LOCAL)
