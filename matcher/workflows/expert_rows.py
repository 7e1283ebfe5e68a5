"""What makes an expert of a row, whether the row stands in a file or in a form."""

from __future__ import annotations

from matcher.domain.expert import Expert
from matcher.intake.duplicates import likeness, plain_name
from matcher.intake.errors import RowUnusable
from matcher.intake.expert_records import build_expert
from matcher.intake.parse_row import ParsedRow
from matcher.reference.tables import ReferenceTables


def named_expert(row: ParsedRow, stored: Expert | None, tables: ReferenceTables) -> Expert:
    """The stored expert with what the row says. Raises RowUnusable without a name."""
    if not row.text("name") and (stored is None or "name" in row.values):
        raise RowUnusable("name", "没有姓名", "请填写姓名")
    return build_expert(row, stored, tables)


def is_renamed(stored: Expert | None, expert: Expert) -> bool:
    """Whether the name changes. A number stays with its person: raises RowUnusable where nothing else is in common."""
    if stored is None or plain_name(stored.name) == plain_name(expert.name):
        return False
    if not likeness(stored, expert):
        detail = f"编号“{expert.id}”在库中是“{stored.name}”，与本行“{expert.name}”不是同一人"
        raise RowUnusable("name", detail, "请核对编号；若确系改名，请让单位、出生年月或研究方向与库中一致后再导入")
    return True


def no_field_text() -> RowUnusable:
    """Nothing says what the person knows."""
    return RowUnusable("directions", "看不出研究方向", "请填写研究方向或关键词，或在成果表里至少列一项成果")
