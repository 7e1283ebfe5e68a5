"""导入 and 后台任务 as staff use them."""

from __future__ import annotations

import io
import re

from openpyxl import load_workbook

from matcher.beijing import today
from matcher.domain.account import Role
from matcher.domain.job import JobState
from matcher.store.jobs import JobWish
from tests.service.house import House, token_on

SHEET = "专家编号,姓名,研究方向\nE1,<script>张三</script>,声学\nE2,,土壤\n".encode()


def test_a_file_is_uploaded_looked_at_and_confirmed(house: House) -> None:
    client = house.logged_in("li.na", Role.OFFICER)
    token = token_on(client.get("/imports").text)
    files = [("files", ("专家.csv", SHEET))]
    answer = client.post("/imports", data={"kind": "experts", "csrf_token": token}, files=files)
    place = answer.headers["location"]
    assert 'hx-trigger="every 1s"' in client.get(place).text
    house.service.job_runner().run(place.rpartition("/")[2])
    shown = client.get(place).text
    assert "确认导入" in shown
    assert "没有姓名" in shown
    assert "&lt;script&gt;张三" in shown
    assert "<script>张三" not in shown
    assert client.get(f"{place}/rejected.xlsx").headers["content-disposition"].startswith("attachment")
    client.post(f"{place}/confirm", data={"csrf_token": token})
    job = house.store.jobs.following(place.rpartition("/")[2])[0]
    house.service.job_runner().run(job.id)
    written = client.get(place).text
    assert ("已写入" in written, 'href="/imports?kind=demands">导入需求问卷' in written) == (True, True)
    assert house.store.experts.ids() == ["E1"]
    assert place in client.get("/jobs").text


def test_an_import_is_taken_back_by_its_page(house: House) -> None:
    client = house.logged_in("li.na", Role.OFFICER)
    files = [("files", ("专家.csv", SHEET))]
    token = token_on(client.get("/imports").text)
    place = client.post("/imports", data={"kind": "experts", "csrf_token": token}, files=files).headers["location"]
    id, runner = place.rpartition("/")[2], house.service.job_runner()
    runner.run(id)
    assert client.get(f"{place}/undo").headers["location"] == place  # nobody has asked
    assert "撤销本次导入" not in client.get(place).text
    client.post(f"{place}/confirm", data={"csrf_token": token})
    runner.run(house.store.jobs.following(id)[-1].id)
    assert f'action="{place}/undo"' in client.get(place).text
    assert client.post(f"{place}/undo", data={"csrf_token": token}).headers["location"] == f"{place}/undo"
    assert 'hx-trigger="every 1s"' in client.get(f"{place}/undo").text
    check = next(job for job in house.store.jobs.following(id) if job.kind == "undo_preview")
    runner.run(check.id)
    shown = client.get(f"{place}/undo").text
    assert ("确认撤销" in shown, "将移除" in shown, "&lt;script&gt;张三" in shown) == (True, True, True)
    client.post(f"{place}/undo/confirm", data={"csrf_token": token})
    runner.run(house.store.jobs.following(check.id)[-1].id)
    assert "已撤销" in client.get(f"{place}/undo").text
    assert "查看撤销的核对和结果" in client.get(place).text
    assert house.store.experts.ids() == []
    assert f"{place}/undo" in client.get("/jobs").text


def test_what_cannot_be_taken_is_said_on_the_page(house: House) -> None:
    client = house.logged_in("li.na", Role.OFFICER)
    token = token_on(client.get("/imports").text)
    files = [("files", ("病毒.exe", b"MZ"))]
    answer = client.post("/imports", data={"kind": "demands", "csrf_token": token}, files=files)
    assert (answer.status_code, "“病毒.exe”不是可导入的格式" in answer.text) == (422, True)
    assert client.post("/imports", data={"kind": "experts", "csrf_token": token}).status_code == 422
    assert client.post("/imports", files=files).status_code == 403
    assert client.get("/imports/templates/ledger.xlsx").status_code == 200
    scan = client.post("/imports", data={"csrf_token": token}, files=[("files", ("问卷.PDF", b"%PDF"))])
    assert "请把内容照着填入“空白模板”里的模板" in scan.text


def test_a_file_of_another_kind_is_read_as_that_by_a_button(house: House) -> None:
    client = house.logged_in("li.na", Role.OFFICER)
    token, runner = token_on(client.get("/imports").text), house.service.job_runner()

    def uploaded(kind: str, content: bytes) -> str:
        files = [("files", ("表.csv", content))]
        place = client.post("/imports", data={"kind": kind, "csrf_token": token}, files=files).headers["location"]
        runner.run(place.rpartition("/")[2])
        return place

    people = "专家编号,姓名,研究方向,职称\nE1,张三,声学,教授\n".encode()
    wrong = uploaded("demands", people)
    shown = client.get(wrong).text
    assert ("看起来是专家表" in shown, "确认导入" in shown) == (True, False)
    assert "按“专家和成果”重新核对" in shown
    again = client.post(f"{wrong}/again", data={"csrf_token": token, "kind": "experts"}).headers["location"]
    runner.run(again.rpartition("/")[2])
    assert "确认导入" in client.get(again).text
    client.post(f"{again}/confirm", data={"csrf_token": token})
    runner.run(house.store.jobs.following(again.rpartition("/")[2])[-1].id)
    form = "企业名称,甲厂\n需求名称,焊缝开裂\n主要问题,夏天开裂\n".encode()
    assert "按“需求问卷”重新核对" in client.get(uploaded("experts", form)).text
    letter = client.get(uploaded("demands", "各位领导：\n我厂求援。\n".encode())).text
    assert ("按“" in letter, "/imports/questionnaire.xlsx" in letter, "/demands/new" in letter) == (False, True, True)
    same, heads = uploaded("experts", people), uploaded("experts", "专家编号,姓名,研究方向\n".encode())
    for place, words in ((same, "没有变化，不用再导入"), (heads, "只有表头或示例")):
        shown = client.get(place).text
        assert (words in shown, "确认导入" in shown, "重新核对" in shown) == (True, False, False)
    assert "等待您确认" not in client.get("/").text
    assert client.get("/imports").text.count("不用写入") == 2
    assert client.post(f"{heads}/discard", data={"csrf_token": token}).status_code == 303


def test_the_questionnaire_for_firms_comes_back_without_number(house: House) -> None:
    client = house.logged_in("li.na", Role.OFFICER)
    assert 'href="/imports/questionnaire.xlsx"' in client.get("/imports").text
    book = load_workbook(io.BytesIO(client.get("/imports/questionnaire.xlsx").content))
    sheet = book.worksheets[0]
    for label, value in (("企业名称", "甲厂"), ("需求名称", "焊缝开裂"), ("主要问题", "夏天开裂")):
        row = next(cell.row for cell in sheet["A"] if str(cell.value).startswith(label))
        sheet.cell(row, 2, value)
    filled = io.BytesIO()
    book.save(filled)
    data = {"kind": "demands", "csrf_token": token_on(client.get("/imports").text)}
    place = client.post("/imports", data=data, files=[("files", ("甲厂.xlsx", filled.getvalue()))]).headers["location"]
    house.service.job_runner().run(place.rpartition("/")[2])
    number = f"D{today().year}-001"
    assert f"没有需求编号，编为 {number}" in client.get(place).text
    client.post(f"{place}/confirm", data={"csrf_token": data["csrf_token"]})
    house.service.job_runner().run(house.store.jobs.following(place.rpartition("/")[2])[-1].id)
    written = client.get(place).text
    assert (f"/match?demand={number}" in written, f'href="/demands/{number}"' in written) == (True, True)
    manager = house.logged_in("zhou.min", Role.MANAGER)
    assert f'href="/demands/{number}"' in manager.get("/").text  # the one that waits for review


def test_jobs_of_others_are_not_there(house: House) -> None:
    mine, other = house.logged_in("li.na", Role.OFFICER), house.logged_in("zhou.min", Role.MANAGER)
    mine.post("/jobs/exports", data={"kind": "experts", "csrf_token": token_on(mine.get("/jobs").text)})
    job = house.store.jobs.list(JobWish())[0]
    assert "导出专家" in mine.get("/jobs").text
    token = token_on(other.get("/jobs").text)
    assert other.post(f"/jobs/{job.id}/cancel", data={"csrf_token": token}).status_code == 404
    assert other.get(f"/jobs/{job.id}/file").status_code == 404
    admin = house.logged_in("guan.li")
    assert "li.na" in admin.get("/jobs").text
    admin.post(f"/jobs/{job.id}/cancel", data={"csrf_token": token_on(admin.get("/jobs").text)})
    assert house.store.jobs.get(job.id).state is JobState.CANCELLED


def test_doors(house: House) -> None:
    reader = house.logged_in("wang.fang", Role.READER)
    assert reader.get("/imports").status_code == 403
    token = token_on(reader.get("/jobs").text)
    assert reader.post("/jobs/exports", data={"kind": "experts", "csrf_token": token}).status_code == 403
    assert reader.post("/jobs/index", data={"csrf_token": token}).status_code == 403


def test_a_check_is_discarded_by_its_page_and_older_ones_are_a_page_further(house: House) -> None:
    client = house.logged_in("li.na", Role.OFFICER)
    token = token_on(client.get("/imports").text)

    def checked() -> str:
        house.clock.turn(seconds=1)
        files = [("files", ("专家.csv", SHEET))]
        place = client.post("/imports", data={"kind": "experts", "csrf_token": token}, files=files).headers["location"]
        house.service.job_runner().run(place.rpartition("/")[2])
        return place

    places = [checked() for _ in range(21)]
    assert f'action="{places[-1]}/discard"' in client.get(places[-1]).text
    assert (
        client.post(f"{places[-1]}/discard", data={"csrf_token": token}).headers["location"] == "/imports?kind=experts"
    )
    assert "已取消，没有写入任何内容" in client.get(places[-1]).text
    first = client.get("/imports").text
    assert (first.count("等待确认"), places[0] in first) == (19, False)
    older = re.search(r'href="(/imports\?before=[^#"]+)#mine"', first)
    assert older is not None
    assert places[0] in client.get(older[1]).text
