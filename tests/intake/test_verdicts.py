"""Verdicts as staff write them: signs, praise, negations, doubts."""

from __future__ import annotations

import pytest

from matcher.domain.vocabulary import Gender, Verdict
from matcher.intake.choices import OneOf
from matcher.intake.mark_columns import parse_verdict
from matcher.intake.wordings import GENDER

GOOD, BAD = Verdict.SUITABLE, Verdict.UNSUITABLE


@pytest.mark.parametrize(
    ("cell", "verdict"),
    [
        ("√", GOOD), ("✓", GOOD), ("☑", GOOD), ("（√）", GOOD), ("✔\ufe0f", GOOD), ("×", BAD), ("✗", BAD),
        ("合 适", GOOD), ("合适。", GOOD), ("非常合适", GOOD), ("比较合适", GOOD), ("不错，合适", GOOD),
        ("合适，没有问题", GOOD), ("对口（方向一致）", GOOD), ("□合适 ☑不合适", BAD), ("基本不合适", BAD),
        ("不合适：方向不同，可以考虑别人", BAD), ("婉拒（没有时间）", Verdict.DECLINED), ("有成效", Verdict.EFFECTIVE),
    ],
)  # fmt: skip
def test_a_wording_or_a_sign(cell: str, verdict: Verdict) -> None:
    assert parse_verdict(cell) == (verdict, None)


@pytest.mark.parametrize("cell", ["待定", "—", "无", "?", "？", "", None, "□", "□合适 □不合适"])
def test_a_placeholder_is_no_verdict(cell: object) -> None:
    assert parse_verdict(cell) == (None, None)


@pytest.mark.parametrize(
    "cell",
    [
        "无成效", "暂无成效", "难说合适", "欠合适", "无法判断是否合适", "不是不合适", "不太合适", "合适？", "√？",
        "√×", "合适/不合适", "可以，但不对口", "不，合适", "☒",
    ],
)  # fmt: skip
def test_what_is_negated_doubtful_or_contradictory_is_sent_back(cell: str) -> None:
    parsed = parse_verdict(cell)
    assert parsed.value is None
    assert parsed.complaint is not None
    assert "看不出是哪一种评价" in parsed.complaint.message
    assert parsed.complaint.advice == "请改为：合适、不合适、婉拒、成效"


def test_signs_are_no_synonyms_and_no_wordings() -> None:
    with pytest.raises(ValueError, match="Gender"):
        OneOf(Gender, {"♂": Gender.MALE})
    assert GENDER.find("♂") is None
