"""What an error looks like from outside."""

import re
from collections.abc import Callable

from fastapi import UploadFile
from sqlalchemy import create_engine, text

from tests.service.house import OFFICE, House, log_in, token_on


def test_an_unknown_page_and_an_unknown_route(house: House) -> None:
    client = house.visitor()
    page, problem = client.get("/gibt-es-nicht"), client.get("/api/v1/gibt-es-nicht")
    assert page.status_code == problem.status_code == 404
    assert "没有这个页面，请核对地址。" in page.text
    assert problem.headers["content-type"] == "application/problem+json"
    assert problem.json() == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": "没有这个页面，请核对地址。",
        "code": "NOT_FOUND",
        "request_id": problem.headers["x-request-id"],
    }


def test_an_unforeseen_error_tells_nothing_of_itself(house: House) -> None:
    def broken() -> None:
        raise KeyError("13843112345")

    house.app.get("/broken")(broken)
    house.app.get("/api/v1/broken")(broken)
    page, problem = (house.visitor().get(path) for path in ("/broken", "/api/v1/broken"))
    assert page.status_code == problem.status_code == 500
    assert "138" not in page.text + problem.text
    assert page.headers["x-request-id"] in page.text
    assert page.headers["content-security-policy"].startswith("default-src 'self'")


def test_a_database_that_is_gone_is_told_without_its_words(house: House, url: str) -> None:
    client = house.logged_in("wang")
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE sessions"))
    engine.dispose()
    answer = client.get("/")
    assert (answer.status_code, "服务暂时不可用" in answer.text, "sessions" in answer.text) == (503, True, False)


def test_a_body_is_bounded(house: House) -> None:
    client = house.visitor()
    form = {"name": "x" * (1 << 20), "csrf_token": token_on(client.get("/login").text)}
    assert client.post("/login", data=form).status_code == 413
    chunks = (b"name=" + b"x" * 65536 for _ in range(20))
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    assert client.post("/login", content=chunks, headers=headers).status_code == 413


def test_fields_are_bounded(house: House) -> None:
    client = house.visitor()
    client.get("/login")
    assert log_in(client, "x" * 201, "y").status_code == 422
    assert log_in(client, "x", "y" * 1001).status_code == 422


def test_a_route_may_take_a_larger_body(build_house: Callable[..., House]) -> None:
    house = build_house()
    key = house.service.keys.add("门户", [], 60, None, OFFICE)

    def take(file: UploadFile) -> int:
        return file.size or 0

    house.app.post("/api/v1/probe", max_body_size=4 << 20)(take)
    sent = {"file": b"x" * (2 << 20)}
    answer = house.visitor().post("/api/v1/probe", files=sent, headers={"Authorization": f"Bearer {key}"})
    assert answer.json() == 2 << 20


def test_headers_of_every_answer(house: House) -> None:
    client = house.visitor()
    files = ("/static/console.css", "/vendor/tabler/tabler.min.css", "/vendor/htmx/htmx.min.js")
    for path in ("/login", "/gibt-es-nicht", "/api/v1/key", "/health/live", *files):
        headers = client.get(path).headers
        assert headers["content-security-policy"] == (
            "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
            "frame-ancestors 'none'"
        )
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cache-control"] == ("no-cache" if path in files else "no-store")


def test_pages_keep_their_own_policy(house: House) -> None:
    """No script, style or handler stands in a page: the policy would block it."""
    client = house.logged_in("wang")
    for path in ("/", "/password", "/gibt-es-nicht"):
        page = client.get(path).text
        assert all(
            mark not in page for mark in ("<script>", "<style", "style=", " onclick", " onload", "http://", "https://")
        )
        assert re.findall(r"<script([^>]*)>", page) == [
            *(f' src="/{file}" defer' for file in ("vendor/htmx/htmx.min.js", "static/console.js")),
            *(f' src="/static/{file}" type="module"' for file in ("session.js", "drafts.js")),
        ]


def test_no_documentation_page_that_loads_from_outside(house: House) -> None:
    client = house.visitor()
    assert [client.get(path).status_code for path in ("/docs", "/redoc")] == [404, 404]
    described = client.get("/api/v1/openapi.json").json()
    assert all(path.startswith(("/api/v1/", "/health/")) for path in described["paths"])
