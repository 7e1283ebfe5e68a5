"""Topics of the think tank, as their list is kept."""

from __future__ import annotations

from matcher.domain.topic import Topic
from matcher.domain.vocabulary import TopicStatus
from matcher.intake.columns import TableKind
from matcher.workflows.import_report import Counts
from tests.intake.workbooks import write_xlsx
from tests.workflows.import_setting import Desk, desk, reference_tables  # noqa: F401

TOPICS = TableKind.TOPICS


def test_a_list_of_topics_with_the_words_of_offices(desk: Desk) -> None:  # noqa: F811
    rows: list[list[object]] = [
        ["2026年度智库选题汇总表"],
        ["序号", "课题编号", "课题名称", "研究背景", "研究重点", "关键词", "报送单位", "研究周期", "进展"],
        [1, "T-01", "冬季清洁取暖", "散煤多。", "1. 农村分散住户的热源，含生物质；2. 建筑节能改造", "取暖、热泵",
         "某局", "2026-2027", "在研"],
        [2, "T-02", "空的", "无", None, None, None, None, None],
        [3, "T-03", "黑土地保护", "耕层变薄。退化加快。", None, None, None, None, "没听说过"],
    ]  # fmt: skip
    path = write_xlsx(desk.folder / "选题.xlsx", {"Sheet1": rows}, {"Sheet1": ["A1:I1"]})
    report = desk.topics(path)
    assert report.counts[TOPICS] == Counts(new=2, rejected=1)
    assert "内容和要点都没有写" in report.rejected[0].remark
    assert desk.store.topics.get("T-01") == Topic(
        "T-01", "冬季清洁取暖", "散煤多。", ("农村分散住户的热源，含生物质", "建筑节能改造"), ("取暖", "热泵"),
        proposed_by="某局", start_year=2026, end_year=2027, status=TopicStatus.RUNNING,
    )  # fmt: skip
    assert desk.topics(path).counts[TOPICS] == Counts(unchanged=2, rejected=1)
