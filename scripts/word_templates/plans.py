"""Templates on a plan: 建站计划 and 走访行程."""

from word_templates.page import OfficialPaper


def station_plan() -> bytes:
    paper = OfficialPaper("建站计划")
    _head(paper)
    _changed(paper)
    paper.add("正文段", _SUMMARY)
    paper.add("一级题", "一、建站安排")
    paper.rows("建站 as 站", _STATIONS)
    paper.add("一级题", "二、入选理由和依据")
    _reasons(paper)
    paper.add("一级题", "三、没有达到的目标")
    paper.each("未达到 as 项", ("正文段", _MISSED))
    paper.only_where("not 未达到", ("正文段", "无。"))
    paper.only_where("办法", ("正文段", "可以这样办：{{ 办法|join('；') }}。"))
    paper.add("一级题", "四、没有安排的需求")
    paper.rows("未安排 as 项", _LEFT_OUT)
    _foot(paper, "五、签发意见")
    return paper.to_bytes()


def visit_plan() -> bytes:
    paper = OfficialPaper("走访行程", landscape=True)
    _head(paper)
    _changed(paper)
    paper.add("正文段", "走访地区：{{ 地区 }}。时间：{{ 起止 }}。")
    paper.add("一级题", "一、行程")
    paper.rows("对接 as 次", _VISITS)
    paper.add("一级题", "二、分组")
    paper.rows("分组 as 组", _TEAMS)
    paper.add("一级题", "三、专家行程")
    paper.rows("专家 as 人", _TRAVELLERS)
    paper.add("一级题", "四、没有安排走访的需求")
    paper.rows("未走访 as 项", _LEFT_OUT_WIDE)
    _foot(paper, "五、签发意见")
    return paper.to_bytes()


def _head(paper: OfficialPaper) -> None:
    paper.add("标题行", "{{ 计划.标题 }}")
    paper.add("副题行", "（{{ 计划.编号 }} 第{{ 计划.版本 }}版，{{ 计划.状态 }}，{{ 出具日期 }}出具）")


def _reasons(paper: OfficialPaper) -> None:
    paper.add("正文段", "{%p for 站 in 建站 %}")
    paper.add("二级题", "（{{ 站.序号 }}）{{ 站.企业 }}：{{ 站.首席 }}")
    paper.add("正文段", "{{ 站.理由 }}。")
    paper.each("站.依据[:3] as 项", ("依据段", _EVIDENCE))
    paper.only_where("站.待核", ("依据段", "待核：{{ 站.待核 }}。"))
    paper.add("正文段", "{%p endfor %}")
    paper.only_where("not 建站", ("正文段", "无。"))


def _changed(paper: OfficialPaper) -> None:
    paper.only_where("现已不符", ("正文段", _CHANGED))
    paper.each("现已不符 as 句", ("正文段", "{{ loop.index }}.{{ 句 }}。"))


def _foot(paper: OfficialPaper, title: str) -> None:
    paper.only_where("未列项数", ("注释行", "另有 {{ 未列项数 }} 项在出具人负责的地区之外，没有列出。"))
    paper.add("一级题", title)
    opinion = ("意见、签字、日期", paper.width - 30, "　\n　\n　　　　年　　月　　日")
    paper.rows("签署方 as 方", (("部门", 30, "^{{ 方 }}"), opinion))
    paper.add("落款段", "{{ 落款 }}", right=2)
    paper.add("落款段", "{{ 出具日期 }}", right=2)
    paper.add("注释行", _ORIGIN)


_SUMMARY = (
    "拟建院士专家工作站 {{ 院士站数 }} 个、科技专家工作站 {{ 科技站数 }} 个，资助合计 {{ 资助合计 }}；"
    "另有 {{ 未安排|length }} 项需求没有安排，原因附后。"
)
_CHIEF = "{{ [站.首席, 站.首席单位, 站.首席职称]|select|join('，') }}{{ '；团队：' ~ 站.团队 if 站.团队 }}"
_STATIONS = (
    ("序号", 14, "^{{ 站.序号 }}"),
    ("建站单位、需求", 38, "{{ 站.企业 }}{% if 站.所在地 %}（{{ 站.所在地 }}）{% endif %}\n{{ 站.需求 }}"),
    ("类型和资助", 34, "{{ 站.类型 }}\n{{ 站.筹建方式 }}，{{ 站.资助 }}"),
    ("首席和团队", 34, _CHIEF),
    ("备选", 36, "{{ 站.备选 or '无' }}"),
)
_EVIDENCE = (
    "{{ loop.index }}.{{ 项.材料 }}{% if 项.年份 %}（{{ 项.年份 }}年）{% endif %}"
    "{% if 项.需求原文 %}。企业提出：“{{ 项.需求原文 }}”；材料写明：“{{ 项.材料原文 }}”{% endif %}。"
)
_MISSED = "{{ loop.index }}.{{ 项.说明 }}{{ '（已接受）' if 项.接受 }}。"
_WHY_NOT = "{{ 项.原因 }}{{ '；须核实：' ~ 项.核实 if 项.核实 }}"
_LEFT_OUT = (
    ("企业", 46, "{{ 项.企业 or 项.需求编号 }}"),
    ("需求", 46, "{{ 项.需求 }}"),
    ("原因", 64, _WHY_NOT),
)
_LEFT_OUT_WIDE = (
    ("企业", 60, "{{ 项.企业 or 项.需求编号 }}"),
    ("需求", 73, "{{ 项.需求 }}"),
    ("原因", 110, _WHY_NOT),
)
_VISITS = (
    ("日期", 24, "^{{ 次.日期 }}\n{{ 次.星期 }}"),
    ("组、次序", 22, "^第{{ 次.组 }}组\n第{{ 次.次序 }}家"),
    ("企业、所在地", 46, "{{ 次.企业 }}\n{{ 次.所在地 }}"),
    ("需求、服务方式", 46, "{{ 次.需求 }}\n{{ 次.服务方式 }}"),
    ("专家", 37, "{{ 次.到场专家 }}{{ '；线上：' ~ 次.线上专家 if 次.线上专家 }}"),
    ("备选", 32, "{{ 次.备选 or '无' }}"),
    ("企业联系人", 36, "{{ 次.联系人 }}\n{{ 次.电话 }}"),
)
_TEAMS = (
    ("组", 20, "^第{{ 组.组 }}组"),
    ("组长", 30, "^{{ 组.组长 }}"),
    ("组员", 83, "{{ 组.组员 or '无' }}"),
    ("路线", 110, "{{ 组.路线 }}"),
)
_TRAVELLERS = (
    ("姓名", 30, "^{{ 人.姓名 }}"),
    ("单位、职称", 83, "{{ [人.单位, 人.职称]|select|join('，') }}"),
    ("行程", 130, "{{ 人.行程|join('\\n') }}"),
)
_ORIGIN = (
    "本计划由专家匹配系统于 {{ 计划.制定时间 }} 制定{% if 计划.签发 %}，{{ 计划.签发 }}{% endif %}。"
    "计划为建议，须经签发后执行。校验值：{{ 计划.校验值 }}"
)
_CHANGED = (
    "{{ '签发' if 计划.状态 == '已签' else '制定' }}以后情况有变（{{ 出具日期 }}核对），"
    "其余内容仍是{{ '签发' if 计划.状态 == '已签' else '制定' }}时的："
)
