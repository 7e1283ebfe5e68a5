"""Lists of experts at scale: how long the catalogue takes to make, what it holds, how quickly it answers.

    python scripts/bench_catalogue.py [--experts 100000]

The experts are made up; they are spread over facets as a real library might be. Prints its own setting.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from benching.rows import Dice

from matcher.catalogue.catalogue import Catalogue
from matcher.catalogue.query import CatalogueQuery
from matcher.rank.rule_book import HomeProvince, parse_rule_book
from matcher.reference.tables import ReferenceTables
from matcher.resources import bundled
from matcher.store import AesGcmCipher, Store, open_store
from matcher.store.batches import batches
from matcher.workflows.catalogue_keeper import CatalogueKeeper
from matcher.workflows.expert_catalogue import ExpertSource
from matcher.workflows.match import RuleSetting

_ROUNDS, _SEED = 30, 16


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--experts", type=int, default=100_000)
    wanted = options.parse_args().experts
    tables = ReferenceTables.load(bundled("reference"))
    url = f"sqlite:///{tempfile.mkdtemp()}/catalogue.db"
    with open_store(url, AesGcmCipher(bytes(32))) as store:
        for batch in batches(Dice(tables, _SEED).experts([], wanted), 5000):
            store.experts.save(batch, by="bench")
        keeper = CatalogueKeeper(store, _source(store, tables))
        print(f"{wanted:,} experts, {len(keeper.layout.facets)} facets, {len(keeper.layout.sorts)} sorts")
        before, began = _megabytes(), time.perf_counter()
        catalogue = keeper.current()
        print(f"built in {time.perf_counter() - began:.1f} s; {_megabytes() - before:.0f} MB at most")
        _ask(catalogue)
        _tell("one expert changed", lambda: _change(store, keeper))


def _change(store: Store, keeper: CatalogueKeeper) -> None:
    """Saved, and seen by the next question; the time of both."""
    expert = store.experts.get("X000500")
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


def _source(store: Store, tables: ReferenceTables) -> ExpertSource:
    rules = parse_rule_book(bundled("rules.toml").read_text(encoding="utf-8"))
    setting = RuleSetting(rules, HomeProvince("22", "吉林省"), date(2026, 3, 2))
    return ExpertSource(store, tables, setting)


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
