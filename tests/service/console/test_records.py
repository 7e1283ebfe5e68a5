"""专家库 and 需求库 as pages: lists, records, forms; each only as far as the role and the places go."""

import re
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from matcher.beijing import today
from matcher.domain.account import Role
from matcher.domain.demand import Demand, DemandContact, Enterprise
from matcher.domain.evidence import EvidenceItem
from matcher.domain.expert import Expert, PrivateDetails
from matcher.domain.mark import Mark
from matcher.domain.vocabulary import EvidenceType, ReviewStatus, Verdict
from matcher.store import OwnedItem
from tests.service.console.test_administration import send
from tests.service.house import House

LI = Expert(
    "E1", "李雪", "北辰示例大学", ("焊接",), region_code="220100", region_name="长春市",
    private=PrivateDetails(phone="13843112345", email="li@x.cn"),
)  # fmt: skip
HAN = Expert("E2", "韩冰", "松江示例大学", ("水稻育种",), region_code="220200", region_name="吉林市")
SALT = Demand(
    "D1", "盐碱地保苗难", "开春地皮泛白，出苗只有三四成。",
    enterprise=Enterprise("春耕公司", region_code="220800", region_name="白城市"),
    contact=DemandContact("王工", "13843112345"),
)  # fmt: skip
WELD = Demand("D2", "<b>焊缝</b>开裂", "铝合金焊缝开裂。", enterprise=Enterprise("江城公司", region_code="220200"))


@pytest.fixture
def stocked(house: House) -> House:
    house.store.experts.save([LI, HAN], by="test")
    house.store.demands.save([SALT, WELD], by="test")
    return house


def rows(text: str) -> list[str]:
    return re.findall(r'<a (?:class="clamp" )?href="/(?:experts|demands)/([A-Z]\d)"', text)


def version(client: TestClient, path: str) -> str:
    found = re.search(r'name="seen" value="(\d+)"', client.get(path).text)
    assert found
    return found[1]


def test_lists_are_searched_filtered_and_sorted(stocked: House) -> None:
    client = stocked.logged_in("li", Role.READER)
    assert set(rows(client.get("/experts").text)) == {"E1", "E2"}
    assert rows(client.get("/experts?q=水稻").text) == ["E2"]
    assert rows(client.get("/experts?region=2201").text) == ["E1"]
    assert rows(client.get("/experts?sort=-id").text) == ["E2", "E1"]
    assert rows(client.get("/experts?page=2").text) == []
    found = client.get("/experts?q=水稻&region=2202").text
    assert 'href="/experts?region=2202"' in found
    assert 'href="/experts?q=%E6%B0%B4%E7%A8%BB"' in found
    assert "没有符合条件的专家" in client.get("/experts?q=不存在").text


def test_the_address_that_htmx_shows_is_clean(stocked: House) -> None:
    answer = stocked.logged_in("li", Role.READER).get("/experts?q=&sort=&region=2201", headers={"HX-Request": "true"})
    assert answer.headers["hx-push-url"] == "/experts?region=2201"


def test_empty_lists_say_what_to_do(house: House) -> None:
    client = house.logged_in("li", Role.OFFICER)
    assert "专家库还是空的" in client.get("/experts").text
    assert "需求库还是空的" in client.get("/demands").text


def test_private_fields_are_masked_and_a_sight_is_noted(stocked: House) -> None:
    client = stocked.logged_in("zhou", Role.MANAGER)
    assert "138****2345" in client.get("/experts/E1").text
    assert "13843112345" in send(client, "/experts/E1/private", "/experts/E1").text
    assert "13843112345" in send(client, "/demands/D1/private", "/demands/D1").text
    assert [act[1:3] for act in stocked.acts()][-2:] == [("查看隐私字段", "专家:E1"), ("查看隐私字段", "需求:D1")]
    officer = stocked.logged_in("li", Role.OFFICER)
    assert "13843112345" not in send(officer, "/experts/E1/private", "/experts/E1").text


def test_an_expert_is_added_and_edited(stocked: House) -> None:
    client = stocked.logged_in("li", Role.OFFICER)
    refused = send(client, "/experts/new", id="E1", name="张三", organization="某大学", directions="焊接")
    assert (refused.status_code, "已在库中" in refused.text) == (422, True)
    added = send(
        client,
        "/experts/new",
        id="E3",
        name="张三",
        organization="某大学",
        directions="焊接",
        services=["技术咨询", "学术讲座"],
    )
    assert added.headers["location"] == "/experts/E3"
    stored = stocked.store.experts.get("E3")
    assert stored is not None
    assert [kind.value for kind in stored.services] == ["技术咨询", "学术讲座"]
    page = client.get("/experts/E1/edit").text
    form = dict(re.findall(r'<input id="([^"]+)" name="[^"]+" type="text" class="[^"]*" value="([^"]*)"', page))
    form |= {"seen": version(client, "/experts/E1/edit"), "organization": "新示例大学"}
    assert send(client, "/experts/E1/edit", **form).status_code == 303
    changed = stocked.store.experts.get("E1", reveal=True)
    assert changed is not None
    assert (changed.organization, changed.private) == ("新示例大学", LI.private)
    assert "工作单位" in client.get("/experts/E1").text


def test_a_new_record_is_offered_the_next_free_number(stocked: House) -> None:
    client, year = stocked.logged_in("li", Role.OFFICER), today().year
    stocked.store.experts.save([replace(LI, id=f"E{year}-041")], by="甲")
    stocked.store.demands.save([replace(SALT, id=f"D{year}-002")], by="甲")
    for path, number in (("/experts/new", f"E{year}-042"), ("/demands/new", f"D{year}-003")):
        assert f'name="id" type="text" class="form-control" value="{number}"' in client.get(path).text
    refused = send(client, "/demands/new", id=f"D{year}-002", title="名", problem="问题")
    assert f"下一个空号是 D{year}-003。" in refused.text


def test_what_is_wrong_stands_beside_its_field(stocked: House) -> None:
    client = stocked.logged_in("li", Role.OFFICER)
    answer = send(client, "/experts/new", id="E9", name="张三", directions="焊接", patents="很多")
    assert answer.status_code == 422
    assert re.search(r'class="field-error" id="patents-note">', answer.text)
    assert 'value="张三"' in answer.text


def test_a_stale_edit_shows_what_happened(stocked: House) -> None:
    client = stocked.logged_in("li", Role.OFFICER)
    seen = version(client, "/demands/D1/edit")
    form = {"seen": seen, "enterprise.name": "春耕公司", "region": "白城市", "problem": SALT.problem}
    assert send(client, "/demands/D1/edit", title="盐碱地改良", **form).status_code == 303
    stale = send(client, "/demands/D1/edit", title="另一个名称", **form)
    assert (stale.status_code, "盐碱地改良" in stale.text, "另一个名称" in stale.text) == (412, True, True)


def test_a_stale_edit_keeps_the_work_of_both_and_asks_where_both_wrote(stocked: House) -> None:
    client = stocked.logged_in("li", Role.OFFICER)
    opened = {"seen": version(client, "/experts/E1/edit"), "name": "李雪", "organization": "北辰示例大学",
              "directions": "焊接", "region": "长春市",
              "private.phone": "138****2345", "private.email": "l***@x.cn"}  # fmt: skip
    theirs = {**opened, "organization": "对方大学", "title": "对方职务", "degree": "硕士"}
    assert send(client, "/experts/E1/edit", **theirs).status_code == 303
    stale = send(
        client, "/experts/E1/edit", **{**opened, "title": "我的职务", "degree": "硕士", "posts_held": "我的兼职"}
    )
    assert stale.status_code == 412
    rows = re.findall(r'<th scope="row" class="nowrap"><a href="#(\w+)">.*?</tr>', stale.text)
    states = re.findall(r'class="state state-\w+">(您填写的，请核对|对方的新内容|两边相同)<', stale.text)
    assert dict(zip(rows, states, strict=True)) == {
        "organization": "对方的新内容",
        "title": "您填写的，请核对",
        "degree": "两边相同",
    }
    kept = dict(re.findall(r'<input id="([^"]+)" name="[^"]+" type="text" class="[^"]*" value="([^"]*)"', stale.text))
    assert (kept["organization"], kept["title"], kept["posts_held"]) == ("对方大学", "我的职务", "我的兼职")
    again = re.search(r'name="seen" value="(\d+)"', stale.text)
    assert again
    assert send(client, "/experts/E1/edit", **{**opened, **kept, "seen": again[1], "degree": "硕士"}).status_code == 303
    stored = stocked.store.experts.get("E1", reveal=True)
    assert stored is not None
    assert (stored.organization, stored.title, stored.posts_held, stored.private) == (
        "对方大学",
        "我的职务",
        "我的兼职",
        LI.private,
    )


def test_a_demand_is_reviewed_with_a_remark(stocked: House) -> None:
    client = stocked.logged_in("zhou", Role.MANAGER)
    seen = version(client, "/demands/D1")
    refused = send(client, "/demands/D1/review", "/demands/D1", seen=seen, status="退回")
    assert (refused.status_code, "须写明意见" in refused.text) == (422, True)
    send(client, "/demands/D1/review", "/demands/D1", seen=seen, status="退回", remark="请补指标")
    stored = stocked.store.demands.get("D1")
    assert stored is not None
    assert (stored.review, stored.review_remark) == (ReviewStatus.RETURNED, "请补指标")
    officer = stocked.logged_in("li", Role.OFFICER)
    assert "退回意见：请补指标" in officer.get("/demands/D1").text
    assert send(officer, "/demands/D1/review", "/demands/D1", seen=seen, status="已审核").status_code == 403


def test_the_history_calls_a_review_by_its_result(stocked: House) -> None:
    client = stocked.logged_in("wang", Role.MANAGER)
    for status, remark in (("已审核", ""), ("退回", "请补充指标")):
        fields = {"status": status, "remark": remark, "seen": version(client, "/demands/D1")}
        send(client, "/demands/D1/review", "/demands/D1", **fields)
    acts = re.findall(r"先生　(\S+?)（", client.get("/demands/D1").text)
    assert acts == ["退回", "审核通过"]


def test_a_visit_is_noted(stocked: House) -> None:
    client = stocked.logged_in("li", Role.OFFICER)
    refused = send(client, "/demands/D1/visits", "/demands/D1", visited="2027-01-01", text="看了地块")
    assert (refused.status_code, "晚于今天" in refused.text, "看了地块" in refused.text) == (422, True, True)
    assert send(client, "/demands/D1/visits", "/demands/D1", visited="2026-03-01", text="看了地块").status_code == 303
    assert "2026-03-01 走访" in client.get("/demands/D1").text


def test_a_demand_of_another_place_is_not_there(stocked: House) -> None:
    client = stocked.logged_in("li", Role.OFFICER, "吉林市")
    assert rows(client.get("/demands").text) == ["D2"]
    assert client.get("/demands/D1").status_code == 404
    assert send(client, "/experts/E1/edit", name="李雪", seen=1).status_code == 403


def test_what_a_firm_wrote_is_text(stocked: House) -> None:
    client = stocked.logged_in("li", Role.READER)
    for path in ("/demands", "/demands/D2"):
        assert "<b>" not in client.get(path).text
        assert "&lt;b&gt;焊缝" in client.get(path).text


@pytest.mark.parametrize("path", ["/experts/new", "/experts/E1/edit", "/demands/new", "/demands/D1/edit"])
def test_a_reader_does_not_edit(stocked: House, path: str) -> None:
    assert stocked.logged_in("li", Role.READER).get(path).status_code == 403


def test_works_stand_by_kind_and_year_the_older_ones_folded(stocked: House) -> None:
    papers = [EvidenceItem(f"P{n}", EvidenceType.PAPER, f"论文{n}", year=2026 - n // 10) for n in range(30)]
    patent = EvidenceItem("Z1", EvidenceType.PATENT, "专利甲")
    stocked.store.items.save([OwnedItem("E1", item) for item in [*papers, patent]], by="test")
    text = stocked.logged_in("li", Role.READER).get("/experts/E1").text
    assert re.findall(r"<h4>(.+?)</h4>", text) == ["2026", "2025", "2024", "年份不详"]
    assert re.findall(r"<h3>(.+?)</h3>", text) == ["论文（30）", "专利（1）"]
    assert "更早的 10 项" in text


def test_marks_stand_on_the_experts_page_as_far_as_the_places_go(stocked: House) -> None:
    marks = [Mark("D1", "E1", Verdict.SUITABLE, "秘密理由", "li"), Mark("D2", "E1", Verdict.DECLINED)]
    stocked.store.marks.save(marks, by="test")
    everybody = stocked.logged_in("li", Role.READER).get("/experts/E1").text
    assert ("/match/explain?demand=D1" in everybody, "/match/explain?demand=D2" in everybody) == (True, True)
    assert "秘密理由" not in everybody
    assert "理由：秘密理由" in stocked.logged_in("wang", Role.MANAGER).get("/experts/E1").text
    assert stocked.acts()[-1] == ("wang", "查看隐私字段", "评价理由:专家 E1", "成功")
    local = stocked.logged_in("sun", Role.READER, "吉林市").get("/experts/E1").text
    assert ("demand=D1" in local, "demand=D2" in local) == (False, True)


def test_similar_experts_come_with_their_reasons_when_asked(stocked: House) -> None:
    other = Expert("E3", "王工", "松江示例大学", ("焊接",), region_code="220200")
    stocked.store.experts.save([other], by="test")
    paper = EvidenceItem("P1", EvidenceType.PAPER, "铝合金焊接裂纹研究", abstract="铝合金焊接接头的热裂纹。", year=2024)
    stocked.store.items.save([OwnedItem("E1", paper), OwnedItem("E3", paper)], by="test")
    client = stocked.logged_in("li", Role.READER)
    assert 'hx-get="/experts/E1?similar=1"' in client.get("/experts/E1").text
    shown = client.get("/experts/E1?similar=1").text
    assert ('href="/experts/E3"' in shown, "共同成果：铝合金焊接裂纹研究" in shown) == (True, True)


def test_a_demand_tells_of_the_firms_other_demands_and_their_visits(stocked: House) -> None:
    sister = replace(SALT, id="D3", title="盐碱地排水")
    stocked.store.demands.save([sister], by="test")
    client = stocked.logged_in("li", Role.OFFICER)
    send(client, "/demands/D3/visits", "/demands/D3", visited="2026-03-01", text="看了排水沟")
    shown = client.get("/demands/D1").text
    assert ("看了排水沟" in shown, 'href="/demands/D3"' in shown) == (True, True)
    assert "盐碱地保苗难" in client.get("/demands/D3").text
    assert "该企业的其他需求" not in client.get("/demands/D2").text


def test_gaps_are_marked_and_one_goes_back_to_where_they_were_told(stocked: House) -> None:
    client = stocked.logged_in("wang", Role.MANAGER)
    came = {"referer": "http://matcher.test/match/shortlist?demand=D1"}
    form = client.get("/experts/E1/edit?missing=1", headers=came).text
    assert '<a href="#post_status">在岗状态</a>' in form
    assert re.findall(r'id="(\w+)"[^>]*autofocus', form) == ["birth"]
    assert 'name="back" value="/match/shortlist?demand=D1"' in form
    fields = dict(re.findall(r'<input id="([^"]+)" name="[^"]+" type="text" class="[^"]*" value="([^"]*)"', form))
    fields |= dict(re.findall(r'name="(seen|back|csrf_token)" value="([^"]*)"', form))
    saved = client.post("/experts/E1/edit", data=fields)
    assert saved.headers["location"] == "/match/shortlist?demand=D1"
    elsewhere = client.post(
        "/experts/E1/edit", data={**fields, "back": "//evil.test", "seen": version(client, "/experts/E1/edit")}
    )
    assert elsewhere.headers["location"] == "/experts/E1"
    assert "已保存。" in client.get("/experts/E1").text
