"""The 需求问卷表, also read from label/value questionnaires."""

from __future__ import annotations

from matcher.domain.vocabulary import DemandCategory, ReviewStatus, ServiceKind, StationKind, Urgency
from matcher.intake import wordings
from matcher.intake.choices import parse_chosen, parse_chosen_list, parse_yes_no
from matcher.intake.columns import Column, Dictionary, Several, Table, TableKind
from matcher.intake.dates import parse_date, parse_year, parse_year_span
from matcher.intake.identity_numbers import parse_credit_code, parse_email, parse_person_and_phone, parse_phone
from matcher.intake.lists import parse_list
from matcher.intake.numbers import Money, YearlyMoney, parse_count
from matcher.intake.texts import limited_text, parse_name, parse_record_number, parse_text

_YES_NO = ("是", "否")
_MANY = "可填多项，用“、”隔开"
_COOPERATION = ("技术咨询", "联合攻关", "委托开发", "技术转让", "技术入股", "共建平台", "其他")
_FIELDS = (
    "电子信息", "生物医药", "新材料", "先进制造", "新能源与节能", "资源与环境", "现代农业", "航空航天", "化工", "食品",
    "现代服务",
)  # fmt: skip

_COMPANY = (
    Column("id", "需求编号", parse_record_number, starred=True, needed=True, note="由征集部门编写，全库唯一",
           sample="示例001",
           aliases="编号 需求ID ID 问卷编号 需求代码 登记编号 需求号 难题编号 项目编号 表格编号 demandid "
                   "demand_id no"),
    Column("enterprise.name", "企业名称", parse_text, starred=True, sample="示例公司（导入时忽略本行）",
           aliases="单位名称 公司名称 企业 申报单位 需求单位 填报单位 单位 企业（单位）名称 企业全称 公司 "
                   "企业单位名称 需求企业 申报企业 单位全称 提出单位 需求方 company enterprise companyname"),
    Column("enterprise.credit_code", "统一社会信用代码", parse_credit_code, starred=True,
           aliases="信用代码 社会信用代码 组织机构代码 营业执照号 统一信用代码 税号 creditcode credit_code"),
    Column("region", "市州/县区码", parse_text, starred=True, dictionary=Dictionary.REGIONS,
           note="填名称或六位行政区划代码", sample="吉林市",
           aliases="市州 县区 市（州） 所在地 所在地区 地区 所在市州 区域 所属地区 地址 企业地址 单位地址 "
                   "所在县市区 市州县区 所属市州 企业所在地 注册地 行政区划 行政区划代码 通讯地址 县（市、区） "
                   "所在市县 市县 城市 区县 县市区 所在县区 所在县（市）区 所在县（市、区） 所在县市 所在区县 属地 "
                   "region city address"),
    Column("enterprise.jurisdiction", "业务归口", parse_text, dictionary=Dictionary.JURISDICTIONS,
           note="不填时按所在地推定",
           aliases="归口单位 归口部门 归口 推荐单位 归口管理单位 jurisdiction"),
    Column("industry", "行业代码", parse_text, starred=True, dictionary=Dictionary.INDUSTRIES,
           note="GB/T 4754 代码或名称", sample="C36",
           aliases="所属行业 行业 行业类别 行业领域 行业名称 国民经济行业 所属产业 所属行业代码 产业领域 "
                   "行业分类 industry"),
    Column("enterprise.kind", "企业类型", parse_chosen,
           options=("国有企业", "民营企业", "外资企业", "合资企业", "事业单位", "合作社", "其他"),
           aliases="企业性质 单位性质 单位类型 企业类别 企业规模"),
    Column("enterprise.high_tech", "高企/专精特新", parse_chosen,
           options=("高新技术企业", "专精特新", "高新技术企业、专精特新", "否"),
           aliases="高新技术企业 是否高企 高企 专精特新 是否高新技术企业 企业资质"),
    Column("enterprise.products", "主营产品", parse_text,
           aliases="主要产品 主营业务 产品 主导产品 经营范围 主营产品及业务 主要业务 企业简介 单位简介 公司简介 "
                   "products"),
    Column("enterprise.staff", "职工数", parse_count,
           aliases="职工人数 员工人数 员工数 从业人数 职工总数 企业人数 人员总数 staff"),
    Column("enterprise.rd_staff", "研发人员", parse_count,
           aliases="研发人员数 研发人数 科研人员 技术人员数 科技人员数 研发人员数量"),
    Column("enterprise.revenue", "近三年营收(万元)", YearlyMoney(), several=Several.LIST,
           note="由远到近，用“、”隔开", sample="1000、1200、1500",
           aliases="近三年营收 营业收入 销售收入 近三年营业收入 近三年销售收入 年产值 营收 年营业收入 "
                   "年销售收入 产值 上年度销售收入 上年度营业收入 revenue"),
    Column("enterprise.rd_spending", "近三年研发投入(万元)", YearlyMoney(), several=Several.LIST,
           note="由远到近，用“、”隔开", sample="50、60、80",
           aliases="近三年研发投入 研发投入 研发经费 研发费用 近三年研发费用 科研投入 上年度研发投入"),
    Column("finances", "近三年营收与研发投入(万元)", parse_text, shown=False,
           aliases="近三年营收与研发投入 营收与研发投入"),
    Column("enterprise.rd_units", "研发机构", parse_chosen_list, several=Several.LIST,
           options=("企业技术中心", "工程研究中心", "重点实验室", "博士后工作站", "研发部门", "无"), note=_MANY,
           aliases="研发平台 企业研发机构 创新平台 科研平台 研发中心"),
    Column("enterprise.partners", "已有合作院所", parse_list, several=Several.LIST, note=_MANY,
           aliases="合作院所 合作高校 合作单位 已合作院所 产学研合作单位 现有合作单位"),
    Column("contact.person", "联系人", parse_name, starred=True, private=True,
           aliases="联系人姓名 联络人 姓名 填报人 负责人 企业联系人 技术负责人 技术联系人 contact"),
    Column("contact.phone", "手机", parse_phone, starred=True, private=True,
           aliases="联系电话 电话 手机号 手机号码 联系方式 移动电话 联系人电话 联系人手机 办公电话 phone mobile"),
    Column("contact.both", "联系人及电话", parse_person_and_phone, private=True, shown=False,
           aliases="联系人/电话 联系人、电话 联系人及联系方式 联系人及联系电话 联系人及手机 联系人和电话 "
                   "联系人姓名及电话"),
    Column("contact.email", "邮箱", parse_email, private=True,
           aliases="电子邮箱 电子邮件 E-mail email 邮件 电子信箱"),
)  # fmt: skip
_NEED = (
    Column("title", "需求名称", limited_text(100), starred=True, needed=True, note="不超过 100 字",
           sample="铝合金焊缝开裂", spare="problem",
           aliases="技术需求名称 难题名称 项目名称 技术难题名称 名称 需求题目 题目 标题 需求标题 课题名称 "
                   "技术需求题目 技术难题 需求项目名称 需求主题 技术需求 拟解决的技术难题 title name"),
    Column("category", "需求类别", wordings.CATEGORY, starred=True, options=tuple(DemandCategory),
           sample="工艺改进",
           aliases="需求类型 类别 需求分类 技术需求类型 类型 category"),
    Column("problem", "主要问题", limited_text(500), several=Several.LINES, starred=True, needed=True,
           note="现象、试过的办法、卡在哪个环节，不超过 500 字", sample="焊后 48 小时内焊缝开裂",
           aliases="问题描述 需求描述 技术难题描述 需求内容 技术需求描述 难题描述 问题 需求说明 存在问题 "
                   "存在的问题 技术问题 主要技术问题 具体内容 内容 描述 需求简介 需求具体内容 技术需求内容 "
                   "难题内容 需求详细描述 详细描述 主要内容 技术难题内容 需求概述 现状及问题 问题说明 "
                   "存在的主要问题 需解决的主要问题 需要解决的问题 需解决的问题 拟解决的问题 主要技术难题 "
                   "需求背景 需求内容及要求 主要技术需求 技术需求简述 需求情况 description problem content"),
    Column("figures", "技术关键与量化指标", limited_text(500), several=Several.LINES, note="不超过 500 字",
           aliases="技术关键 量化指标 技术指标 主要技术指标 技术要求 关键指标 技术关键及量化指标 指标要求 "
                   "技术参数 关键技术及指标 具体指标 考核指标 主要技术要求 现有基础与指标 figures"),
    Column("goal", "预期目标", limited_text(500), several=Several.LINES, note="不超过 500 字",
           aliases="预期效果 目标 期望目标 预期成果 达到目标 拟达到目标 期望达到的目标 要达到的目标 "
                   "预期达到的目标 预期目标及效益 预期效益 希望达到的目标 goal target"),
    Column("wanted", "期望专家方向", parse_text, several=Several.LINES,
           aliases="期望专家 专家方向 所需专家 需要专家方向 期望专家领域 专家需求 拟邀专家方向 所需专家专业 "
                   "专家要求 期望专家专业 需要的专家 希望对接的专家方向 所需专家领域 需求专家方向 希望专家方向 "
                   "期望专家类型 wanted expertwanted"),
    Column("keywords", "关键词", parse_list, several=Several.LIST, note="1 至 5 个",
           aliases="关键字 主题词 需求关键词 技术关键词 keywords"),
    Column("fields", "技术领域", parse_chosen_list, several=Several.LIST,
           options=_FIELDS,
           note=_MANY,
           aliases="所属技术领域 领域 需求领域 所属领域 专业领域 技术方向 fields field"),
    Column("discipline_codes", "学科代码", parse_list, several=Several.LIST, dictionary=Dictionary.DISCIPLINES,
           note="GB/T 13745 代码或名称",
           aliases="学科 所属学科 学科分类 相关学科 discipline"),
    Column("urgency", "紧迫程度", wordings.URGENCY, options=tuple(Urgency), sample="较急",
           aliases="紧急程度 紧迫性 急需程度 需求紧迫程度 urgency"),
    Column("years", "起止年份", parse_year_span, sample="2016-2018",
           aliases="起止时间 起止年限 实施年限 计划起止时间 项目起止年份 实施期限 起止年月"),
    Column("start_year", "开始年份", parse_year, shown=False,
           aliases="起始年份 start_year"),
    Column("end_year", "结束年份", parse_year, shown=False,
           aliases="截止年份 终止年份 完成时限 完成期限 期望完成时间 希望解决时间 解决期限 要求完成时间 end_year"),
    Column("budget", "拟投入(万元)", Money(), sample=50,
           aliases="拟投入 拟投入资金 投入资金 计划投入 经费预算 预算 拟投入经费 资金投入 投入金额 拟投资额 "
                   "计划投资 投资额 拟投入金额 项目投入 经费 budget"),
    Column("cooperation", "合作方式", parse_chosen, options=_COOPERATION,
           aliases="合作形式 拟合作方式 期望合作方式 合作模式 合作意向"),
    Column("preferred", "意向单位/专家", parse_list, several=Several.LIST, note=_MANY,
           aliases="意向专家 意向单位 拟合作专家 意向合作单位 拟合作单位 意向院士 意向院士专家"),
    Column("services", "期望服务方式", wordings.SERVICES, options=tuple(ServiceKind), note=_MANY,
           sample="技术咨询、实地对接",
           aliases="服务方式 服务需求 期望服务 服务形式 需要服务方式 希望服务方式 服务类型 service services"),
    Column("academician_wanted", "需院士", parse_yes_no, options=_YES_NO,
           aliases="是否需院士 是否需要院士 需要院士 院士需求 是否邀请院士"),
    Column("station_kind", "拟建站类型", wordings.STATION_KIND, options=tuple(StationKind),
           aliases="建站类型 拟建工作站类型 拟建站 建站意向 拟建工作站"),
    Column("conditions", "可提供条件", parse_text, several=Several.LINES,
           aliases="提供条件 保障条件 配套条件 企业可提供条件 能提供的条件 已有条件 现有基础 现有条件"),
    Column("classified", "是否涉密", parse_yes_no, options=_YES_NO, shown=False,
           aliases="涉密"),
    Column("public", "可公开", parse_yes_no, options=_YES_NO,
           aliases="是否公开 是否可公开 可否公开 能否公开 公开"),
    Column("filled", "填报日期", parse_date, note="写成 2016-03-01",
           aliases="填表日期 填报时间 填写日期 填表时间 提交日期 日期"),
    Column("review", "审核状态", wordings.REVIEW, options=tuple(ReviewStatus),
           aliases="审核状态/意见 审核结果 状态 审核 review"),
    Column("review_remark", "审核意见", parse_text,
           aliases="意见 审核备注"),
)  # fmt: skip

DEMAND_TABLE = Table(TableKind.DEMANDS, (*_COMPANY, *_NEED))
