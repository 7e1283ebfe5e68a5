"""Whatever is sent, the answer is a refusal in words or a page: never an error of the server's own."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from matcher.domain.account import Role
from tests.service.api.test_records_api import FORM, Portal
from tests.service.house import House, log_in, token_on
from tests.service.records.people import furnish

_JSON = {"Content-Type": "application/json"}
_BODIES = (
    *(json.dumps({**FORM, **odd}).encode() for odd in (
        {"title": "\ud800"}, {"\ud800": 1}, {"title": "a\0b", "id": "N1"}, {"id": "N\0"}, {"id": "需求1"},
        {"id": "a\r\nSet-Cookie: x=y"}, {"id": "../a?b"}, {"id": " "}, {"budget": float("nan")},
        {"id": "R1", "enterprise": {"region": "吉林市", "revenue": [float("nan"), float("inf"), -1e308]}},
    )),
    b'{"id":"\xff\xfe"}',
    b'{"id":"K1","id":"K2","title":"t","problem":"p"}',
    b'{"id":"K3","title":"t","problem":"p","start_year":1' + b"0" * 5000 + b"}",
)  # fmt: skip
_QUERIES = (
    "q=%ff", "q=%25_';--", "facet=region:%ED%A0%80", "facet=:", "facet=year:99999999999999999999", "sort=-",
    "cursor=AAAA", "cursor=WyIiXQ==", "cursor=bnVsbA==", "cursor=e30=", "cursor=WzEsMiwzXQ==", "limit=1e9",
    "limit=" + "9" * 5000, "sort=-id&cursor=WyIiLCIiXQ==", "q=%00",
)  # fmt: skip
_ADDRESSES = (
    "/demands/%00", "/experts/%00", "/jobs?cursor=%00", "/jobs?cursor=x", "/imports/%00", "/jobs/%00/file",
    "/imports/templates/x.xlsx", "/experts?page=99999999999999&sort=x", "/experts/%ED%A0%80", "/login?next=%00",
    "/static/..%2f..%2fapp.py", "/static/%2e%2e/pages.py", "/static/..\\pages.py", "/vendor/tabler/..%2f..%2f",
    "/static//etc/passwd", "/static/" + "a" * 5000, "/imports/templates/..%2f..%2fapp.xlsx",
)  # fmt: skip
_AUDIT = (
    "since=9999-12-31", "until=9999-12-31", "since=0001-01-01", "until=0001-01-01", "below=" + "9" * 30,
    "below=" + "9" * 18, "actor=%00", "actor=%25", "subject=_';--",
)  # fmt: skip
_FORMS: tuple[tuple[str, dict[str, str]], ...] = (
    ("/demands/D1/review", {"seen": "9" * 30, "status": "退回", "remark": "x"}),
    ("/demands/D1/review", {"seen": "0", "status": "退回", "remark": "a\0"}),
    ("/demands/D1/visits", {"visited": "9999-99-99", "text": "\0"}),
    ("/demands/D1/split", {"title": "\0", "text": "x", "seen": "1"}),
    ("/demands/new", {"id": "N\0", "title": "t\0", "problem": "p"}),
    ("/experts/new", {"id": "需求/..", "name": "a\0", "directions": "x"}),
    ("/experts/new", {"id": "E9", "name": "aa", "directions": "x", "birth": "99999-1-1", "patents": "9" * 30}),
    ("/experts/E1/edit", {"seen": "9" * 30, "name": "x"}),
)


@pytest.fixture
def house(house: House) -> House:
    furnish(house.store)
    return house


def failures(answers: Iterator[tuple[object, object]]) -> list[object]:
    return [asked for asked, answer in answers if getattr(answer, "status_code", 500) >= 500]


def test_the_api_refuses_in_words(house: House) -> None:
    client = Portal(house).client

    def answers() -> Iterator[tuple[object, object]]:
        for body in _BODIES:
            yield body[:80], client.post("/api/v1/demands", content=body, headers=_JSON)
        for id in ("R1", "%00", "%ff", "a%0d%0a"):
            yield id, client.get(f"/api/v1/demands/{id}")
        for query in _QUERIES:
            yield from ((query, client.get(f"/api/v1/{room}?{query}")) for room in ("experts", "demands"))
        for tag in ('"' + "9" * 18 + '"', '"' + "9" * 30 + '"', "*", '"1","2"', '"١"'.encode(), b"\xff"):
            yield tag, client.request("PATCH", "/api/v1/demands/D1", json={"goal": "x"}, headers={"If-Match": tag})
            yield tag, client.get("/api/v1/demands/D1", headers={"If-None-Match": tag})
        for key in (b"\xff" * 10, b"a b c d e", b"x" * 129):
            yield key, client.post("/api/v1/demands", json=FORM, headers={"Idempotency-Key": key})
        for ids in ((["\0"]), (["%"]), ["E1"] * 20_000):
            yield "export", client.post("/api/v1/exports", json={"kind": "experts", "ids": ids})

    assert failures(answers()) == []


def test_a_new_record_is_found_under_its_location_whatever_its_number(house: House) -> None:
    client = Portal(house).client
    for id in ("需求1", "a?b"):
        made = client.post("/api/v1/demands", json={**FORM, "id": id})
        got = client.get(made.headers["location"])
        assert got.json()["id"] == id


def test_uploads_are_refused_in_words(house: House) -> None:
    client = Portal(house).client
    part = b'--x\r\nContent-Disposition: form-data; name="kind"\r\n\r\n+2AA-\r\n--x--\r\n'
    kinds = ("", "; boundary=x", "; boundary=" + "y" * 5000, "; boundary=x; charset=utf-7", "; boundary=x; charset=no")
    for kind in kinds:
        headers = {"Content-Type": f"multipart/form-data{kind}"}
        assert client.post("/api/v1/imports", content=part, headers=headers).status_code == 422, kind
    many = {f"k{number}": "v" for number in range(2000)}
    files = {"files": ("a\r\nb.csv", b"x,y\n", "text/csv")}
    assert client.post("/api/v1/imports", data=many, files=files).status_code == 422
    heads = {f"X-{number}": "v" for number in range(500)}
    assert client.get("/api/v1/key", headers=heads).status_code == 200


def test_pages_refuse_in_words(house: House) -> None:
    manager, auditor = house.logged_in("zhang", Role.MANAGER), house.logged_in("shen.ji", Role.AUDITOR)

    def answers() -> Iterator[tuple[object, object]]:
        yield from ((address, manager.get(address)) for address in _ADDRESSES)
        yield from ((query, auditor.get(f"/admin/audit?{query}")) for query in _AUDIT)
        yield from posted(manager, _FORMS)
        yield from posted(house.logged_in("guan.li"), (
            ("/admin/accounts/new", {"name": "a\0b", "full_name": "x", "role": "只读"}),
            ("/admin/accounts/new", {"name": "abc", "full_name": "x\0", "role": "只读"}),
            ("/admin/keys/new", {"name": "\0", "scopes": "match"}),
            ("/admin/keys/%00/revoke", {}),
            ("/admin/accounts/%00/disable", {}),
        ))  # fmt: skip
        yield "login", log_in(house.visitor(), "a\0b", "x\0")
        for cookie in (b"matcher=\xff\xfe; matcher-flash=\xff.\xff", b"matcher=x; matcher-flash=AAAA.\xe9"):
            yield cookie, house.visitor().get("/", headers={"Cookie": cookie})
        yield "token", manager.post("/logout", headers={"X-CSRF-Token": b"\xff"})

    assert failures(answers()) == []


def posted(client: TestClient, forms: tuple[tuple[str, dict[str, str]], ...]) -> Iterator[tuple[object, object]]:
    token = token_on(client.get("/").text)
    for path, fields in forms:
        yield (path, fields), client.post(path, data={**fields, "csrf_token": token})


def test_what_looks_like_sql_is_text(house: House) -> None:
    """Patterns of LIKE and ends of strings find what they say, not everything."""
    portal, auditor = Portal(house), house.logged_in("shen.ji", Role.AUDITOR)
    for text in ("%", "_", "' OR 1=1 --", "\\", "张%", '"; DROP TABLE experts; --'):
        assert portal.get("/experts", q=text).json()["total"] == 0, text
        assert portal.get("/demands", facet=f"region:{text}").json()["total"] == 0, text
        shown = auditor.get("/admin/audit", params={"actor": text, "subject": text}).text
        assert "shen.ji" not in shown.partition("<tbody")[2], text
    assert portal.get("/experts", q="张伟").json()["total"] == 1


def test_a_files_path_is_below_its_folder(house: House) -> None:
    client = house.logged_in("zhang", Role.MANAGER)
    assert [
        client.get(address).status_code for address in _ADDRESSES if address.startswith(("/static", "/vendor"))
    ] == [404] * 6
    assert client.get("/static/console.css").status_code == 200
