"""Words of filters: names become codes, other names of an honour count, a slip of the pen is told with the choices."""

import pytest

from matcher.domain.expert import Expert
from matcher.rank.filters import ExpertFilter
from matcher.reference.tables import ReferenceTables
from matcher.resources import bundled
from matcher.workflows.understood_filters import FilterWordUnknown, SocietyUnknown, UnitUnknown, understood

TABLES = ReferenceTables.load(bundled("reference"))
HERE = Expert(
    "E1", "郑一", organization="北辰示例大学", region_code="222401", region_name="延吉市", country="中国",
    honours=("国家杰出青年科学基金获得者", "示例之星"), discipline_codes=("21020",),
    industry_codes=("3610",), societies=("吉林省汽车工程学会",),
)  # fmt: skip
ABROAD = Expert("E2", "Li", organization="Prairie University", region_name="Saskatoon", country="加拿大")


def accepted(**words: tuple[str, ...]) -> list[str]:
    filters = understood(ExpertFilter(**words), TABLES, lambda word: (HERE, ABROAD), "22")  # type: ignore[arg-type]
    return [one.id for one in (HERE, ABROAD) if filters.accepts(one)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ({"regions": ("吉林省",)}, ["E1"]),
        ({"regions": ("延边",)}, ["E1"]),
        ({"regions": ("2224",)}, ["E1"]),
        ({"regions": ("长春",)}, []),
        ({"regions": ("加拿大", "北京")}, ["E2"]),
        ({"honours": ("国家杰青",)}, ["E1"]),
        ({"honours": ("示例之星",)}, ["E1"]),
        ({"honours": ("院士",)}, []),
        ({"disciplines": ("农学",)}, ["E1"]),
        ({"disciplines": ("21",)}, ["E1"]),
        ({"disciplines": ("430",)}, []),
        ({"units": ("Prairie",)}, ["E2"]),
        ({"industries": ("汽车制造业",)}, ["E1"]),
        ({"industries": ("制造业",)}, ["E1"]),
        ({"industries": ("C",)}, ["E1"]),
        ({"industries": ("农业",)}, []),
        ({"societies": ("汽车工程",)}, ["E1"]),
        ({"units": ("北辰",), "regions": ("延边",), "honours": ("杰青",)}, ["E1"]),
    ],
)
def test_words_are_understood(words: dict[str, tuple[str, ...]], expected: list[str]) -> None:
    assert accepted(**words) == expected


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"regions": ("吉林是",)}, "地区“吉林是”不认识.*长春市.*北京市"),
        ({"honours": ("长江学着",)}, "称号“长江学着”不认识.*长江学者"),
        ({"industries": ("造车",)}, "行业“造车”不认识.*制造业"),
        ({"disciplines": ("99999",)}, "学科“99999”不认识.*210 农学"),
    ],
)
def test_a_slip_of_the_pen_is_told_with_the_choices(words: dict[str, tuple[str, ...]], said: str) -> None:
    with pytest.raises(FilterWordUnknown, match=said):
        accepted(**words)


def test_a_unit_that_nobody_has_is_told() -> None:
    with pytest.raises(UnitUnknown, match="没有单位名称含“北晨”"):
        accepted(units=("北晨",))


def test_a_society_that_nobody_belongs_to_is_told() -> None:
    with pytest.raises(SocietyUnknown, match="名称含“北晨学会”的学会"):
        accepted(societies=("北晨学会",))
