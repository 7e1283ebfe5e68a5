"""The 建站/对接台账."""

from __future__ import annotations

from matcher.domain.vocabulary import Assessment, EngagementKind, EngagementRole, EngagementStatus, StationMode
from matcher.intake import wordings
from matcher.intake.choices import parse_yes_no
from matcher.intake.columns import Column, Dictionary, Several, Table, TableKind
from matcher.intake.dates import parse_date, parse_date_span, parse_last_day
from matcher.intake.identity_numbers import parse_credit_code
from matcher.intake.numbers import Money, parse_quantity
from matcher.intake.texts import parse_name, parse_record_number, parse_text

LEDGER_TABLE = Table(TableKind.LEDGER, (
    Column("id", "编号", parse_record_number, starred=True, needed=True,
           note="一位专家一行；同一工作站的几位专家各用一个编号", sample="示例001",
           aliases="台账编号 记录编号 ID 工作站编号 对接编号 台帐编号 id no"),
    Column("kind", "类型", wordings.ENGAGEMENT_KIND, starred=True, needed=True, options=tuple(EngagementKind),
           sample="院士专家工作站",
           aliases="建站类型 工作站类型 类别 对接类型 台账类型 kind type"),
    Column("mode", "筹建方式", wordings.STATION_MODE, options=tuple(StationMode), sample="自主筹建",
           aliases="建站方式 建设方式 mode"),
    Column("unit", "建站单位", parse_text, starred=True, needed=True, sample="示例公司",
           aliases="单位名称 企业名称 单位 企业 公司名称 对接单位 建站企业 对接企业 依托单位 工作站名称 unit "
                   "company"),
    Column("credit_code", "信用代码", parse_credit_code, starred=True,
           aliases="统一社会信用代码 社会信用代码 credit_code"),
    Column("region", "所在地", parse_text, starred=True, dictionary=Dictionary.REGIONS, sample="吉林市",
           aliases="市州 地区 所在地区 市州/县区 县区 单位所在地 region"),
    Column("demand_id", "需求编号", parse_record_number, starred=True,
           aliases="需求ID 对应需求编号 demand_id"),
    Column("expert_id", "专家编号", parse_record_number, starred=True, needed=True, sample="示例001",
           aliases="专家ID 院士编号 专家代码 进站专家编号 expert_id"),
    Column("expert_name", "专家姓名", parse_name, shown=False,
           aliases="姓名 院士姓名 专家 进站专家 院士专家"),
    Column("role", "角色", wordings.ROLE, options=tuple(EngagementRole), sample="首席",
           aliases="专家角色 任职角色 role"),
    Column("reason", "匹配理由", parse_text, starred=True, several=Several.LINES,
           aliases="理由 推荐理由 reason"),
    Column("agreement", "协议起止日期", parse_date_span, starred=True, note="写成 2016-05-01 至 2019-04-30",
           sample="2016-05-01 至 2019-04-30",
           aliases="协议期限 协议起止 协议有效期 协议起止时间 合作期限 签约起止日期"),
    Column("agreement_start", "协议开始日期", parse_date, shown=False,
           aliases="协议签订日期 签约日期 协议起始日期 协议日期 签订日期 agreement_start"),
    Column("agreement_end", "协议结束日期", parse_last_day, shown=False,
           aliases="协议到期日期 协议终止日期 协议截止日期 到期日期 agreement_end"),
    Column("months_on_site", "年驻站月数", parse_quantity, starred=True, sample=3,
           aliases="驻站月数 每年驻站月数 年驻站时间(月) 年驻站时间 months_on_site"),
    Column("signed_statement", "院士签名说明", parse_yes_no, options=("有", "无"), sample="有",
           aliases="签名说明 院士签字说明 有无院士签名说明 院士签名"),
    Column("projects", "合作项目", parse_text, several=Several.LINES,
           aliases="项目 合作项目名称 合作内容"),
    Column("staff", "专兼职人员", parse_text,
           aliases="人员 专职人员 工作人员"),
    Column("premises", "办公场地", parse_text,
           aliases="场地 办公场所"),
    Column("funding", "资助金额(万元)", Money(),
           aliases="资助金额 资助经费 经费 资助 资助资金 funding"),
    Column("visit_date", "对接日期", parse_date,
           aliases="对接时间 走访日期 活动日期 visit_date"),
    Column("itinerary", "行程/陪同", parse_text, private=True,
           aliases="行程 陪同 陪同人员 行程安排 itinerary"),
    Column("status", "状态", wordings.ENGAGEMENT_STATUS, starred=True, options=tuple(EngagementStatus),
           sample="运行中",
           aliases="当前状态 建站状态 运行状态 进展 status"),
    Column("approval", "审批人/日期", parse_text, starred=True, note="写成 王某 2016-05-01",
           aliases="审批人及日期 审批"),
    Column("approved_by", "审批人", parse_name, shown=False,
           aliases="批准人 approved_by"),
    Column("approved_on", "审批日期", parse_date, shown=False,
           aliases="批准日期 审批时间 approved_on"),
    Column("results", "成果", parse_text, several=Several.LINES,
           aliases="取得成果 工作成果 成效 results"),
    Column("assessment", "年度考核", wordings.ASSESSMENT, options=tuple(Assessment),
           aliases="考核 考核结果 考核结论 assessment"),
    Column("next_follow_up", "下次跟踪日期", parse_date,
           aliases="跟踪日期 下次跟踪 下次回访日期 next_follow_up"),
    Column("remark", "备注", parse_text, several=Several.LINES,
           aliases="说明 remark"),
))  # fmt: skip
