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
    assert shown[:4] == [
        "材料：10759 条，专家：3986 位",
        "语义模型：builtin@1（256 维）",
        "领域词典：2 个词",
        "变更序号：快照 90，数据库 90，一致",
    ]
    assert shown[4] == "占用磁盘：3.0 MB"
    assert shown[5].endswith("（5 分钟前）")


def test_an_index_behind_or_ahead_of_the_database() -> None:
    assert "差 7 项，下次匹配时自动补上" in lines(97, timedelta())[3]
    assert "自动重建" in lines(40, timedelta())[3]


def test_ages_are_told_in_fitting_units() -> None:
    ages = [timedelta(seconds=20), timedelta(hours=3), timedelta(days=9)]
    assert [lines(90, age)[5].split("（")[1] for age in ages] == ["刚刚）", "3 小时前）", "9 天前）"]


def test_a_problem_is_told() -> None:
    told = lines(90, timedelta(), "索引的语义模型不同。")[-1]
    assert told == "注意：索引的语义模型不同。不必等待：下次匹配时也会自动重建。"
    missing = status_lines(IndexStatus(None, "还没有索引快照。", 5, 0), WRITTEN)
    assert missing == ["索引：尚不可用。还没有索引快照。", "数据库变更序号：5"]
