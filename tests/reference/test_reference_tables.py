from pathlib import Path

import pytest

from matcher.domain.vocabulary import TitleLevel
from matcher.reference.disciplines import Disciplines
from matcher.reference.honours import Honour, HonourLevel
from matcher.reference.table import ReferenceTableInvalid
from matcher.reference.tables import ReferenceTables
from matcher.resources import bundled

_TABLES = ReferenceTables.load(bundled("reference"))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("C36", "36"),
        ("36", "36"),
        ("3610", "361"),
        ("3600", "36"),
        ("C3670", "3670"),
        ("C", "C"),
        ("汽车制造业", "36"),
        ("医药制造", "27"),
        ("C36 汽车制造业", "36"),
        ("电力、热力生产和供应业", "44"),
        ("教育", "83"),
        ("卫生", "84"),
    ],
)
def test_industry_by_code_or_name(text: str, code: str) -> None:
    found = _TABLES.industries.find(text)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("text", ["", "Z99", "9999", "BIM", "养龙业"])
def test_unknown_industry(text: str) -> None:
    assert _TABLES.industries.find(text) is None


def test_industry_path() -> None:
    brakes = _TABLES.industries.find("3670")
    assert brakes is not None
    assert [step.code for step in _TABLES.industries.path(brakes)] == ["C", "36", "367", "3670"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("460", "机械工程"),
        ("460.2045", "机械工程"),
        ("2201035", "林学"),
        ("畜牧、兽医科学", "畜牧、兽医科学"),
        ("计算机", "计算机科学技术"),
    ],
)
def test_discipline_by_code_or_name(text: str, name: str) -> None:
    found = _TABLES.disciplines.find(text)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("text", ["", "999", "工", "环境保护"])
def test_unknown_discipline(text: str) -> None:
    assert _TABLES.disciplines.find(text) is None


def test_nsfc_codes_are_found_in_both_languages() -> None:
    code = _TABLES.nsfc.find("a010101")
    assert code is not None
    assert code == _TABLES.nsfc.find("解析数论") == _TABLES.nsfc.find("Analytical number theory")
    assert [step.code for step in _TABLES.nsfc.path(code)] == ["A01", "A0101", "A010101"]


@pytest.mark.parametrize(
    ("text", "name", "academician"),
    [
        ("工程院院士", "中国工程院院士", True),
        ("国家杰青（2014）", "国家杰出青年科学基金获得者", False),
        ("国务院特殊津贴", "享受国务院政府特殊津贴专家", False),
    ],
)
def test_honours_under_everyday_names(text: str, name: str, academician: bool) -> None:
    honour = _TABLES.honours.find(text)
    assert honour is not None
    assert (honour.name, honour.is_academician, honour.level) == (name, academician, HonourLevel.NATIONAL)


def test_provincial_honour() -> None:
    honour = _TABLES.honours.find("长白山学者")
    assert honour == Honour("长白山学者特聘教授", HonourLevel.PROVINCIAL, False, ("长白山学者",))


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("教授、博士生导师", TitleLevel.SENIOR),
        ("副教授", TitleLevel.ASSOCIATE),
        ("副研究员（自然科学）", TitleLevel.ASSOCIATE),
        ("研究员级高级工程师", TitleLevel.SENIOR),
        ("高级工程师", TitleLevel.ASSOCIATE),
        ("助理研究员", TitleLevel.INTERMEDIATE),
        ("主管护师", TitleLevel.INTERMEDIATE),
        ("副主任医师，教授", TitleLevel.SENIOR),
        ("Associate Professor", TitleLevel.ASSOCIATE),
        ("正高级", TitleLevel.SENIOR),
        ("经理", None),
        ("", None),
    ],
)
def test_level_of_a_title(text: str, level: TitleLevel | None) -> None:
    assert _TABLES.titles.find_level(text) is level


def test_table_without_a_column_says_which(tmp_path: Path) -> None:
    (tmp_path / "disciplines_gbt13745_2009.csv").write_text("code,title\n110,数学\n", encoding="utf-8")
    with pytest.raises(ReferenceTableInvalid, match="缺少列 name"):
        Disciplines.load(tmp_path)


def test_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReferenceTableInvalid, match="disciplines_gbt13745_2009"):
        Disciplines.load(tmp_path)
