"""Several workers: one truth, dead ones replaced, all stopped together, one rate for all."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
import pytest

from matcher.domain.expert import Expert
from matcher.domain.portal_key import KeyScope
from service.jobs.kinds.exports import EXPORT
from service.wiring import Service
from tests.service.house import OFFICE
from tests_slow.served import ZHANG, Served, ended, own_service, serving, until

SHEET = "专家编号,姓名,研究方向\nE1,张三,声学\n".encode()


@pytest.fixture
def service(tmp_path: Path, url: str) -> Service:
    return own_service(tmp_path / "home", url)


def key(service: Service, per_minute: int = 100_000) -> dict[str, str]:
    scopes = [KeyScope.IMPORT, KeyScope.EXPORT, KeyScope.READ_EXPERTS]
    return {"Authorization": f"Bearer {service.keys.add('门户', scopes, per_minute, None, OFFICE)}"}


def ready(served: Served) -> None:
    """Every worker has answered: each connection goes to one of them."""
    until(lambda: len(served.events("Application startup complete.")) >= 2)


def test_a_change_through_one_worker_is_in_the_next_answer_of_every_other(
    tmp_path: Path, url: str, service: Service
) -> None:
    """Connections are kept, and the system gives them to whichever worker is free: some go to each."""
    headers = key(service)
    with serving(tmp_path / "home", url, "--workers", "2") as served:
        ready(served)
        clients = [httpx2.Client(base_url=served.place, headers=headers, timeout=60) for _ in range(8)]
        for number in range(10):
            writer, *readers = clients[number % 8 :] + clients[: number % 8]
            answer = writer.post("/api/v1/exports", json={"kind": "experts", "ids": [f"E{number}"]})
            job = answer.json()["id"]
            assert {reader.get(f"/api/v1/jobs/{job}").status_code for reader in readers} == {200}
            for reader in readers:
                assert reader.get("/api/v1/jobs", params={"limit": 1}).json()["items"][0]["id"] == job
    service.close()


def test_dead_processes_are_replaced_and_a_stop_ends_all(tmp_path: Path, url: str, service: Service) -> None:
    with serving(tmp_path / "home", url, "--workers", "2") as served:
        ready(served)
        before = served.children()
        assert len(before) == 3
        for pid in before:
            os.kill(pid, signal.SIGKILL)
        until(lambda: len(set(served.children()) - set(before)) == 3)
        assert until(lambda: httpx2.get(f"{served.place}/health/live", timeout=60)).status_code == 200
        service.store.experts.save([Expert("E1", "张三")], by="甲")
        job = service.jobs.start(EXPORT, "导出专家", {"kind": "experts"}, ZHANG)
        assert ended(service, job).result["name"] == "专家.xlsx"
        pids = served.children()
        served.process.send_signal(signal.SIGTERM)
        assert served.process.wait(20) == 0
        assert not any(Path(f"/proc/{pid}").exists() for pid in pids)
    service.close()


def test_children_follow_a_killed_parent(tmp_path: Path, url: str, service: Service) -> None:
    with serving(tmp_path / "home", url) as served:
        until(lambda: served.events("Application startup complete."))
        pids = served.children()
        served.process.kill()
        until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in pids), 30)
    service.close()


def test_one_rate_for_all_workers(tmp_path: Path, url: str, service: Service) -> None:
    headers = key(service, per_minute=30)
    with serving(tmp_path / "home", url, "--workers", "2") as served:
        ready(served)
        answers = [httpx2.get(f"{served.place}/api/v1/key", headers=headers, timeout=60) for _ in range(45)]
    found = [answer.status_code for answer in answers]
    assert set(found) == {200, 429}
    assert 30 <= found.count(200) <= 36  # a token flows back every two seconds
    service.close()


def test_writing_and_reading_through_workers_while_jobs_run(tmp_path: Path, url: str, service: Service) -> None:
    """No answer is an error: under SQLite all writers take turns."""
    headers = key(service)

    def work(number: int) -> list[int]:
        found = []
        with httpx2.Client(base_url=served.place, headers=headers, timeout=120) as client:
            for round in range(6):
                sheet = f"专家编号,姓名,研究方向\nE{number}-{round},专家{number},声学\n".encode()
                answer = client.post("/api/v1/imports", files=[("files", ("a.csv", sheet))], data={"kind": "experts"})
                found += [answer.status_code, client.get(answer.headers.get("location", "/api/v1/jobs")).status_code]
        return found

    with serving(tmp_path / "home", url, "--workers", "2") as served:
        ready(served)
        with ThreadPoolExecutor(8) as pool:
            statuses = [status for found in pool.map(work, range(8)) for status in found]
    assert set(statuses) <= {202, 200, 429}
    assert statuses.count(202) >= 20
    service.close()
