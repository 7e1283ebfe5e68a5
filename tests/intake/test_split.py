"""Invented questionnaires; each says why it holds one need or several."""

from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.demand import Demand
from matcher.intake.split import propose_split


def _demand(title: str, problem: str, goal: str = "", wanted: str = "") -> Demand:
    return Demand(id="X1", title=title, problem=problem, goal=goal, wanted=wanted)


def test_list_with_paired_title_goals_and_fields() -> None:
    needs = propose_split(
        _demand(
            "蓝莓酒浑浊和果园鸟害",
            "我社有酒厂也有果园。一是蓝莓酒灌装两个月后发浑，有沉淀，下胶、冷冻都试过。"
            "二是果园鸟害重，七月鸟一天啄掉两成果子，驱鸟器三天就不怕了。",
            goal="酒一年不浑；鸟害损失降到5%",
            wanted="酿造；植保",
        )
    )
    assert [(need.id, need.title, need.wanted) for need in needs] == [
        ("X1#1", "蓝莓酒浑浊", "酿造"),
        ("X1#2", "果园鸟害", "植保"),
    ]
    assert needs[0].text == "一是蓝莓酒灌装两个月后发浑，有沉淀，下胶、冷冻都试过。\n酒一年不浑"
    assert needs[1].text.endswith("驱鸟器三天就不怕了。\n鸟害损失降到5%")


def test_another_matter_opens_a_new_topic() -> None:
    needs = propose_split(
        _demand(
            "参膏糊锅，厂区污水站冬天不达标",
            "浓缩参膏时锅底糊一层，刮下来全废了。再一个，厂区污水站一到冬天氨氮就超标，环保罚过两回。",
            goal="参膏损失降到2%；污水站冬季氨氮小于15毫克/升",
        )
    )
    assert [need.title for need in needs] == ["参膏糊锅", "厂区污水站冬天不达标"]
    assert needs[1].text.startswith("再一个，厂区污水站")


def test_joined_title_without_markers_is_cut_where_the_topic_changes() -> None:
    needs = propose_split(
        _demand(
            "木耳菌袋污染和稻壳锅炉结焦",
            "今年木耳菌袋坏了三成。菌袋里头长绿毛，灭菌时间加长也没用。锅炉烧稻壳，炉膛结焦，三天停一回。结的焦硬得打不动。",
            goal="菌袋污染率5%以下；锅炉连续运行30天不结焦",
            wanted="食用菌、热能",
        )
    )
    assert [need.text.split("\n")[0] for need in needs] == [
        "今年木耳菌袋坏了三成。菌袋里头长绿毛，灭菌时间加长也没用。",
        "锅炉烧稻壳，炉膛结焦，三天停一回。结的焦硬得打不动。",
    ]
    assert {need.wanted for need in needs} == {"食用菌、热能"}


def test_comma_in_the_title_needs_parts_that_never_touch() -> None:
    title, goal = "豆渣没处去、豆浆灌装涨袋", "豆渣变成能卖的东西；涨袋率0.1%以下"
    apart = "厂里一天出豆渣六吨，晾不干就馊。豆浆灌装七八天涨袋，灭菌温度加过五度。"
    mixed = "厂里豆渣和豆浆一条线，豆浆灌装涨袋，怀疑豆渣没滤净。豆渣一馊，灌装间也跟着有味。"
    assert [need.title for need in propose_split(_demand(title, apart, goal))] == ["豆渣没处去", "豆浆灌装涨袋"]
    assert propose_split(_demand(title, mixed, goal)) == ()


def test_two_announced_matters_without_a_telling_title() -> None:
    needs = propose_split(
        _demand(
            "技术难题征集",
            "有两个难题。第一件，锯片用半天就钝，换过三家。第二件，烘干窑里木方开裂，裂得跟筷子似的。两件都急。",
        )
    )
    assert [need.title for need in needs] == ["锯片用半天就钝", "烘干窑里木方开裂"]
    assert "都急" not in needs[1].text


def test_sentence_on_both_needs_belongs_to_none() -> None:
    needs = propose_split(
        _demand(
            "菌渣发酵和雪具打蜡两件事",
            "一、菌渣发酵升不起温。二、雪具打蜡机刮蜡不匀。以上请分别派专家。",
            wanted="微生物；机械",
        )
    )
    assert len(needs) == 2
    assert not any("分别" in need.text for need in needs)


def test_three_needs() -> None:
    needs = propose_split(
        _demand(
            "鹿茸干燥、鹿舍通风、商城系统三个难题",
            "一是鹿茸干燥外干里湿。二是鹿舍通风不好，冬天全是水。三是商城系统一促销就打不开。",
            wanted="中药；畜牧工程；软件",
        )
    )
    assert [need.wanted for need in needs] == ["中药", "畜牧工程", "软件"]


def test_list_of_faults_of_one_machine_is_one_need() -> None:
    assert not propose_split(
        _demand(
            "缆车托索轮异响",
            "设备老了，毛病有三个：一是起步时哐当响；二是轮衬半个月磨一道沟；三是天冷后测速不准。另外润滑脂也发硬。",
            goal="异响消除；轮衬用一季",
            wanted="机械",
        )
    )


def test_a_bracketed_number_stays_with_its_part() -> None:
    needs = propose_split(
        _demand(
            "化工园区两项难题",
            "（1）精馏塔塔釜结焦，两个月清一回。（2）危化品车辆进出登记靠手写，想上系统。",
            goal="塔釜半年清一次；车辆自动登记",
            wanted="化学工程；物联网",
        )
    )
    assert [need.title for need in needs] == ["精馏塔塔釜结焦", "危化品车辆进出登记靠手写"]
    assert needs[0].text.startswith("（1）精馏塔塔釜结焦，两个月清一回。\n")


def test_several_sides_of_one_topic_are_one_need() -> None:
    assert not propose_split(
        _demand(
            "大米加工碎米多、光泽差",
            "碾米三道，出来碎米18%，米面发乌。调过碾白室间隙、换过砂辊，温升还是高。原粮水分14.5%到16%不等。",
            goal="碎米降到10%以下",
            wanted="粮食加工",
        )
    )


def test_expert_wanted_in_the_title_is_no_second_topic() -> None:
    assert not propose_split(
        _demand(
            "隧道衬砌冻胀开裂，找懂岩土和防水的专家",
            "一、衬砌背后结冰，来年春天掉块。二、洞口段渗水，注浆堵了又漏。",
        )
    )


def test_nothing_is_read_into_blanks() -> None:
    assert propose_split(_demand("无", "未提供。", "无", "无")) == ()


def test_similarity_decides_where_words_cannot() -> None:
    demand = _demand("蓝莓酒浑浊和果园鸟害", "一是酒发浑。二是鸟啄果。", goal="酒不浑；鸟害少")
    assert len(propose_split(demand)) == 2
    assert propose_split(demand, similarity=lambda one, other: 1.0) == ()


@given(st.text(max_size=40), st.text(max_size=200), st.text(max_size=40), st.text(max_size=20))
def test_proposed_needs_are_numbered_and_hold_text(title: str, problem: str, goal: str, wanted: str) -> None:
    needs = propose_split(_demand(title, problem, goal, wanted))
    assert len(needs) != 1
    assert [need.number for need in needs] == list(range(1, len(needs) + 1))
    assert all(need.text.strip() for need in needs)
