"""Conditions of awards and programmes."""

from datetime import date

import pytest

from matcher.domain.evidence import EvidenceItem
from matcher.domain.expert import Expert
from matcher.domain.vocabulary import EvidenceType, TitleLevel, UnitKind
from matcher.rank.programmes import Called, ProgrammesInvalid, Verdict, conditions, parse_programmes
from matcher.resources import bundled

TODAY = date(2026, 6, 1)
CODES = Called(place={"22": "吉林省"}.__getitem__, discipline=str)
TEXT = """
[[programmes]]
name = "某计划"
fields = ["新材料"]
source = "某通知"
effective = 2026-01-01
until = 2026-06-30
title_floor = "副高"
age_limit = 40
degrees = ["博士"]
excluded_honours = ["长江学者"]
regions = ["22"]
unit_kinds = ["企业"]
recent_years = 5
evidence = { "专利" = 2 }
"""
PATENT = EvidenceItem("I1", EvidenceType.PATENT, "甲", year=2023)


def test_each_condition_is_met_missed_or_open() -> None:
    (programme,) = parse_programmes(TEXT)
    known = Expert(
        "E1", "甲", title_level=TitleLevel.INTERMEDIATE, birth=date(1986, 6, 1), degree="博士", honours=("长江学者",),
        region_code="220100", unit_kind=UnitKind.UNIVERSITY,
    )  # fmt: skip
    met, missed, unknown = Verdict.MET, Verdict.MISSED, Verdict.UNKNOWN
    assert [one.verdict for one in conditions(known, [PATENT], programme, TODAY, CODES)] == [
        missed, met, met, missed, met, missed, met, unknown,
    ]  # fmt: skip
    assert {one.verdict for one in conditions(Expert("E2", "乙"), [], programme, TODAY, CODES)} == {unknown}


def test_the_day_decides_age_and_term() -> None:
    (programme,) = parse_programmes(TEXT)
    elder = Expert("E1", "甲", birth=date(1985, 6, 1))
    ages = [conditions(elder, [], programme, day, CODES)[1].verdict for day in (date(2026, 5, 31), TODAY)]
    assert ages == [Verdict.MET, Verdict.MISSED]
    assert [programme.open_on(day) for day in (date(2025, 12, 31), TODAY, date(2026, 7, 1))] == [False, True, False]


def test_the_bundled_ones_say_that_they_are_examples() -> None:
    assert all(one.example for one in parse_programmes(bundled("programmes.toml").read_text(encoding="utf-8")))


def test_a_slip_is_named() -> None:
    with pytest.raises(ProgrammesInvalid, match=r"programmes\.1\.title_floor 的值“院长”"):
        parse_programmes(TEXT.replace('"副高"', '"院长"'))
