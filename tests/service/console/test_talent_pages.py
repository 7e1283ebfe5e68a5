"""Pages of talent: what each shows, what is one step further where there is nothing, and who may take files away."""

from __future__ import annotations

from matcher.domain.account import Role
from matcher.domain.audit import AuditAction
from tests.service.house import House, token_on
from tests.service.jobs_house import ZHANG, ran
from tests.service.talent.test_talent_desk import furnished


def test_from_a_demand_to_achievements_and_teams(house: House) -> None:
    client = furnished(house).logged_in("wang", Role.MANAGER)
    assert client.get("/talent").headers["location"] == "/talent/achievements"
    assert "/talent/achievements?demand=D2" in client.get("/talent/achievements?q=焊接").text
    shown = client.get("/talent/achievements?demand=D2").text
    assert "铝合金焊接气孔抑制方法" in shown
    assert 'href="/experts/E4"' in shown
    assert "待核 1 项" in shown  # nobody knows whether E4 has consented
    assert "成果库中没有相关成果" in client.get("/talent/achievements?demand=D1&type=标准").text
    assert 'href="/talent/teams?station=L1"' in client.get("/talent/teams").text
    assert "本企业" in client.get("/talent/teams?station=L1").text
    assert 'href="/talent/teams?demand=D1&amp;chief=E1"' in client.get("/talent/teams?demand=D1").text
    assert "没有编号为“E9”" in client.get("/talent/teams?demand=D1&chief=E9").text
    assert client.get("/talent/teams?station=L9").status_code == 404
    assert client.get("/talent/teams?demand=D9").status_code == 404


def test_programmes_and_gaps(house: House) -> None:
    client = furnished(house).logged_in("wang", Role.MANAGER)
    assert "示例条件" in client.get("/talent/programmes").text
    assert "不是任何真实奖项" in client.get("/talent/programmes?name=示例：企业技术创新奖").text
    blank = client.get("/talent/gaps").text
    assert "还没有分析过" in blank
    assert client.get("/talent/gaps/export.xlsx").status_code == 409
    client.post("/talent/gaps", data={"csrf_token": token_on(blank)})
    client.post("/talent/gaps", data={"csrf_token": token_on(blank)})
    assert 'hx-trigger="every 2s"' in client.get("/talent/gaps").text
    (job,) = house.service.jobs.list(ZHANG, everyone=True)  # the second press shows the first
    ran(house, job)
    assert "需求 2 项" in client.get("/talent/gaps").text
    assert 'href="/talent/gaps"' in client.get("/jobs").text


def test_a_reader_looks_and_takes_no_file_away(house: House) -> None:
    reader, manager = furnished(house).logged_in("li", Role.READER), house.logged_in("wang", Role.MANAGER)
    files = ("achievements/export.xlsx?demand=D2", "teams/export.xlsx?station=L1", "programmes/export.xlsx?name=创新")
    for path in files:
        assert reader.get(f"/talent/{path}").status_code == 403
        assert manager.get(f"/talent/{path}").status_code == 200
        assert house.audit()[-1].entry.action is AuditAction.EXPORT_TALENT
    assert "导出 Excel" not in reader.get("/talent/achievements?demand=D2").text
    assert house.logged_in("shen", Role.AUDITOR).get("/talent/teams").status_code == 403
