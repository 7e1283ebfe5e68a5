"""Uploads: nothing of a stranger's body is taken, a bomb is told by its directory, and a name is only shown."""

from __future__ import annotations

import asyncio
import io
import zipfile
from http.cookies import SimpleCookie

import pytest
from fastapi.testclient import TestClient

from matcher.domain.account import Role
from matcher.domain.portal_key import KeyScope
from matcher.store.jobs import JobWish
from tests.service.api.test_records_api import Portal
from tests.service.house import House, token_on

_ROOMS = ("/imports", "/api/v1/imports")
_FILE = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.csv"\r\n\r\n'


class Sender:
    """Sends the head of a POST; `asked` tells whether anybody wanted its body."""

    def __init__(self, house: House) -> None:
        self._app = house.app
        self.asked = False

    def post(self, path: str, length: int = 100 << 20, **headers: str) -> int:
        given = {"host": "matcher.test", "content-type": "multipart/form-data; boundary=x", "content-length": length}
        scope = {
            "type": "http", "http_version": "1.1", "method": "POST", "path": path, "raw_path": path.encode(),
            "query_string": b"", "root_path": "", "scheme": "http", "client": ("10.9.9.9", 1), "server": ("x", 80),
            "headers": [(name.encode(), str(value).encode()) for name, value in (given | headers).items() if value],
        }  # fmt: skip
        statuses: list[int] = []

        async def receive() -> dict[str, object]:
            self.asked = True
            return self.body()

        async def send(message: dict[str, object]) -> None:
            statuses.extend([int(str(message["status"]))] if "status" in message else [])

        asyncio.run(self._app(scope, receive, send))
        return statuses[0]

    def body(self) -> dict[str, object]:
        return {"type": "http.request", "body": b"--x--\r\n", "more_body": False}


class Chunked(Sender):
    """Announces nothing and sends a file of 1 MB pieces without end."""

    pieces = 0

    def post(self, path: str, length: int = 0, **headers: str) -> int:
        return super().post(path, length, **{"transfer-encoding": "chunked"} | headers)

    def body(self) -> dict[str, object]:
        self.pieces += 1
        return {"type": "http.request", "body": _FILE if self.pieces == 1 else bytes(1 << 20), "more_body": True}


@pytest.fixture
def sender(house: House) -> Sender:
    return Sender(house)


def cookie_of(client: TestClient) -> str:
    jar = SimpleCookie({cookie.name: cookie.value or "" for cookie in client.cookies.jar})
    return jar.output(header="", sep=";").strip()


def test_of_a_strangers_upload_nothing_is_read(sender: Sender) -> None:
    assert [sender.post(path) for path in _ROOMS] == [303, 401]
    assert sender.post("/api/v1/imports", authorization="Bearer mk_nobody_knows") == 401
    assert not sender.asked


def test_of_an_upload_by_whoever_may_not_nothing_is_read(house: House, sender: Sender) -> None:
    reader = house.logged_in("qian", Role.READER)
    key = Portal(house, KeyScope.READ_EXPERTS).client.headers["Authorization"]
    assert sender.post("/imports", cookie=cookie_of(reader)) == 403
    assert sender.post("/api/v1/imports", authorization=key) == 403
    assert not sender.asked
    assert house.acts()[-1][1:] == ("访问", "POST /imports", "拒绝")


def test_an_upload_announced_too_large_is_refused_before_it_comes(house: House, sender: Sender) -> None:
    key = Portal(house, KeyScope.IMPORT).client.headers["Authorization"]
    assert sender.post("/api/v1/imports", 150 << 20, authorization=key) == 413
    assert not sender.asked
    assert sender.post("/api/v1/imports", 9, authorization=key) == 422
    assert sender.asked


def test_an_upload_that_announces_nothing_is_refused_as_soon_as_it_is_too_large(build_house) -> None:
    house = build_house(upload_mb=1)
    key = Portal(house, KeyScope.IMPORT).client.headers["Authorization"]
    cookie = cookie_of(house.logged_in("zhao", Role.OFFICER))
    for path, who in zip(_ROOMS, ({"cookie": cookie}, {"authorization": key}), strict=True):
        chunked = Chunked(house)
        assert (chunked.post(path, **who), chunked.pieces) == (413, 3)  # 1 MB for the files and 1 MB for the form
    assert list((house.service.settings.home / "uploads").glob("*")) == []


def test_an_upload_counts_once_against_the_rate(house: House, sender: Sender) -> None:
    portal = Portal(house, KeyScope.IMPORT, per_minute=2)
    key = portal.client.headers["Authorization"]
    assert [sender.post("/api/v1/imports", 9, authorization=key) for _ in range(3)] == [422, 422, 429]


def bomb() -> bytes:
    """A workbook of 40 KB whose sheet is 40 MB."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", bytes(40 << 20))
    return file.getvalue()


def test_a_workbook_that_swells_is_not_unpacked(house: House) -> None:
    client = house.logged_in("li", Role.OFFICER)
    token = token_on(client.get("/imports").text)
    files = {"files": ("专家.xlsx", bomb())}
    sent = client.post("/imports", data={"kind": "experts", "csrf_token": token}, files=files)
    job = house.store.jobs.list(JobWish())[0]
    house.service.job_runner().run(job.id)
    told = client.get(sent.headers["location"]).text
    assert "疑似压缩炸弹" in told
    assert house.store.experts.count() == 0


@pytest.mark.parametrize("name", ["..\\..\\etc\\x\u202excod.csv", "../../x.csv", "a\u200b/b\x00.csv"])
def test_a_files_name_is_only_shown(house: House, name: str) -> None:
    client = Portal(house, KeyScope.IMPORT).client
    files = {"files": (name, "专家编号,姓名\nE1,李娜".encode())}
    title = client.post("/api/v1/imports", data={"kind": "experts"}, files=files).json()["title"]
    assert not {"/", "\\", "\u202e", "\u200b", "\x00"} & set(title)
