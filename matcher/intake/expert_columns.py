"""The 专家表 (domain.md, Columns): headers of the template and the aliases of real sheets."""

from __future__ import annotations

from matcher.domain.vocabulary import (
    AcademicianKind,
    Gender,
    PostStatus,
    RetirementStatus,
    ReviewStatus,
    ServiceKind,
    TitleLevel,
    UnitKind,
)
from matcher.intake import wordings
from matcher.intake.choices import parse_chosen, parse_chosen_list, parse_yes_no
from matcher.intake.columns import Column, Dictionary, Several, Table, TableKind
from matcher.intake.dates import parse_date, parse_year
from matcher.intake.identity_numbers import parse_email, parse_id_number, parse_phone
from matcher.intake.lists import parse_list, parse_works
from matcher.intake.numbers import parse_count
from matcher.intake.texts import parse_name, parse_record_number, parse_text

_YES_NO = ("是", "否")
_EDUCATION = ("博士研究生", "硕士研究生", "大学本科", "大学专科", "其他")
_DEGREES = ("博士", "硕士", "学士", "名誉博士")
_MANY = "可填多项，用“、”隔开"

_WHO = (
    Column("id", "专家编号", parse_record_number, starred=True, needed=True, note="全库唯一，同一人始终用同一编号",
           sample="示例001",
           aliases="编号 专家ID ID 工号 专家代码 专家号 人员编号 专家序号 人才编号 库内编号 expertid expert_id "
                   "no"),
    Column("name", "姓名", parse_name, starred=True, needed=True, sample="示例（导入时忽略本行）",
           aliases="专家姓名 名字 专家 专家名称 姓名 院士姓名 人才姓名 name fullname expertname"),
    Column("gender", "性别", wordings.GENDER, options=tuple(Gender), sample="女",
           aliases="gender sex"),
    Column("birth", "出生年月", parse_date, starred=True, note="写成 1962-05", sample="1962-05",
           aliases="出生日期 生日 出生时间 出生年月日 出生 birth birthday dateofbirth"),
    Column("ethnicity", "民族", parse_chosen, options=("汉族", "朝鲜族", "满族", "蒙古族", "回族"), sample="汉族",
           aliases="族别 ethnicity"),
    Column("country", "国籍/地区", parse_chosen,
           options=("中国", "中国香港", "中国澳门", "中国台湾", "美国", "日本", "韩国", "俄罗斯", "德国", "英国"),
           sample="中国",
           aliases="国籍 国家 国家/地区 国别 国籍（地区） country nationality"),
    Column("private.id_number", "证件号", parse_id_number, private=True,
           aliases="身份证号 身份证号码 身份证 证件号码 公民身份号码 护照号 证件编号 idnumber"),
    Column("organization", "工作单位", parse_text, starred=True, sample="示例大学",
           aliases="单位 所在单位 单位名称 现工作单位 依托单位 工作单位名称 所属单位 任职单位 机构 所在机构 "
                   "所在院校 工作单位及部门 现所在单位 学校/单位 单位全称 organization organizations "
                   "affiliation institution unit"),
    Column("region", "单位所在地", parse_text, dictionary=Dictionary.REGIONS, note="填名称或行政区划代码",
           sample="吉林省长春市",
           aliases="所在地 所在地区 地区 所在省市 省市 省份 所在省份 城市 所在城市 单位所在省市 单位所在地区 "
                   "工作地 工作地点 所属地区 区域 region location city"),
    Column("unit_kind", "单位类别", wordings.UNIT_KIND, options=tuple(UnitKind), sample="高校",
           aliases="单位性质 单位类型 机构类型 unitkind"),
    Column("department", "部门/职务", parse_text, sample="材料学院",
           aliases="部门 职务 行政职务 所在部门 院系 部门及职务 单位职务 现任职务 部门职务 任职 department "
                   "position"),
)  # fmt: skip
_STANDING = (
    Column("title", "专业技术职务", parse_text, starred=True, dictionary=Dictionary.TITLES, sample="教授",
           aliases="职称 技术职称 专业技术职称 职称名称 专业职称 技术职务 专业技术职务（职称） 职务职称 "
                   "职务/职称 职称/职务 title professionaltitle"),
    Column("title_level", "职称级别", wordings.TITLE_LEVEL, starred=True, options=tuple(TitleLevel),
           note="不填时按专业技术职务推定", sample="正高",
           aliases="职称等级 级别 职级 专业技术职务级别 职称档次 titlelevel"),
    Column("education", "学历", parse_chosen, options=_EDUCATION, sample="博士研究生",
           aliases="最高学历 文化程度 学历层次 education"),
    Column("degree", "学位", parse_chosen, options=_DEGREES, sample="博士",
           aliases="最高学位 学位层次 degree"),
    Column("honours", "人才称号", parse_chosen_list, several=Several.LIST,
           dictionary=Dictionary.HONOURS, note=_MANY,
           aliases="荣誉称号 称号 人才类别 人才类型 人才计划 荣誉 专家类别 人才荣誉 人才头衔 入选人才计划 头衔 "
                   "honours honors"),
    Column("academician", "院士类别", wordings.ACADEMICIAN, options=tuple(AcademicianKind),
           aliases="院士 院士类型 是否院士 院士称号 academician"),
    Column("academician_division", "院士学部", parse_text,
           aliases="学部 所在学部 所属学部"),
    Column("academician_year", "院士当选年份", parse_year,
           aliases="当选年份 当选年度 当选院士年份 当选时间 增选年份"),
    Column("academician_all", "院士类别/学部/当选年份", parse_list, shown=False,
           aliases="院士类别学部及当选年份"),
    Column("post_status", "在岗状态", wordings.POST_STATUS, starred=True, options=tuple(PostStatus), sample="在岗",
           aliases="在职状态 是否在岗 在岗情况 状态 人员状态 是否在职 在职情况 poststatus"),
    Column("retirement", "退休状态", wordings.RETIREMENT, starred=True, options=tuple(RetirementStatus),
           note="以是否办理退休手续为准，与年龄无关", sample="未退休",
           aliases="是否退休 退休情况 退休与否 离退休情况 retirement"),
    Column("discipline_1", "学科代码1", parse_list, starred=True, dictionary=Dictionary.DISCIPLINES,
           note="GB/T 13745 代码或名称", sample="430",
           aliases="学科代码 学科 一级学科 所属学科 学科领域 学科分类 学科名称 学科专业 主学科 学科代码一 学科1 "
                   "discipline disciplines discipline_codes"),
    Column("discipline_2", "学科代码2", parse_list, dictionary=Dictionary.DISCIPLINES,
           aliases="学科代码二 第二学科 学科2 二级学科 辅学科 其他学科"),
    Column("directions", "研究方向", parse_list, several=Several.LIST, starred=True, note=_MANY,
           sample="金属材料、焊接",
           aliases="研究领域 专业特长 从事专业 专业方向 主要研究方向 研究方向及领域 专长 特长 擅长领域 专业领域 "
                   "从事领域 技术领域 主要研究领域 研究专长 技术专长 所学专业 专业 从事研究方向 研究内容 "
                   "学术方向 学术专长 现从事专业 主攻方向 专业技术领域 研究方向/领域 研究方向（领域） "
                   "研究方向与专长 从事专业及专长 服务领域 directions direction researchinterests researchareas "
                   "fields field expertise specialty"),
    Column("keywords", "关键词", parse_list, several=Several.LIST, starred=True, note="不超过 5 个，用“、”隔开",
           sample="铝合金、疲劳寿命",
           aliases="关键字 主题词 研究关键词 专长关键词 标签 技术关键词 keywords keyword"),
    Column("industry_codes", "擅长行业代码", parse_list, several=Several.LIST, dictionary=Dictionary.INDUSTRIES,
           note="GB/T 4754 代码或名称，" + _MANY, sample="C36",
           aliases="擅长行业 行业代码 行业 服务行业 所属行业 行业领域 熟悉行业 industry industries"),
)  # fmt: skip
_WORK = (
    Column("representative_results", "代表性成果", parse_works, several=Several.LIST, note="不超过 5 项，每项一行",
           sample="示例成果一；示例成果二",
           aliases="主要成果 代表成果 代表作 主要业绩 科研成果 主要科研成果 学术成果 主要学术成果 代表性论著 "
                   "代表性论文 业绩 主要工作业绩 获奖情况 主要成就 成果简介 个人简介 简介 专家简介 个人简历 "
                   "简历 results achievements bio profile"),
    Column("patents", "授权专利数", parse_count, sample=3,
           aliases="专利数 专利数量 授权专利 专利 发明专利数 patents"),
    Column("posts_held", "社会兼职", parse_text,
           aliases="学术兼职 兼职 社会任职 主要兼职 社会职务 兼职情况"),
    Column("societies", "所属学会", parse_list, several=Several.LIST, note=_MANY,
           aliases="学会 所属学会/协会 所在学会 推荐学会 societies"),
    Column("overseas", "是否海智", parse_yes_no, options=_YES_NO, sample="否",
           aliases="海智 海智专家 海智计划 是否海外 海外专家 是否海外专家 overseas"),
    Column("services", "可服务方式", wordings.SERVICES, options=tuple(ServiceKind), note=_MANY,
           sample="技术咨询、实地对接",
           aliases="服务方式 服务形式 可提供服务 服务内容 服务类型 services service"),
    Column("available", "可服务时段", parse_text,
           aliases="服务时间 可服务时间 服务时段 可用时段 available"),
    Column("yearly_limit", "年度上限次数", parse_count,
           aliases="年度上限 每年次数上限 年服务次数 年度服务次数上限 年服务上限 yearlylimit"),
    Column("stations_nationwide", "全国现任院士工作站数", parse_count, starred=True,
           note="院士必填：本人现在全国任职的院士工作站总数",
           aliases="现任院士工作站数 院士工作站数 已建院士工作站数 在任院士工作站数 全国院士工作站数 "
                   "现有工作站数 stations"),
    Column("avoid_units", "回避单位", parse_list, several=Several.LIST, note=_MANY,
           aliases="需回避单位 利益冲突单位 回避企业 回避 avoidunits"),
    Column("classified", "涉密", parse_yes_no, options=_YES_NO,
           aliases="是否涉密 涉密人员 是否涉密人员 classified"),
    Column("cleared", "涉密资格", parse_yes_no, options=_YES_NO, shown=False,
           aliases="保密资格 有无涉密资格 保密资质 具有涉密资格 cleared"),
    Column("private.phone", "手机", parse_phone, private=True,
           aliases="手机号 手机号码 联系电话 电话 移动电话 联系手机 电话号码 联系方式 办公电话 phone mobile tel"),
    Column("private.email", "邮箱", parse_email, private=True,
           aliases="电子邮箱 电子邮件 E-mail email mail 邮件 邮箱地址 电子信箱 信箱 邮件地址"),
    Column("private.contact", "联系人/电话", parse_text, private=True,
           aliases="联系人 联系人及电话 联系人电话 助理 秘书 联络人 contact"),
    Column("private.health", "健康状况", parse_text, private=True, shown=False,
           aliases="身体状况 健康情况 健康 health"),
    Column("recommended_by", "推荐单位", parse_text,
           aliases="推荐人 推荐单位/人 推荐部门 推荐来源 recommendedby"),
    Column("consent_date", "授权同意日期", parse_date, starred=True, note="本人书面同意入库的日期，写成 2016-03-01",
           sample="2016-03-01",
           aliases="授权日期 同意日期 授权同意时间 同意授权日期 本人同意日期 consentdate"),
    Column("consent_withdrawn", "撤回同意日期", parse_date, shown=False, note="本人撤回书面同意的日期",
           aliases="撤回授权日期 授权撤回日期 同意撤回日期 撤回日期 consentwithdrawn"),
    Column("data_source", "数据来源", parse_text,
           aliases="来源 信息来源 资料来源 source"),
    Column("review", "审核状态", wordings.REVIEW, options=tuple(ReviewStatus), sample="已审核",
           aliases="审核 审核结果 review"),
    Column("updated", "更新日期", parse_date,
           aliases="更新时间 最后更新 修改日期 填表日期 updated"),
)  # fmt: skip

EXPERT_TABLE = Table(TableKind.EXPERTS, (*_WHO, *_STANDING, *_WORK))
