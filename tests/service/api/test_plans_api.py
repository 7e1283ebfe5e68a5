"""Plans of stations through a portal's key: drawn up, read, steered, tried; never signed, never an itinerary."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from matcher.domain.audit import AuditAction
from matcher.domain.plan import PlanKind, PlanRecord
from matcher.domain.portal_key import KeyScope
from matcher.domain.vocabulary import PostStatus, ServiceKind
from matcher.shipped import Shipped
from service.api.job_reports import JobReport
from tests.service.api.test_jobs_api import Portal
from tests.service.house import OFFICE, House
from tests.service.matching.world import DEMAND, FARM, SENIOR, furnish, worker

PLANS = "/api/v1/plans"
WANTED = {"year": 2026, "quota_academician": 0, "quota_expert": 1}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, shipped: Shipped) -> Iterator[House]:
    """One for all: what a test writes is its own."""
    home = tmp_path_factory.mktemp("home")
    built = House(f"sqlite:///{home / 'm.db'}", home, shipped=shipped)
    furnish(built)
    asking = replace(DEMAND, services=(ServiceKind.STATION,), enterprise=replace(FARM, kind="有限责任公司"))
    built.store.demands.save([asking], by="测试")
    yield built
    built.service.close()


@pytest.fixture(scope="module")
def portal(house: House) -> Portal:
    return Portal(house, KeyScope.READ_PLANS, KeyScope.MAKE_PLANS)


def solved(portal: Portal, path: str = PLANS, **wanted: object) -> dict[str, object]:
    answer = portal.client.post(path, json=wanted or WANTED)
    work = portal.client.get(answer.headers.get("Location", "/")) if portal.run(answer) else answer
    return work.json()


def detail(portal: Portal, work: dict[str, object]) -> dict[str, object]:
    return portal.client.get(f"{PLANS}/{work['plan']}", params={"version": work["version"]}).json()


def test_a_plan_is_drawn_up_by_a_job_and_told_with_its_reasons(portal: Portal) -> None:
    work = solved(portal)
    assert (work["state"], work["version"], work["what_if"]) == ("完成", 1, False)
    plan = detail(portal, work)
    station = plan["stations"][0]
    assert (station["demand_id"], station["chief"]["id"], station["kind"]) == ("D1", "E1", "科技专家工作站")
    assert station["chief"]["name"] == SENIOR.name
    assert station["points"] == sum(part["points"] for part in station["parts"])
    assert station["evidence"]
    assert 0 < station["score"] < 1
    assert (plan["state"], plan["newest"], plan["obstacles"], plan["proven"]) == ("草稿", 1, [], True)
    assert (plan["year"], plan["quota_expert"], plan["budget"]) == (2026, 1, None)


def test_steering_makes_versions_and_a_trial_none(portal: Portal) -> None:
    id = solved(portal)["plan"]
    tried = solved(portal, f"{PLANS}/{id}/trials", forbid=["D1:E1"])
    assert (tried["what_if"], tried["version"], tried["plan"]) == (True, None, id)
    assert tried["words"]
    assert [(row["demand_id"], row["after"]) for row in tried["rows"]] == [("D1", "")]
    odd = portal.client.post(f"{PLANS}/{id}/trials", json={"replace": ["D1:E1=E4"]}).json()
    assert [text.partition("：")[0] for text in odd["warnings"]] == ["赵四（E4）到松江示例农场（D1）"]
    second = solved(portal, f"{PLANS}/{id}/versions", forbid=["D1:E1"])
    assert second["version"] == 2
    after = detail(portal, second)
    assert (after["stations"], after["steering"]["forbidden"]) == ([], ["D1:E1"])
    assert after["shortfalls"][0]["message"]
    assert after["unchosen"][0]["why"]
    versions = portal.client.get(f"{PLANS}/{id}/versions").json()["items"]
    assert [one["version"] for one in versions] == [1, 2]
    compared = portal.client.get(f"{PLANS}/{id}/comparison", params={"first": 1, "second": 2}).json()
    assert compared["rows"][0]["after"] == ""
    assert compared["rows"][0]["why_not"].startswith(after["unchosen"][0]["why"])
    assert {"name": "安排建站", "first": "1 站", "second": "0 站", "difference": "少 1 站"} in compared["figures"]
    assert {one["difference"] for one in compared["terms"]} == {""}


def test_what_is_settled_beforehand_counts_at_the_first_drawing(portal: Portal) -> None:
    plan = detail(portal, solved(portal, **WANTED, changes={"forbid": [":E1"]}))
    assert (plan["stations"], plan["steering"]["forbidden"]) == ([], [":E1"])


def test_a_request_sent_twice_is_one_job(portal: Portal) -> None:
    first, again = portal.twice(PLANS, WANTED)
    assert (first.json()["id"], again.headers["Idempotency-Replayed"]) == (again.json()["id"], "true")


def test_the_list_goes_on_where_it_ended(portal: Portal) -> None:
    for _ in range(3):
        solved(portal)
    first = portal.client.get(PLANS, params={"limit": 2}).json()
    rest = portal.client.get(PLANS, params={"limit": 200, "cursor": first["next"]}).json()
    ids = [one["id"] for one in [*first["items"], *rest["items"]]]
    assert len(first["items"]) == 2
    assert len(ids) == len(set(ids))
    assert ids == sorted(ids, reverse=True)
    assert rest["next"] == ""
    assert portal.client.get(PLANS, params={"state": "已签"}).json()["items"] == []


def test_the_list_of_a_year(portal: Portal) -> None:
    next_year = solved(portal, **{**WANTED, "year": 2027})["plan"]
    items = portal.client.get(PLANS, params={"year": 2027}).json()["items"]
    assert [one["id"] for one in items] == [next_year]
    assert portal.client.get(PLANS, params={"year": 1}).status_code == 422


def test_somebody_disabled_since_stands_against_the_plan(house: House, portal: Portal) -> None:
    work = solved(portal)
    house.store.experts.save([replace(SENIOR, post_status=PostStatus.DISABLED)], by="测试")
    assert "停用" in "".join(detail(portal, work)["obstacles"])
    house.store.experts.save([SENIOR], by="测试")


def test_the_same_plan_is_told_by_a_service_that_starts_anew(house: House, portal: Portal, shipped: Shipped) -> None:
    work = solved(portal)
    again = House(house.service.settings.database_url.get_secret_value(), house.service.settings.home, shipped=shipped)
    reader = Portal(again, KeyScope.READ_PLANS)
    assert detail(reader, work) == detail(portal, work)
    again.service.close()


def test_itineraries_are_not_for_portals(house: House, portal: Portal) -> None:
    actor = worker(house, "visits.by")
    record = PlanRecord("", 0, PlanKind.VISITS, "走访", "d", house.clock(), actor.origin.actor, document="{}")
    id = house.store.plans.add(record, note=actor.origin.entry(house.clock(), AuditAction.MAKE_PLAN, "计划")).id
    assert id not in [one["id"] for one in portal.client.get(PLANS, params={"limit": 200}).json()["items"]]
    paths = (f"{PLANS}/{id}", f"{PLANS}/{id}/versions", f"{PLANS}/{id}/comparison?first=1&second=1")
    assert [portal.client.get(path).status_code for path in paths] == [404, 404, 404]
    assert [portal.client.post(f"{PLANS}/{id}/{way}", json={}).status_code for way in ("versions", "trials")] == [
        404,
        404,
    ]


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"year": 1}, "year"),
        ({"year": 2026, "budget": -1}, "budget"),
        ({"year": 2026, "stations": []}, "stations"),
        ({"year": 2026, "changes": {"fix": [""]}}, "changes.fix.0"),
    ],
)
def test_what_is_wrong_is_told_by_field(portal: Portal, wanted: dict[str, object], field: str) -> None:
    answer = portal.client.post(PLANS, json=wanted)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)


def test_changes_that_cannot_be_understood_start_no_job(portal: Portal) -> None:
    id = solved(portal)["plan"]
    days = portal.client.post(f"{PLANS}/{id}/versions", json={"days": 3})
    assert (days.status_code, "走访改为共几天" in days.json()["detail"]) == (422, True)
    floor = portal.client.post(f"{PLANS}/{id}/versions", json={"at_least": {"亚特兰蒂斯": 1}})
    assert (floor.status_code, "亚特兰蒂斯" in floor.json()["detail"]) == (422, True)
    assert portal.client.post(f"{PLANS}/P1999-001/versions", json={}).status_code == 404


def test_keys_do_what_their_scopes_say(house: House, portal: Portal) -> None:
    work = solved(portal)
    reader, stranger = Portal(house, KeyScope.READ_PLANS), Portal(house, KeyScope.READ_RUNS)
    maker = Portal(house, KeyScope.MAKE_PLANS)
    assert reader.client.get(f"{PLANS}/{work['plan']}").status_code == 200
    assert reader.client.post(PLANS, json=WANTED).status_code == 403
    assert maker.client.get(PLANS).status_code == 403
    assert stranger.client.get(PLANS).status_code == 403
    assert maker.client.get(f"{PLANS}/jobs/{work['id']}").status_code == 404  # another key's job
    late = Portal(house)
    secret = house.service.keys.add("过期", (KeyScope.READ_PLANS,), 1000, 1, OFFICE)
    late.client.headers["Authorization"] = f"Bearer {secret}"
    house.clock.turn(days=2)
    assert late.client.get(PLANS).status_code == 401
    house.clock.turn(days=-2)


def test_a_job_of_another_kind_is_no_plan(house: House) -> None:
    both = Portal(house, KeyScope.MAKE_PLANS, KeyScope.EXPORT)
    job = both.run(both.client.post("/api/v1/exports", json={"kind": "experts"}))
    assert JobReport.model_validate(both.client.get(f"/api/v1/jobs/{job}").json()).kind == "export"
    assert both.client.get(f"{PLANS}/jobs/{job}").status_code == 404
