"""Records whose numbers an address cannot hold plainly are reached on every page and route, and told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from matcher.domain.account import Role
from matcher.domain.portal_key import KeyScope
from matcher.shipped import Shipped
from tests.service.api.test_records_api import Portal
from tests.service.house import House, token_on
from tests.service.matching.world import DEMAND, PEOPLE, furnish

NUMBERS = ("2024/17", "2024", "2024%2F17", "x/edit", "50%", "甲?乙", "院士／一", "a+b&c=d", "a\\b;c", "..x")
EXPERTS = (*NUMBERS, "甲#3")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, shipped: Shipped) -> Iterator[House]:
    home = tmp_path_factory.mktemp("home")
    built = House(f"sqlite:///{home / 'm.db'}", home, shipped=shipped)
    furnish(built)
    built.store.experts.save([replace(PEOPLE[0], id=id, name=f"专家{at}") for at, id in enumerate(EXPERTS)], by="测试")
    built.store.demands.save([replace(DEMAND, id=id, title=f"难题{at}") for at, id in enumerate(NUMBERS)], by="测试")
    yield built
    built.service.close()


@pytest.fixture(scope="module")
def manager(house: House) -> TestClient:
    return house.logged_in("zhou", Role.MANAGER)


@pytest.fixture(scope="module")
def portal(house: House) -> TestClient:
    every = (KeyScope.READ_EXPERTS, KeyScope.WRITE_EXPERTS, KeyScope.READ_DEMANDS, KeyScope.MATCH)
    return Portal(house, *every, per_minute=1000).client


@pytest.mark.parametrize("number", EXPERTS)
def test_an_experts_page_and_every_link_on_it(manager: TestClient, number: str) -> None:
    path, name = f"/experts/{quote(number, safe='')}", f"专家{EXPERTS.index(number)}"
    shown = manager.get(path)
    assert (shown.status_code, f"<h1>{name}</h1>" in shown.text) == (200, True)
    links = {unescape(link) for link in re.findall(r'(?:href|hx-get)="([^"#]+)', shown.text)}
    assert f"{path}/edit" in links
    broken = [link for link in links if link.startswith("/") and manager.get(link).status_code >= 400]
    assert broken == []
    assert manager.post(f"{path}/private", data={"csrf_token": token_on(shown.text)}).status_code == 200


@pytest.mark.parametrize("number", NUMBERS)
def test_a_demands_page_and_every_link_on_it(manager: TestClient, number: str) -> None:
    path = f"/demands/{quote(number, safe='')}"
    shown = manager.get(path)
    assert f"<h1>难题{NUMBERS.index(number)}</h1>" in shown.text
    links = {unescape(link) for link in re.findall(r'(?:href|hx-get)="([^"#]+)', shown.text)}
    assert [link for link in links if link.startswith("/") and manager.get(link).status_code >= 400] == []
    form = {"csrf_token": token_on(shown.text), "seen": re.findall(r'name="seen" value="(\d+)"', shown.text)[0]}
    reviewed = manager.post(f"{path}/review", data={**form, "status": "已审核"})
    assert (reviewed.status_code, reviewed.headers["location"]) == (303, path)


@pytest.mark.parametrize("number", NUMBERS)
def test_the_api_on_every_route(portal: TestClient, number: str) -> None:
    step = quote(number, safe="")
    one, other = portal.get(f"/api/v1/experts/{step}"), portal.get(f"/api/v1/demands/{step}")
    assert [answer.json()["id"] for answer in (one, other)] == [number, number]
    paths = (
        f"/api/v1/experts/{step}/items",
        f"/api/v1/experts/{step}/history",
        f"/api/v1/demands/{step}/history",
        f"/api/v1/experts/{step}/similar",
        f"/api/v1/experts/{step}/demands",
        f"/api/v1/demands/{step}/experts/{step}",
    )
    assert [portal.get(path).status_code for path in paths] == [200] * len(paths)


def test_a_saved_result_with_its_invitation(manager: TestClient) -> None:
    number, step = "2024/17", "2024%2F17"
    token = token_on(manager.get(f"/match/shortlist?demand={step}").text)
    for path, fields in (("shortlist/put", {"expert": number}), ("freeze", {})):
        answer = manager.post(f"/match/{path}?demand={step}", data={**fields, "csrf_token": token})
        assert answer.status_code == 303
    run = answer.headers["location"]
    assert manager.post(f"{run}/sign", data={"csrf_token": token}).status_code == 303
    links = set(re.findall(r'href="(/[^"#]+)', manager.get(run).text))
    assert f"{run}/invitation/{step}.docx" in links
    assert [link for link in links if manager.get(unescape(link)).status_code >= 400] == []


def test_after_the_login_one_comes_to_the_record_asked_for(house: House) -> None:
    sent = house.visitor().get("/experts/2024%2F17").headers["location"]
    assert sent == "/login?next=%2Fexperts%2F2024%252F17"


@pytest.mark.parametrize(
    ("kind", "number", "why"),
    [
        ("experts", "..", "没有专家编号"),  # browsers take points for steps of an address
        ("experts", "new", "“new”不能作编号"),
        ("demands", ".", "没有需求编号"),
        ("demands", "甲#3", "这个符号留给拆分后的单项"),
    ],
)
def test_a_number_that_no_address_names_is_refused(manager: TestClient, kind: str, number: str, why: str) -> None:
    token = token_on(manager.get(f"/{kind}/new").text)
    form = {"csrf_token": token, "id": number, "name": "钱一", "organization": "松江示例大学", "directions": "焊接"}
    answer = manager.post(f"/{kind}/new", data={**form, "title": "气孔", "problem": "焊缝有气孔"})
    assert answer.status_code == 422
    assert why in "".join(re.findall(r'class="field-error" id="id-note">([^<]+)', answer.text))


def test_a_number_made_by_a_portal_leads_to_the_record(portal: TestClient) -> None:
    made = portal.post("/api/v1/experts", json={"id": "2025/1", "name": "孙二", "directions": ["焊接"]})
    assert made.status_code == 201, made.text
    assert portal.get(made.headers["location"]).json()["name"] == "孙二"
