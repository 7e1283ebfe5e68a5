"""Sessions: rotated, timed out, revoked; what the cookie is."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import quote

import pytest
from sqlalchemy import create_engine, text

from matcher.domain.account import Role
from tests.service.house import OFFICE, PASSWORD, House, change_password, log_in, token_on


def is_in(client) -> bool:
    return client.get("/").status_code == 200


def cookie(client) -> str:
    return client.cookies["matcher"]


def bring(client, token: str) -> None:
    client.cookies.set("matcher", token, domain="matcher.test", path="/")


def test_a_planted_session_is_nobodys_after_the_login(house: House) -> None:
    """Fixation: the attacker knows the cookie the victim logs in with."""
    house.logged_in("wang")
    attacker, victim = house.visitor(), house.visitor()
    attacker.get("/login")
    planted = cookie(attacker)
    bring(victim, planted)
    assert log_in(victim, "wang", PASSWORD).status_code == 303
    assert is_in(victim)
    assert cookie(victim) != planted
    assert not is_in(attacker)


def test_a_login_in_the_same_browser_ends_the_session_before(house: House) -> None:
    client = house.logged_in("wang")
    other, old = house.visitor(), cookie(client)
    token = token_on(client.get("/").text)
    client.post("/login", data={"name": "wang", "password": PASSWORD, "csrf_token": token})
    assert is_in(client)
    bring(other, old)
    assert not is_in(other)


def test_a_logout_ends_the_session_on_the_server(house: House) -> None:
    client = house.logged_in("wang")
    thief, stolen = house.visitor(), cookie(client)
    client.post("/logout", data={"csrf_token": token_on(client.get("/").text)})
    assert "matcher" not in client.cookies
    bring(thief, stolen)
    assert not is_in(thief)
    assert house.acts()[-1] == ("wang", "退出", "账号:wang", "成功")


def test_idleness_ends_a_session(house: House) -> None:
    client = house.logged_in("wang")
    for _ in range(3):
        house.clock.turn(minutes=29)
        assert is_in(client)
    house.clock.turn(minutes=30)
    assert not is_in(client)
    assert house.acts()[-1] == ("wang", "会话超时", "账号:wang", "成功")


def test_a_session_ends_after_twelve_hours_in_any_case(house: House) -> None:
    client = house.logged_in("wang")
    for _ in range(35):
        house.clock.turn(minutes=20)
        assert is_in(client)
    house.clock.turn(minutes=20)
    assert not is_in(client)


def test_a_password_change_ends_the_other_sessions(house: House) -> None:
    here, there = house.logged_in("wang"), house.visitor()
    log_in(there, "wang", PASSWORD)
    before = cookie(here)
    change_password(here, PASSWORD, "Song-Hua-2026")
    assert is_in(here)
    assert cookie(here) != before
    assert not is_in(there)


def test_a_reset_and_a_disabling_end_the_sessions(house: House) -> None:
    client = house.logged_in("wang")
    house.service.accounts.reset_password("wang", OFFICE)
    assert not is_in(client)
    other = house.logged_in("zhao")
    house.service.accounts.set_disabled("zhao", True, OFFICE)
    assert not is_in(other)


def test_another_process_knows_the_session(build_house: Callable[..., House]) -> None:
    here, there = build_house(), build_house()
    here.hire("zhao")
    client, other = here.logged_in("wang"), there.visitor()
    bring(other, cookie(client))
    assert is_in(other)
    here.service.accounts.set_disabled("wang", True, OFFICE)
    assert not is_in(other)


def test_the_cookie_is_for_http_and_this_site_only(house: House) -> None:
    house.hire("wang")
    given = house.visitor().get("/login").headers["set-cookie"].split("; ")
    assert given[0].startswith("matcher=")
    assert sorted(given[1:]) == ["HttpOnly", "Path=/", "SameSite=strict"]


def test_under_tls_the_cookie_is_secure_and_bound_to_the_host(house: House) -> None:
    client, given = house.visitor("https"), house.hire("wang")
    response = log_in(client, "wang", given)
    parts = response.headers["set-cookie"].split("; ")
    assert parts[0].startswith("__Host-matcher=")
    assert sorted(parts[1:]) == ["HttpOnly", "Path=/", "SameSite=strict", "Secure"]
    assert response.headers["strict-transport-security"] == "max-age=31536000"
    assert client.get("/password").status_code == 200


def test_the_database_holds_no_token(house: House, url: str) -> None:
    client = house.logged_in("wang")
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT * FROM sessions")).all()
        assert len(rows) == 1
        everything = str(rows) + str(connection.execute(text("SELECT * FROM audit")).all())
    engine.dispose()
    assert cookie(client) not in everything


def test_a_login_sweeps_out_old_sessions(house: House, url: str) -> None:
    house.logged_in("wang")
    house.clock.now += timedelta(hours=13)
    log_in(house.visitor(), "wang", PASSWORD)
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM sessions")).scalar() == 1
    engine.dispose()


def test_after_the_end_a_form_is_told_to_be_undone_and_leads_back(house: House) -> None:
    client = house.logged_in("wang", Role.OFFICER)
    token = token_on(client.get("/experts/new").text)
    house.clock.turn(minutes=31)
    form, came = {"csrf_token": token}, {"referer": "http://matcher.test/experts/new?a=1"}
    sent = client.post("/experts/new", data=form, headers=came)
    assert sent.headers["location"] == "/login?next=%2Fexperts%2Fnew%3Fa%3D1&undone=true"
    page = client.get(sent.headers["location"]).text
    assert "没有保存" in page
    assert "“专家库”" in page


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://matcher.test/demands/D1/visits", "/demands/D1"),  # answers forms only
        ("http://evil.test/experts", "/"),
        ("http://matcher.test//evil.test", "/"),
        ("http://matcher.test/login?next=/experts", "/"),
        ("http://[", "/"),
        ("", "/"),
    ],
)
def test_the_way_back_is_a_page_of_ours(house: House, referer: str, back: str) -> None:
    client = house.logged_in("wang", Role.OFFICER)
    refused = client.post("/experts/new", data={"csrf_token": "0" * 64}, headers={"referer": referer})
    assert refused.status_code == 403
    assert (f'href="/login?next={quote(back, safe="")}"' in refused.text) == (back != "/")
    assert 'href="/login' in refused.text


def test_an_open_page_asks_whether_the_session_lives_and_gets_its_token_anew(house: House) -> None:
    client = house.logged_in("wang")
    house.clock.turn(minutes=29)
    told = client.get("/session").json()
    assert told == {"account": "wang", "left": 12 * 3600 - 29 * 60, "csrf_token": token_on(client.get("/").text)}
    house.clock.turn(minutes=31)
    assert client.get("/session").status_code == 303


def test_the_shortest_session_lives_on_with_requests(build_house: Callable[..., House]) -> None:
    house = build_house(session_idle_minutes=1)
    client = house.logged_in("wang")
    for _ in range(3):
        house.clock.turn(seconds=50)
        assert is_in(client)
