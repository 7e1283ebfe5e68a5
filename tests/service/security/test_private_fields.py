"""Private fields by role: masked, or in clear with an entry."""

import pytest

from matcher.domain.account import Account, Role
from matcher.domain.demand import Demand, DemandContact, Enterprise
from matcher.domain.expert import Expert, PrivateDetails
from service.audit.origin import Origin
from service.security.actor import Actor, staff_actor
from service.security.private_fields import masked
from service.security.roles import StaffMember
from tests.service.house import House

PRIVATE = PrivateDetails("220102196001011234", "13843112345", "zhang@jlu.edu.cn", "李秘书 13900000000", "高血压")
CONTACT = DemandContact("王经理", "13844220001", "w@x.cn")


@pytest.fixture
def furnished(house: House) -> House:
    house.store.experts.save([Expert("E1", "张三", private=PRIVATE), Expert("E2", "李四")], by="测试")
    near, far = (
        Demand(key, "需求", enterprise=Enterprise("厂", region_code=code), contact=CONTACT)
        for key, code in (("D1", "220201"), ("D2", "222401"))
    )
    house.store.demands.save([near, far], by="测试")
    return house


def actor(house: House, role: Role, *regions: str) -> Actor:
    account = Account("wang", "王", role, house.clock.now, regions)
    return staff_actor(StaffMember(account), Origin("wang", "10.0.0.7", "r-1"))


def test_masks() -> None:
    assert masked(PRIVATE) == PrivateDetails("220***********1234", "138****2345", "z***@jlu.edu.cn", "李**", "***")
    assert masked(CONTACT) == DemandContact("王**", "138****0001", "w***@x.cn")
    assert masked(PrivateDetails(phone="12345", email="kein")) == PrivateDetails(phone="***", email="***")
    assert masked(PrivateDetails()) == PrivateDetails()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.MANAGER])
def test_other_roles_see_masks_and_leave_no_entry(furnished: House, role: Role) -> None:
    seen = furnished.service.private_fields.of_experts(["E1", "E2", "E9"], actor(furnished, role))
    assert seen == {"E1": masked(PRIVATE), "E2": PrivateDetails()}
    assert furnished.acts() == []


def test_a_manager_sees_all_and_the_log_says_whose(furnished: House) -> None:
    seen = furnished.service.private_fields.of_experts(["E1", "E2"], actor(furnished, Role.MANAGER))
    assert seen == {"E1": PRIVATE, "E2": PrivateDetails()}
    entry = furnished.audit()[-1].entry
    assert (entry.actor, entry.address, entry.request_id) == ("wang", "10.0.0.7", "r-1")
    assert (entry.action, entry.subject) == ("查看隐私字段", "专家:E1")
    assert "138" not in str(entry)


def test_a_manager_of_one_region_sees_its_contacts_only(furnished: House) -> None:
    given = actor(furnished, Role.MANAGER, "2202")
    seen = furnished.service.private_fields.of_demands(["D1", "D2"], given, exported=True)
    assert seen == {"D1": CONTACT, "D2": masked(CONTACT)}
    assert furnished.acts() == [("wang", "导出隐私字段", "需求:D1", "成功")]
