"""What changes something bears the token of the session it is done in."""

from fastapi.routing import APIRoute

from tests.service.house import PASSWORD, House, log_in, token_on

EXPIRED = "页面已过期"


def test_every_changing_route_refuses_without_a_token(house: House) -> None:
    """Whatever routes are added later: the guard stands before all of them. The API asks for a key, cookie or not."""
    client = house.logged_in("wang")
    routes = [route for route in all_routes(house) if route.methods - {"GET", "HEAD", "OPTIONS"}]
    assert {"/login", "/logout", "/password"} <= {route.path for route in routes}
    for route in routes:
        for method in route.methods - {"GET", "HEAD", "OPTIONS"}:
            refused = 401 if route.path.startswith("/api/") else 403
            assert client.request(method, route.path).status_code in (refused, 422), route.path


def all_routes(house: House) -> list[APIRoute]:
    found, waiting = [], list(house.app.routes)
    while waiting:
        route = waiting.pop()
        waiting += getattr(getattr(route, "original_router", None), "routes", [])
        if isinstance(route, APIRoute):
            found.append(route)
    return found


def test_the_token_of_another_session_is_refused(house: House) -> None:
    mine, attacker = house.logged_in("wang"), house.logged_in("zhao")
    stolen = token_on(attacker.get("/").text)
    refused = mine.post("/logout", data={"csrf_token": stolen})
    assert (refused.status_code, EXPIRED in refused.text) == (403, True)
    assert mine.get("/").status_code == 200


def test_a_token_from_before_the_login_is_refused_after_it(house: House) -> None:
    house.logged_in("wang")
    client = house.visitor()
    early = token_on(client.get("/login").text)
    log_in(client, "wang", PASSWORD)
    assert client.post("/logout", data={"csrf_token": early}).status_code == 403


def test_a_token_is_refused_after_the_logout(house: House) -> None:
    client = house.logged_in("wang")
    token = token_on(client.get("/").text)
    assert client.post("/logout", data={"csrf_token": token}).status_code == 303
    replayed = {"name": "wang", "password": PASSWORD, "csrf_token": token}
    assert client.post("/login", data=replayed).status_code == 403
    client.get("/login")
    assert client.post("/login", data=replayed).status_code == 403


def test_a_login_without_the_cookie_is_refused(house: House) -> None:
    """Login CSRF: the attacker's own form, sent by the victim's browser."""
    house.logged_in("wang")
    token = token_on(house.visitor().get("/login").text)
    form = {"name": "wang", "password": PASSWORD, "csrf_token": token}
    assert house.visitor().post("/login", data=form).status_code == 403


def test_the_token_may_come_in_a_header(house: House) -> None:
    client = house.logged_in("wang")
    token = token_on(client.get("/").text)
    assert client.post("/logout", headers={"X-CSRF-Token": token[:-1] + "g"}).status_code == 403
    assert client.post("/logout", headers={"X-CSRF-Token": token}).status_code == 303


def test_a_key_beside_the_cookie_does_not_open_the_guard(house: House) -> None:
    client = house.logged_in("wang")
    assert client.post("/logout", headers={"Authorization": "Bearer x"}).status_code == 403


def test_an_uploaded_file_is_no_token(house: House) -> None:
    client = house.logged_in("wang")
    assert client.post("/logout", files={"csrf_token": b"x"}).status_code == 403
