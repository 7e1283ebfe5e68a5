"""Plans of visits from a database: who can come, who joins by video, kept and shown again."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from matcher.domain.demand import Need
from matcher.domain.expert import PrivateDetails
from matcher.domain.vocabulary import PostStatus, ServiceKind
from matcher.plan.book import parse_plan_book
from matcher.plan.problem import Choice, Steering
from matcher.plan.solver import solve
from matcher.plan.visit_validator import visit_violations
from matcher.reference.regions import Regions
from matcher.reference.travel import read_travel_minutes
from matcher.resources import bundled
from matcher.workflows.directory import ExpertDirectory
from matcher.workflows.plan_archive import ChoiceNotPlanned, PlanNotSignable
from matcher.workflows.plan_ground import PlanGround
from matcher.workflows.plan_sight import PlanSights
from matcher.workflows.plan_visits import NothingToVisit, RegionUnreadable, VisitPlanner, VisitRequest, region_codes
from matcher.workflows.visit_archive import KeptVisits, VisitArchive
from matcher.workflows.visit_report import VisitReporter
from tests.workflows.test_match import PEOPLE, SENIOR, Desk
from tests.workflows.test_plan_stations import ACT, RULES, SALINE, WELDING

REGIONS = Regions.load(bundled("reference"))
MONDAY = date(2026, 6, 1)
TRIP = VisitRequest(("22",), MONDAY, 3)
SERVICES = (ServiceKind.CONSULTING, ServiceKind.VISIT)
VISITORS = [replace(person, services=SERVICES, consent_date=SENIOR.consent_date) for person in PEOPLE]


class VisitDesk(Desk):
    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        asked = [replace(demand, services=SERVICES) for demand in (SALINE, WELDING)]
        self.store.demands.save(asked, by="测试")
        self.store.experts.save(VISITORS, by="测试")
        directory = ExpertDirectory(self.store)
        book = parse_plan_book(bundled("plan.toml").read_text(encoding="utf-8")).visits
        ground = PlanGround(self.store, directory, self.matchmaker, RULES, REGIONS, solve)
        self.planner = VisitPlanner(ground, book, read_travel_minutes(bundled("reference")))
        sights = PlanSights(self.store, directory, self.matchmaker, self.reporter)
        self.archive = VisitArchive(self.store, self.planner, sights)
        self.views = VisitReporter(sights, REGIONS)

    def kept(self, request: VisitRequest = TRIP) -> KeptVisits:
        problem, plan = self.planner.plan(request)
        assert visit_violations(problem, plan) == ()
        return self.archive.keep(request, problem, plan, ACT)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[VisitDesk]:
    desk = VisitDesk(tmp_path)
    yield desk
    desk.store.close()


def test_a_plan_of_visits_is_the_same_after_a_restart(desk: VisitDesk, tmp_path: Path) -> None:
    kept = desk.kept()
    assert {stop.demand_id: stop.on_site for stop in kept.plan.stops} == {"D1": ("E1",), "D2": ("E4",)}
    desk.store.close()
    again = VisitDesk(tmp_path)
    assert again.archive.show(kept.record.id).plan == kept.plan
    again.store.close()


def test_days_away_and_who_is_ill(desk: VisitDesk) -> None:
    free = {stop.demand_id: stop.day for stop in desk.kept().plan.stops}
    absent = replace(TRIP, away=tuple((name, free["D1"]) for name in ("E1", "E2")))
    assert {stop.demand_id: stop.day for stop in desk.kept(absent).plan.stops}["D1"] != free["D1"]
    ill = replace(SENIOR, services=SERVICES, private=PrivateDetails(health="静养"))
    desk.store.experts.save([ill], by="测试")
    stops = {stop.demand_id: stop for stop in desk.kept().plan.stops}
    assert (stops["D1"].on_site, stops["D1"].remote) in ((("E2",), ()), (("E2",), ("E1",)))


def test_a_plan_whose_expert_was_disabled_says_so_and_is_not_signed(desk: VisitDesk) -> None:
    kept = desk.kept()
    desk.store.experts.save([replace(SENIOR, services=SERVICES, post_status=PostStatus.DISABLED)], by="测试")
    shown = desk.archive.show(kept.record.id)
    assert [(v.demand_id, v.expert_id, v.message) for v in shown.against] == [
        ("D1", "E1", "在岗状态为“停用”，不能安排")
    ]
    with pytest.raises(PlanNotSignable):
        desk.archive.sign(kept.record.id, None, ACT)


def test_two_confirmed_needs_get_an_expert_each(desk: VisitDesk) -> None:
    needs = (Need("D1", 1, "盐碱地保苗", "盐碱地土壤出苗不好"), Need("D1", 2, "焊缝气孔", "铝合金焊接气孔抑制"))
    desk.store.demands.save([replace(SALINE, services=SERVICES, needs=needs)], by="测试")
    desk.store.experts.save([replace(VISITORS[-1], avoid_units=())], by="测试")
    (stop,) = [stop for stop in desk.kept().plan.stops if stop.demand_id == "D1"]
    assert {one.need_id: one.expert_id for one in stop.covered} == {"D1#1": "E1", "D1#2": "E4"}


def test_only_the_people_and_services_that_are_asked_for(desk: VisitDesk) -> None:
    plan = desk.kept(replace(TRIP, people=("E2",))).plan
    assert [(stop.demand_id, stop.on_site) for stop in plan.stops] == [("D1", ("E2",))]
    assert [one.why for one in plan.unvisited] == ["选定的专家中没有匹配概率足够的"]
    with pytest.raises(NothingToVisit):
        desk.planner.problem(replace(TRIP, services=(ServiceKind.LECTURE,)))


def test_what_was_confirmed_stays_when_the_plan_is_solved_again(desk: VisitDesk) -> None:
    kept = desk.kept(replace(TRIP, people=("E2", "E4")))
    confirmed = desk.archive.confirm(kept.record.id, [Choice("D1", "E2")], ACT)
    assert confirmed.confirmed == ("D1:E2",)
    request = replace(desk.archive.again(kept.record.id, Steering()), people=())
    problem, plan = desk.planner.plan(request)
    again = desk.archive.keep(request, problem, plan, ACT, id=kept.record.id)
    assert ("D1", ("E2",)) in [(stop.demand_id, stop.on_site) for stop in again.plan.stops]
    assert again.record.confirmed == ("D1:E2",)
    with pytest.raises(ChoiceNotPlanned):
        desk.archive.confirm(kept.record.id, [Choice("D2", "E1")], ACT)


def test_backups_are_checked_again_when_a_plan_is_shown(desk: VisitDesk) -> None:
    kept = desk.kept()
    assert [(b.expert_id, b.instead_of) for b in kept.plan.stops[0].backups] == [("E2", ())]
    assert desk.archive.show(kept.record.id).against == ()
    desk.store.experts.save([replace(VISITORS[1], post_status=PostStatus.DISABLED)], by="测试")
    (found,) = desk.archive.show(kept.record.id).against
    assert (found.demand_id, found.expert_id, found.message) == (
        "D1", "E2", "备选不能递补：在岗状态为“停用”，不能安排",
    )  # fmt: skip


def test_blank_services_are_asked_for(desk: VisitDesk) -> None:
    desk.store.experts.save([replace(person, services=()) for person in VISITORS], by="测试")
    kept = desk.kept()
    assert kept.plan.stops == ()
    assert {one.ask for one in kept.plan.unvisited} == {"请征求专家意见"}


def test_sheets_by_day_and_by_person(desk: VisitDesk) -> None:
    by_day, by_person, *_ = desk.views.report(desk.kept()).sheets()
    assert (by_day.name, by_person.name) == ("行程表（按日）", "行程表（按人）")
    assert [row[0] for row in by_person.rows] == ["郑一（E1）", "赵四（E4）"]


def test_regions_that_say_nothing_are_refused(desk: VisitDesk) -> None:
    with pytest.raises(RegionUnreadable, match="火星"):
        region_codes(["火星"], REGIONS)
    with pytest.raises(NothingToVisit, match="辽源市"):
        desk.planner.plan(replace(TRIP, regions=region_codes(["辽源"], REGIONS)))
