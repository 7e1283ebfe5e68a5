import pytest

from matcher.domain.demand import Demand
from matcher.intake.quality_hints import HintKind, quality_hints


def _kinds(**fields: object) -> set[HintKind]:
    return {hint.kind for hint in quality_hints(Demand(id="X1", **fields))}  # type: ignore[arg-type]


_GOOD = (
    "我公司年产皂素膏120吨，醇提后浓缩工段起泡严重，真空度一提就跑料，每批损失4%。"
    "换过消泡剂，降过温度，产能掉了三成。怀疑是多糖没除净，醇沉浓度和温度没有配合好。"
)


def test_a_usable_questionnaire_gets_no_hint() -> None:
    assert _kinds(title="皂素浓缩跑料", problem=_GOOD, goal="跑料损失低于1%", wanted="中药工程") == set()


def test_blanks_and_placeholders_are_asked_for() -> None:
    assert _kinds(title="机器老坏", problem="未提供。", goal="无", wanted="") == {
        HintKind.TOO_SHORT,
        HintKind.NO_FIGURES,
        HintKind.NO_GOAL,
        HintKind.NO_WANTED,
    }


def test_goal_without_numbers() -> None:
    assert _kinds(title="皂素浓缩跑料", problem=_GOOD, goal="越低越好", wanted="中药工程") == {HintKind.NO_FIGURES}


def test_symptom_without_technology_or_attempts() -> None:
    problem = (
        "客人夏天都来，一到十一月就没人了，员工闲着，房间空着，一年只有四个月挣钱，其余八个月往里搭，"
        "不知道往哪个方向使劲才好，也不知道该问谁去。"
    )
    assert {HintKind.SYMPTOM_ONLY, HintKind.NO_ATTEMPTS} <= _kinds(title="淡季没客人", problem=problem)


def test_praise_of_the_firm_in_place_of_the_problem() -> None:
    problem = (
        "公司成立于2001年，占地面积6万平方米，荣获龙头企业称号，秉承诚信理念，产品畅销全国，深受好评。"
        "近来罐头胀罐，杀菌温度调过，没有解决。"
    )
    assert HintKind.BOASTING in _kinds(title="罐头胀罐", problem=problem, goal="胀罐率0.1%", wanted="食品")


def test_several_needs_are_named() -> None:
    demand = Demand(
        id="X1",
        title="蓝莓酒浑浊和果园鸟害两件事",
        problem="一是蓝莓酒灌装后发浑，下胶试过。二是果园鸟害重，驱鸟器三天就不怕了。",
        wanted="酿造；植保",
    )
    hint = next(hint for hint in quality_hints(demand) if hint.kind is HintKind.SEVERAL_NEEDS)
    assert "1. 蓝莓酒浑浊；2. 果园鸟害" in hint.message


@pytest.mark.parametrize("fields", [{"keywords": ("浓缩",)}, {"fields": ("中药",)}])
def test_keywords_or_fields_say_who_is_wanted(fields: dict[str, object]) -> None:
    assert HintKind.NO_WANTED not in _kinds(title="皂素浓缩跑料", problem=_GOOD, goal="损失低于1%", **fields)


def test_every_hint_says_what_to_ask() -> None:
    hints = quality_hints(Demand(id="X1", title="", problem="不好用"))
    assert all(hint.message.endswith("。") and hint.ask.startswith("请") for hint in hints)
