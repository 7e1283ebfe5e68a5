"""Rows of the sheets 需求问卷表 and 建站对接台账."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from demo.texts import CONTENT, NOTE, Cell, Row
from matcher.domain.codes import credit_code_check
from matcher.reference.tables import ReferenceTables


def read_demands(tables: ReferenceTables) -> Iterator[Row]:
    blocks = re.split(r"^# ", (CONTENT / "demands.txt").read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    for number, block in enumerate(blocks, start=1):
        head, *lines = block.strip().splitlines()
        cells = dict(line.split(": ", 1) for line in lines)
        yield _demand([cell.strip() for cell in head.split("|")], cells, number, tables)


def _demand(head: list[str], cells: Mapping[str, str], number: int, tables: ReferenceTables) -> Row:
    id, firm, place, industry, review = head
    staff, _, researchers = cells.get("人数", "").partition(" | ")
    revenue, _, spending = cells.get("营收", "").partition(" | ")
    region = tables.regions.find(place)
    assert region is not None, place
    return {
        "需求编号": id,
        "企业名称": firm,
        "统一社会信用代码": _credit_code(number),
        "市州/县区码": region.full_code or place,
        "业务归口": tables.jurisdictions.find(place),
        "行业代码": industry,
        "职工数": int(staff) if staff else None,
        "研发人员": int(researchers) if researchers else None,
        "近三年营收(万元)": revenue,
        "近三年研发投入(万元)": spending,
        "审核状态": review,
        "填报日期": date(2026, 8, 10) + timedelta(days=2 * number),
        **_asked(cells, number),
    }


def _asked(cells: Mapping[str, str], number: int) -> Row:
    return {
        "主营产品": cells.get("产品"),
        "联系人": f"示例联系人{number:02d}",
        "手机": f"1000002{number:04d}",
        "邮箱": f"x{number:02d}@example.com",
        "需求名称": cells["需求名称"],
        "需求类别": cells["类别"],
        "主要问题": cells["主要问题"].replace("\\n", "\n"),
        "技术关键与量化指标": cells.get("量化指标"),
        "预期目标": cells["目标"],
        "期望专家方向": cells["专家"],
        "关键词": cells.get("关键词"),
        "学科代码": cells.get("学科"),
        "紧迫程度": cells.get("紧迫"),
        "拟投入(万元)": float(cells["投入"]) if "投入" in cells else None,
        "期望服务方式": cells["服务"],
        "需院士": cells.get("院士", "否"),
        "拟建站类型": cells.get("拟建"),
        "可提供条件": cells.get("条件"),
        "可公开": cells.get("公开", "否"),
        "审核意见": cells.get("审核意见"),
    }


def _credit_code(number: int) -> str:
    """A code of the registration region 990000, which does not exist, with the right check character."""
    first = f"91990000MAXX{number:05d}"
    return first + credit_code_check(first)


def ledger_rows(demands: Sequence[Row], names: Sequence[str]) -> Iterator[Row]:
    codes = {row["企业名称"]: row["统一社会信用代码"] for row in demands}
    lines = (CONTENT / "ledger.txt").read_text(encoding="utf-8").splitlines()
    for serial, line in enumerate((line for line in lines if not line.startswith("#")), start=501):
        cells: list[Cell] = [cell.strip() or None for cell in line.split("|")]
        yield _engagement(dict(zip(names, cells, strict=True)), codes, serial)


def _engagement(row: Row, codes: Mapping[Cell, Cell], serial: int) -> Row:
    start, end = row.pop("协议起"), row.pop("协议止")
    visited = date.fromisoformat(str(row["对接日期"])) if row["对接日期"] else None
    for name in ("年驻站月数", "资助金额(万元)"):
        row[name] = float(str(row[name])) if row[name] else None
    approved = row["状态"] != "拟建"
    return row | {
        "协议起止日期": f"{start} 至 {end}" if start else None,
        "对接日期": visited,
        "信用代码": codes.get(row["建站单位"]) or _credit_code(serial),
        "审批人/日期": f"示例审批人 {start or visited}" if approved else None,
        "备注": NOTE,
    }
