"""首页 and 帮助: what waits for each role, the next step, the manual."""

from dataclasses import replace
from datetime import date

import pytest

from matcher.domain.account import Role
from matcher.domain.engagement import Engagement
from matcher.domain.vocabulary import EngagementKind, EngagementStatus, ReviewStatus
from service.audit.origin import Origin
from service.security.actor import Actor, staff_actor
from service.security.roles import StaffMember
from tests.service.console.test_administration import send
from tests.service.console.test_records import HAN, LI, SALT, WELD
from tests.service.house import House

SOON = Engagement(
    "T1", EngagementKind.VISIT, "春耕公司", "E1", region_code="220800", status=EngagementStatus.SIGNED,
    agreement_end=date(2026, 4, 1),
)  # fmt: skip


def test_an_empty_database_leads_to_the_first_import(house: House) -> None:
    text = house.logged_in("li", Role.OFFICER).get("/").text
    assert "专家库还是空的" in text
    assert 'href="/imports"' in text
    assert "没有等您办理的事" in text


def test_the_first_administrator_is_led_to_accounts(house: House) -> None:
    client = house.logged_in("wang")
    assert "为业务管理员和业务员新建账号" in client.get("/").text
    house.hire("li", Role.OFFICER)
    assert "还没有修改一次性密码的账号" in client.get("/").text


def test_what_waits_goes_by_role_and_place(house: House) -> None:
    house.store.experts.save([LI, HAN], by="test")
    house.store.demands.save([SALT, replace(WELD, review=ReviewStatus.RETURNED)], by="test")
    house.store.ledger.save([SOON, replace(SOON, id="T2", agreement_end=date(2027, 1, 1))], by="test")
    manager = house.logged_in("zhou", Role.MANAGER).get("/").text
    assert all(words in manager for words in ("待审核的需求", "退回的需求", "90 天内到期的协议", "/experts/E1"))
    officer = house.logged_in("li", Role.OFFICER, "吉林市").get("/").text
    assert ("待审核的需求" in officer, "退回的需求" in officer, "到期的协议" in officer) == (False, True, False)
    reader = house.logged_in("qian", Role.READER)
    assert "没有等您办理的事" in reader.get("/").text
    assert "春耕公司" in reader.get("/agreements").text


def test_a_list_is_exported_as_it_is_filtered(house: House) -> None:
    house.store.experts.save([LI, HAN], by="test")
    client = house.logged_in("li", Role.OFFICER)
    assert send(client, "/experts/export?q=水稻", "/experts").headers["location"] == "/jobs"
    house.clock.turn(minutes=1)
    assert send(client, "/experts/export", "/experts").status_code == 303
    jobs = house.service.jobs.list(client_actor(house, "li"))
    assert [(job.arguments["kind"], job.arguments["q"]) for job in jobs] == [("experts", ""), ("experts", "水稻")]


def client_actor(house: House, name: str) -> Actor:
    found = house.store.accounts.find(name)
    assert found is not None
    return staff_actor(StaffMember(found.account), Origin(name, ""))


def test_the_manual_is_shown_with_its_contents(house: House) -> None:
    client = house.logged_in("li", Role.READER)
    text = client.get("/help").text
    assert '<h2 id="专家库">' in text
    assert 'href="#%E4%B8%93%E5%AE%B6%E5%BA%93"' in text
    assert "style=" not in text


@pytest.mark.parametrize("name", ["nix.png", "..%2f使用手册.md", "%2e%2e/使用手册.md"])
def test_only_pictures_of_the_manual_are_sent(house: House, name: str) -> None:
    assert house.logged_in("li", Role.READER).get(f"/help/images/{name}").status_code == 404
