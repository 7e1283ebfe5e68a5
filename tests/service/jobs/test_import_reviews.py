"""审核状态 in a file counts as far as its importer may review by page; what is changed is reviewed again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from matcher.domain.demand import Demand, Need
from matcher.domain.expert import Expert
from matcher.domain.job import Job
from matcher.domain.vocabulary import ReviewStatus
from matcher.intake.columns import TableKind
from service.jobs.errors import RightsChanged
from service.security.actor import Actor
from tests.service.house import House
from tests.service.jobs_house import LI, ZHANG, ran, upload

OFFICER = replace(LI, is_staff=True)
MANAGER = replace(ZHANG, is_staff=True, may_review=True)
PORTAL = LI
NEEDS = (Need("D1", 1, "焊缝", "开裂"), Need("D1", 2, "气孔", "多"))
APPROVED = Demand(
    "D1", "焊缝开裂", "焊后开裂", review=ReviewStatus.APPROVED, review_remark="可以", needs=NEEDS, urgency=None
)
CHANGED = "需求编号,需求名称,主要问题\nD1,焊缝开裂,焊前就开裂\n"
STATED = "需求编号,需求名称,主要问题,审核状态,审核意见\nD1,焊缝开裂,焊前就开裂,已审核,同意\nD2,漏油,油封漏油,已审核,\n"


def imported(house: House, kind: TableKind, sheet: str, actor: Actor) -> Job:
    """The preview, confirmed."""
    preview = ran(house, house.service.imports.upload(kind, [upload(sheet)], actor))
    done = ran(house, house.service.imports.confirm(preview.id, actor))
    assert (preview.error, done.error) == ("", "")
    return preview


def reviews(house: House) -> dict[str, str]:
    return {one.id: one.review.value for one in house.store.demands.stream()}


def warned(preview: Job) -> list[tuple[str, str, str]]:
    return [(one["column"], one["value"], one["message"]) for one in preview.result["problems"]]


@pytest.mark.parametrize("actor", [OFFICER, PORTAL])
def test_who_may_not_review_sets_no_state_by_a_file(house: House, actor: Actor) -> None:
    house.store.demands.save([APPROVED], by="甲")
    preview = imported(house, TableKind.DEMANDS, STATED, actor)
    assert reviews(house) == {"D1": "待审核", "D2": "待审核"}
    passed_over = "由业务管理员在需求页面审核，本列未采用"
    assert warned(preview) == [
        ("审核状态", "已审核", passed_over), ("审核意见", "同意", passed_over), ("审核状态", "已审核", passed_over),
    ]  # fmt: skip
    changed = {one["header"]: (one["before"], one["after"]) for one in preview.result["changed"][0]["fields"]}
    assert changed == {
        "主要问题": ("焊后开裂", "焊前就开裂"), "审核状态": ("已审核", "待审核"), "审核意见": ("可以", ""),
        "拆分的各项需求": ("2 项", ""),
    }  # fmt: skip


@pytest.mark.parametrize("actor", [OFFICER, MANAGER, PORTAL])
def test_a_changed_demand_waits_for_review_again_until_the_import_is_taken_back(house: House, actor: Actor) -> None:
    house.store.demands.save([APPROVED], by="甲")
    preview, desk = imported(house, TableKind.DEMANDS, CHANGED, actor), house.service.imports
    assert reviews(house) == {"D1": "待审核"}
    ran(house, desk.check_undo(preview.id, actor))
    ran(house, desk.undo(preview.id, actor))
    assert house.store.demands.get("D1") == APPROVED


def test_what_says_the_same_stays_approved(house: House) -> None:
    house.store.demands.save([APPROVED], by="甲")
    same = "需求编号,需求名称,主要问题,审核状态,审核意见\nD1,焊缝开裂,焊后开裂,已审核,可以\n"
    preview = imported(house, TableKind.DEMANDS, same, OFFICER)
    assert (preview.result["counts"]["需求问卷表"]["unchanged"], warned(preview)) == (1, [])
    assert house.store.demands.get("D1") == APPROVED


def test_who_may_review_sets_the_state_by_a_file(house: House) -> None:
    house.store.demands.save([APPROVED], by="甲")
    preview = imported(house, TableKind.DEMANDS, STATED, MANAGER)
    assert (reviews(house), warned(preview)) == ({"D1": "已审核", "D2": "已审核"}, [])


def test_a_right_that_went_after_the_check_stops_the_import(house: House) -> None:
    preview = ran(house, house.service.imports.upload(TableKind.DEMANDS, [upload(STATED)], MANAGER))
    with pytest.raises(RightsChanged):
        house.service.imports.confirm(preview.id, replace(MANAGER, may_review=False))


def test_experts_are_reviewed_by_staff_as_on_their_pages(house: House) -> None:
    house.store.experts.save([Expert("E1", "张三", directions=("光学",), review=ReviewStatus.APPROVED)], by="甲")
    sheet = "专家编号,姓名,研究方向,审核状态\nE1,张三,声学,已审核\nE2,李四,土壤,已审核\n"
    preview = imported(house, TableKind.EXPERTS, sheet, PORTAL)
    found = {one.id: one.review for one in house.store.experts.stream()}
    assert set(found.values()) == {ReviewStatus.PENDING}
    assert {message for _, _, message in warned(preview)} == {"由科协工作人员在专家页面核实，本列未采用"}
    imported(house, TableKind.EXPERTS, sheet, OFFICER)
    assert {one.review for one in house.store.experts.stream()} == {ReviewStatus.APPROVED}
