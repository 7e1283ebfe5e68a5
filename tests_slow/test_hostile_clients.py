"""Clients that speak HTTP badly or never finish, at a real socket: refused or timed out, and nobody else waits."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import pytest

from tests_slow.served import own_service, serving, until

_POST = b"POST /api/v1/demands HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home: Path = tmp_path_factory.mktemp("clients")
    url = f"sqlite:///{home / 'matcher.db'}"
    own_service(home, url).close()
    with serving(home, url, body_seconds=2) as served:
        until(lambda: httpx2.get(f"{served.place}/health/ready", timeout=60).status_code == 200)
        yield served.place


def opened(place: str, sent: bytes) -> socket.socket:
    where = urlsplit(place)
    connection = socket.create_connection((where.hostname, where.port), timeout=60)
    connection.sendall(sent)
    return connection


def answer(connection: socket.socket) -> bytes:
    with connection:
        return connection.recv(65536)


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Length: -1\r\n",
        b"Content-Length: x\r\n",
        b"Content-Length: 1\r\nContent-Length: 2\r\n",
        b"Content-Length: +1\r\n",
        b"Content-Length: " + b"9" * 30 + b"\r\n",
        b"Transfer-Encoding: gzip, chunked\r\n",
        b"X-Long: " + b"a" * 200_000 + b"\r\n",
        b"No colon\r\n",
    ],
)
def test_what_is_no_http_is_refused(place: str, head: bytes) -> None:
    status = answer(opened(place, _POST + head + b"\r\n")).split(b" ")[1]
    assert status[:1] == b"4" or status == b"501"


def test_bodies_that_never_end_are_timed_out_and_hold_up_nobody(place: str) -> None:
    waiting = [opened(place, _POST + b"Content-Length: 1000\r\n\r\n{") for _ in range(100)]
    assert httpx2.get(f"{place}/health/live", timeout=60).status_code == 200
    assert {answer(one).split(b" ")[1] for one in waiting} == {b"408"}


def test_a_body_that_drips_is_timed_out(place: str) -> None:
    """Each pause is short; all of it would take a quarter of an hour."""
    connection = opened(place, _POST + b"Content-Length: 1000\r\n\r\n")
    connection.settimeout(0.5)
    told = b""
    for _ in range(60):
        try:
            connection.sendall(b" ")
            told = connection.recv(65536)
            break
        except TimeoutError:
            continue
    connection.close()
    assert told.split(b" ")[1] == b"408"
