"""Upload, preview, confirm: what is applied is what was shown."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from matcher.beijing import today
from matcher.domain.audit import AuditAction
from matcher.domain.demand import Demand, Enterprise
from matcher.domain.expert import Expert, PrivateDetails
from matcher.domain.job import JobState
from matcher.errors import UsageError
from matcher.intake.columns import TableKind
from matcher.store.errors import JobNotStanding, JobTaken, JobUnknown
from service.jobs.errors import (
    JobNotReady,
    KindOfFileRefused,
    NothingUploaded,
    PreviewStale,
    UploadTooLarge,
)
from service.jobs.imports import Upload, shown_name
from service.security.roles import RegionScope
from tests.service.house import House
from tests.service.jobs_house import LI, ZHANG, ran, upload

SHEET = "专家编号,姓名,研究方向,手机\nE1,张三,声学,13800001111\nE2,李四,土壤,\nE3,,光学,\n"
BEFORE = Expert("E1", "张三", directions=("光学",), private=PrivateDetails(phone="13800002222"))


def test_a_preview_tells_new_changed_and_rejected_and_changes_nothing(house: House) -> None:
    house.store.experts.save([BEFORE], by="甲")
    done = ran(house, house.service.imports.upload(TableKind.EXPERTS, [upload(SHEET)], ZHANG))
    assert (done.state, done.error) == (JobState.DONE, "")
    assert done.result["counts"] == {"专家表": {"new": 1, "changed": 1, "unchanged": 0, "rejected": 1}}
    assert [(one["id"], one["name"]) for one in done.result["new"]] == [("E2", "李四")]
    hidden = "（已填写，不显示）"
    assert done.result["changed"][0]["fields"] == [
        {"header": "研究方向", "before": "光学", "after": "声学"},
        {"header": "手机", "before": hidden, "after": hidden},
    ]
    problem = next(one for one in done.result["problems"] if one["severity"] == "退回")
    assert (problem["file"], problem["row"], problem["column"], problem["message"]) == (
        "专家.csv", 4, "姓名", "没有姓名",
    )  # fmt: skip
    assert house.store.experts.get("E1", reveal=True) == BEFORE
    assert "138" not in str(done.result)


def test_a_number_that_was_taken_after_the_check_is_chosen_anew(house: House) -> None:
    year = today().year
    form = Upload("问卷.csv", io.BytesIO("企业名称,甲厂\n需求名称,焊缝开裂\n主要问题,夏天开裂\n".encode()))
    preview = ran(house, house.service.imports.upload(TableKind.DEMANDS, [form], ZHANG))
    assert [one["id"] for one in preview.result["new"]] == [f"D{year}-001"]
    house.store.demands.save([Demand(f"D{year}-001", "别人的", "问题")], by="乙")
    stale = ran(house, house.service.imports.confirm(preview.id, ZHANG))
    assert (stale.state, stale.error) == (JobState.FAILED, str(PreviewStale()))
    again = ran(house, house.service.imports.again(preview.id, ZHANG))
    assert [one["id"] for one in again.result["new"]] == [f"D{year}-002"]
    done = ran(house, house.service.imports.confirm(again.id, ZHANG))
    assert (done.error, house.store.demands.ids()) == ("", [f"D{year}-001", f"D{year}-002"])


def test_confirmed_it_does_what_was_shown_once(house: House) -> None:
    preview = ran(house, house.service.imports.upload(TableKind.EXPERTS, [upload(SHEET)], ZHANG))
    job = house.service.imports.confirm(preview.id, ZHANG)
    with pytest.raises(JobTaken):
        house.service.imports.confirm(preview.id, ZHANG)
    done = ran(house, job)
    assert (done.state, done.error) == (JobState.DONE, "")
    assert house.store.experts.ids() == ["E1", "E2"]
    standing = house.service.imports.standing(preview.id, ZHANG)
    assert standing.applied == done
    assert not standing.may_confirm
    history = house.store.experts.history("E1")
    assert [entry.by for entry in history] == ["zhang"]
    assert [action for _, action, _, _ in house.acts()] == [
        AuditAction.START_JOB, AuditAction.END_JOB, AuditAction.START_JOB, AuditAction.END_JOB,
    ]  # fmt: skip


def test_what_changed_since_the_preview_stops_it_unless_it_makes_no_difference(house: House) -> None:
    house.store.experts.save([BEFORE], by="甲")
    preview = ran(house, house.service.imports.upload(TableKind.EXPERTS, [upload(SHEET)], ZHANG))
    house.store.experts.save([Expert("E1", "张三", organization="长春工业大学")], by="乙")
    failed = ran(house, house.service.imports.confirm(preview.id, ZHANG))
    assert (failed.state, failed.error) == (JobState.FAILED, str(PreviewStale()))
    assert house.store.experts.ids() == ["E1"]
    again = ran(house, house.service.jobs.repeat(preview.id, ZHANG))
    house.store.experts.save([Expert("E9", "赵九")], by="乙")
    done = ran(house, house.service.imports.confirm(again.id, ZHANG))
    assert (done.state, house.store.experts.ids()) == (JobState.DONE, ["E1", "E2", "E9"])


def test_rejected_rows_come_back_ready_to_be_corrected(house: House) -> None:
    preview = ran(house, house.service.imports.upload(TableKind.EXPERTS, [upload(SHEET)], ZHANG))
    found = house.service.imports.rejected(preview.id, ZHANG)
    sheet = load_workbook(found.path)["专家表"]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:3] == ("专家编号", "姓名", "研究方向")
    assert rows[1][0] == "E3"
    assert "没有姓名" in rows[1][-1]
    clean = ran(
        house,
        house.service.imports.upload(TableKind.EXPERTS, [upload("专家编号,姓名,研究方向\nE1,张三,光学\n")], ZHANG),
    )
    with pytest.raises(JobNotReady):
        house.service.imports.rejected(clean.id, ZHANG)


def test_others_do_not_see_it(house: House) -> None:
    preview = house.service.imports.upload(TableKind.EXPERTS, [upload(SHEET)], ZHANG)
    for act in (house.service.imports.standing, house.service.imports.confirm, house.service.imports.rejected):
        with pytest.raises(JobUnknown):
            act(preview.id, LI)
    with pytest.raises(JobNotReady):
        house.service.imports.confirm(preview.id, ZHANG)


@pytest.mark.parametrize("name", ["../../etc/passwd.csv", "..\\..\\C:\\专家.csv", "/root/专.csv", "a\x00b/../专.csv"])
def test_a_name_is_never_a_path(build_house, tmp_path: Path, name: str) -> None:
    house = build_house()
    before = set(tmp_path.rglob("*.csv"))
    done = ran(house, house.service.imports.upload(TableKind.EXPERTS, [upload(SHEET, name)], ZHANG))
    assert done.state is JobState.DONE
    made = set(tmp_path.rglob("*.csv")) - before
    assert [path.parent for path in made] == [tmp_path / "uploads"]
    assert not any(mark in shown_name(name) for mark in "/\\\0")


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ([], NothingUploaded),
        ([("病毒.exe", b"MZ")], KindOfFileRefused),
        ([("假的.xlsx", b"MZ" + b"x" * 100)], UsageError),
        ([("大.csv", b"a,b\n" * 300_000)], UploadTooLarge),
    ],
)
def test_what_is_refused_leaves_nothing(
    build_house, tmp_path: Path, given: list[tuple[str, bytes]], error: type
) -> None:
    house = build_house(upload_mb=1)
    files = [Upload(name, io.BytesIO(content)) for name, content in given]
    with pytest.raises(error) as refusal:
        house.service.imports.upload(TableKind.EXPERTS, files, ZHANG)
    assert given == [] or given[0][0] in str(refusal.value) or "1 MB" in str(refusal.value)
    assert [path for path in tmp_path.rglob("*") if path.parent.name == "uploads"] == []
    assert house.service.jobs.list(ZHANG) == []


def test_a_template_is_the_form_of_its_kind(house: House) -> None:
    found = house.service.imports.template(TableKind.LEDGER)
    assert found.name == "建站对接台账模板.xlsx"
    assert load_workbook(found.path).sheetnames[0] == "建站对接台账"


def test_demands_of_other_regions_go_back(house: House) -> None:
    far = Enterprise("延边参业", region_code="222401", region_name="延边朝鲜族自治州")
    stored = Demand("D2", "人参种植", problem="连作障碍", enterprise=far)
    house.store.demands.save([stored, replace(stored, id="D3")], by="甲")
    sheet = (
        "需求编号,企业名称,市州,需求名称,主要问题\nD1,长春农机,长春市,盐碱地,返盐\nD2,延边参业,长春市,人参种植,减产\n"
        "D3,长春玉米,长春市,玉米倒伏,倒伏\n"
    )
    changchun = replace(ZHANG, scope=RegionScope(("2201",)))
    done = ran(house, house.service.imports.upload(TableKind.DEMANDS, [upload(sheet)], changchun))
    assert done.result["counts"]["需求问卷表"] == {"new": 1, "changed": 0, "unchanged": 0, "rejected": 2}
    refused = [one["message"] for one in done.result["problems"] if one["severity"] == "退回"]
    assert refused == ["不属于您负责的市州"] * 2  # of D3, another firm's, no word


def test_what_is_discarded_leaves_nothing_and_waits_no_more(house: House, tmp_path: Path) -> None:
    desk = house.service.imports
    preview = ran(house, desk.upload(TableKind.EXPERTS, [upload(SHEET)], ZHANG))
    assert desk.waiting(ZHANG) == 1
    with pytest.raises(JobUnknown):
        desk.discard(preview.id, LI)
    desk.discard(preview.id, ZHANG)
    left = desk.standing(preview.id, ZHANG)
    assert (left.may_confirm, left.preview.state, left.preview.result) == (False, JobState.CANCELLED, {})
    assert (desk.waiting(ZHANG), list((tmp_path / "uploads").iterdir())) == (0, [])
    assert house.acts()[-1][:2] == ("zhang", AuditAction.CANCEL_JOB)
    for act in (desk.discard, desk.confirm, desk.again):
        with pytest.raises((JobNotStanding, JobNotReady)):
            act(preview.id, ZHANG)


def test_what_is_confirmed_cannot_be_discarded(house: House) -> None:
    desk = house.service.imports
    preview = ran(house, desk.upload(TableKind.EXPERTS, [upload(SHEET)], ZHANG))
    desk.confirm(preview.id, ZHANG)
    with pytest.raises(JobNotStanding):
        desk.discard(preview.id, ZHANG)


def test_files_checked_again_wait_once_and_may_be_of_another_kind(house: House) -> None:
    desk = house.service.imports
    files = [upload("需求编号,需求名称,主要问题\nD1,漏油,油封漏油\n", f"需求{at}.csv") for at in (1, 2)]
    preview = ran(house, desk.upload(TableKind.EXPERTS, files, ZHANG))
    assert (preview.state, preview.title) == (JobState.FAILED, "导入专家表核对：需求1.csv 等 2 个文件")
    other = ran(house, desk.again(preview.id, ZHANG, TableKind.DEMANDS))
    assert other.result["counts"]["需求问卷表"]["new"] == 1
    again = ran(house, desk.again(other.id, ZHANG))
    assert [desk.standing(one.id, ZHANG).may_confirm for one in (other, again)] == [False, True]
