"""Experts and demands as portals meet them: lists, versions, edits, repeats, errors."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
from fastapi.testclient import TestClient

from matcher.domain.portal_key import KeyScope
from tests.service.house import OFFICE, House
from tests.service.records.people import furnish

FORM = {"id": "M1", "title": "新需求", "problem": "有问题", "enterprise": {"region": "吉林市"}}


class Portal:
    def __init__(self, house: House, *scopes: KeyScope, per_minute: int = 1000) -> None:
        key = house.service.keys.add("门户", scopes or tuple(KeyScope), per_minute, None, OFFICE)
        self.client: TestClient = house.visitor()
        self.client.headers["Authorization"] = f"Bearer {key}"

    def get(self, path: str, headers: Mapping[str, str] | None = None, **params: object):
        return self.client.get(f"/api/v1{path}", params=params, headers=headers)


@pytest.fixture
def house(house: House) -> House:
    furnish(house.store)
    return house


@pytest.fixture
def portal(house: House) -> Portal:
    return Portal(house)


def test_lists_bear_records_counts_and_the_next_page(portal: Portal) -> None:
    first = portal.get("/demands", sort="id", limit=1).json()
    assert ([one["id"] for one in first["items"]], first["total"]) == (["D1"], 2)
    second = portal.get("/demands", sort="id", limit=1, cursor=first["next"]).json()
    assert ([one["id"] for one in second["items"]], second["next"]) == (["D2"], "")
    found = portal.get("/experts", q="玉米", facet=["region:2201", "title_level:正高"]).json()
    assert [one["name"] for one in found["items"]] == ["张伟"]
    region = next(one for one in found["facets"] if one["name"] == "region")
    assert {"value": "2201", "label": "长春市", "count": 1, "chosen": True, "parent": "22"} in region["values"]


def test_lists_are_narrowed_by_names_and_codes(portal: Portal) -> None:
    def found(path: str, choice: str) -> list[str]:
        return [one["id"] for one in portal.get(path, facet=choice).json()["items"]]

    for choice in (
        "region:长春市",
        "region:220100",
        "region:220104",
        "region:吉林省",
        "discipline:农学",
        "overseas:false",
    ):
        assert found("/experts", choice) == ["E1"], choice
    for choice in (
        "region:370100",
        "region:2201040",
        "discipline:21010",
        "discipline:农",
        "overseas:0",
        "industry:C3660",
    ):
        assert found("/experts", choice) == [], choice
    assert found("/demands", "region:延边朝鲜族自治州") == found("/demands", "region:222400") == ["D2"]


def test_nothing_private_leaves(portal: Portal) -> None:
    for path in ("/experts", "/experts/E1", "/experts/E1/history", "/demands/D1", "/demands", "/demands/D1/history"):
        told = portal.get(path).text
        for secret in ("13812345678", "李秘书", "13987654321", "王某"):
            assert secret not in told, path


def test_evidence_is_narrowed_by_kind_and_year(portal: Portal) -> None:
    assert [one["title"] for one in portal.get("/experts/E1/items").json()["items"]] == ["新专利", "旧文"]
    assert portal.get("/experts/E1/items", type="论文").json()["total"] == 1
    assert portal.get("/experts/E1/items", year=1999).json() == {"items": [], "total": 0}


def test_what_is_held_is_not_sent_again(portal: Portal) -> None:
    for path in ("/experts/E1", "/demands/D1"):
        tag = portal.get(path).headers["etag"]
        again = portal.get(path, headers={"If-None-Match": f'"1", {tag}'})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)


def test_an_edit_needs_the_version_and_refuses_an_old_one(portal: Portal) -> None:
    tag = portal.get("/demands/D1").headers["etag"]

    def edit(body: object, **headers: str):
        return portal.client.request("PATCH", "/api/v1/demands/D1", json=body, headers=headers)

    assert edit({"goal": "不开裂"}).status_code == 428
    assert edit({"goal": "不开裂"}, **{"If-Match": "*"}).status_code == 428
    saved = edit({"goal": "不开裂", "contact": {"phone": "123"}}, **{"If-Match": tag})
    assert (saved.status_code, saved.json()["review"]) == (200, "待审核")
    stale = edit({"goal": "别的"}, **{"If-Match": tag})
    problem = stale.json()
    assert (stale.status_code, problem["code"]) == (412, "EditConflict")
    assert problem["current_etag"] == saved.headers["etag"]
    changes = {one["field"]: (one["before"], one["after"]) for one in problem["changes"][0]["changes"]}
    assert changes == {"goal": (None, "不开裂"), "contact.phone": ("139****4321", "***")}


NEWCOMER = {
    "id": "E9", "name": "新人", "organization": "示例大学", "region": "吉林市", "title": "教授",
    "discipline_codes": ["430", "材料科学"], "directions": ["焊接"], "services": ["技术咨询"],
    "patents": 3, "overseas": False,
    "representative_results": ["成果一，含标点", "成果二"], "private": {"phone": "13800000000"},
}  # fmt: skip


def test_an_expert_is_added_by_the_rules_of_the_import_and_waits(house: House, portal: Portal) -> None:
    made = portal.client.post("/api/v1/experts", json=NEWCOMER)
    assert (made.status_code, made.headers["location"]) == (201, "/api/v1/experts/E9")
    told = portal.get("/experts/E9")
    assert told.headers["etag"] == made.headers["etag"]
    assert "13800000000" not in told.text
    expert = told.json()
    assert (expert["region_code"], expert["title_level"], expert["review"]) == ("220200", "正高", "待审核")
    assert (expert["discipline_codes"], expert["representative_results"]) == (["430"], ["成果一，含标点", "成果二"])
    stored = house.store.experts.get("E9", reveal=True)
    assert stored is not None
    assert (stored.private.phone, stored.patents, stored.overseas) == ("13800000000", 3, False)
    assert house.acts()[-1][1:] == ("新建资料", "专家:E9", "成功")
    again = portal.client.post("/api/v1/experts", json=NEWCOMER)
    assert (again.status_code, again.json()["code"]) == (409, "RecordExists")
    lost = portal.client.post("/api/v1/experts", json={"id": "E8", "name": "无方向", "gender": "未知"})
    assert (lost.status_code, [one["field"] for one in lost.json()["errors"]]) == (422, ["gender"])


def test_an_expert_is_edited_of_the_version_that_was_read(house: House, portal: Portal) -> None:
    def edit(body: object, tag: str):
        return portal.client.request("PATCH", "/api/v1/experts/E1", json=body, headers={"If-Match": tag})

    tag = portal.get("/experts/E1").headers["etag"]
    saved = edit({"title": "研究员", "birth": None, "discipline_codes": []}, tag)
    assert saved.status_code == 200
    stored = house.store.experts.get("E1", reveal=True)
    assert stored is not None
    assert (stored.title, stored.birth, stored.discipline_codes, stored.directions) == (
        "研究员", None, (), ("玉米育种", "种质资源"),
    )  # fmt: skip
    assert stored.private.phone == "13812345678"
    stale = edit({"title": "讲师"}, tag).json()
    assert (stale["status"], stale["current_etag"]) == (412, saved.headers["etag"])
    assert "title" in {one["field"] for one in stale["changes"][0]["changes"]}
    assert portal.client.request("PATCH", "/api/v1/experts/E1", json={"title": "讲师"}).status_code == 428


def test_writing_experts_needs_its_own_scope_and_a_repeat_is_carried_out_once(house: House) -> None:
    reader = Portal(house, KeyScope.READ_EXPERTS, KeyScope.WRITE_DEMANDS)
    assert reader.client.post("/api/v1/experts", json=NEWCOMER).status_code == 403
    writer, key = Portal(house, KeyScope.WRITE_EXPERTS), {"Idempotency-Key": "12345678-a"}
    first, second = (writer.client.post("/api/v1/experts", json=NEWCOMER, headers=key) for _ in range(2))
    assert (first.status_code, second.status_code, second.json()) == (201, 201, first.json())


def test_a_demand_is_handed_in_checked_and_waits(portal: Portal) -> None:
    made = portal.client.post("/api/v1/demands", json=FORM)
    assert (made.status_code, made.headers["location"], made.json()["review"]) == (
        201,
        "/api/v1/demands/M1",
        "待审核",
    )
    assert portal.get("/demands/M1").json()["enterprise"]["jurisdiction"] == "吉林市"
    assert portal.client.post("/api/v1/demands", json=FORM).status_code == 409
    nothing, read = {"enterprise": None, "contact": None}, {"If-Match": made.headers["etag"]}
    cleared = portal.client.request("PATCH", "/api/v1/demands/M1", json=nothing, headers=read)
    assert cleared.status_code == 200
    assert portal.get("/demands/M1").json()["enterprise"]["region_code"] == ""


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ({**FORM, "title": " "}, {"title": "没有需求名称。请用一句话写出需求名称。"}),
        ({**FORM, "urgency": "马上"}, {"urgency": "只能是 紧急、较急、一般 之一。"}),
        (
            {**FORM, "height": 1, "enterprise": {"staff": "many"}},
            {"enterprise.staff": "应为整数。", "height": "没有这一项，请核对名称。"},
        ),
        (
            {**FORM, "budget": -1, "filled": 5, "goal": "\ud800", "enterprise": {"staff": 1e30}},
            {
                "budget": "不能小于 0。",
                "filled": "应为日期，写成 2026-03-01。",
                "goal": "含有无法识别的字符。",
                "enterprise.staff": "数字太大。",
            },
        ),
        ({**FORM, "contact": []}, {"contact": "应为 JSON 对象。"}),
        ([], {"": "应为 JSON 对象，并带上 Content-Type: application/json。"}),
        ({"id": "M1"}, {"title": "必须填写。", "problem": "必须填写。"}),
        (
            {**FORM, "id": "M#1"},
            {"id": "编号“M#1”含有 #，这个符号留给拆分后的单项（编号#序号）。请改用不含 # 的编号，如“M-1”。"},
        ),
    ],
)
def test_every_wrong_field_is_named(portal: Portal, body: object, errors: dict[str, str]) -> None:
    headers = {"Content-Type": "application/json"}
    answer = portal.client.post("/api/v1/demands", content=json.dumps(body), headers=headers)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert {one["field"]: one["message"] for one in answer.json()["errors"]} == errors


def test_a_request_sent_twice_is_carried_out_once(house: House, portal: Portal) -> None:
    headers = {"Idempotency-Key": "a-key-of-mine"}
    first = portal.client.post("/api/v1/demands", json=FORM, headers=headers)
    again = portal.client.post("/api/v1/demands", json=FORM, headers=headers)
    assert (again.status_code, again.json(), again.headers["etag"]) == (201, first.json(), first.headers["etag"])
    assert again.headers["idempotency-replayed"] == "true"
    assert [act[1] for act in house.acts()].count("新建资料") == 1
    other = portal.client.post("/api/v1/demands", json={**FORM, "goal": "别的"}, headers=headers)
    assert (other.status_code, other.json()["code"]) == (422, "RequestKeyReused")
    another = Portal(house).client.post("/api/v1/demands", json=FORM, headers=headers)
    assert another.status_code == 409  # keys of different portals are different
    house.clock.turn(hours=25)
    assert portal.client.post("/api/v1/demands", json={**FORM, "id": "M2"}, headers=headers).status_code == 201


def test_a_key_of_a_failed_request_may_try_again_and_a_running_one_not(house: House, portal: Portal) -> None:
    headers = {"Idempotency-Key": "a-key-of-mine"}
    assert portal.client.post("/api/v1/demands", json={**FORM, "title": " "}, headers=headers).status_code == 422
    assert portal.client.post("/api/v1/demands", json=FORM, headers=headers).status_code == 201
    id = portal.client.headers["Authorization"].split("_")[1]
    house.store.replies.begin(f"{id}:running-key", "digest", house.clock())
    running = portal.client.post("/api/v1/demands", json=FORM, headers={"Idempotency-Key": "running-key"})
    assert (running.status_code, running.json()["code"]) in ((409, "RequestRunning"), (422, "RequestKeyReused"))


def test_scopes_open_their_rooms_only(house: House) -> None:
    reader = Portal(house, KeyScope.READ_EXPERTS)
    reader.client.headers["Authorization"] = reader.client.headers["Authorization"].replace("Bearer", "bearer")
    assert reader.get("/experts").status_code == 200
    assert reader.get("/demands").status_code == 403
    assert reader.client.post("/api/v1/demands", json=FORM).status_code == 403
    assert reader.get("/reference/words").json()["items"]["TitleLevel"] == ["正高", "副高", "中级"]


@pytest.mark.parametrize(
    ("path", "params", "code"),
    [
        ("/experts/E9", {}, 404),
        ("/demands/D9/history", {}, 404),
        ("/experts", {"cursor": "forged"}, 422),
        ("/experts", {"sort": "height"}, 422),
        ("/experts", {"facet": "region"}, 422),
        ("/experts", {"facet": "height:1"}, 422),
        ("/experts", {"limit": 201}, 422),
        ("/experts", {"q": "字" * 201}, 422),
        ("/experts", {"q": "a" * 9000}, 414),
        ("/reference/regions", {"parent": "x"}, 422),
    ],
)
def test_questions_that_cannot_be_answered(portal: Portal, path: str, params: dict[str, object], code: int) -> None:
    answer = portal.get(path, **params)
    assert (answer.status_code, answer.headers["content-type"]) == (code, "application/problem+json")
    assert answer.json()["detail"]


def test_a_number_that_is_too_long_is_told_so(portal: Portal) -> None:
    told = portal.get(f"/experts/{'9' * 101}").json()["errors"]
    assert told == [{"field": "expert_id", "message": "不能超过 100 个字符。"}]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("[" * 100_000, 422),
        ('{"a":' * 50_000, 422),
        ("{", 422),
        ("\udcff", 422),
        ("x" * (1 << 21), 413),
        ('"text"', 422),
    ],
)
def test_bodies_that_cannot_be_read(portal: Portal, body: str, status: int) -> None:
    content = body.encode("utf-8", "surrogateescape")
    answer = portal.client.post("/api/v1/demands", content=content, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["status"]) == (status, status)


@pytest.mark.parametrize("path", ["/experts", "/demands/D1", "/runs", "/jobs", "/reference/words", "/key"])
def test_a_misspelt_parameter_is_named_and_not_passed_over(house: House, portal: Portal, path: str) -> None:
    answer = portal.get(path, regio="22")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "regio")
    assert house.visitor().get(f"/api/v1{path}", params={"regio": "22"}).status_code == 401


def test_strangers_may_not_go_on_asking(build_house) -> None:
    house = build_house(refusals_per_minute=3)
    codes = [house.visitor().get("/api/v1/experts").status_code for _ in range(4)]
    assert codes == [401, 401, 401, 429]
    assert Portal(house).get("/experts").status_code == 200


def test_reference_tables(portal: Portal) -> None:
    regions = portal.get("/reference/regions", parent="22").json()["items"]
    assert {"code": "2202", "name": "吉林市", "parent": "22"} in regions
    assert portal.get("/reference/industries", level=1).json()["items"][0]["name"] == "农、林、牧、渔业"
    for name in ("disciplines", "honours", "jurisdictions", "societies"):
        assert portal.get(f"/reference/{name}").status_code == 200


def test_the_document_names_every_operation_and_its_errors(house: House) -> None:
    document = house.app.openapi()
    operations = {
        one["operationId"]: one for path, item in document["paths"].items() if "/v1/" in path for one in item.values()
    }
    assert document["openapi"].startswith("3.1")
    assert {
        *("getKey", "listExperts", "getExpert", "listExpertItems", "listExpertHistory"),
        *("listDemands", "getDemand", "createDemand", "editDemand", "listDemandHistory"),
        *("listRegions", "listIndustries", "listDisciplines", "listHonours", "listJurisdictions"),
        *("listSocieties", "listWords"),
    } <= operations.keys()
    for name, operation in operations.items():
        assert {"401", "422", "429"} <= operation["responses"].keys(), name
        assert operation["security"] == [{"portalKey": []}]
        assert operation["description"], name
        assert "HTTPValidationError" not in json.dumps(operation)
