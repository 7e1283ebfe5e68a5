"""The 成果表: one row an item of evidence."""

from __future__ import annotations

from matcher.domain.vocabulary import EvidenceType
from matcher.intake import wordings
from matcher.intake.columns import Column, Several, Table, TableKind
from matcher.intake.dates import parse_year
from matcher.intake.lists import parse_list
from matcher.intake.texts import parse_name, parse_record_number, parse_text

_TYPES = tuple(kind for kind in EvidenceType if kind is not EvidenceType.PROFILE)

ITEM_TABLE = Table(TableKind.ITEMS, (
    Column("expert_id", "专家编号", parse_record_number, starred=True, needed=True,
           note="与专家表的编号一致；多人合作的成果每人写一行", sample="示例001",
           aliases="编号 专家ID 工号 专家代码 专家号 人员编号 作者编号 完成人编号 expertid expert_id expert"),
    Column("owner_name", "姓名", parse_name, shown=False,
           aliases="专家姓名 作者 完成人 发明人 负责人 name author"),
    Column("type", "类型", wordings.EVIDENCE_TYPE, starred=True, options=_TYPES, sample="论文",
           aliases="成果类型 类别 成果类别 成果形式 种类 type kind"),
    Column("title", "题目", parse_text, starred=True, note="题目、摘要、关键词至少填一项",
           sample="铝合金焊缝疲劳寿命的预测方法",
           aliases="标题 名称 成果名称 论文题目 论文名称 专利名称 项目名称 题名 成果题目 篇名 论文标题 成果标题 "
                   "课题名称 著作名称 奖项名称 获奖名称 标准名称 中文题目 中文题名 中文标题 题目/名称 title"),
    Column("abstract", "摘要", parse_text, sample="（摘要）",
           aliases="内容摘要 内容简介 中文摘要 成果简介 简介 论文摘要 内容 项目简介 成果内容 摘要内容 abstract"),
    Column("keywords", "关键词", parse_list, several=Several.LIST, note="用“、”隔开", sample="铝合金、焊接",
           aliases="关键字 主题词 中文关键词 keywords keyword"),
    Column("year", "年份", parse_year, sample=2015,
           aliases="年度 年 发表年份 发表时间 发表日期 授权年份 授权日期 获奖年份 获奖时间 立项年份 出版年份 "
                   "出版时间 时间 日期 完成时间 公开日 申请日 year date"),
    Column("source", "来源", parse_text, sample="示例学报",
           aliases="期刊 刊物 刊名 出处 期刊名称 专利号 项目编号 发表刊物 来源/期刊 来源期刊 发表期刊 授权号 "
                   "标准号 出版社 奖励等级 授奖单位 项目来源 发表载体 来源号 source journal venue"),
    Column("title_en", "英文题目", parse_text,
           aliases="英文标题 英文题名 英文名称 title_en englishtitle title(english) titleen"),
    Column("abstract_en", "英文摘要", parse_text,
           aliases="abstract_en englishabstract abstract(english) abstracten"),
    Column("keywords_en", "英文关键词", parse_list, several=Several.LIST, shown=False,
           aliases="keywords_en englishkeywords keywordsen"),
))  # fmt: skip
