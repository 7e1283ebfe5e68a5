"""Pages of matching: from a demand to a signed paper, and what each role may do there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from matcher.domain.account import Role
from matcher.domain.vocabulary import PostStatus
from matcher.shipped import Shipped
from service.console.matching.asked import Asked
from service.console.reasons import pieces
from tests.service.house import House, token_on
from tests.service.matching.world import SENIOR, furnish

LIST, CHANGED = "/match?demand=D1", "/runs?todo=人选有变"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, shipped: Shipped) -> Iterator[House]:
    """One for the module: an index takes longer to build than all pages to show."""
    home: Path = tmp_path_factory.mktemp("home")
    built = House(f"sqlite:///{home / 'm.db'}", home, shipped=shipped)
    furnish(built)
    yield built
    built.service.close()


@pytest.fixture(scope="module")
def manager(house: House) -> TestClient:
    return house.logged_in("zhou", Role.MANAGER)


@pytest.fixture(scope="module")
def reader(house: House) -> TestClient:
    return house.logged_in("wang", Role.READER)


def post(client: TestClient, path: str, **fields: str):
    return client.post(path, data={**fields, "csrf_token": token_on(client.get(LIST).text)})


def test_an_address_holds_what_is_asked_and_nothing_else() -> None:
    asked = Asked(demand="D1", region=["2201", "北京"], overseas=True)
    assert asked.at("/match") == "/match?demand=D1&region=2201&region=%E5%8C%97%E4%BA%AC&overseas=true"
    assert asked.without("/match", "region", "2201") == "/match?demand=D1&region=%E5%8C%97%E4%BA%AC&overseas=true"
    assert asked.without("/match", "overseas", "true").endswith("region=%E5%8C%97%E4%BA%AC")
    assert asked.unfiltered("/match") == "/match?demand=D1"


def test_marked_words_are_cut_out_and_the_text_stays_whole() -> None:
    assert pieces("耐盐水稻品种", ["水稻"]) == [("耐盐", False), ("水稻", True), ("品种", False)]
    assert pieces("水稻", ["水稻"]) == [("水稻", True)]
    assert pieces("", ["水稻"]) == []


def test_the_start_finds_demands_while_one_types(manager: TestClient) -> None:
    assert "盐碱地保苗" in manager.get("/match").text
    part = manager.get("/match/demands", params={"q": "气孔"}).text
    assert ("焊接气孔" in part, "盐碱地保苗" in part, "<html" in part) == (True, False, False)


def test_experts_are_shown_with_reasons_bands_and_who_may_not_go(manager: TestClient) -> None:
    text = manager.get(LIST).text
    assert text.index("郑一") < text.index("按规定不能安排的人员")
    assert "<mark>" in text
    assert "匹配概率" in text
    assert "在岗状态为“已故”，不能安排" in text


def test_a_filter_narrows_and_stands_in_the_address(manager: TestClient) -> None:
    text = manager.get(LIST + "&region=11").text
    assert ('id="expert-E2"' in text, 'id="expert-E1"' in text) == (True, False)
    assert 'name="region" value="11" checked' in text


def test_whether_people_can_be_asked_is_a_filter_with_counts(manager: TestClient) -> None:
    text = manager.get(LIST + "&available=待核实").text
    assert 'name="available" value="待核实" checked' in text
    assert ('id="expert-E4"' in text, 'id="expert-E1"' in text) == (True, False)
    assert "能否安排：待核实" in text


def test_a_word_that_nobody_bears_is_told_and_the_filters_stay(manager: TestClient) -> None:
    text = manager.get(LIST + "&unit=无此单位").text
    assert "库中没有单位名称含“无此单位”的专家" in text
    assert 'id="narrow"' in text


def test_a_described_problem_is_answered_and_cannot_be_decided_on(manager: TestClient) -> None:
    text = post(manager, "/match/text", text="盐碱地水稻不出苗").text
    assert ("郑一" in text, "入围名单" in text) == (True, False)
    assert "描述里没有可以匹配的内容" in post(manager, "/match/text", text=" ").text


def test_somebody_who_only_reads_decides_nothing(reader: TestClient) -> None:
    text = reader.get(LIST).text
    assert "/match/shortlist/put" not in text
    for path in ("/match/shortlist/put?demand=D1", "/match/mark?demand=D1", "/match/freeze?demand=D1"):
        assert post(reader, path, expert="E1", verdict="合适").status_code == 403


def test_a_mark_is_given_shown_and_taken_back(manager: TestClient) -> None:
    done = post(manager, "/match/mark?demand=D1", expert="E2", verdict="婉拒", reason="时间不便")
    assert done.headers["location"] == "/match?demand=D1#expert-E2"
    assert "已评价：婉拒" in manager.get(LIST).text
    assert "时间不便" in manager.get("/match/explain?demand=D1&expert=E2").text
    post(manager, "/match/mark/withdraw?demand=D1", expert="E2", verdict="婉拒")
    assert "已评价" not in manager.get(LIST).text


def test_experts_are_compared_side_by_side(manager: TestClient) -> None:
    text = manager.get("/match/compare?demand=D1&expert=E1&expert=E4").text
    assert ("郑一" in text, "赵四" in text, "没有授权同意日期" in text) == (True, True, True)
    alone = manager.get("/match/compare?demand=D1&expert=E1")
    assert (alone.status_code, "对比需选 2 至 4 位专家，现选了 1 位" in alone.text) == (422, True)


def test_the_reverse_view_lists_demands(manager: TestClient) -> None:
    text = manager.get("/match/expert/E4").text
    assert ("赵四 适合的需求" in text, "焊接气孔" in text) == (True, True)


def test_from_the_shortlist_to_a_signed_paper_and_back(house: House, manager: TestClient) -> None:
    assert "入围名单还是空的" in manager.get("/match/shortlist?demand=D1").text
    post(manager, "/match/shortlist/put?demand=D1", expert="E1", note="电话里愿意来", **{"from": "shortlist"})
    shown = manager.get("/match/shortlist?demand=D1").text
    assert ("电话里愿意来" in shown, "没有待核事项" in shown) == (True, True)
    assert "郑一：出生年月、退休状态、学科代码1、关键词" in shown
    run = post(manager, "/match/freeze?demand=D1", note="请审阅").headers["location"]
    assert run.startswith("/runs/P2026-")
    assert "草稿" in manager.get(run).text
    assert f'href="{run}"' in manager.get("/").text
    post(manager, f"{run}/sign", note="同意")
    assert "待签署的结果" not in manager.get("/").text
    paper = manager.get(f"{run}/print").text
    assert ("专家匹配结果确认表" in paper, "已签" in paper, "zhou 先生" in paper) == (True, True, True)
    assert "盐碱地保苗" in manager.get("/runs?state=已签").text
    assert "没有这样的结果" in manager.get("/runs?state=草稿").text
    disabled = replace(SENIOR, post_status=PostStatus.DISABLED)
    house.store.experts.save([disabled], by="测试")
    shown, printed, home, listed = (manager.get(path).text for path in (run, f"{run}/print", "/", CHANGED))
    house.store.experts.save([SENIOR], by="测试")
    assert "郑一（E1）：在岗状态为“停用”，不能安排" in shown
    assert ("作废这份结果" in shown, "/match/shortlist?demand=D1" in shown) == (True, True)
    assert "截至 2026-03-02，入围专家的情况与保存时相比有变化" in printed
    assert ("人选有变的结果" in home, f'href="{run}"' in home, f'href="{run}"' in listed) == (True, True, True)
    assert "没有人选有变的结果" in manager.get(CHANGED).text
    post(manager, f"{run}/revoke", reason="换人")
    gone = manager.get(run).text
    assert ("作废" in gone, "换人" in gone, f"{run}/sign" in gone) == (True, True, False)


def test_notes_are_saved_together_and_the_order_stays(house: House, manager: TestClient) -> None:
    shortlist = "/match/shortlist?demand=D1&purpose=科技专家工作站"

    def said() -> list[str]:
        return re.findall(r'name="remark"[^>]*value="([^"]*)"', manager.get(shortlist).text)

    def send(path: str, **fields: object):
        token = token_on(manager.get(LIST).text)
        return manager.post(f"/match/{path}?demand=D1&purpose=科技专家工作站", data={**fields, "csrf_token": token})

    for expert in ("E4", "E2", "E1"):
        send("shortlist/put", expert=expert)
    names = re.findall(r'id="expert-(E\d)"', manager.get(shortlist).text)
    assert names == ["E1", "E2", "E4"]
    house.clock.turn(minutes=5)
    page = {"who": names, "was": ["", "", ""]}
    done = send("shortlist/notes", **page, remark=["先谈", "", "请他讲课"], at="E4")
    assert done.headers["location"].endswith("#expert-E4")
    assert said() == ["先谈", "", "请他讲课"]
    send("shortlist/notes", **page, remark=["", "也谈", ""])  # a colleague's page, opened before
    send("shortlist/put", expert="E1")
    assert said() == ["先谈", "也谈", "请他讲课"]
    too_long = send("shortlist/notes", **page, remark=["长" * 501, "改", ""])
    assert "入围说明最多 500 字" in manager.get(too_long.headers["location"]).text
    kept = send("freeze", who=names, was=said(), remark=["先谈", "也谈", "刚写"], note="").headers["location"]
    shown = manager.get(kept).text
    assert "刚写" in shown
    assert [shown.index(name) for name in ("郑一", "王二", "赵四")] == sorted(
        shown.index(n) for n in ("郑一", "王二", "赵四")
    )


def test_what_blocks_a_signature_is_listed_with_what_to_do(manager: TestClient) -> None:
    post(manager, "/match/shortlist/put?demand=D2", expert="E4")
    run = post(manager, "/match/freeze?demand=D2").headers["location"]
    text = manager.get(run).text
    assert ("需求尚未审核通过" in text, "请取得专家本人书面同意" in text, f"{run}/sign" in text) == (True, True, False)
    listed = manager.get("/match/shortlist?demand=D2").text
    assert "赵四：没有授权同意日期：请取得专家本人书面同意并登记日期" in listed
    assert ("没有待核事项" in listed, "缺这些不影响签署" in listed) == (False, True)


def test_home_leads_to_the_list_of_what_waits_for_a_signature(manager: TestClient) -> None:
    for purpose in ("科技专家工作站", "院士专家工作站"):
        post(manager, f"/match/shortlist/put?demand=D1&purpose={purpose}", expert="E2")
        post(manager, f"/match/freeze?demand=D1&purpose={purpose}")
    waits = "/runs?todo=%E5%BE%85%E7%AD%BE%E7%BD%B2"
    assert f'href="{waits}"' in manager.get("/").text
    listed = manager.get(waits).text
    assert ("科技专家工作站</td>" in listed, "院士专家工作站</td>" in listed) == (True, True)
    assert 'href="/demands/D1">盐碱地保苗</a>' in listed
    narrowed = manager.get(f"{waits}&demand=D2&purpose=科技专家工作站").text
    assert "没有待您签署的结果" in narrowed


def test_another_place_knows_nothing_of_the_demand(house: House) -> None:
    far = house.logged_in("sun", Role.OFFICER, "延边")
    assert far.get(LIST).status_code == 404
    assert far.get("/match/shortlist?demand=D1").status_code == 404
