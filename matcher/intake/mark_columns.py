"""The 评价表: what staff say of proposed experts; a 汇总表 of results with the column 评价 filled in is one too."""

from __future__ import annotations

import re

from matcher.domain.vocabulary import Verdict
from matcher.intake.cells import Cell, plain
from matcher.intake.choices import ticked
from matcher.intake.columns import Column, Several, Table, TableKind
from matcher.intake.dates import parse_date
from matcher.intake.parsed import Complaint, Parsed
from matcher.intake.texts import parse_name, parse_record_number, parse_text
from matcher.intake.wordings import VERDICT

_SIGNS = {**dict.fromkeys("√✓✔☑✅", Verdict.SUITABLE), **dict.fromkeys("×✗✘✕✖❌", Verdict.UNSUITABLE)}
_BLANKS = "?…~ □☐()[]"
_SEPARATOR = re.compile(r"[\s,;:、。.!/()\[\]【】“”\"'\-—–\ufe0f]+")
# Words before a wording that leave its meaning as it is.
_LEADING = re.compile(r"^(?:但是|但|不过)?(?:很|非常|较|基本|比较)?")
_QUOTED = 30


def parse_verdict(cell: Cell) -> Parsed:
    """The cell, or what stands before its first separator, must be a wording: 「难说合适」 is not 「合适」.

    >>> parse_verdict("很合适，方向一致").value, parse_verdict("√").value, parse_verdict("不太合适").value
    (<Verdict.SUITABLE: '合适'>, <Verdict.SUITABLE: '合适'>, None)
    """
    text = plain(cell)
    said = ticked(text) if re.search(r"\w", text) else text
    if not said.strip(_BLANKS):
        return Parsed(None)
    verdict = None if "?" in text else _verdict(said)
    if verdict is not None:
        return Parsed(verdict)
    return Parsed(None, Complaint(f"“{text[:_QUOTED]}”看不出是哪一种评价", f"请改为：{'、'.join(Verdict)}"))


def _verdict(said: str) -> Verdict | None:
    """None also where a later part is a wording of something else: 「可以，但不对口」."""
    whole = _wording("".join(said.split()))
    first, *others = [_wording(part) for part in _SEPARATOR.split(said) if part] or [None]
    return whole or (first if all(other in (None, first) for other in others) else None)


def _wording(part: str) -> Verdict | None:
    return _SIGNS.get(part) or VERDICT.exact(_LEADING.sub("", part))


MARK_TABLE = Table(TableKind.MARKS, (
    Column("demand_id", "需求编号", parse_record_number, starred=True, needed=True, sample="示例001",
           note="已拆分的需求写 编号#序号", aliases="需求ID 问卷编号 需求代码 demand_id demand"),
    Column("expert_id", "专家编号", parse_record_number, starred=True, needed=True, sample="示例001",
           aliases="专家ID 院士编号 专家代码 expert_id expert"),
    Column("verdict", "评价", parse_verdict, starred=True, needed=True, options=tuple(Verdict), sample="合适",
           note="合适、不合适：是否对口；婉拒：本人不来（不影响是否对口）；成效：已合作并见效。没有评价就留空",
           aliases="评价结果 评判 评判结果 是否合适 是否对口 对口情况 人工评价 人工评判 评价结论 反馈 反馈结果 "
                   "verdict mark"),
    Column("reason", "评价理由", parse_text, several=Several.LINES, private=True,
           aliases="理由 原因 评价说明 评判理由 不合适原因 婉拒原因 成效说明 reason"),
    Column("marked_by", "评价人", parse_name, aliases="评判人 填写人 填表人 反馈人 marked_by"),
    Column("marked_on", "评价日期", parse_date, sample="2026-05-01",
           aliases="评判日期 反馈日期 填写日期 填表日期 日期 marked_on"),
    Column("demand_title", "需求名称", parse_text, note="供核对，可不填", aliases="难题名称 技术难题名称 demand_title"),
    Column("expert_name", "姓名", parse_name, note="供核对：与编号不是同一人的行会退回",
           aliases="专家姓名 院士姓名 专家 expert_name"),
    # Known so that a 汇总表 of results is not taken for another table.
    Column("enterprise", "企业名称", parse_text, shown=False, aliases="单位名称 企业 公司名称 建站单位 对接单位"),
    Column("organization", "工作单位", parse_text, shown=False, aliases="专家单位 所在单位"),
    Column("title", "职称", parse_text, shown=False, aliases="专业技术职务"),
    Column("purpose", "用途", parse_text, shown=False, aliases="类型 类别 对接类型"),
    Column("rank", "名次", parse_text, shown=False, aliases="排名 序号"),
    Column("score", "匹配概率", parse_text, shown=False, aliases="匹配程度 得分"),
    Column("summary", "推荐理由", parse_text, shown=False, aliases="匹配理由"),
    Column("team", "同团队人员", parse_text, shown=False),
    Column("to_check", "待核事项", parse_text, shown=False),
    Column("notes", "提示", parse_text, shown=False, aliases="备注"),
))  # fmt: skip
