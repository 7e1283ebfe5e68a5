"""导入 and 后台任务 as staff use them."""

from __future__ import annotations

import re

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
    assert "已写入" in client.get(place).text
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
    assert client.post(f"{places[-1]}/discard", data={"csrf_token": token}).headers["location"] == "/imports"
    assert "已取消，没有写入任何内容" in client.get(places[-1]).text
    first = client.get("/imports").text
    assert (first.count("等待确认"), places[0] in first) == (19, False)
    older = re.search(r'href="(/imports\?before=[^#"]+)#mine"', first)
    assert older is not None
    assert places[0] in client.get(older[1]).text
