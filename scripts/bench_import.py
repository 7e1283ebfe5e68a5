"""Measures the import of 10,000 experts with 30,000 items from a workbook, first, again, and as a dry run.

python scripts/bench_import.py [--experts 10000] [--items 30000] [FILE.xlsx ...]
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from matcher.intake.columns import TableKind
from matcher.intake.tables import TABLES
from matcher.reference.tables import ReferenceTables
from matcher.resources import bundled
from matcher.store import open_store_with_home
from matcher.tables.sheet import SheetSpec
from matcher.tables.write_workbook import write_workbook
from matcher.workflows.import_experts import import_experts
from matcher.workflows.import_files import ImportOptions

_TOPICS = (
    "水稻育种", "盐碱地改良", "铝合金焊接", "碳纤维原丝", "矿泉水包装", "玉米秸秆还田", "人参加工", "轨道客车减振",
)  # fmt: skip


def people(count: int) -> Iterator[list[str]]:
    """Every column of the template is filled, as far as its sample goes."""
    columns = TABLES[TableKind.EXPERTS].shown
    for number in range(count):
        own = {
            "id": f"B{number:06}",
            "name": f"示范{number:06}",
            "organization": f"示范大学{number % 300}",
            "directions": "、".join((_TOPICS[number % 8], _TOPICS[number // 8 % 8])),
            "private.phone": f"139{number:08}",
        }
        yield [own.get(column.field, str(column.sample)) for column in columns]


def works(count: int, owners: int) -> Iterator[list[str]]:
    for number in range(count):
        topic = _TOPICS[number % 8]
        owner = f"B{number % owners:06}"
        title = f"{topic}关键技术研究之{number}"
        abstract = f"针对{topic}中的问题，提出一种方法，并在示范基地验证。" * 6
        yield [owner, "论文", title, abstract, f"{topic}、示范", str(2000 + number % 17), "示范学报"]


def write_sample(path: Path, experts: int, items: int) -> None:
    people_header = [column.header for column in TABLES[TableKind.EXPERTS].shown]
    item_header = ["专家编号", "类型", "题目", "摘要", "关键词", "年份", "来源"]
    write_workbook(
        path,
        [
            SheetSpec(TableKind.EXPERTS.value, people_header, people(experts)),
            SheetSpec(TableKind.ITEMS.value, item_header, works(items, experts)),
        ],
    )


def measure(paths: Sequence[Path], home: Path) -> None:
    tables = ReferenceTables.load(bundled("reference"))
    with open_store_with_home(f"sqlite:///{home / 'bench.db'}", home, None) as store:
        for name, dry_run in (("first", False), ("again", False), ("dry run", True)):
            start, busy = time.monotonic(), time.process_time()
            report = import_experts(store, tables, paths, ImportOptions("bench", dry_run))
            seconds, busy = time.monotonic() - start, time.process_time() - busy
            counts = "; ".join(f"{kind}: {c.new} new, {c.unchanged} unchanged" for kind, c in report.counts.items())
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            print(f"{name}: {seconds:.1f} s ({busy:.1f} s of processor), peak {peak} MB; {counts}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--experts", type=int, default=10_000)
    parser.add_argument("--items", type=int, default=30_000)
    parser.add_argument("files", nargs="*", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        paths = asked.files
        if not paths:
            paths = [Path(folder) / "sample.xlsx"]
            write_sample(paths[0], asked.experts, asked.items)
            print(f"{asked.experts} experts with every column, {asked.items} items, SQLite; budget 60 s")
        measure(paths, Path(folder))


if __name__ == "__main__":
    main()
