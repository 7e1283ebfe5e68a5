"""Labels of questionnaires that are nearly ours: named, and never taken for part of a value."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from matcher.intake.columns import squeezed
from matcher.intake.demand_columns import DEMAND_TABLE
from matcher.intake.form_labels import guessed
from matcher.intake.forms import read_page
from matcher.intake.sheets import Row

HEADERS = [column.header for column in DEMAND_TABLE.shown if column.field != "id" and len(squeezed(column.header)) >= 3]


@given(st.sampled_from(HEADERS), st.integers(0, 30), st.integers(1, 2))
def test_a_misspelt_label_is_named_and_leaves_the_other_values_alone(header: str, at: int, pairs: int) -> None:
    letters = [place for place, letter in enumerate(header.split("(")[0]) if letter.isalnum()]
    place = letters[at % len(letters)]
    wrong = f"{header[:place]}囗{header[place + 1 :]}"
    cells: list[str] = [
        cell for number, other in enumerate(HEADERS) for cell in (wrong if other == header else other, f"值{number}甲")
    ]
    page = read_page([cells[start : start + 2 * pairs] for start in range(0, len(cells), 2 * pairs)], DEMAND_TABLE)
    assert page.unknown == (wrong,)
    assert {pair.column.header: pair.value for pair in page.pairs} == {
        other: f"值{number}甲" for number, other in enumerate(HEADERS) if other != header
    }


def test_the_likeliest_column_is_asked_for() -> None:
    asked = ["主要问体", "联糸人", "联系点话", "企业 网址", "技术攻关", "法定代表人", "传真"]
    assert [guessed(label, DEMAND_TABLE) for label in asked] == [
        "主要问体（是不是“主要问题”？）", "联糸人（是不是“联系人”？）", "联系点话（是不是“手机”？）",
        "企业 网址", "技术攻关", "法定代表人", "传真",
    ]  # fmt: skip


def test_rows_that_bring_nothing_are_named_by_what_stands_where_labels_stand() -> None:
    rows: list[Row] = [
        ["需求名称", "焊缝开裂"],
        ["主要问题", "夏天开裂。"],
        ["", "冬天也有。"],
        ["厂址变迁", "去年搬迁"],
        ["张工说，一直这样", "是"],
        ["填表人签字：", "王某"],
        ["预期木标：不再开裂"],
    ]
    page = read_page(rows, DEMAND_TABLE)
    assert page.unknown == ("填表人签字", "厂址变迁", "预期木标")
    assert page.pairs[1].value == "夏天开裂。\n冬天也有。"
