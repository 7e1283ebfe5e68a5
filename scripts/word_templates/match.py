"""Templates on a match result: 对接方案 and 邀请函."""

from word_templates.page import OfficialPaper


def liaison_plan() -> bytes:
    paper = OfficialPaper("对接方案")
    paper.add("标题行", "{{ 企业.名称 }}")
    paper.add("标题行", "专家对接方案")
    paper.add("副题行", "（依据匹配结果 {{ 结果.编号 }}，{{ 结果.状态 }}，{{ 出具日期 }}出具）")
    paper.only_where("现已不符", ("正文段", _CHANGED))
    paper.each("现已不符 as 句", ("正文段", "{{ loop.index }}.{{ 句 }}。"))
    paper.add("一级题", "一、企业和需求")
    paper.facts(_DEMAND)
    paper.each("需求.各项 as 项", ("注释行", "{{ 项.编号 }}　{{ 项.名称 }}：{{ 项.内容 }}"))
    paper.add("一级题", "二、推荐专家")
    paper.rows("专家 as 人", _CANDIDATES)
    paper.add("一级题", "三、推荐依据")
    _reasons(paper)
    paper.add("一级题", "四、待核、限制事项")
    paper.each("待核事项 as 项", ("正文段", _QUESTION))
    paper.only_where("not 待核事项", ("正文段", "无。"))
    paper.add("一级题", "五、对接建议")
    paper.each("建议 as 句", ("正文段", "（{{ loop.index }}）{{ 句 }}"))
    paper.add("一级题", "六、组织安排")
    paper.facts(_TO_FILL_IN, together=True)
    paper.add("一级题", "七、审核意见")
    paper.rows("签署 as 方", _OPINIONS, together=True)
    paper.add("落款段", "{{ 落款 }}", right=2).paragraph_format.keep_with_next = True
    paper.add("落款段", "{{ 出具日期 }}", right=2)
    paper.add("注释行", _ORIGIN)
    return paper.to_bytes()


def _reasons(paper: OfficialPaper) -> None:
    paper.add("正文段", "{%p for 人 in 专家 %}")
    paper.add("二级题", "（{{ 人.序号 }}）{{ 人.姓名 }}")
    paper.add("正文段", _WHY)
    paper.each("人.依据[:3] as 项", ("依据段", _EVIDENCE))
    paper.only_where("人.提示", ("依据段", "提示：{{ 人.提示 }}。"))
    paper.add("正文段", "{%p endfor %}")


def invitation() -> bytes:
    paper = OfficialPaper("邀请函")
    paper.add("标题行", "邀 请 函")
    paper.add("顶格段", "尊敬的{{ 称呼 }}：")
    paper.add("正文段", _OCCASION)
    paper.add("正文段", _INVITED)
    paper.add("正文段", "一、服务方式：{{ 服务方式 }}")
    paper.add("正文段", "二、时间：　　　　年　　月　　日至　　月　　日")
    paper.add("正文段", "三、地点：{{ 企业 }}（具体地点另行告知）")
    paper.add("正文段", "四、行程和食宿：由主办方安排，费用按有关规定执行。")
    paper.add("正文段", "五、联系人：　　　　　　　电话：")
    paper.add("正文段", "请于　　月　　日前告知能否参加。")
    paper.add("正文段", "此致")
    paper.add("顶格段", "敬礼")
    paper.add("落款段", "{{ 落款 or '（盖章）　　　　　　' }}", right=2)
    paper.add("落款段", "　　　　年　　月　　日", right=2)
    paper.add("注释行", "匹配结果编号：{{ 结果编号 }}")
    return paper.to_bytes()


_DEMAND = (
    ("企业名称", "{{ 企业.名称 }}"),
    ("所在地", "{{ 企业.所在地 }}{% if 企业.业务归口 %}（业务归口：{{ 企业.业务归口 }}）{% endif %}"),
    ("企业概况", "{{ [企业.类型, 企业.行业, 企业.主营产品]|select|join('；') }}"),
    ("企业联系人", "{{ 企业.联系人 }}　{{ 企业.电话 }}"),
    ("需求名称", "{{ 需求.名称 }}（{{ 需求.编号 }}）"),
    ("需求类别", "{{ [需求.类别, 需求.紧迫程度]|select|join('，') }}"),
    ("主要问题", "{{ 需求.主要问题 }}"),
    ("技术关键\n与指标", "{{ 需求.技术关键 }}"),
    ("预期目标", "{{ 需求.预期目标 }}"),
    ("期望方式", "{{ [需求.服务方式, 需求.合作方式]|select|join('；') }}"),
    ("拟投入和条件", "{{ [需求.拟投入, 需求.可提供条件]|select|join('；') }}"),
)
_CANDIDATES = (
    ("序号", 14, "^{{ 人.序号 }}"),
    ("姓名", 26, "^{{ 人.姓名 }}"),
    ("单位、职称", 44, "{{ [人.单位, 人.职称, 人.称号]|select|join('，') }}"),
    ("匹配程度", 22, "^{{ 人.匹配程度 }}\n{{ 人.匹配概率 }}"),
    ("待核、限制", 50, "{{ 人.待核 or '无' }}"),
)
_WHY = "{{ 人.推荐理由 }}。{% if 人.入围说明 %}入围说明：{{ 人.入围说明 }}。{% endif %}"
_EVIDENCE = (
    "{{ loop.index }}.{{ 项.材料 }}{% if 项.年份 %}（{{ 项.年份 }}年）{% endif %}"
    "{% if 项.需求原文 %}。企业提出：“{{ 项.需求原文 }}”；材料写明：“{{ 项.材料原文 }}”{% endif %}。"
)
_QUESTION = (
    "{{ loop.index }}.{% if 项.专家 %}{{ 项.专家 }}：{% endif %}"
    "{{ 项.事项 }}{% if 项.核实 %}，{{ 项.核实 }}{% endif %}。"
)
_TO_FILL_IN = (
    ("对接用途", "{{ 用途 }}"),
    ("责任单位", ""),
    ("联系人", ""),
    ("时间安排", "　　　　年　　月　　日至　　月　　日"),
    ("地点", "{{ 企业.名称 }}{% if 企业.所在地 %}（{{ 企业.所在地 }}）{% endif %}"),
    ("经费和保障", ""),
)
_OPINIONS = (
    ("部门", 26, "^{{ 方.部门 }}"),
    ("意见", 70, "{{ 方.意见 }}\n　\n　"),
    ("签字、日期", 60, "{{ 方.签署人 ~ '（系统签署）' if 方.签署人 }}\n{{ 方.签署时间 or '　　　　年　　月　　日' }}"),
)
_CHANGED = "截至{{ 出具日期 }}，入围专家的情况与保存时相比有变化，不能照此邀请："
_ORIGIN = (
    "本方案由专家匹配系统按 {{ 结果.保存时间 }} 保存的匹配结果生成，匹配概率供参考，人选以审核意见为准。"
    "校验值：{{ 结果.校验值[:16] }}……，全文见系统中 {{ 结果.编号 }} 的页面。"
)
_OCCASION = (
    "为帮助企业解决技术难题，我们面向企业征集技术需求，组织专家对接。"
    "{{ 企业 }}{% if 地点 %}（{{ 地点 }}）{% endif %}提出“{{ 需求 }}”的需求，"
    "经匹配推荐和研究，认为您的专长{% if 成果 %}（{{ 成果|join('、') }}等成果）{% endif %}与该需求相符。"
)
_INVITED = (
    "现诚邀您{% if 用途 == '企业对接' %}参加对接活动{% else %}就合作建设{{ 用途 }}开展洽谈{% endif %}，有关事项如下："
)
