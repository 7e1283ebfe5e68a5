"""Log lines: JSON, found by request id, without personal data."""

import io
import json
import logging
from collections.abc import Iterator

import pytest

from matcher.domain.account import Role
from service.logs.json_lines import JsonLines
from tests.service.house import PASSWORD, House, log_in


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What the service's loggers write while the test runs."""
    stream, logger = io.StringIO(), logging.getLogger("service")
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield stream
    logger.removeHandler(handler)
    logger.setLevel(logging.NOTSET)


def told(lines: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in lines.getvalue().splitlines()]


def test_one_line_a_request(house: House, lines: io.StringIO) -> None:
    answer = house.visitor().get("/login?next=/experts/张三")
    (line,) = told(lines)
    assert {name: line[name] for name in ("level", "event", "logger", "method", "route", "status")} == {
        "level": "info",
        "event": "request",
        "logger": "service.requests",
        "method": "GET",
        "route": "/login",
        "status": 200,
    }
    assert line["request_id"] == answer.headers["x-request-id"]
    assert set(line) == {"time", "level", "event", "logger", "request_id", "method", "route", "status", "ms"}


def test_the_proxys_request_id_is_kept_where_it_is_one(house: House, lines: io.StringIO) -> None:
    given = {"ok": "abcdef12-3456", "short": "abc", "hostile": 'x"}\\n{"event": "forged"'}
    answers = {
        name: house.visitor().get("/health/live", headers={"X-Request-ID": value}).headers["x-request-id"]
        for name, value in given.items()
    }
    assert answers["ok"] == "abcdef12-3456"
    assert all(len(answers[name]) == 32 for name in ("short", "hostile"))
    assert [line["request_id"] for line in told(lines)] == list(answers.values())


def test_no_personal_data_in_the_lines(house: House, lines: io.StringIO) -> None:
    house.hire("zhang.san", Role.ADMINISTRATOR)
    client = house.logged_in("wang")
    log_in(house.visitor(), "zhang.san", "falsches-passwort")
    client.get("/experts/13843112345?name=李四")
    client.get("/")
    everything = lines.getvalue()
    for private in ("zhang.san", "wang", PASSWORD, "falsches", "13843112345", "李四", "testclient"):
        assert private not in everything
    assert len(told(lines)) >= 8


def test_an_error_is_told_by_type_and_place_not_by_words(house: House, lines: io.StringIO) -> None:
    def broken() -> None:
        try:
            raise ValueError("13843112345")
        except ValueError as error:
            raise KeyError("李四") from error

    house.app.get("/broken")(broken)
    house.visitor().get("/broken")
    error, request = told(lines)
    assert error["event"] == "unforeseen error"
    assert error["request_id"] == request["request_id"]
    errors = error["errors"]
    assert isinstance(errors, list)
    assert [found["type"] for found in errors] == ["builtins.KeyError", "builtins.ValueError"]
    assert errors[0]["where"][-1].endswith(" broken")
    assert "13843112345" not in lines.getvalue()
    assert "李四" not in lines.getvalue()
