"""Portal keys at the door of the API."""

from typing import Annotated

import pytest
from fastapi import Depends
from sqlalchemy import create_engine, text

from matcher.domain.portal_key import KeyScope
from matcher.store.errors import KeyUnknown
from service.doors import requires_scope
from service.security.actor import Actor
from tests.service.house import OFFICE, House

BOTH = (KeyScope.MATCH, KeyScope.READ_EXPERTS)


def new_key(house: House, *, per_minute: int = 60, days: int | None = None) -> str:
    return house.service.keys.add("门户", BOTH, per_minute, days, OFFICE)


def ask(house: House, key: str, path: str = "/api/v1/key"):
    return house.visitor().get(path, headers={"Authorization": f"Bearer {key}"})


def id_of(key: str) -> str:
    return key.split("_")[1]


def test_a_key_tells_what_it_is_good_for(house: House) -> None:
    key = new_key(house, days=30)
    answer = ask(house, key)
    assert answer.status_code == 200
    assert answer.json() == {
        "id": id_of(key),
        "name": "门户",
        "scopes": ["matches:create", "experts:read"],
        "requests_per_minute": 60,
        "expires": "2026-04-01T09:00:00Z",
    }


@pytest.mark.parametrize("header", ["", "Bearer ", "Bearer mk_", "Bearer mk_00000000_" + "A" * 43, "Basic YTpi"])
def test_without_a_genuine_key_nothing_opens(house: House, header: str) -> None:
    answer = house.visitor().get("/api/v1/key", headers={"Authorization": header} if header else {})
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["www-authenticate"] == "Bearer"
    problem = answer.json()
    assert (problem["status"], problem["code"]) == (401, "KeyRefused")
    assert problem["detail"].startswith("缺少密钥，或密钥不正确")
    assert problem["request_id"] == answer.headers["x-request-id"]


def test_the_id_alone_is_no_key(house: House) -> None:
    key, other = new_key(house), new_key(house)
    mixed = f"mk_{id_of(key)}_{other.split('_', 2)[2]}"
    assert ask(house, mixed).status_code == 401
    assert ask(house, key[:-1] + ("A" if key[-1] != "A" else "B")).status_code == 401


def test_an_expired_key_is_refused(house: House) -> None:
    key = new_key(house, days=1)
    house.clock.turn(hours=23, minutes=59)
    assert ask(house, key).status_code == 200
    house.clock.turn(minutes=1)
    refused = ask(house, key)
    assert (refused.status_code, "密钥已过有效期" in refused.json()["detail"]) == (401, True)
    subject = f"密钥:{id_of(key)}"
    assert house.acts()[-1] == (subject, "使用密钥", subject, "拒绝")


def test_a_revoked_key_is_refused_at_once(house: House) -> None:
    key = new_key(house)
    assert ask(house, key).status_code == 200
    house.service.keys.revoke(id_of(key), OFFICE)
    assert "密钥已吊销" in ask(house, key).json()["detail"]
    with pytest.raises(KeyUnknown):
        house.service.keys.revoke(id_of(key), OFFICE)
    assert [act[1] for act in house.acts()] == ["新建密钥", "吊销密钥", "使用密钥"]


def test_a_key_comes_as_often_as_its_rate_allows(house: House) -> None:
    key, other = new_key(house, per_minute=3), new_key(house, per_minute=3)
    answers = [ask(house, key) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert 1 <= int(answers[3].headers["retry-after"]) <= 20
    assert ask(house, other).status_code == 200


def test_a_key_is_good_for_its_scopes_only(house: House) -> None:
    for scope in KeyScope:
        add_route(house, scope)
    key = new_key(house)
    opened = {scope for scope in KeyScope if ask(house, key, f"/api/v1/probe/{scope.name}").status_code == 200}
    assert opened == set(BOTH)
    refused = ask(house, key, "/api/v1/probe/WRITE_MARKS")
    assert (refused.status_code, refused.json()["code"]) == (403, "ScopeMissing")


def add_route(house: House, scope: KeyScope) -> None:
    def probe(actor: Annotated[Actor, Depends(requires_scope(scope))]) -> str:
        assert not actor.sees_private
        return actor.origin.actor

    house.app.get(f"/api/v1/probe/{scope.name}")(probe)


def test_a_key_opens_no_page_and_a_session_no_api(house: House) -> None:
    key, client = new_key(house), house.logged_in("wang")
    assert ask(house, key, "/").headers["location"] == "/login"
    assert client.get("/api/v1/key").status_code == 401


def test_the_last_use_is_known_to_the_minute(house: House) -> None:
    key = new_key(house)
    assert house.store.portal_keys.all()[0].last_used is None
    ask(house, key)
    first = house.clock.now
    house.clock.turn(seconds=59)
    ask(house, key)
    assert house.store.portal_keys.all()[0].last_used == first
    house.clock.turn(seconds=1)
    ask(house, key)
    assert house.store.portal_keys.all()[0].last_used == house.clock.now


def test_the_database_holds_no_key(house: House, url: str) -> None:
    secret = new_key(house).split("_", 2)[2]
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        rows = [connection.execute(text(f"SELECT * FROM {table}")).all() for table in ("portal_keys", "audit")]
    engine.dispose()
    assert len(rows[0]) == 1
    assert secret not in str(rows)
