"""Plans through the service: drawn up by a job, steered, signed by whoever may, seen as far as the places go."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from matcher.domain.account import Office, Role
from matcher.domain.audit import AuditAction
from matcher.domain.job import Job, JobState
from matcher.domain.plan import PlanState
from matcher.domain.vocabulary import PostStatus, ServiceKind
from matcher.store.errors import PlanSettled
from matcher.workflows.plan_archive import PlanNotSignable
from matcher.workflows.run_signing import OfficeHasSigned, SamePersonSigns
from service.jobs.kinds.plans import PLAN
from service.plans.errors import ActsContradict, PlanNeedsProvince, PlanSignerMissing, RegionOutside
from service.plans.steering import changes_of_acts
from service.plans.wishes import Changes, PlanWish, StationsWish, VisitsWish
from service.security.actor import Actor
from tests.service.house import House
from tests.service.jobs_house import ran
from tests.service.matching.world import DEMAND, FARM, SENIOR, furnish, worker

ONE = PlanWish(stations=StationsWish(year=2026, quota_academician=0, quota_expert=1))
ASKING = replace(DEMAND, services=(ServiceKind.STATION,), enterprise=replace(FARM, kind="有限责任公司"))


def furnished(house: House) -> House:
    furnish(house)
    house.store.demands.save([ASKING], by="测试")
    return house


def drawn_up(house: House, actor: Actor, wish: PlanWish = ONE) -> Job:
    title = house.service.plans.title(wish, actor)
    done = ran(house, house.service.jobs.start(PLAN, title, wish.model_dump(mode="json"), actor))
    assert (done.state, done.error) == (JobState.DONE, "")
    return done


def test_a_plan_is_drawn_up_steered_tried_and_signed(house: House) -> None:
    desk, wang = furnished(house).service.plans, worker(house, "wang")
    id = str(drawn_up(house, wang).result["plan"])
    shown = desk.get(id, None, wang)
    assert shown.stations
    assert [(v.station.demand_id, v.station.expert_id) for v in shown.stations.stations] == [("D1", "E1")]
    changes = changes_of_acts(["replace D1:E1"])
    tried = drawn_up(house, wang, PlanWish(plan=id, changes=changes, what_if=True))
    assert tried.result["words"]
    assert len(desk.versions(id, wang)) == 1
    steered = drawn_up(house, wang, PlanWish(plan=id, changes=changes))
    assert steered.result["version"] == 2
    after = desk.get(id, 2, wang)
    assert after.stations
    assert after.stations.stations == ()  # nobody else suits, and the plan says what is missed
    assert after.obstacles
    assert [(row.demand_id, row.same) for row in desk.compare((id, 1), (id, 2), wang).rows] == [("D1", False)]
    undone = drawn_up(house, wang, PlanWish(plan=id, changes=Changes(drop=("D1", "D1:E1"))))
    assert undone.result["version"] == 3
    assert desk.get(id, 3, wang).steering.forbidden == ()
    assert desk.sign(id, 3, wang).state is PlanState.SIGNED
    with pytest.raises(PlanSettled):
        desk.sign(id, 3, wang)
    assert house.audit()[-1].entry.action is AuditAction.SIGN_PLAN
    house.store.experts.save([replace(SENIOR, post_status=PostStatus.DISABLED)], by="测试")
    assert "停用" in "".join(desk.get(id, 1, wang).obstacles)
    with pytest.raises(PlanNotSignable, match="停用"):
        desk.sign(id, 1, wang)


def test_a_job_that_was_killed_after_keeping_keeps_no_second_plan(house: House) -> None:
    wang = worker(furnished(house), "wang")
    job = house.service.jobs.start(PLAN, "计划", ONE.model_dump(mode="json"), wang)
    house.service.job_runner().run(job.id)
    again = house.service.jobs.start(PLAN, "计划", ONE.model_dump(mode="json"), wang)
    assert ran(house, again).result == house.store.jobs.get(job.id).result


def test_two_offices_sign_where_the_setting_asks(build_house) -> None:
    house = furnished(build_house(two_signatures=True))
    wang = worker(house, "wang", office=Office.ASSOCIATION)
    li = worker(house, "li", office=Office.ASSOCIATION)
    zhao = worker(house, "zhao", office=Office.ORGANIZATION)
    desk, id = house.service.plans, str(drawn_up(house, wang).result["plan"])
    assert desk.sign(id, 1, wang).state is PlanState.AWAITING
    with pytest.raises(SamePersonSigns):
        desk.sign(id, 1, wang)
    with pytest.raises(OfficeHasSigned):
        desk.sign(id, 1, li)
    signed = desk.sign(id, 1, zhao)
    assert (signed.state, signed.state_by) == (PlanState.SIGNED, "wang、zhao")


def test_places_and_portals(house: House) -> None:
    wang = worker(furnished(house), "wang")
    jin = worker(house, "jin", Role.MANAGER, "2224")
    desk, id = house.service.plans, str(drawn_up(house, wang).result["plan"])
    shown = desk.get(id, None, jin)
    assert shown.stations
    assert (shown.stations.stations, shown.outside) == ((), 1)
    with pytest.raises(PlanNeedsProvince):
        desk.title(ONE, jin)
    with pytest.raises(PlanNeedsProvince):
        desk.sign(id, 1, jin)
    with pytest.raises(PlanSignerMissing):
        desk.sign(id, 1, replace(wang, is_staff=False))


def test_doubts_say_nothing_of_other_places(house: House) -> None:
    desk, wang = furnished(house).service.plans, worker(house, "wang")
    jin = worker(house, "jin", Role.MANAGER, "2224")
    fixed = Changes(fix=("D1:E4", "D99:E4"))
    here = PlanWish(visits=VisitsWish(regions=("222400",), start=date(2026, 5, 11)), changes=fixed)
    (doubt,) = desk.doubts(here, wang)
    assert "松江示例农场" in doubt
    assert desk.doubts(here, jin) == ()
    there = here.model_copy(update={"visits": VisitsWish(regions=("220800",), start=date(2026, 5, 11))})
    with pytest.raises(RegionOutside):
        desk.doubts(there, jin)


def test_a_row_takes_one_act() -> None:
    with pytest.raises(ActsContradict):
        changes_of_acts(["fix D1:E1", "forbid D1:E1"])
    swap = changes_of_acts(["swap D1:E1", "swap D2:E2", "drop D3"])
    assert (swap.swap, swap.drop) == ((("D1:E1", "D2:E2"),), ("D3",))
