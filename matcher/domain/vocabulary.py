"""The closed word lists of the forms. Values are the Chinese words that stand in data and on screens.

Source: domain.md, "Columns" and "What the association does". Lists without a standard (honours, fields) are
editable tables in `data/reference`, not enumerations.
"""

from enum import StrEnum


class Gender(StrEnum):
    MALE = "男"
    FEMALE = "女"


class EvidenceType(StrEnum):
    PAPER = "论文"
    PATENT = "专利"
    PROJECT = "项目"
    ACHIEVEMENT = "成果"
    AWARD = "获奖"
    STANDARD = "标准"
    BOOK = "著作"
    PROFILE = "研究方向"


class UnitKind(StrEnum):
    ENTERPRISE = "企业"
    INSTITUTION = "事业"
    GOVERNMENT = "机关"
    UNIVERSITY = "高校"
    INSTITUTE = "院所"
    OTHER = "其他"


class TitleLevel(StrEnum):
    SENIOR = "正高"
    ASSOCIATE = "副高"
    INTERMEDIATE = "中级"


class PostStatus(StrEnum):
    ACTIVE = "在岗"
    OFF_POST = "离岗"
    DISABLED = "停用"
    WITHDRAWN = "退出"
    DECEASED = "已故"


class RetirementStatus(StrEnum):
    WORKING = "未退休"
    RETIRED = "已退休"


class AcademicianKind(StrEnum):
    SCIENCES = "中国科学院院士"
    ENGINEERING = "中国工程院院士"
    FOREIGN = "外籍院士"


class ServiceKind(StrEnum):
    GUIDANCE = "宏观指导"
    CONSULTING = "技术咨询"
    LECTURE = "学术讲座"
    VISIT = "实地对接"
    STATION = "建站"


class StationKind(StrEnum):
    ACADEMICIAN = "院士专家工作站"
    EXPERT = "科技专家工作站"


class Purpose(StrEnum):
    """What a ranking is for; decides which rules apply."""

    ACADEMICIAN_STATION = "院士专家工作站"
    EXPERT_STATION = "科技专家工作站"
    ENTERPRISE_VISIT = "企业对接"

    @property
    def is_station(self) -> bool:
        return self is not Purpose.ENTERPRISE_VISIT


class Availability(StrEnum):
    """Whether a person can be asked this year, whatever the demand."""

    FREE = "可安排"
    TO_ASK = "待核实"
    FULL = "本年度已满"
    BARRED = "不能安排"


class StationMode(StrEnum):
    SELF_BUILT = "自主筹建"
    JOINT = "联合共建"
    SUPPORTED = "支持承建"


class DemandCategory(StrEnum):
    BREAKTHROUGH = "技术攻关"
    PRODUCT = "产品开发"
    PROCESS = "工艺改进"
    ADOPTION = "成果引进"
    TALENT = "人才"
    STRATEGY = "战略咨询"
    TESTING = "检测标准"


class Urgency(StrEnum):
    URGENT = "紧急"
    PRESSING = "较急"
    NORMAL = "一般"


class ReviewStatus(StrEnum):
    PENDING = "待审核"
    APPROVED = "已审核"
    RETURNED = "退回"


class TopicStatus(StrEnum):
    """How far a think-tank topic has come."""

    PROPOSED = "征集"
    ADOPTED = "已立项"
    RUNNING = "研究中"
    FINISHED = "已完成"
    SHELVED = "搁置"


class Verdict(StrEnum):
    """What a person says of an expert for a demand; `domain/mark.py` holds what it counts for."""

    SUITABLE = "合适"
    UNSUITABLE = "不合适"
    DECLINED = "婉拒"
    EFFECTIVE = "成效"


class EngagementKind(StrEnum):
    """What a line of the ledger records."""

    ACADEMICIAN_STATION = "院士专家工作站"
    EXPERT_STATION = "科技专家工作站"
    VISIT = "企业对接"

    @property
    def is_station(self) -> bool:
        return self is not EngagementKind.VISIT


class EngagementRole(StrEnum):
    CHIEF = "首席"
    MEMBER = "团队成员"
    BACKUP = "备选"


class EngagementStatus(StrEnum):
    PROPOSED = "拟建"
    SIGNED = "已签约"
    RUNNING = "运行中"
    COMPLETED = "已完成"
    EXPIRED = "已期满"
    REVOKED = "已撤销"

    @property
    def holds_capacity(self) -> bool:
        """Whether the line still counts against the expert's station cap."""
        return self in (EngagementStatus.PROPOSED, EngagementStatus.SIGNED, EngagementStatus.RUNNING)


class Assessment(StrEnum):
    EXCELLENT = "优秀"
    PASSED = "合格"
    TO_RECTIFY = "整改"
    FAILED = "不合格"
