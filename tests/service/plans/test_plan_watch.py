"""What home and a demand's page say of plans: waiting for a signature, weakened, where a demand is planned."""

from __future__ import annotations

from dataclasses import replace

from matcher.domain.account import Account, Office, Role
from matcher.domain.vocabulary import PostStatus
from matcher.workflows.standing_plans import PlanRole
from tests.service.house import House
from tests.service.matching.world import SENIOR, worker
from tests.service.plans.test_plan_desk import drawn_up, furnished


def account(house: House, name: str) -> Account:
    found = house.store.accounts.find(name)
    assert found is not None
    return found.account


def test_a_plan_waits_for_a_signature_and_tells_when_its_expert_is_gone(house: House) -> None:
    watch, wang = furnished(house).service.plan_watch, worker(house, "wang")
    jin = worker(house, "jin", Role.MANAGER, "2224")
    id = str(drawn_up(house, wang).result["plan"])
    assert [record.id for record in watch.unsigned(account(house, "wang"), wang)] == [id]
    assert watch.unsigned(account(house, "jin"), jin) == []
    found = watch.of_demand("D1")
    assert [(one.planned.record.id, one.chief and one.chief.name) for one in found] == [(id, "郑一")]
    assert watch.of_demand("D2") == []
    assert watch.weakened(wang) == []
    house.store.experts.save([replace(SENIOR, post_status=PostStatus.DISABLED)], by="测试")
    assert [record.id for record in watch.weakened(wang)] == [id]
    house.service.plans.void(id, 1, "名额有变", wang)
    assert (watch.unsigned(account(house, "wang"), wang), watch.weakened(wang), watch.of_demand("D1")) == ([], [], [])


def test_a_person_is_told_in_plans_with_the_role_as_far_as_the_places_go(house: House) -> None:
    watch, wang = furnished(house).service.plan_watch, worker(house, "wang")
    jin = worker(house, "jin", Role.MANAGER, "2224")
    id = str(drawn_up(house, wang).result["plan"])
    (found,) = watch.of_expert("E1", wang)
    assert (found.record.id, found.roles, [one.id for one in found.demands]) == (id, (PlanRole.CHIEF,), ["D1"])
    assert (watch.of_expert("E1", jin), watch.of_expert("E4", wang)) == ([], [])
    house.store.experts.save([replace(SENIOR, id="E11")], by="测试")
    house.store.experts.merge("E11", "E1", by="测试")
    assert [one.record.id for one in watch.of_expert("E11", wang)] == [id]
    house.service.plans.void(id, 1, "名额有变", wang)
    assert watch.of_expert("E11", wang) == []


def test_of_two_offices_the_one_that_has_not_signed_is_asked(build_house) -> None:
    house = furnished(build_house(two_signatures=True))
    wang = worker(house, "wang", office=Office.ASSOCIATION)
    zhao = worker(house, "zhao", office=Office.ORGANIZATION)
    id = str(drawn_up(house, wang).result["plan"])
    house.service.plans.sign(id, 1, wang)
    watch = house.service.plan_watch
    assert watch.unsigned(account(house, "wang"), wang) == []
    assert [record.id for record in watch.unsigned(account(house, "zhao"), zhao)] == [id]
