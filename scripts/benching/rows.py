"""Libraries of any size, the same at each run: records that are there, copied, with facets drawn as in a real one."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from matcher.domain.demand import Demand
from matcher.domain.expert import Expert
from matcher.domain.vocabulary import (
    DemandCategory,
    PostStatus,
    ReviewStatus,
    ServiceKind,
    StationKind,
    TitleLevel,
    UnitKind,
    Urgency,
)
from matcher.reference.tables import ReferenceTables

_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅建国志文海燕春雪"
_TOPICS = (
    *("铝合金焊接", "盐碱地改良", "玉米育种", "人参加工", "激光器件", "车身轻量化", "生物质能", "光学薄膜"),
    *("蛋白提取", "冷链物流", "黑土保护", "催化剂", "图像识别", "肿瘤免疫"),
)
_PLACES = ("220104", "220203", "220302", "222401", "220581", "110108", "310115", "210102")
_HOME = tuple(place for place in _PLACES if place.startswith("22"))
_YEARS = (2023, 2024, 2025, 2026)


class Dice:
    """Draws facets; `seed` makes each library the same again."""

    def __init__(self, tables: ReferenceTables, seed: int) -> None:
        self._dice = random.Random(seed)
        self._fields = [one.code for one in tables.disciplines.all]
        self._trades = [one.code for one in tables.industries.all if one.level == 2]
        self._honours = [one.name for one in tables.honours.all]

    def experts(self, like: Sequence[Expert], count: int) -> Iterator[Expert]:
        """Copies in turn; without anybody to copy, people whose texts are drawn too."""
        for number in range(count):
            base = like[number % len(like)] if like else self._invented()
            yield self._expert(base, f"X{number:06}")

    def demands(self, like: Sequence[Demand], count: int) -> Iterator[Demand]:
        for number in range(count):
            yield self._demand(like[number % len(like)], f"Y{number:06}")

    def _invented(self) -> Expert:
        dice = self._dice
        directions = tuple(f"{topic}与{dice.choice(_TOPICS)}的机理和工程应用" for topic in dice.sample(_TOPICS, 3))
        unit = f"第{dice.randrange(400)}大学{dice.choice(_TOPICS)}研究所"
        return Expert("", "", organization=unit, directions=directions, keywords=tuple(dice.sample(_TOPICS, 4)))

    def _expert(self, base: Expert, id: str) -> Expert:
        dice = self._dice
        return replace(
            base,
            id=id,
            name=dice.choice(_SURNAMES) + "".join(dice.choices(_GIVEN, k=dice.choice((1, 2)))),
            region_code=dice.choice(_PLACES),
            unit_kind=dice.choice(list(UnitKind)),
            title_level=dice.choice([*TitleLevel, None]),
            honours=tuple(dice.sample(self._honours, dice.choice((0, 0, 0, 1, 2)))),
            discipline_codes=tuple(dice.sample(self._fields, dice.choice((1, 1, 2)))),
            industry_codes=tuple(dice.sample(self._trades, dice.choice((0, 1, 2, 3)))),
            societies=(f"中国{dice.choice(_TOPICS)}学会",),
            overseas=dice.choice((True, False, None)),
            services=tuple(dice.sample(list(ServiceKind), dice.choice((0, 1, 2, 3)))),
            post_status=dice.choice([*PostStatus, None]),
            consent_date=dice.choice((date(2024, 1, 1), None)),
        )

    def _demand(self, base: Demand, id: str) -> Demand:
        dice = self._dice
        firm = replace(
            base.enterprise,
            name=f"吉林{dice.choice(_TOPICS)}第{dice.randrange(20_000)}有限公司",
            region_code=dice.choice(_HOME),
            region_name="",
            industry_code=dice.choice(self._trades),
        )
        return replace(
            base,
            id=id,
            enterprise=firm,
            needs=(),
            review=dice.choice(list(ReviewStatus)),
            urgency=dice.choice([*Urgency, None]),
            category=dice.choice([*DemandCategory, None]),
            discipline_codes=tuple(dice.sample(self._fields, dice.choice((0, 1, 2)))),
            station_kind=dice.choice([*StationKind, None, None]),
            services=tuple(dice.sample(list(ServiceKind), dice.choice((0, 1, 2)))),
            filled=date(dice.choice(_YEARS), dice.randrange(1, 13), dice.randrange(1, 28)),
        )
