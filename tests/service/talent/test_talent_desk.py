"""Talent through the service: places, owners, teams, nominations, gaps, files; each file audited."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from matcher.domain.account import Role
from matcher.domain.audit import AuditAction
from matcher.domain.engagement import Engagement
from matcher.domain.job import JobState
from matcher.domain.vocabulary import EngagementKind, EngagementRole, EvidenceType, UnitKind
from matcher.store.errors import RecordUnknown
from matcher.workflows.enterprise_team import StationUnknown
from service.jobs.kinds.coverage import COVERAGE
from service.talent.coverage import coverage_of
from tests.service.house import House
from tests.service.jobs_house import ran
from tests.service.matching.world import FARM, SENIOR, furnish, worker

STATION = Engagement(
    "L1", EngagementKind.EXPERT_STATION, FARM.name, "E1", "D1", region_code="220800", role=EngagementRole.CHIEF
)


def furnished(house: House) -> House:
    """E2 works at the farm that has the station; E4's patent answers the welding."""
    furnish(house)
    worker_ = replace(SENIOR, id="E2", name="王二", organization=FARM.name, unit_kind=UnitKind.ENTERPRISE)
    house.store.experts.save([worker_], by="测试")
    house.store.ledger.save([STATION], by="测试")
    return house


def test_a_team_for_a_station_and_for_a_demand(house: House) -> None:
    desk, wang = furnished(house).service.talent, worker(house, "wang")
    jin = worker(house, "jin", Role.MANAGER, "2224")
    assert [(one.line.id, one.chief and one.chief.name) for one in desk.stations(wang)] == [("L1", "郑一")]
    found = desk.team_of_station("L1", 10, wang)
    assert [(one.explanation.expert.id, one.own) for one in found.candidates] == [("E2", True)]
    assert [one.id for one in desk.possible_chiefs("D1", wang)] == ["E1"]
    alone = desk.team_for_demand("D1", "", 10, wang)
    assert (alone.case.chief, [one.explanation.expert.id for one in alone.candidates]) == (None, ["E2"])
    assert desk.stations(jin) == []
    with pytest.raises(StationUnknown):
        desk.team_of_station("L1", 10, jin)
    with pytest.raises(RecordUnknown):
        desk.team_for_demand("D1", "", 10, jin)
    with pytest.raises(RecordUnknown):
        desk.achievements("D1", (), 10, jin)


def test_achievements_show_their_owners(house: House) -> None:
    desk, wang = furnished(house).service.talent, worker(house, "wang")
    report = desk.achievements("D2", (), 10, wang)[0]
    best = report.achievements[0]
    assert (best.item.id, [owner.expert.id for owner in best.owners]) == ("I3", ["E4"])
    papers = desk.achievements("D1", (EvidenceType.PAPER,), 10, wang)[0]
    assert [one.item.id for one in papers.achievements] == ["I1"]
    paper = house.service.talent_papers.achievements("D2", [report], wang)
    assert load_workbook(io.BytesIO(paper.content)).sheetnames == ["成果对接表"]
    entry = house.audit()[-1].entry
    assert (entry.action, entry.subject) == (AuditAction.EXPORT_TALENT, "需求:D2")


def test_gaps_are_found_by_a_job_within_the_places_of_its_owner(house: House) -> None:
    wang = worker(furnished(house), "wang")
    jin = worker(house, "jin", Role.READER, "2224")
    done = ran(house, house.service.jobs.start(COVERAGE, "人才缺口分析", {}, wang))
    assert (done.state, done.error) == (JobState.DONE, "")
    found = coverage_of(done.result)
    assert found.demands == 2
    assert {gap.reading_id for gap in found.gaps} <= {"D1", "D2"}
    assert coverage_of(ran(house, house.service.jobs.start(COVERAGE, "分析", {}, jin)).result).demands == 0
    paper = house.service.talent_papers.coverage(found, wang)
    assert load_workbook(io.BytesIO(paper.content)).sheetnames[0] == "需求缺口"


def test_nominations_check_each_condition(house: House) -> None:
    desk = furnished(house).service.talent
    assert desk.programmes()[0].open
    found = desk.nominations(desk.programmes()[0].programme.name, 5)
    assert found.programme.example
    everybody = (*found.nominees, *found.short)
    assert all(one.conditions for one in everybody)
