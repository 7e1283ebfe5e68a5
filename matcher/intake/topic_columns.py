"""The 选题表 of the think tank."""

from __future__ import annotations

from matcher.domain.vocabulary import TopicStatus
from matcher.intake import wordings
from matcher.intake.choices import parse_chosen_list
from matcher.intake.columns import Column, Several, Table, TableKind
from matcher.intake.dates import parse_year_span
from matcher.intake.lists import parse_list, parse_works
from matcher.intake.texts import parse_record_number, parse_text

TOPIC_TABLE = Table(TableKind.TOPICS, (
    Column("id", "选题编号", parse_record_number, starred=True, needed=True, note="由智库工作部门编写，全库唯一",
           sample="示例001",
           aliases="编号 课题编号 选题ID 选题代码 选题号 ID topicid topic_id no"),
    Column("title", "选题名称", parse_text, starred=True, needed=True, sample="示例：冬季清洁取暖路径研究",
           aliases="选题 选题题目 课题名称 课题 题目 研究题目 名称 title topic"),
    Column("background", "内容/背景", parse_text, several=Several.LINES, starred=True,
           note="要解决的问题、背景和已有基础；没有另列要点时，从这里逐句读取",
           aliases="内容 背景 选题背景 研究背景 研究内容 主要内容 选题说明 背景说明 选题内容 问题描述 简介 "
                   "选题依据 background description"),
    Column("aspects", "要点", parse_works, several=Several.LIST, starred=True,
           note="需要专家分别回答的问题，一行一条；专家组须逐条有人能答", sample="农村分散住户的热源；建筑节能改造",
           aliases="研究要点 主要问题 研究重点 重点内容 拟解决的问题 关键问题 研究问题 分题 子课题 aspects"),
    Column("keywords", "关键词", parse_list, several=Several.LIST, note="用“、”隔开", sample="清洁取暖、热泵",
           aliases="关键字 主题词 keywords"),
    Column("fields", "所属领域", parse_chosen_list, several=Several.LIST,
           aliases="领域 研究领域 所属行业 选题领域 学科领域 类别 选题类别 fields field"),
    Column("proposed_by", "提出单位", parse_text, sample="示例单位",
           aliases="提出部门 委托单位 选题单位 报送单位 建议单位 申报单位 来源 proposed_by"),
    Column("years", "起止年份", parse_year_span, note="写成 2016-2018", sample="2016-2017",
           aliases="起止 起止时间 研究周期 研究期限 时间 年度 完成时限 years"),
    Column("status", "状态", wordings.TOPIC_STATUS, options=tuple(TopicStatus), sample="征集",
           aliases="选题状态 进展 当前状态 status"),
    Column("remark", "备注", parse_text, several=Several.LINES, aliases="说明 remark"),
))  # fmt: skip
