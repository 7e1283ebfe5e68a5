"""What `matcher index status` says."""

from datetime import UTC, datetime, timedelta

from matcher.commands.index import status_lines
from matcher.index.settings import IndexSettings
from matcher.index.snapshot import Manifest
from matcher.index.state import Build
from matcher.workflows.index import IndexStatus

WRITTEN = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
MANIFEST = Manifest(
    settings=IndexSettings(encoder="builtin@1", dimensions=256, domain_terms=("盐碱地", "生物炭")),
    build=Build("b", 10),
    last_change=90,
    items=10_759,
    experts=3_986,
    written=WRITTEN,
    segments=("s",),
)


def lines(database_change: int, age: timedelta, problem: str = "") -> list[str]:
    return status_lines(IndexStatus(MANIFEST, problem, database_change, 3 << 20), WRITTEN + age)


def test_an_index_in_step() -> None:
    shown = lines(90, timedelta(minutes=5))
    assert shown[:6] == [
        "状态：可用，与数据库一致。",
        "材料：10759 条，专家：3986 位",
        "语义模型：builtin@1（256 维）",
        "领域词典：2 个词",
        "变更序号：索引 90，数据库 90",
        "占用磁盘：3.0 MB",
    ]
    assert shown[6].endswith("（5 分钟前）")


def test_an_index_behind_or_ahead_of_the_database() -> None:
    assert lines(97, timedelta())[0] == "状态：可用；数据库另有 7 项改动，下次匹配时自动补上，不必处理。"
    assert "自动重建" in lines(40, timedelta())[0]


def test_ages_are_told_in_fitting_units() -> None:
    ages = [timedelta(seconds=20), timedelta(hours=3), timedelta(days=9)]
    assert [lines(90, age)[6].split("（")[1] for age in ages] == ["刚刚）", "3 小时前）", "9 天前）"]


def test_a_problem_is_told_first() -> None:
    assert lines(90, timedelta(), "索引的语义模型不同。")[0] == "状态：索引的语义模型不同。"
    assert status_lines(IndexStatus(None, "还没有建立索引。", 5, 0), WRITTEN) == ["状态：还没有建立索引。"]
