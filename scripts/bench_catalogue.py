"""Lists of experts at scale: how long the catalogue takes to make, what it holds, how quickly it answers.

    python scripts/bench_catalogue.py [--experts 100000]

The experts are made up; they are spread over facets as a real library might be. Prints its own setting.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from matcher.catalogue.catalogue import Catalogue
from matcher.catalogue.query import CatalogueQuery
from matcher.domain.expert import Expert
from matcher.domain.vocabulary import PostStatus, ServiceKind, TitleLevel, UnitKind
from matcher.rank.rule_book import HomeProvince, parse_rule_book
from matcher.reference.tables import ReferenceTables
from matcher.resources import bundled
from matcher.store import AesGcmCipher, Store, open_store
from matcher.store.batches import batches
from matcher.workflows.catalogue_keeper import CatalogueKeeper
from matcher.workflows.expert_catalogue import ExpertSource
from matcher.workflows.match import RuleSetting

_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅建国志文海燕春雪"
_TOPICS = (
    *("铝合金焊接", "盐碱地改良", "玉米育种", "人参加工", "激光器件", "车身轻量化", "生物质能", "光学薄膜"),
    *("蛋白提取", "冷链物流", "黑土保护", "催化剂", "图像识别", "肿瘤免疫"),
)
_PLACES = ("220104", "220203", "220302", "222401", "220581", "110108", "310115", "210102")
_ROUNDS = 30


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--experts", type=int, default=100_000)
    wanted = options.parse_args().experts
    url = f"sqlite:///{tempfile.mkdtemp()}/catalogue.db"
    with open_store(url, AesGcmCipher(bytes(32))) as store:
        for batch in batches(_experts(wanted), 5000):
            store.experts.save(batch, by="bench")
        keeper = CatalogueKeeper(store, _source(store))
        print(f"{wanted:,} experts, {len(keeper.layout.facets)} facets, {len(keeper.layout.sorts)} sorts")
        before, began = _megabytes(), time.perf_counter()
        catalogue = keeper.current()
        print(f"built in {time.perf_counter() - began:.1f} s; {_megabytes() - before:.0f} MB at most")
        _ask(catalogue)
        _tell("one expert changed", lambda: _change(store, keeper))


def _change(store: Store, keeper: CatalogueKeeper) -> None:
    """Saved, and seen by the next question; the time of both."""
    expert = store.experts.get("E000500")
    assert expert is not None
    store.experts.save([replace(expert, department=f"{time.perf_counter_ns()}")], by="bench")
    keeper.current().page(CatalogueQuery())


def _ask(catalogue: Catalogue) -> None:
    first = CatalogueQuery()
    deep = catalogue.page(replace(first, limit=200)).next
    narrow = {"region": ("2201", "2202"), "title_level": ("正高",), "service": ("技术咨询",)}
    for what, query in {
        "first page": first,
        "next page": replace(first, limit=200, cursor=deep),
        "one character typed": replace(first, text="张"),
        "two words typed": replace(first, text="大学 焊接"),
        "nothing found": replace(first, text="没有这个人"),
        "three facets": replace(first, chosen=narrow),
        "three facets, typed": replace(first, chosen=narrow, text="玉米", sort="items"),
        "within one place": replace(first, within={"region": ("2202",)}, sort="-changed"),
    }.items():
        _tell(what, lambda query=query: catalogue.page(query))  # type: ignore[misc]


def _tell(what: str, act: Callable[[], object]) -> None:
    times = []
    for _ in range(_ROUNDS):
        began = time.perf_counter()
        act()
        times.append((time.perf_counter() - began) * 1000)
    print(f"{what:24} p50 {statistics.median(times):6.1f} ms  p95 {sorted(times)[int(_ROUNDS * 0.95)]:6.1f} ms")


def _source(store: Store) -> ExpertSource:
    rules = parse_rule_book(bundled("rules.toml").read_text(encoding="utf-8"))
    setting = RuleSetting(rules, HomeProvince("22", "吉林省"), date(2026, 3, 2))
    return ExpertSource(store, ReferenceTables.load(bundled("reference")), setting)


def _experts(count: int) -> Iterator[Expert]:
    dice = random.Random(16)
    tables = ReferenceTables.load(bundled("reference"))
    fields = [one.code for one in tables.disciplines.all]
    trades = [one.code for one in tables.industries.all if one.level == 2]
    honours = [one.name for one in tables.honours.all]
    for number in range(count):
        yield Expert(
            id=f"E{number:06}",
            name=dice.choice(_SURNAMES) + "".join(dice.choices(_GIVEN, k=dice.choice((1, 2)))),
            organization=f"第{dice.randrange(400)}大学{dice.choice(_TOPICS)}研究所",
            directions=tuple(f"{topic}与{dice.choice(_TOPICS)}的机理和工程应用" for topic in dice.sample(_TOPICS, 3)),
            keywords=tuple(dice.sample(_TOPICS, 4)),
            region_code=dice.choice(_PLACES),
            unit_kind=dice.choice(list(UnitKind)),
            title_level=dice.choice([*TitleLevel, None]),
            honours=tuple(dice.sample(honours, dice.choice((0, 0, 0, 1, 2)))),
            discipline_codes=tuple(dice.sample(fields, dice.choice((1, 1, 2)))),
            industry_codes=tuple(dice.sample(trades, dice.choice((0, 1, 2, 3)))),
            societies=(f"中国{dice.choice(_TOPICS)}学会",),
            overseas=dice.choice((True, False, None)),
            services=tuple(dice.sample(list(ServiceKind), dice.choice((0, 1, 2, 3)))),
            post_status=dice.choice([*PostStatus, None]),
            consent_date=dice.choice((date(2024, 1, 1), None)),
        )


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
