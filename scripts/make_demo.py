"""Writes the demo workbooks of data/demo from the hand-written texts of scripts/demo_content.

Same texts, same files, byte for byte. Everything in them is fictional.
"""

import argparse
import re
from collections.abc import Sequence
from pathlib import Path

from demo.demand_rows import ledger_rows, read_demands
from demo.expert_rows import expert_rows, item_rows
from demo.files import write_form, write_workbook
from demo.texts import CONTENT, ExpertText, Row, judgment_lines, read_columns, read_experts

from matcher.reference.tables import ReferenceTables
from matcher.resources import bundled

_RETURNED = "X25"
"""The questionnaire that comes as a form of its own instead of a row of the table."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=bundled("reference").parent / "demo")
    output: Path = parser.parse_args().output
    output.mkdir(parents=True, exist_ok=True)
    tables = ReferenceTables.load(bundled("reference"))
    experts = list(read_experts())
    demands = list(read_demands(tables))
    check(experts, demands, tables)
    columns = read_columns()
    people = {"专家表": expert_rows(experts, tables), "成果表": item_rows(experts)}
    write_workbook(output / "experts.xlsx", people, columns)
    in_table = [row for row in demands if row["需求编号"] != _RETURNED]
    write_workbook(output / "demands.xlsx", {"需求问卷表": in_table}, columns)
    write_workbook(output / "ledger.xlsx", {"建站对接台账": ledger_rows(demands, columns["台账文本"])}, columns)
    returned = next(row for row in demands if row["需求编号"] == _RETURNED)
    write_form(output / f"returned_form_{_RETURNED}.docx", returned, columns["需求问卷表"])
    (output / "judgments.tsv").write_text("".join(judgment_lines()), encoding="utf-8")
    print(f"{len(experts)} experts, {len(demands)} questionnaires -> {output}")


def check(experts: Sequence[ExpertText], demands: Sequence[Row], tables: ReferenceTables) -> None:
    """Stops at a slip of the pen: doubled numbers, unknown people, unknown codes."""
    ids = [expert.head[0] for expert in experts]
    known = {*ids, *(str(row["需求编号"]) for row in demands)}
    named = {word for path in CONTENT.glob("*.txt") for word in re.findall(r"\b[DX]\d{2,3}\b", path.read_text("utf-8"))}
    codes = [code for expert in experts for code in expert.head[10].split()] + [str(row["行业代码"]) for row in demands]
    problems = [
        *(f"doubled {id}" for id in set(ids) if ids.count(id) > 1),
        *(f"unknown {word}" for word in sorted(named - known)),
        *(f"industry {code}" for code in codes if tables.industries.find(code) is None),
        *(f"discipline of {e.head[0]}" for e in experts if not all(map(tables.disciplines.find, e.head[9].split()))),
        *(f"title of {expert.head[0]}" for expert in experts if tables.titles.find_level(expert.head[8]) is None),
    ]
    if problems:
        raise SystemExit("; ".join(problems))


if __name__ == "__main__":
    main()
