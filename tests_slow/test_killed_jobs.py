"""Everything is killed while a job is at work; the next start brings it to the end that an undisturbed run has."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from matcher.domain.demand import Demand
from matcher.domain.evidence import EvidenceItem
from matcher.domain.expert import Expert
from matcher.domain.job import Job, JobState
from matcher.domain.vocabulary import EvidenceType
from matcher.intake.columns import TableKind
from matcher.store import OwnedItem
from service.jobs.imports import Upload
from service.jobs.kinds.exports import EXPORT
from service.jobs.kinds.index import INDEX
from service.jobs.kinds.matches import MATCHES
from service.wiring import Service
from tests_slow.served import ZHANG, ended, own_service, serving, until

_PEOPLE = 6000


def people(direction: str) -> io.BytesIO:
    rows = (f"E{n:05d},专家{n},{direction}{n % 97}与盐碱地改良\n" for n in range(_PEOPLE))
    return io.BytesIO(("专家编号,姓名,研究方向\n" + "".join(rows)).encode())


def killed_while(home: Path, url: str, service: Service, job: Job, at_work: Callable[[Job], bool]) -> Job:
    """Served until the job is at work, killed, served again until it is over."""
    with serving(home, url) as served:
        until(lambda: at_work(service.store.jobs.get(job.id)))
        served.kill_everything()
    broken = service.store.jobs.get(job.id)
    assert broken.state is JobState.RUNNING, broken
    with serving(home, url):
        return ended(service, job)


def test_a_killed_import_goes_on_and_is_whole(tmp_path: Path, url: str) -> None:
    home, service = tmp_path / "home", own_service(tmp_path / "home", url)
    preview = service.imports.upload(TableKind.EXPERTS, [Upload("专家.csv", people("土壤"))], ZHANG)
    with serving(home, url):
        assert ended(service, preview).result["counts"][TableKind.EXPERTS]["new"] == _PEOPLE
        assert service.store.experts.count() == 0
    job = service.imports.confirm(preview.id, ZHANG)
    done = killed_while(home, url, service, job, lambda now: now.stage == "写入" and now.done > 500)
    assert (done.state, done.attempts, done.error) == (JobState.DONE, 2, "")
    assert service.store.experts.count() == _PEOPLE
    assert done.result["counts"][TableKind.EXPERTS]["new"] == _PEOPLE
    assert [len(service.store.experts.history(f"E{n:05d}")) for n in (0, 600, _PEOPLE - 1)] == [1, 1, 1]
    service.close()


@pytest.fixture
def filled(tmp_path: Path, url: str) -> Service:
    service = own_service(tmp_path / "home", url)
    experts = [Expert(f"E{n:04d}", f"专家{n}", directions=(f"方向{n % 97}",)) for n in range(3000)]
    service.store.experts.save(experts, by="甲")
    papers = (
        EvidenceItem(f"I{n}", EvidenceType.PAPER, f"盐碱地改良材料研究之{n}：第{n * 7919 % 3001}种方法")
        for n in range(6000)
    )
    service.store.items.save([OwnedItem(f"E{n % 3000:04d}", item) for n, item in enumerate(papers)], by="甲")
    demands = [Demand(f"D{n:03d}", f"盐碱地改良{n}", problem=f"土壤板结，第{n}块地返盐") for n in range(300)]
    service.store.demands.save(demands, by="甲")
    return service


def test_a_killed_index_build_goes_on(tmp_path: Path, url: str, filled: Service) -> None:
    with serving(tmp_path / "home", url):
        job = filled.jobs.start(INDEX, "重建索引", {}, ZHANG)
        ended(filled, job)
    job = filled.jobs.start(INDEX, "重建索引", {}, ZHANG)
    done = killed_while(tmp_path / "home", url, filled, job, lambda now: now.stage == "重建索引")
    assert (done.state, done.error) == (JobState.DONE, "")
    assert done.result["items"] == filled.store.items.count()
    filled.close()


def test_a_killed_batch_of_matches_and_a_killed_export_are_repeated(tmp_path: Path, url: str, filled: Service) -> None:
    home = tmp_path / "home"
    job = filled.jobs.start(MATCHES, "匹配全部需求", {}, ZHANG)
    done = killed_while(home, url, filled, job, lambda now: now.stage == "匹配" and now.done > 10)
    assert (done.state, done.error, done.result["demands"]) == (JobState.DONE, "", 300)
    assert filled.jobs.file(done.id, ZHANG).path.stat().st_size > 0
    job = filled.jobs.start(EXPORT, "导出专家", {"kind": "experts"}, ZHANG)
    done = killed_while(home, url, filled, job, lambda now: now.stage.startswith("导出"))
    assert (done.state, done.error) == (JobState.DONE, "")
    folder = filled.jobs.file(done.id, ZHANG).path.parent
    assert [path.name for path in folder.iterdir()] == [f"{done.id}.xlsx"]
    filled.close()
