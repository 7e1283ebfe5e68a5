"""What an import says on the screen."""

from __future__ import annotations

from collections.abc import Iterator

from matcher.intake.duplicates import DuplicatePair
from matcher.workflows.import_report import ImportReport, WarningGroup

_SHOWN = 20
_NOTES = 12


def import_lines(report: ImportReport) -> Iterator[str]:
    """The lines of a report, most important first."""
    if not report.counts and not report.failed_files:
        yield "没有读到要导入的行（空行、示例行不算）。"
    for kind, counts in report.counts.items():
        verb = "将新增" if report.dry_run else "新增"
        yield f"{kind}：{verb} {counts.new}，更新 {counts.changed}，未变 {counts.unchanged}，退回 {counts.rejected}"
    yield from (f"未读：{message}" for message in report.failed_files)
    yield from _limited([f"退回：{row.place}：{row.remark}" for row in report.rejected], report.rejected_count, _SHOWN)
    yield from _limited([f"提示：{_warning(group)}" for group in report.warnings], len(report.warnings), _SHOWN)
    yield from _missing(report)
    yield from _limited([f"说明：{note}" for note in report.notes], len(report.notes), _NOTES)
    yield from duplicate_lines(report.duplicates[:10])
    if len(report.duplicates) > 10:
        yield f"……共 {len(report.duplicates)} 对，运行 matcher person duplicates 查看全部"
    if report.dry_run:
        yield "这是预演，没有写入任何数据。"


def duplicate_lines(pairs: tuple[DuplicatePair, ...]) -> Iterator[str]:
    for pair in pairs:
        first, second = pair.first, pair.second
        yield (
            f"疑似同一人：{first.name} {first.id}（{first.organization or '单位不详'}）与 {second.id}"
            f"（{second.organization or '单位不详'}）：{'、'.join(pair.reasons)}。"
            f"确认后合并：matcher person merge {first.id} {second.id}"
        )


def _warning(group: WarningGroup) -> str:
    return f"{group.first}" if group.count == 1 else f"{group.first}同类共 {group.count} 处。"


def _missing(report: ImportReport) -> Iterator[str]:
    kinds = dict.fromkeys(kind for kind, _ in report.missing)
    for kind in kinds:
        columns = [f"{header} {count}" for (of, header), count in report.missing.items() if of is kind]
        yield f"待补：{kind}中，规划所需的列尚缺（不影响导入和匹配）：{'，'.join(columns)}"


def _limited(lines: list[str], total: int, limit: int) -> Iterator[str]:
    yield from lines[:limit]
    if total > limit:
        yield f"……共 {total} 条，用 --report 文件.xlsx 查看全部"
