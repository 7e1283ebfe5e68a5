"""An import taken back by its owner: checked first, then done, noted in the audit log."""

from __future__ import annotations

import pytest

from matcher.domain.expert import Expert, PrivateDetails
from matcher.domain.job import Job, JobState
from matcher.intake.columns import TableKind
from matcher.store.errors import JobTaken, JobUnknown
from service.jobs.errors import JobNotReady
from tests.service.house import House
from tests.service.jobs_house import LI, ZHANG, ran, upload

SHEET = "专家编号,姓名,研究方向,手机\nE1,张三,声学,13800001111\nE2,李四,土壤,\nE3,王五,光学,\n"
BEFORE = Expert("E1", "张三", directions=("光学",), private=PrivateDetails(phone="13800002222"))


def imported(house: House) -> Job:
    """The preview of an import that is done."""
    house.store.experts.save([BEFORE], by="甲")
    preview = ran(house, house.service.imports.upload(TableKind.EXPERTS, [upload(SHEET)], ZHANG))
    assert ran(house, house.service.imports.confirm(preview.id, ZHANG)).state is JobState.DONE
    return preview


def test_an_import_is_checked_and_taken_back(house: House) -> None:
    preview, desk = imported(house), house.service.imports
    house.store.experts.save([Expert("E3", "王五", directions=("光学", "声学"))], by="丁")
    check = ran(house, desk.check_undo(preview.id, ZHANG))
    assert (check.state, check.error) == (JobState.DONE, "")
    assert check.result["counts"] == {"专家表": {"removed": 1, "restored": 1, "stays": 1}}
    assert [(one["id"], one["why"]) for one in check.result["stays"]] == [("E3", "导入之后又有改动")]
    hidden = "（已填写，不显示）"
    assert check.result["restored"][0]["fields"] == [
        {"header": "研究方向", "before": "声学", "after": "光学"},
        {"header": "手机", "before": hidden, "after": hidden},
    ]
    assert house.store.experts.ids() == ["E1", "E2", "E3"]
    done = ran(house, desk.undo(preview.id, ZHANG))
    assert (done.state, done.error, done.result["counts"]) == (JobState.DONE, "", check.result["counts"])
    assert house.store.experts.get_many(["E1", "E2"], reveal=True) == {"E1": BEFORE}
    with pytest.raises(JobTaken):
        desk.undo(preview.id, ZHANG)
    noted = house.audit()[-1].entry
    assert (noted.reason, noted.after) == ("撤销导入专家表：完成", {"专家表": "移除 1，恢复 1，保留 1"})


def test_what_a_killed_attempt_did_is_told_again(house: House) -> None:
    preview, desk = imported(house), house.service.imports
    ran(house, desk.check_undo(preview.id, ZHANG))
    job = desk.undo(preview.id, ZHANG)
    for portion in house.store.batches.take_back(preview.id, by="zhang"):
        assert portion
    done = ran(house, job)
    assert done.result["counts"] == {"专家表": {"removed": 2, "restored": 1, "stays": 0}}


def test_the_index_follows(house: House) -> None:
    preview, desk = imported(house), house.service.imports
    index = house.service.application.index
    index.catch_up()
    assert [len(index.index.pinned().items_of(id)) for id in ("E1", "E2")] == [1, 1]
    ran(house, desk.check_undo(preview.id, ZHANG))
    ran(house, desk.undo(preview.id, ZHANG))
    assert [len(index.index.pinned().items_of(id)) for id in ("E1", "E2")] == [1, 0]


def test_only_its_owner_and_only_once_it_is_written(house: House) -> None:
    desk = house.service.imports
    preview = ran(house, desk.upload(TableKind.EXPERTS, [upload(SHEET)], ZHANG))
    with pytest.raises(JobNotReady):
        desk.check_undo(preview.id, ZHANG)
    ran(house, desk.confirm(preview.id, ZHANG))
    with pytest.raises(JobNotReady):
        desk.undo(preview.id, ZHANG)
    for act in (desk.check_undo, desk.undo, desk.undo_standing):
        with pytest.raises(JobUnknown):
            act(preview.id, LI)


def test_topics_are_previewed_and_taken_back_too(house: House) -> None:
    sheet = "选题编号,选题名称,内容/背景,要点\nT1,冬季取暖,农村取暖成本高,热源\n"
    preview = ran(house, house.service.imports.upload(TableKind.TOPICS, [upload(sheet, "选题.csv")], ZHANG))
    assert (preview.state, preview.error) == (JobState.DONE, "")
    ran(house, house.service.imports.confirm(preview.id, ZHANG))
    ran(house, house.service.imports.check_undo(preview.id, ZHANG))
    ran(house, house.service.imports.undo(preview.id, ZHANG))
    assert house.store.topics.count() == 0
