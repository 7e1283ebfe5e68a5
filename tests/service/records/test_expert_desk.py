"""专家库: lists, records, edits by several people, and what each may see."""

from __future__ import annotations

import pytest

from matcher.catalogue.query import CatalogueQuery
from matcher.domain.account import Role
from matcher.domain.expert import Expert
from matcher.store.errors import RecordExists, RecordRefused, RecordUnknown
from matcher.workflows.record_forms import RecordRejected
from service.records.errors import EditConflict, EditElsewhere
from tests.service.house import House
from tests.service.records.people import ZHANG, furnish, member

OFFICER = member("wang", Role.OFFICER)


@pytest.fixture
def house(house: House) -> House:
    furnish(house.store)
    return house


def test_the_list_and_the_record_hide_what_is_private(house: House) -> None:
    found = house.service.experts.find(CatalogueQuery(text="玉米"), OFFICER)
    assert [(one.id, one.private.phone) for one in found.records] == [("E1", "")]
    record = house.service.experts.get("E1", OFFICER)
    assert (record.expert.name, record.items, record.expert.private.phone) == ("张伟", 2, "")
    assert "退休状态" in record.missing
    assert house.acts() == []


def test_private_fields_are_shown_by_role_and_noted(house: House) -> None:
    assert house.service.experts.private("E1", OFFICER).phone == "138****5678"
    assert house.service.experts.private("E1", member("li")).phone == "13812345678"
    assert house.acts() == [("li", "查看隐私字段", "专家:E1", "成功")]


def test_items_stand_newest_first_without_the_profile(house: House) -> None:
    assert [item.title for item in house.service.experts.items("E1", OFFICER)] == ["新专利", "旧文"]


def test_a_form_that_comes_back_as_it_was_shown_changes_nothing(house: House) -> None:
    desk = house.service.experts
    form, version = desk.form("E1", OFFICER), desk.get("E1", OFFICER).version
    assert (form["directions"], form["private.phone"], form["birth"]) == (
        "玉米育种、种质资源",
        "138****5678",
        "1962-05-01",
    )
    assert desk.edit("E1", form, version, OFFICER).version == version
    assert house.acts() == []


def test_an_edit_changes_what_was_touched_and_is_noted_without_values(house: House) -> None:
    desk = house.service.experts
    version = desk.get("E1", OFFICER).version
    saved = desk.edit(
        "E1", {**desk.form("E1", OFFICER), "keywords": "玉米、抗旱", "private.phone": "13900000000"}, version, OFFICER
    )
    kept = house.store.experts.get("E1", reveal=True)
    assert kept is not None
    assert (kept.keywords, kept.private.phone, kept.representative_results) == (
        ("玉米", "抗旱"),
        "13900000000",
        ZHANG.representative_results,
    )
    assert saved.version > version
    entry = house.audit()[-1].entry
    assert (entry.action, entry.subject) == ("修改资料", "专家:E1")
    assert entry.after == {"fields": ["keywords", "private.phone"]}
    line = desk.history("E1", OFFICER)[0]
    assert (line.by, line.action, line.version) == ("wang", "修改", saved.version)
    assert [(one.label, one.before, one.after) for one in line.changes if one.field != "updated"] == [
        ("关键词", None, ["玉米", "抗旱"]),
        ("手机", "138****5678", "139****0000"),
    ]


def test_a_stale_edit_is_refused_and_told_what_happened(house: House) -> None:
    desk = house.service.experts
    version = desk.get("E1", OFFICER).version
    desk.edit("E1", {"department": "农学部"}, version, member("zhao"))
    with pytest.raises(EditConflict, match="部门/职务") as conflict:
        desk.edit("E1", {"title": "研究员"}, version, OFFICER)
    assert conflict.value.version == desk.get("E1", OFFICER).version
    changes = {one.field: one.after for one in conflict.value.changes[0].changes}
    assert changes["department"] == "农学部"
    assert len(house.audit()) == 1


def test_every_wrong_field_is_named_as_the_import_would_name_it(house: House) -> None:
    with pytest.raises(RecordRejected) as rejected:
        house.service.experts.create({"gender": "未知", "birth": "某年", "height": "1.8", "name": "新人"}, OFFICER)
    problems = {one.field: (one.label, one.message) for one in rejected.value.problems}
    assert problems.keys() == {"gender", "birth", "height", "id"}
    assert problems["gender"] == ("性别", "“未知”不在可选项里，没有采用。请改为：男、女。")
    assert problems["id"] == ("专家编号", "没有专家编号。请填写专家编号，全库唯一。")


def test_what_is_odd_and_kept_comes_back_as_a_hint(house: House) -> None:
    saved = house.service.experts.create(
        {"id": "E9", "name": "新人", "directions": "焊接", "private.email": "kein", "region": "某地"}, OFFICER
    )
    assert [(hint.field, hint.label) for hint in saved.hints] == [("private.email", "邮箱"), ("region", "单位所在地")]
    assert house.acts() == [("wang", "新建资料", "专家:E9", "成功")]


def test_someone_without_a_field_is_not_taken(house: House) -> None:
    with pytest.raises(RecordRejected, match="研究方向"):
        house.service.experts.create({"id": "E9", "name": "新人"}, OFFICER)


def test_numbers_are_taken_once_and_never_again_after_an_erasure(house: House) -> None:
    fields = {"id": "E1", "name": "新人", "directions": "焊接"}
    with pytest.raises(RecordExists):
        house.service.experts.create(fields, OFFICER)
    with pytest.raises(EditElsewhere):
        house.service.experts.erase("E1", "E1", "本人书面要求", member("sun", Role.MANAGER, "2202"))
    house.service.experts.erase("E1", "E1", "本人书面要求", member("li"))
    with pytest.raises(RecordUnknown):
        house.service.experts.get("E1", OFFICER)
    with pytest.raises((RecordRefused, RecordExists)):
        house.service.experts.create(fields, OFFICER)
    assert [act[1] for act in house.acts()] == ["删除个人资料"]


def test_people_of_a_place_edit_its_experts_only(house: House) -> None:
    local, version = member("sun", Role.OFFICER, "2202"), house.service.experts.get("E1", OFFICER).version
    assert not house.service.experts.get("E1", local).may_edit
    with pytest.raises(EditElsewhere):
        house.service.experts.edit("E1", {"title": "研究员"}, version, local)
    with pytest.raises(RecordRejected, match="不在您负责的市州"):
        house.service.experts.create({"id": "E9", "name": "新人", "directions": "焊接", "region": "延吉市"}, local)
    house.service.experts.create({"id": "E9", "name": "新人", "directions": "焊接", "region": "吉林市"}, local)


def test_a_merged_number_leads_to_who_lives_on(house: House) -> None:
    house.store.experts.save([Expert("E2", "张伟", directions=("玉米",))], by="导入")
    house.store.experts.merge("E1", "E2", by="t")
    assert house.service.experts.get("E2", OFFICER).expert.id == "E1"
