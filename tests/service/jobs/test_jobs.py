"""Exports, batch matches, index builds; cancelling, repeating, limits, retention."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from matcher.domain.audit import AuditAction
from matcher.domain.demand import Demand, DemandContact, Enterprise
from matcher.domain.evidence import EvidenceItem
from matcher.domain.expert import Expert, PrivateDetails
from matcher.domain.job import Job, JobState
from matcher.domain.vocabulary import EvidenceType
from matcher.intake.columns import TableKind
from matcher.store import OwnedItem
from matcher.store.errors import JobNotStanding, JobUnknown
from service.audit.origin import Origin
from service.jobs.errors import FileGone, JobMustFinish, JobNotReady, TooManyJobs
from service.jobs.imports import Upload
from service.jobs.kinds.exports import EXPORT
from service.jobs.kinds.imports import IMPORT
from service.jobs.kinds.index import INDEX
from service.jobs.kinds.matches import MATCHES
from service.security.actor import Actor
from service.security.roles import RegionScope
from tests.service.house import House
from tests.service.jobs_house import LI, ZHANG, ran, upload

WANG = Expert("E1", "王芳", directions=("盐碱地改良",), private=PrivateDetails(phone="13812345678"))
CHEN = Expert("E2", '=HYPERLINK("http://x")', directions=("光学",))


@pytest.fixture
def full(house: House) -> House:
    house.store.experts.save([WANG, CHEN], by="甲")
    paper = EvidenceItem("I1", EvidenceType.PAPER, "=1+1 盐碱地改良研究")
    house.store.items.save([OwnedItem("E1", paper), OwnedItem("E2", paper)], by="甲")
    near = Enterprise("长春农机", region_code="220100")
    far = Enterprise("延边参业", region_code="222400")
    house.store.demands.save(
        [
            Demand("D1", "盐碱地改良", problem="土壤返盐", enterprise=near, contact=DemandContact("赵", "13900001111")),
            Demand("D2", "人参种植", problem="连作障碍", enterprise=far),
        ],
        by="甲",
    )
    return house


def rows(house: House, job: Job, sheet: str, actor: Actor = ZHANG) -> list[dict[str, object]]:
    book = load_workbook(house.service.jobs.file(job.id, actor).path)
    head, *body = list(book[sheet].iter_rows(values_only=True))
    return [dict(zip(head, row, strict=True)) for row in body]


def exported(house: House, actor: Actor, **wanted: object) -> Job:
    done = ran(house, house.service.jobs.start(EXPORT, "导出", wanted, actor))
    assert (done.state, done.error) == (JobState.DONE, "")
    return done


def test_experts_are_exported_with_their_items_as_text(full: House) -> None:
    job = exported(full, ZHANG, kind="experts")
    found = rows(full, job, "专家表")
    assert [(row["专家编号*"], row["姓名*"], row["手机"]) for row in found] == [
        ("E1", "王芳", "13812345678"),
        ("E2", '=HYPERLINK("http://x")', None),
    ]
    assert [(row["专家编号*"], row["题目*"]) for row in rows(full, job, "成果表")] == [
        ("E1", "=1+1 盐碱地改良研究"), ("E2", "=1+1 盐碱地改良研究"),
    ]  # fmt: skip
    book = load_workbook(full.service.jobs.file(job.id, ZHANG).path)
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    assert AuditAction.EXPORT_PRIVATE in {action for _, action, _, _ in full.acts()}


def test_private_fields_are_left_out_and_regions_kept_apart(full: House) -> None:
    people = rows(full, exported(full, LI, kind="experts"), "专家表", LI)
    assert [row["姓名*"] for row in people] == ["王芳", CHEN.name]
    assert not {"手机", "证件号", "邮箱", "联系人/电话"} & set(people[0])
    yanbian = Actor(Origin("jin", "10.0.0.3"), RegionScope(("2224",)), sees_private=True)
    assert [row["需求编号*"] for row in rows(full, exported(full, yanbian, kind="demands"), "需求问卷表", yanbian)] == [
        "D2"
    ]
    assert [row["专家编号*"] for row in rows(full, exported(full, LI, kind="experts", ids=["E2"]), "专家表", LI)] == [
        "E2"
    ]


def test_a_list_is_exported_under_its_conditions(full: House) -> None:
    def listed(actor: Actor, sheet: str, **wanted: object) -> list[object]:
        return [next(iter(row.values())) for row in rows(full, exported(full, actor, **wanted), sheet, actor)]

    assert listed(LI, "专家表", kind="experts", q="王芳") == ["E1"]
    assert listed(LI, "专家表", kind="experts", facets={"review": ["未填写"]}, ids=["E2", "E9"]) == ["E2"]
    far = Actor(Origin("jin", "10.0.0.3"), RegionScope(("2224",)), sees_private=False)
    everything = listed(LI, "需求问卷表", kind="demands")
    assert listed(LI, "需求问卷表", kind="demands", facets={"review": ["待审核", "已审核", "退回"]}) == everything
    assert len(listed(far, "需求问卷表", kind="demands", facets={"review": ["待审核", "已审核", "退回"]})) == 1
    failed = ran(full, full.service.jobs.start(EXPORT, "导出", {"kind": "experts", "facets": {"x": ["y"]}}, LI))
    assert "没有“x”这个筛选项" in failed.error


def test_an_export_imports_back_without_a_change(full: House) -> None:
    path = full.service.jobs.file(exported(full, ZHANG, kind="experts").id, ZHANG).path
    with path.open("rb") as content:
        done = ran(full, full.service.imports.upload(TableKind.EXPERTS, [Upload("专家.xlsx", content)], ZHANG))
    assert done.result["changed"] == []
    assert done.result["counts"]["专家表"]["unchanged"] == 2


def test_many_demands_are_matched_at_once(full: House) -> None:
    done = ran(full, full.service.jobs.start(MATCHES, "匹配", {}, ZHANG))
    assert (done.state, done.error, done.result["demands"]) == (JobState.DONE, "", 2)
    assert rows(full, done, "汇总表")[0]["需求编号"] == "D1"


def test_the_index_is_built_anew(full: House) -> None:
    done = ran(full, full.service.jobs.start(INDEX, "重建索引", {}, ZHANG))
    assert (done.state, done.result) == (JobState.DONE, {"items": 3})


def test_an_error_becomes_a_sentence_and_the_job_can_be_repeated(full: House) -> None:
    failed = ran(
        full, full.service.jobs.start(EXPORT, "导出", {"kind": "experts", "honours": ["没有的称号"] * 2}, ZHANG)
    )
    broken = ran(full, full.service.jobs.start(EXPORT, "导出", {"kind": "nothing"}, ZHANG))
    assert (broken.state, "系统管理员" in broken.error) == (JobState.FAILED, True)
    again = full.service.jobs.repeat(failed.id, ZHANG)
    assert (again.parent, again.arguments, again.state) == (failed.id, failed.arguments, JobState.QUEUED)
    with pytest.raises(JobNotReady):
        full.service.jobs.repeat(again.id, ZHANG)


def test_a_process_that_dies_again_and_again_ends_the_job(full: House) -> None:
    job = full.service.jobs.start(INDEX, "重建索引", {}, ZHANG)
    for _ in range(3):
        full.store.jobs.start(job.id, full.clock())
    done = ran(full, job)
    assert (done.state, "连续 3 次" in done.error) == (JobState.FAILED, True)


def test_cancelling(full: House) -> None:
    job = full.service.jobs.start(INDEX, "重建索引", {}, ZHANG)
    with pytest.raises(JobUnknown):
        full.service.jobs.cancel(job.id, LI)
    assert full.service.jobs.cancel(job.id, ZHANG).state is JobState.CANCELLED
    with pytest.raises(JobNotStanding):
        full.service.jobs.cancel(job.id, ZHANG)
    running = full.service.jobs.start(INDEX, "重建索引", {}, ZHANG)
    full.store.jobs.start(running.id, full.clock())
    full.service.jobs.cancel(running.id, LI, everyone=True)
    assert ran(full, running).state is JobState.CANCELLED


def test_what_writes_is_not_cancelled(full: House) -> None:
    job = full.service.jobs.start(IMPORT, "导入", {}, ZHANG, parent="x" * 32)
    full.store.jobs.start(job.id, full.clock())
    full.store.jobs.progress(job.id, "写入", 10, 100)
    with pytest.raises(JobMustFinish):
        full.service.jobs.cancel(job.id, ZHANG)


def test_limits_and_lists(build_house) -> None:
    house = build_house(jobs_per_person=1)
    job = house.service.jobs.start(INDEX, "重建索引", {}, ZHANG)
    with pytest.raises(TooManyJobs):
        house.service.jobs.start(INDEX, "重建索引", {}, ZHANG)
    assert house.service.jobs.list(LI) == []
    assert [one.id for one in house.service.jobs.list(LI, everyone=True)] == [job.id]


def test_old_jobs_and_their_files_are_cleared_away(full: House) -> None:
    done = exported(full, ZHANG, kind="experts")
    path = full.service.jobs.file(done.id, ZHANG).path
    full.clock.turn(days=29)
    full.service.job_office().clear()
    assert path.exists()
    full.clock.turn(days=2)
    full.service.job_office().clear()
    assert not path.exists()
    with pytest.raises(JobUnknown):
        full.service.jobs.get(done.id, ZHANG)


def test_a_file_that_is_gone_is_told(full: House) -> None:
    done = exported(full, ZHANG, kind="experts")
    full.service.jobs.file(done.id, ZHANG).path.unlink()
    with pytest.raises(FileGone):
        full.service.jobs.file(done.id, ZHANG)
    waiting = upload("专家编号,姓名,研究方向\nE9,赵九,光学\n")
    with pytest.raises(JobNotReady):
        full.service.jobs.file(full.service.imports.upload(TableKind.EXPERTS, [waiting], ZHANG).id, ZHANG)
