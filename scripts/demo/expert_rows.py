"""Rows of the sheets 专家表 and 成果表."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from demo.texts import NOTE, ExpertText, Row
from matcher.domain.codes import id_number_check
from matcher.reference.tables import ReferenceTables

_FIRST_DAY = date(2025, 3, 3)
_SEASONS = ("全年可预约", "6月至10月", "寒暑假", "每月后半月", "")


def item_rows(experts: Sequence[ExpertText]) -> Iterator[Row]:
    for expert in experts:
        for item in expert.items:
            cells = {name: cell for name, cell in item.items() if name != "co-owners"}
            for owner in (expert.head[0], *str(item.get("co-owners", "")).split()):
                yield {"专家编号": owner, **cells}


def expert_rows(experts: Sequence[ExpertText], tables: ReferenceTables) -> Iterator[Row]:
    for number, expert in enumerate(experts, start=1):
        yield _identity(expert, number) | _standing(expert, tables) | _work(expert, number) | _private(expert, number)


def _identity(expert: ExpertText, number: int) -> Row:
    id, name, sex, birth, unit, place, kind, post, title, *_ = expert.head
    country = expert.settings.get("国籍", "中国")
    nation = expert.settings.get("民族", "汉族" if country == "中国" else "")
    return {
        "专家编号": id,
        "姓名": name,
        "性别": sex,
        "出生年月": birth,
        "民族": nation,
        "国籍/地区": country,
        "工作单位": unit,
        "单位所在地": place,
        "单位类别": kind,
        "部门/职务": post,
        "专业技术职务": title,
        "数据来源": NOTE,
        "审核状态": "待审核" if number % 17 == 0 else "已审核",
        "更新日期": date(2026, 9, 1) + timedelta(days=number % 60),
    }


def _standing(expert: ExpertText, tables: ReferenceTables) -> Row:
    settings = expert.settings
    level = tables.titles.find_level(expert.head[8])
    kind, division, year = [*settings.get("院士", "//").split("/"), "", ""][:3]
    retired = "退休" in settings
    return {
        "职称级别": level.value if level else None,
        "学历": "研究生",
        "学位": "博士" if level and level.value != "中级" else "硕士",
        "人才称号": "、".join(filter(None, (kind, settings.get("称号", "")))),
        "院士类别": kind,
        "院士学部": division,
        "院士当选年份": int(year) if year else None,
        "在岗状态": settings.get("状态", "离岗" if retired else "在岗"),
        "退休状态": "已退休" if retired else "未退休",
        "全国现任院士工作站数": int(settings["站数"]) if settings.get("站数", "?") != "?" else None,
        "学科代码1": expert.head[9].split()[0],
        "学科代码2": next(iter(expert.head[9].split()[1:]), None),
        "擅长行业代码": "、".join(expert.head[10].split()),
    }


def _work(expert: ExpertText, number: int) -> Row:
    settings = expert.settings
    results = [str(item["题目"]) for item in expert.items if item["类型"] in ("获奖", "成果", "标准")]
    patents = sum(item["类型"] == "专利" for item in expert.items)
    return {
        "研究方向": expert.directions,
        "关键词": expert.keywords,
        "代表性成果": "；".join(results),
        "授权专利数": int(settings.get("专利", patents)),
        "所属学会": settings.get("学会"),
        "是否海智": settings.get("海智", "否"),
        "可服务方式": settings.get("服务", "技术咨询、实地对接"),
        "可服务时段": _SEASONS[number % len(_SEASONS)],
        "年度上限次数": int(settings["上限"]) if "上限" in settings else None,
        "回避单位": settings.get("回避"),
        "涉密": settings.get("涉密", "否"),
        "涉密资格": settings.get("涉密资格"),
        "推荐单位": "示例省科学技术协会（虚构）" if number % 3 else "示例省自动推荐学会（虚构）",
        "授权同意日期": None if "同意" in settings else _FIRST_DAY + timedelta(days=3 * number),
    }


def _private(expert: ExpertText, number: int) -> Row:
    id = expert.head[0].lower()
    abroad = "国籍" in expert.settings
    return {
        "证件号": None if abroad or number % 4 == 0 else _id_number(expert, number),
        "健康状况": expert.settings.get("健康"),
        "手机": f"1000000{number:04d}",
        "邮箱": f"{id}@example.com",
        "联系人/电话": f"联系人{number:03d} 1000001{number:04d}",
    }


def _id_number(expert: ExpertText, number: int) -> str:
    """A number of the region 990000, which does not exist, with the right check digit."""
    serial = 100 + 2 * number + (expert.head[2] == "男")
    first = f"990000{expert.head[3].replace('-', '')}{1 + number % 28:02d}{serial}"
    return first + id_number_check(first)
