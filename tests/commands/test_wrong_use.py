"""Faults of a command line in Chinese, and lines that fit the screen."""

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner

from matcher.cli import build
from matcher.commands.layout import wrapped
from matcher.commands.wrong_use import WrongUse


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["match", "X", "--title", "教授"], "--title 没有“教授”这个取值，可选：正高、副高、中级。"),
        (["match", "X", "--top", "0"], "--top 最小为 1。"),
        (["match", "X", "--top", "1001"], "--top 最大为 1000。"),
        (["match", "X", "--top", "many"], "--top 应为整数。"),
        (["match", "X", "--topp", "1"], "没有 --topp 这个选项，是否想用 --top。"),
        (["match", "X", "--top"], "--top 后面要写一个值。"),
        (["explain", "X"], "缺少 专家编号。"),
        (["explain", "X", "Y", "Z"], "多出了“Z”。"),
        (["evaluate"], "缺少 --run。"),
        (["macth"], "没有“macth”这个命令。"),
    ],
)  # fmt: skip
def test_the_librarys_english_is_said_in_chinese(arguments: list[str], said: str) -> None:
    result = CliRunner().invoke(build(), arguments, standalone_mode=False)
    assert result.exception is not None
    message = result.exception.format_message()
    assert str(WrongUse(message)) == f"{said}加 --help 可看用法。"


def test_what_is_not_known_is_passed_on() -> None:
    assert str(WrongUse("Something new")) == "Something new。加 --help 可看用法。"


def test_chinese_characters_count_two_columns_and_lines_hang() -> None:
    lines = list(wrapped("盐碱地水稻耐盐品种筛选试验，" * 6, 40, indent=4, hang=2))
    assert all(cell_len(line) <= 42 for line in lines)
    assert lines[0].startswith("    盐")
    assert all(line.startswith("      ") and line[6] not in "，。" for line in lines[1:])
    assert "".join(line.strip() for line in lines) == "盐碱地水稻耐盐品种筛选试验，" * 6


def test_latin_words_stay_whole_and_brackets_stay_with_their_content() -> None:
    lines = list(wrapped("来源为 ChinaXiv-201711.01166V1（D045）完", 24))
    assert lines == ["来源为", "ChinaXiv-201711.01166V1", "（D045）完"]
