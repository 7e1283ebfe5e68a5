"""Every page, one line each: tested for what every page must keep to, and pictured for the manual."""

from __future__ import annotations

from dataclasses import dataclass

from tests_browser.served import COLLECTION


@dataclass(frozen=True)
class PageLine:
    """`name` is the picture's file name; `role` who looks ("" nobody); `path` may hold {expert}, {demand}.

    `action` begins the text or label of the page's main action, which the keyboard must reach.
    """

    name: str
    role: str
    path: str
    action: str


PAGES = (
    PageLine("登录", "", "/login", "登录名"),
    PageLine("修改密码", "业务员", "/password", "新密码"),
    PageLine("首页", "业务管理员", "/", "首页"),
    PageLine("系统管理员首页", "系统管理员", "/", "本页帮助"),
    PageLine("审计员首页", "审计员", "/", "本页帮助"),
    PageLine("快到期的协议", "业务员", "/agreements", "打印"),
    PageLine("帮助", "只读", "/help", "打印手册"),
    PageLine("专家库", "业务员", "/experts", "查找"),
    PageLine("专家库筛选", "业务员", "/experts?q=材料&sort=items", "查找"),
    PageLine("专家", "业务管理员", "/experts/{expert}", "修改"),
    PageLine("新增专家", "业务员", "/experts/new", "专家编号"),
    PageLine("修改专家", "业务员", "/experts/{expert}/edit", "保存"),
    PageLine("删除个人资料", "业务管理员", "/experts/{expert}/erase", "删除依据"),
    PageLine("需求库", "业务员", "/demands", "查找"),
    PageLine("需求", "业务管理员", "/demands/{demand}", "修改"),
    PageLine("批量审核", "业务管理员", "/reviews/demands?whole=true", "审核通过"),
    PageLine("新增需求", "业务员", "/demands/new", "需求编号"),
    PageLine("修改需求", "业务员", "/demands/{demand}/edit", "保存"),
    PageLine("匹配", "业务员", "/match", "查找需求"),
    PageLine("匹配结果", "业务员", "/match?demand={demand}", "入围"),
    PageLine("匹配院士工作站", "只读", "/match?demand={demand}&purpose=院士专家工作站", "对比"),
    PageLine("匹配依据", "业务员", "/match/explain?demand={demand}&expert={expert}", "保存评价"),
    PageLine("专家适合的需求", "业务员", "/match/expert/{expert}", "查看"),
    PageLine("入围名单", "业务员", "/match/shortlist?demand={demand}", "返回匹配结果"),
    PageLine("结果", "业务员", "/runs", "新的匹配"),
    PageLine("规划", "业务员", "/plans", "开始制定"),
    PageLine("对比计划", "只读", "/plans/compare", "第一份"),
    PageLine("走访计划", "业务员", "/plans/visits", "新的走访计划"),
    PageLine("新的走访计划", "业务员", "/plans/visits/new", "本页帮助"),
    PageLine("讲座", "业务员", "/plans/lectures", "开始归并"),
    PageLine("选题专家组", "业务员", "/plans/panels", "查找"),
    PageLine("成果对接", "业务员", "/talent/achievements", "查找需求"),
    PageLine("需求的成果", "业务员", "/talent/achievements?demand={demand}", "匹配专家"),
    PageLine("放宽类型的成果", "只读", "/talent/achievements?demand={demand}&type=论文", "匹配专家"),
    PageLine("团队培养", "业务员", "/talent/teams", "查找需求"),
    PageLine("可培养的人员", "业务员", "/talent/teams?demand={demand}", "首席专家编号"),
    PageLine("奖项举荐", "业务员", "/talent/programmes", "推荐人选"),
    PageLine("举荐人选", "业务员", "/talent/programmes?name=示例：企业技术创新奖", "导出 Excel"),
    PageLine("人才缺口", "业务员", "/talent/gaps", "开始分析"),
    PageLine("导入", "业务员", "/imports", "上传并核对"),
    PageLine("后台任务", "业务员", "/jobs", "导出专家"),
    PageLine("全部后台任务", "系统管理员", "/jobs", "重建索引"),
    PageLine("账号", "系统管理员", "/admin/accounts", "新建账号"),
    PageLine("新建账号", "系统管理员", "/admin/accounts/new", "新建并生成一次性密码"),
    PageLine("修改账号", "系统管理员", "/admin/accounts/li.na", "重设密码"),
    PageLine("密钥", "系统管理员", "/admin/keys", "新建密钥"),
    PageLine("新建密钥", "系统管理员", "/admin/keys/new", "新建密钥"),
    PageLine("系统状态", "系统管理员", "/admin/system", "技术信息"),
    PageLine("审计", "审计员", "/admin/audit", "查找"),
    PageLine("核验审计记录", "审计员", "/admin/audit/verify", "开始核验"),
)

# Records that the pages show: of the test collection, and of the demo data.
_EVAL = {"expert": "E00000", "demand": "D0-01", "waiting": "D0-01"}
_DEMO = {"expert": "D100", "demand": "X06", "waiting": "X13"}
_NAMES = ("expert", "demand", "waiting")
EXPERT, DEMAND, WAITING = ((_EVAL if COLLECTION.is_dir() else _DEMO)[name] for name in _NAMES)


def address(line: PageLine, *, demo: bool = not COLLECTION.is_dir()) -> str:
    return line.path.format(**(_DEMO if demo else _EVAL))
