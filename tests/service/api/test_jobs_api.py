"""Imports, exports and jobs through a portal's key."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from matcher.domain.expert import Expert, PrivateDetails
from matcher.domain.portal_key import KeyScope
from tests.service.house import OFFICE, House

SHEET = "专家编号,姓名,研究方向\nE1,张三,声学\nE2,,土壤\n".encode()


class Portal:
    def __init__(self, house: House, *scopes: KeyScope) -> None:
        self._house, self.client = house, house.visitor()
        self.client.headers["Authorization"] = f"Bearer {house.service.keys.add('门户', scopes, 1000, None, OFFICE)}"

    def run(self, answer) -> str:
        """The job that the answer speaks of, run to its end."""
        assert answer.status_code == 202, answer.text
        job_id = answer.json()["id"]
        self._house.service.job_runner().run(job_id)
        return job_id

    def twice(self, path: str, wanted: dict[str, object]):
        head = {"Idempotency-Key": "0123456789abcdef"}
        return [self.client.post(path, json=wanted, headers=head) for _ in range(2)]

    def upload(self, content: bytes = SHEET, name: str = "专家.csv", kind: str = "experts"):
        return self.client.post("/api/v1/imports", files=[("files", (name, content))], data={"kind": kind})


def test_an_import_from_upload_to_rejected_rows(house: House) -> None:
    portal = Portal(house, KeyScope.IMPORT)
    answer = portal.upload()
    assert answer.headers["Location"] == f"/api/v1/imports/{answer.json()['id']}"
    place = answer.headers["Location"]
    assert portal.client.get(place).json()["may_confirm"] is False
    assert portal.client.post(f"{place}/confirm").status_code == 409
    portal.run(answer)
    found = portal.client.get(place).json()
    assert found["may_confirm"] is True
    assert found["preview"]["counts"]["专家表"] == {"new": 1, "changed": 0, "unchanged": 0, "rejected": 1}
    rejected = portal.client.get(f"{place}/rejected.xlsx")
    assert load_workbook(io.BytesIO(rejected.content)).sheetnames[0] == "专家表"
    job = portal.run(portal.client.post(f"{place}/confirm"))
    assert portal.client.get(f"/api/v1/jobs/{job}").json()["state"] == "完成"
    assert house.store.experts.ids() == ["E1"]
    assert portal.client.post(f"{place}/confirm").status_code == 409


def test_an_export_holds_nothing_private_and_is_fetched_from_its_job(house: House) -> None:
    house.store.experts.save([Expert("E1", "张三", private=PrivateDetails(phone="13812345678"))], by="甲")
    portal = Portal(house, KeyScope.EXPORT)
    job = portal.run(portal.client.post("/api/v1/exports", json={"kind": "experts"}))
    report = portal.client.get(f"/api/v1/jobs/{job}").json()
    assert (report["state"], report["has_file"], report["error"]) == ("完成", True, "")
    file = portal.client.get(f"/api/v1/jobs/{job}/file")
    rows = list(load_workbook(io.BytesIO(file.content))["专家表"].iter_rows(values_only=True))
    assert ("手机" in rows[0], "张三" in rows[1], "138" in str(rows[1])) == (False, True, False)
    listed = portal.client.get("/api/v1/jobs", params={"limit": 1}).json()
    assert ([one["id"] for one in listed["items"]], listed["next"]) == ([job], "")


def test_keys_see_their_own_jobs_and_need_their_scope(house: House) -> None:
    portal, other = Portal(house, KeyScope.IMPORT), Portal(house, KeyScope.EXPORT)
    job = portal.upload().json()["id"]
    assert other.upload().status_code == 403
    for path in (f"/api/v1/jobs/{job}", f"/api/v1/jobs/{job}/file"):
        assert other.client.get(path).status_code == 404
    assert other.client.post(f"/api/v1/jobs/{job}/cancel").status_code == 404
    assert portal.client.post(f"/api/v1/jobs/{job}/cancel").json()["state"] == "已取消"
    assert portal.client.post(f"/api/v1/jobs/{job}/cancel").status_code == 409
    assert portal.client.post(f"/api/v1/jobs/{job}/repeat").status_code == 202
    assert house.visitor().get(f"/api/v1/jobs/{job}").status_code == 401


@pytest.mark.parametrize(
    ("content", "name", "kind", "status"),
    [(b"MZ", "a.exe", "experts", 422), (SHEET, "a.csv", "nothing", 422), (b"x,y\n" * 300_000, "a.csv", "experts", 413)],
    ids=["program", "kind", "size"],
)
def test_what_is_wrong_with_an_upload_is_a_problem(
    build_house, content: bytes, name: str, kind: str, status: int
) -> None:
    answer = Portal(build_house(upload_mb=1), KeyScope.IMPORT).upload(content, name, kind)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


def test_a_post_that_is_sent_twice_starts_one_job(house: House) -> None:
    first, again = Portal(house, KeyScope.EXPORT).twice("/api/v1/exports", {"kind": "experts"})
    assert (first.status_code, again.status_code) == (202, 202)
    assert first.json() == again.json()
    assert again.headers["Location"] == f"/api/v1/jobs/{first.json()['id']}"
