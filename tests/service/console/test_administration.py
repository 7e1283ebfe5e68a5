"""管理: accounts, keys, audit, state of the system, each only for who may."""

import re

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import create_engine

from matcher.domain.account import Office, Role
from matcher.domain.portal_key import KeyScope
from matcher.domain.vocabulary import Verdict
from tests.service.house import OFFICE, House, log_in, token_on
from tests.service.jobs_house import ZHANG, ran
from tests.service.matching.world import furnish, worker
from tests.store.test_store_audit import tamper


def send(client: TestClient, path: str, page: str = "", **fields: object):
    """Posts the form that stands on `page`."""
    return client.post(path, data={**fields, "csrf_token": token_on(client.get(page or path).text)})


def test_a_new_account_gets_a_password_that_is_shown_once(house: House) -> None:
    client = house.logged_in("wang")
    fields = {"name": "Li.Na", "full_name": "李娜", "role": "业务员", "regions": ["2202", "2224"]}
    answer = send(client, "/admin/accounts/new", **fields)
    given = re.search(r'class="secret">([^<]+)<', answer.text)
    assert given
    assert log_in(house.visitor(), "li.na", given[1]).headers["location"] == "/"
    listed = client.get("/admin/accounts").text
    assert "吉林市、延边朝鲜族自治州" in listed
    assert given[1] not in listed


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"name": "1", "full_name": "李"}, "name", "不能作登录名"),
        ({"name": "wang", "full_name": "李"}, "name", "已存在"),
        ({"name": "li", "full_name": " "}, "full_name", "请填写姓名"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(house: House, fields: dict[str, str], field: str, sentence: str) -> None:
    answer = send(house.logged_in("wang"), "/admin/accounts/new", role="只读", **fields)
    assert answer.status_code == 422
    assert re.search(f'id="{field}-note">[^<]*{sentence}', answer.text)


def test_a_role_and_its_places_are_changed_and_noted(house: House) -> None:
    client = house.logged_in("wang")
    house.hire("li", Role.READER)
    send(client, "/admin/accounts/li", role="业务管理员", regions=["2202"], office="组织部")
    found = house.store.accounts.find("li")
    assert found is not None
    assert (found.account.role, found.account.regions) == (Role.MANAGER, ("2202",))
    assert found.account.office is Office.ORGANIZATION
    entry = house.audit()[-1].entry
    assert (entry.action.value, entry.subject) == ("修改账号", "账号:li")
    assert entry.before == {"full_name": "li 先生", "role": "只读", "regions": [], "office": None}


def test_the_last_administrator_stays(house: House) -> None:
    client = house.logged_in("wang")
    refused = send(client, "/admin/accounts/wang/disable", "/admin/accounts/wang")
    assert (refused.status_code, "唯一启用的系统管理员" in refused.text) == (409, True)
    assert "唯一启用的系统管理员" in send(client, "/admin/accounts/wang", role="只读").text
    house.hire("zhao")
    assert send(client, "/admin/accounts/zhao/disable", "/admin/accounts/zhao").status_code == 303
    assert "已停用账号“zhao”" in client.get("/admin/accounts").text
    assert client.get("/admin/accounts/nobody").status_code == 404


def test_a_key_is_shown_once_and_revoked(house: House) -> None:
    client = house.logged_in("wang")
    assert "还没有密钥" in client.get("/admin/keys").text
    assert send(client, "/admin/keys/new", name=" ").status_code == 422
    answer = send(client, "/admin/keys/new", name="门户", scopes=["experts:read"], per_minute=60, days=90)
    key = re.search(r"mk_[\w-]+", answer.text)
    assert key
    assert key[0] not in client.get("/admin/keys").text
    stored = house.store.portal_keys.all()[0]
    assert (stored.scopes, stored.per_minute) == ((KeyScope.READ_EXPERTS,), 60)
    send(client, f"/admin/keys/{stored.id}/revoke", "/admin/keys")
    assert "已吊销" in client.get("/admin/keys").text


def test_the_auditor_finds_entries_and_proves_the_log_whole(house: House) -> None:
    house.logged_in("wang")
    client = house.logged_in("shen", Role.AUDITOR)
    found = client.get("/admin/audit?actor=wang&action=修改密码").text
    assert found.count("<td>修改密码") + found.count('nowrap">修改密码') == 1
    assert "没有符合条件的记录" in client.get("/admin/audit?subject=%25").text
    assert "没有符合条件的记录" in client.get("/admin/audit?since=2026-03-03").text
    blank = client.get("/admin/audit/verify").text
    assert "还没有核验过" in blank
    for _ in range(2):
        client.post("/admin/audit/verify", data={"csrf_token": token_on(blank)})
    assert 'hx-trigger="every 2s"' in client.get("/admin/audit/verify").text
    (job,) = house.service.jobs.list(ZHANG, everyone=True)  # the second press shows the first
    head = house.store.audit.head()
    ran(house, job)
    assert f"{head.sequence}:{head.digest}" in house.logged_in("qian", Role.AUDITOR).get("/admin/audit/verify").text


def test_a_log_that_was_touched_is_told_by_entry(house: House, url: str) -> None:
    client = house.logged_in("shen", Role.AUDITOR)
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    tamper(engine, "UPDATE audit SET actor = 'nobody' WHERE sequence = 1")
    engine.dispose()
    client.post("/admin/audit/verify", data={"csrf_token": token_on(client.get("/admin/audit/verify").text)})
    ran(house, *house.service.jobs.list(ZHANG, everyone=True))
    shown = client.get("/admin/audit/verify").text
    assert "第 1 条：内容被改动" in shown
    assert "完整：共" not in shown


def test_the_state_of_the_system_in_words(house: House) -> None:
    own, administrator = house.service.application.word_templates.folder, house.logged_in("wang")
    shown = administrator.get("/admin/system").text
    assert ("检索索引" in shown, "自带的模板" in shown, "不能使用" in shown) == (True, True, False)
    own.mkdir()
    (own / "邀请函.docx").write_bytes(b"no document")
    assert "邀请函.docx”不能使用：不是 .docx 文件，或已损坏" in administrator.get("/admin/system").text


@pytest.mark.parametrize("path", ["accounts", "accounts/new", "accounts/wang", "keys", "keys/new", "system", ""])
def test_nobody_else_enters(house: House, path: str) -> None:
    client = house.logged_in("li", Role.MANAGER)
    assert client.get(f"/admin/{path}".rstrip("/")).status_code == 403


def test_the_door_leads_to_what_is_open(house: House) -> None:
    assert house.logged_in("wang").get("/admin").headers["location"] == "/admin/accounts"
    assert house.logged_in("shen", Role.AUDITOR).get("/admin").headers["location"] == "/admin/audit"


def test_details_of_entries_are_in_words(house: House) -> None:
    furnish(house)
    auditor, wang = house.logged_in("shen", Role.AUDITOR), worker(house, "wang", Role.MANAGER, "2224")
    house.service.keys.add("门户网站", [KeyScope.READ_EXPERTS], 60, 90, OFFICE)
    desk, officer = house.service.experts, worker(house, "li", Role.OFFICER)
    desk.edit("E1", {**desk.form("E1", officer), "title": "研究员"}, desk.get("E1", officer).version, officer)
    house.service.marks.give("D1", "E1", Verdict.SUITABLE, "", officer)
    found = auditor.get("/admin/audit").text
    for words in ("查询专家", "2026-05-31", "改动的栏目：<ins>专业技术职务", "延边朝鲜族自治州", "评价：<ins>合适"):
        assert words in found
    assert "experts:read" not in found
    assert "li 先生<br>" in auditor.get("/admin/audit?actor=li 先生").text
    assert "没有符合条件的记录" in auditor.get(f"/admin/audit?actor={wang.origin.actor} 先生&action=评价专家").text
