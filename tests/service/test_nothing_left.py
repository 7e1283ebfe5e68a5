"""Somebody with a name of his own passes through every part of the house and is erased: what is still found?"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from matcher.domain.account import Role
from matcher.domain.engagement import Engagement
from matcher.domain.evidence import EvidenceItem
from matcher.domain.expert import PrivateDetails
from matcher.domain.job import Job, JobState
from matcher.domain.portal_key import KeyScope
from matcher.domain.vocabulary import EngagementKind, EvidenceType, Purpose, Verdict
from matcher.intake.columns import TableKind
from matcher.store import OwnedItem
from matcher.store.jobs import JobWish
from service.jobs.kinds.coverage import COVERAGE
from service.jobs.kinds.exports import EXPORT
from service.jobs.kinds.lectures import LECTURES
from service.jobs.kinds.matches import MATCHES
from service.jobs.kinds.plans import PLAN
from service.matching.desk import MatchAsk
from tests.service.api.test_jobs_api import Portal
from tests.service.console.test_administration import send
from tests.service.house import House
from tests.service.jobs_house import ran, upload
from tests.service.matching.world import SENIOR, furnish, worker
from tests.service.plans.test_plan_desk import ASKING, ONE
from tests.store.raw_content import everything

NAME, PHONE, MAIL, FIELD = "欧阳樗栎", "13977770001", "chuli@lost.example", "盐碱地罕见改良法"
GONE = (NAME, PHONE, MAIL, FIELD, "只他写得出的论文", "请他先谈", "说话太快", "住罕见饭店", "欧阳偏好高铁")
PERSON = replace(
    SENIOR, id="E77", name=NAME, directions=(FIELD, "水稻育种"), private=PrivateDetails(phone=PHONE, email=MAIL)
)
TABLE = f"专家编号,姓名,研究方向1,手机\nE77,{NAME},{FIELD},{PHONE}\n,{NAME},{FIELD},{PHONE}\n"


def test_an_erasure_leaves_no_word_of_the_person(house: House, tmp_path: Path, url: str) -> None:
    waiting = lived_through(house)
    before = found_in(tmp_path, url)
    assert {NAME, FIELD, "只他写得出的论文"} <= before  # the search finds what is there
    client = house.logged_in("zhou", Role.MANAGER)
    send(client, "/experts/E77/erase", typed="E77", reason="本人书面申请")
    (clearing,) = house.store.jobs.list(JobWish(kinds=("erasure",)))
    assert ran(house, clearing).state is JobState.DONE
    assert found_in(tmp_path, url) > set()  # an import that still waits; its file and title go once it is over
    ran(house, waiting)
    house.service.job_office().clear()
    assert found_in(tmp_path, url) == set()
    assert not list(house.store.audit.flaws())


def lived_through(house: House) -> Job:
    """Records, history, remarks, a signed run, plans, jobs with files, an answer kept for a portal, the index.

    Gives an import that still waits.
    """
    furnish(house)
    store, service, wang = house.store, house.service, worker(house, "wang")
    store.demands.save([ASKING], by="测试")
    store.experts.save([PERSON], by="测试")
    store.experts.save([replace(PERSON, title="研究员")], by="测试")
    own = EvidenceItem("I77", EvidenceType.PAPER, "只他写得出的论文", abstract=f"{FIELD}提高盐碱地水稻出苗率。")
    store.items.save([OwnedItem("E77", own)], by="测试")
    visit = Engagement("L1", EngagementKind.VISIT, "某厂", "E77", itinerary="住罕见饭店", remark="欧阳偏好高铁")
    store.ledger.save([visit], by="测试")
    service.marks.give("D1", "E77", Verdict.SUITABLE, "说话太快", wang)
    service.shortlists.put("D1", Purpose.ENTERPRISE_VISIT, "E77", "请他先谈", wang)
    run = service.runs.freeze("D1", MatchAsk(), "", wang).run
    service.runs.sign(run.id, "", wang)
    service.experts.private("E77", wang)
    preview = ran(house, service.imports.upload(TableKind.EXPERTS, [upload(TABLE, f"{NAME}.csv")], wang))
    ran(house, service.imports.confirm(preview.id, wang))
    wishes = {EXPORT: {"kind": "experts"}, MATCHES: {}, COVERAGE: {}, LECTURES: {}, PLAN: ONE.model_dump(mode="json")}
    for kind, wish in wishes.items():
        done = ran(house, service.jobs.start(kind, kind.name, wish, wang))
        assert (done.state, done.error) == (JobState.DONE, ""), kind.name
    asked = {"headers": {"Idempotency-Key": "0123456789abcdef"}, "json": {"demand_id": "D1"}}
    answer = Portal(house, KeyScope.MATCH).client.post("/api/v1/matches", **asked)
    assert NAME in answer.text
    service.application.index.rebuild()
    return service.imports.upload(TableKind.EXPERTS, [upload(TABLE, f"{NAME}.csv")], wang)


def found_in(home: Path, url: str) -> set[str]:
    """Those words of `GONE` that the database or any file of the home holds, workbooks opened, escapes undone."""
    text = "\n".join([everything(url), *(_text(name, content) for name, content in _files(home))])
    return {word for word in GONE if word in text or json.dumps(word)[1:-1] in text}


def _files(home: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(home.rglob("*")):
        if path.is_file():
            yield str(path.relative_to(home)), path.read_bytes()


def _text(name: str, content: bytes) -> str:
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return name + content.decode("utf-8", "ignore")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return name + "".join(archive.read(part).decode("utf-8", "ignore") for part in archive.namelist())
