"""The wordings that people use for the values of the closed lists."""

from __future__ import annotations

from matcher.domain.vocabulary import (
    AcademicianKind,
    Assessment,
    DemandCategory,
    EngagementKind,
    EngagementRole,
    EngagementStatus,
    EvidenceType,
    Gender,
    PostStatus,
    RetirementStatus,
    ReviewStatus,
    ServiceKind,
    StationKind,
    StationMode,
    TitleLevel,
    TopicStatus,
    UnitKind,
    Urgency,
    Verdict,
)
from matcher.intake.choices import ManyOf, OneOf

GENDER = OneOf(
    Gender,
    {
        **dict.fromkeys(("男性", "男士", "male", "m"), Gender.MALE),
        **dict.fromkeys(("女性", "女士", "female", "f"), Gender.FEMALE),
    },
)
EVIDENCE_TYPE = OneOf(
    EvidenceType,
    {
        **dict.fromkeys(
            ("期刊论文", "会议论文", "学术论文", "文章", "学位论文", "预印本", "paper", "article"), EvidenceType.PAPER
        ),
        **dict.fromkeys(
            ("发明专利", "实用新型", "外观设计", "发明", "软件著作权", "软著", "patent"), EvidenceType.PATENT
        ),
        **dict.fromkeys(("课题", "科研项目", "基金项目", "基金", "横向项目", "project", "grant"), EvidenceType.PROJECT),
        **dict.fromkeys(("科技成果", "成果登记", "新品种", "新产品", "achievement"), EvidenceType.ACHIEVEMENT),
        **dict.fromkeys(("奖励", "奖项", "获奖成果", "科技奖励", "award"), EvidenceType.AWARD),
        **dict.fromkeys(("国家标准", "行业标准", "地方标准", "规程", "standard"), EvidenceType.STANDARD),
        **dict.fromkeys(("专著", "教材", "图书", "译著", "编著", "book"), EvidenceType.BOOK),
        **dict.fromkeys(("方向", "研究领域", "profile"), EvidenceType.PROFILE),
    },
)
UNIT_KIND = OneOf(
    UnitKind,
    {
        **dict.fromkeys(("企业单位", "公司", "国有企业", "国企", "民营企业", "民企", "私营企业"), UnitKind.ENTERPRISE),
        **dict.fromkeys(("事业单位", "医院", "医疗机构", "卫生机构"), UnitKind.INSTITUTION),
        **dict.fromkeys(("机关单位", "政府机关", "行政机关", "党政机关", "政府"), UnitKind.GOVERNMENT),
        **dict.fromkeys(("高等院校", "高等学校", "大学", "学院", "院校", "高校院所"), UnitKind.UNIVERSITY),
        **dict.fromkeys(("科研院所", "研究所", "科研机构", "研究院", "科研单位", "研究院所"), UnitKind.INSTITUTE),
        **dict.fromkeys(("社会团体", "学会", "协会", "其它"), UnitKind.OTHER),
    },
)
TITLE_LEVEL = OneOf(
    TitleLevel,
    {
        **dict.fromkeys(("正高级", "正高职称", "正高级职称", "高级(正高)", "教授级"), TitleLevel.SENIOR),
        **dict.fromkeys(("副高级", "副高职称", "副高级职称", "高级(副高)"), TitleLevel.ASSOCIATE),
        **dict.fromkeys(("中级职称", "中级(讲师)"), TitleLevel.INTERMEDIATE),
    },
)
POST_STATUS = OneOf(
    PostStatus,
    {
        **dict.fromkeys(("在职", "在编", "在任", "正常", "在岗在职", "返聘", "在聘", "active"), PostStatus.ACTIVE),
        **dict.fromkeys(("离职", "不在岗", "退休", "离退休", "离休", "已退休", "离岗休养"), PostStatus.OFF_POST),
        **dict.fromkeys(("停止使用", "禁用", "暂停"), PostStatus.DISABLED),
        **dict.fromkeys(("已退出", "退库", "出库", "撤回"), PostStatus.WITHDRAWN),
        **dict.fromkeys(("去世", "已去世", "逝世", "已逝世", "病故", "已故去"), PostStatus.DECEASED),
    },
)
RETIREMENT = OneOf(
    RetirementStatus,
    {
        **dict.fromkeys(
            ("否", "在职", "在岗", "未退", "no", "false", "未办理退休", "返聘前"), RetirementStatus.WORKING
        ),
        **dict.fromkeys(("是", "退休", "离退休", "离休", "已退", "退休返聘", "yes", "true"), RetirementStatus.RETIRED),
    },
)
ACADEMICIAN = OneOf(
    AcademicianKind,
    {
        **dict.fromkeys(
            ("中科院院士", "科学院院士", "中科院", "中国科学院", "科学院", "学部委员"), AcademicianKind.SCIENCES
        ),
        **dict.fromkeys(("工程院院士", "中国工程院", "工程院"), AcademicianKind.ENGINEERING),
        **dict.fromkeys(
            (
                "外籍",
                "中国科学院外籍院士",
                "中国工程院外籍院士",
                "中科院外籍院士",
                "工程院外籍院士",
                "海外院士",
                "外国院士",
            ),
            AcademicianKind.FOREIGN,
        ),
    },
)
SERVICE = OneOf(
    ServiceKind,
    {
        **dict.fromkeys(("指导", "宏观咨询", "战略咨询", "发展规划", "决策咨询", "规划指导"), ServiceKind.GUIDANCE),
        **dict.fromkeys(
            ("咨询", "技术服务", "技术指导", "技术诊断", "在线咨询", "电话咨询", "视频咨询", "远程咨询"),
            ServiceKind.CONSULTING,
        ),
        **dict.fromkeys(
            ("讲座", "学术报告", "培训", "技术培训", "授课", "学术交流", "报告", "讲学"), ServiceKind.LECTURE
        ),
        **dict.fromkeys(
            (
                "对接",
                "现场对接",
                "现场指导",
                "实地指导",
                "入企指导",
                "入企服务",
                "实地考察",
                "现场诊断",
                "实地走访",
                "上门服务",
                "到厂",
                "来厂",
                "到企业",
            ),
            ServiceKind.VISIT,
        ),
        **dict.fromkeys(
            ("建立工作站", "共建工作站", "建工作站", "院士工作站", "专家工作站", "工作站", "院士专家工作站", "设站"),
            ServiceKind.STATION,
        ),
    },
)
SERVICES = ManyOf(SERVICE, ServiceKind)
STATION_KIND = OneOf(
    StationKind,
    {
        **dict.fromkeys(("院士工作站", "院士站"), StationKind.ACADEMICIAN),
        **dict.fromkeys(("专家工作站", "科技工作站", "专家站", "专家服务站"), StationKind.EXPERT),
    },
)
STATION_MODE = OneOf(
    StationMode,
    {
        **dict.fromkeys(("自建", "自筹", "自主建设", "自主"), StationMode.SELF_BUILT),
        **dict.fromkeys(("共建", "联建", "联合", "联合建设"), StationMode.JOINT),
        **dict.fromkeys(("支持", "承建", "支持建设"), StationMode.SUPPORTED),
    },
)
CATEGORY = OneOf(
    DemandCategory,
    {
        **dict.fromkeys(
            ("技术难题", "技术需求", "攻关", "关键技术", "技术开发", "联合攻关"), DemandCategory.BREAKTHROUGH
        ),
        **dict.fromkeys(("新产品开发", "产品研发", "新产品研发"), DemandCategory.PRODUCT),
        **dict.fromkeys(("工艺", "技术改造", "工艺优化", "技改"), DemandCategory.PROCESS),
        **dict.fromkeys(("引进成果", "成果转化", "技术引进", "技术转让"), DemandCategory.ADOPTION),
        **dict.fromkeys(("人才需求", "人才引进", "人才培养"), DemandCategory.TALENT),
        **dict.fromkeys(("咨询", "战略", "规划", "管理咨询"), DemandCategory.STRATEGY),
        **dict.fromkeys(("检测", "标准", "检验检测", "标准制定", "检测/标准"), DemandCategory.TESTING),
    },
)
URGENCY = OneOf(
    Urgency,
    {
        **dict.fromkeys(
            ("非常紧急", "特急", "特别急", "很急", "急需", "急", "十分紧急", "急迫", "迫切", "高"), Urgency.URGENT
        ),
        **dict.fromkeys(("比较紧急", "较紧急", "较为紧急", "中"), Urgency.PRESSING),
        **dict.fromkeys(("不急", "普通", "正常", "不紧急", "低"), Urgency.NORMAL),
    },
)
REVIEW = OneOf(
    ReviewStatus,
    {
        **dict.fromkeys(("未审核", "审核中", "待审", "未审", "待审查", "待核"), ReviewStatus.PENDING),
        **dict.fromkeys(("审核通过", "通过", "已通过", "合格", "同意", "已审", "已入库"), ReviewStatus.APPROVED),
        **dict.fromkeys(
            ("未通过", "不通过", "已退回", "退回修改", "不同意", "驳回", "审核不通过", "审核未通过"),
            ReviewStatus.RETURNED,
        ),
    },
)
ENGAGEMENT_KIND = OneOf(
    EngagementKind,
    {
        **dict.fromkeys(("院士工作站", "院士站"), EngagementKind.ACADEMICIAN_STATION),
        **dict.fromkeys(("专家工作站", "科技工作站", "专家站"), EngagementKind.EXPERT_STATION),
        **dict.fromkeys(
            ("对接", "企业对接会", "项目对接", "实地对接", "走访", "技术咨询", "学术讲座"), EngagementKind.VISIT
        ),
    },
)
ROLE = OneOf(
    EngagementRole,
    {
        **dict.fromkeys(("首席专家", "首席院士", "负责人", "站长", "牵头", "进站院士"), EngagementRole.CHIEF),
        **dict.fromkeys(("成员", "团队", "参与", "骨干"), EngagementRole.MEMBER),
        **dict.fromkeys(("候补", "后备", "备份", "备用"), EngagementRole.BACKUP),
    },
)
ENGAGEMENT_STATUS = OneOf(
    EngagementStatus,
    {
        **dict.fromkeys(("拟建站", "筹建", "筹建中", "申报中", "拟对接", "计划", "待签约"), EngagementStatus.PROPOSED),
        **dict.fromkeys(("签约", "已签", "已签协议"), EngagementStatus.SIGNED),
        **dict.fromkeys(
            ("运行", "在建", "已建", "已建站", "正常运行", "执行中", "进行中", "在运行"), EngagementStatus.RUNNING
        ),
        **dict.fromkeys(("完成", "已对接", "已结束", "结束", "办结"), EngagementStatus.COMPLETED),
        **dict.fromkeys(("期满", "到期", "已到期"), EngagementStatus.EXPIRED),
        **dict.fromkeys(("撤销", "撤站", "已撤站", "取消", "终止"), EngagementStatus.REVOKED),
    },
)
ASSESSMENT = OneOf(
    Assessment,
    {
        **dict.fromkeys(("优", "优良"), Assessment.EXCELLENT),
        **dict.fromkeys(("良好", "通过", "达标", "良"), Assessment.PASSED),
        **dict.fromkeys(("限期整改", "基本合格", "待整改"), Assessment.TO_RECTIFY),
        **dict.fromkeys(("不达标", "未通过"), Assessment.FAILED),
    },
)
TOPIC_STATUS = OneOf(
    TopicStatus,
    {
        **dict.fromkeys(("征集中", "拟立项", "待定", "建议", "待立项", "申报中"), TopicStatus.PROPOSED),
        **dict.fromkeys(("立项", "采纳", "已采纳", "入选", "已入选"), TopicStatus.ADOPTED),
        **dict.fromkeys(("进行中", "在研", "执行中"), TopicStatus.RUNNING),
        **dict.fromkeys(("完成", "结题", "已结题", "办结"), TopicStatus.FINISHED),
        **dict.fromkeys(("暂缓", "取消", "终止", "已搁置"), TopicStatus.SHELVED),
    },
)
VERDICT = OneOf(
    Verdict,
    {
        **dict.fromkeys(("对口", "适合", "是", "符合", "匹配", "可以", "推荐", "不错"), Verdict.SUITABLE),
        **dict.fromkeys(("不对口", "不适合", "否", "不符合", "不匹配", "不相关", "不推荐", "不行"), Verdict.UNSUITABLE),
        **dict.fromkeys(("拒绝", "谢绝", "推辞", "婉言谢绝", "本人不愿", "专家婉拒", "没有时间"), Verdict.DECLINED),
        **dict.fromkeys(
            ("有成效", "见效", "已见效", "已合作", "合作成功", "对接成功", "已签约", "已解决"), Verdict.EFFECTIVE
        ),
    },
)
