"""Matches, runs and marks as portals meet them."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from matcher.domain.account import Role
from matcher.domain.portal_key import KeyScope
from matcher.domain.vocabulary import PostStatus, Purpose
from matcher.shipped import Shipped
from service.matching.desk import MatchAsk
from tests.service.house import OFFICE, House
from tests.service.matching.world import SENIOR, furnish, worker


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, shipped: Shipped) -> Iterator[House]:
    """One for all: what a test writes is its own."""
    home = tmp_path_factory.mktemp("home")
    built = House(f"sqlite:///{home / 'matcher.db'}", home, shipped=shipped)
    furnish(built)
    yield built
    built.service.close()


class Portal:
    def __init__(self, house: House, *scopes: KeyScope) -> None:
        key = house.service.keys.add("门户", scopes or tuple(KeyScope), 1000, None, OFFICE)
        self.client = house.visitor()
        self.client.headers["Authorization"] = f"Bearer {key}"

    def ask(self, method: str, path: str, body: object = None, **params: object):
        return self.client.request(method, f"/api/v1{path}", json=body, params=params)


@pytest.fixture
def portal(house: House) -> Portal:
    return Portal(house)


def test_a_demand_is_answered_with_reasons_teams_and_the_excluded(portal: Portal) -> None:
    told = portal.ask("POST", "/matches", {"demand_id": "D1", "top": 3})
    (answer,) = told.json()["items"]
    assert [one["expert_id"] for one in answer["experts"]][:2] == ["E1", "E2"]
    assert answer["teams"][0] == {"lead": "E1", "members": ["E2"]}
    assert "盐碱" in answer["experts"][0]["reasons"][0]["item_sentence"]
    assert [one["expert_id"] for one in answer["excluded"]] == ["E3"]
    assert "13912345678" not in told.text
    assert "孙经理" not in told.text


def test_filters_are_words_as_people_type_them(portal: Portal) -> None:
    body = {"demand_id": "D1", "filters": {"regions": ["北京"]}, "by_team": False}
    (answer,) = portal.ask("POST", "/matches", body).json()["items"]
    assert [one["expert_id"] for one in answer["experts"]] == ["E2"]


def test_people_are_narrowed_by_whether_they_can_be_asked(portal: Portal) -> None:
    def narrowed(**filters: list[str]) -> list[str]:
        body = {"demand_id": "D2", "filters": filters, "by_team": False}
        (answer,) = portal.ask("POST", "/matches", body).json()["items"]
        return [one["expert_id"] for one in (*answer["experts"], *answer["excluded"])]

    assert narrowed(availability=["待核实"])[:1] == ["E4"]
    assert "E4" not in narrowed(availability=["可安排"])
    assert portal.ask("POST", "/matches", {"demand_id": "D2", "filters": {"societies": ["无此"]}}).status_code == 422


def test_a_described_problem_is_stored_nowhere(house: House, portal: Portal) -> None:
    (answer,) = portal.ask("POST", "/matches", {"text": "地里返盐碱，水稻不出苗"}).json()["items"]
    assert (answer["demand_id"], answer["experts"][0]["expert_id"]) == ("临时描述", "E1")
    assert "返盐碱" not in str(house.audit())
    assert len(list(house.store.demands.stream())) == 2


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        ({}, 422, "demand_id 与 text 请填且只填一项。"),
        ({"demand_id": "D1", "text": "焊接"}, 422, "demand_id 与 text 请填且只填一项。"),
        ({"demand_id": "D1", "top": 51}, 422, "不能大于 50。"),
        ({"demand_id": "D9"}, 404, "D9"),
        ({"text": "。"}, 422, "描述里没有可以匹配的内容"),
        ({"demand_id": "D1", "filter": {}}, 422, "没有这一项"),
        ({"demand_id": "D1", "filters": {"regions": ["火星"]}}, 422, "火星"),
    ],
)
def test_what_cannot_be_answered_is_told(portal: Portal, body: object, status: int, told: str) -> None:
    answer = portal.ask("POST", "/matches", body)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert told in answer.text


def test_a_batch_is_answered_in_order_and_bounded(portal: Portal) -> None:
    found = portal.ask("POST", "/matches/batch", {"demand_ids": ["D2", "D1"]}).json()["items"]
    assert [one["demand_id"] for one in found] == ["D2", "D1"]
    assert portal.ask("POST", "/matches/batch", {"demand_ids": ["D1"] * 21}).status_code == 422


def test_similar_experts_fitting_demands_and_reasons(portal: Portal) -> None:
    similar = portal.ask("GET", "/experts/E1/similar").json()["items"]
    assert "E2" in [one["expert_id"] for one in similar]
    fitting = portal.ask("GET", "/experts/E4/demands").json()
    assert (fitting["items"] + fitting["forbidden"])[0]["demand_id"] == "D2"
    (why,) = portal.ask("GET", "/demands/D1/experts/E1").json()["items"]
    assert (why["demand_id"], why["expert"]["name"]) == ("D1", "郑一")
    assert "盐碱" in why["expert"]["summary"]
    for path in ("/experts/E9/similar", "/experts/E9/demands", "/demands/D1/experts/E9"):
        assert portal.ask("GET", path).status_code == 404


def test_a_run_is_read_without_working_papers(house: House, portal: Portal) -> None:
    chief = worker(house, "chief", Role.MANAGER)
    house.service.shortlists.put("D1", Purpose.ENTERPRISE_VISIT, "E1", "内部说明", chief)
    run = house.service.runs.freeze("D1", MatchAsk(), "备忘", chief).run
    (listed,) = portal.ask("GET", "/runs", demand_id="D1").json()["items"]
    assert (listed["id"], listed["state"]) == (run.id, "草稿")
    told = portal.ask("GET", f"/runs/{run.id}")
    assert [one["expert_id"] for one in told.json()["chosen"]] == ["E1"]
    assert (told.json()["intact"], told.json()["hindered"]) == (True, [])
    house.store.experts.save([replace(SENIOR, post_status=PostStatus.DISABLED)], by="测试")
    barred = {"expert_id": "E1", "name": "郑一", "barred": True, "why": ["在岗状态为“停用”，不能安排"]}
    assert portal.ask("GET", f"/runs/{run.id}").json()["hindered"] == [barred]
    house.store.experts.save([SENIOR], by="测试")
    for secret in ("内部说明", "备忘", "13800001111", "13912345678"):
        assert secret not in told.text
    assert portal.ask("GET", "/runs/P1999-00001").status_code == 404


def test_marks_are_given_replaced_and_withdrawn_without_telling_reasons(portal: Portal) -> None:
    pair = {"demand_id": "D2", "expert_id": "E4"}
    assert portal.ask("POST", "/marks", {**pair, "verdict": "合适", "reason": "做过"}).status_code == 200
    portal.ask("POST", "/marks", {**pair, "verdict": "不合适"})
    told = portal.ask("GET", "/marks", demand_id="D2")
    assert [(one["expert_id"], one["verdict"]) for one in told.json()["items"]] == [("E4", "不合适")]
    assert "做过" not in told.text
    assert portal.ask("DELETE", "/marks", **pair, verdict="不合适").status_code == 204
    assert portal.ask("GET", "/marks", demand_id="D2").json() == {"items": []}
    gone = portal.ask("DELETE", "/marks", **pair, verdict="不合适")
    assert (gone.status_code, gone.json()["code"]) == (404, "MarkUnknown")
    assert gone.json()["detail"] == "对需求“D2”没有给过专家“E4”这样的评价，或已经撤回。请先查看现有的评价。"


def test_a_scope_opens_only_its_own(house: House) -> None:
    portal = Portal(house, KeyScope.WRITE_MARKS)
    asked = (("POST", "/matches"), ("GET", "/runs"), ("GET", "/marks?demand_id=D1"), ("GET", "/experts/E1/similar"))
    for method, path in asked:
        assert portal.ask(method, path, {"text": "焊接"} if method == "POST" else None).status_code == 403, path
