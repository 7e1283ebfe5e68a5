"""The bundled demo data is what its texts make, and holds together."""

import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from matcher.domain.codes import is_credit_code, is_id_number
from matcher.resources import bundled

_ROOT = Path(__file__).resolve().parents[2]
_DEMO = bundled("demo")


def _rows(path: Path, sheet: str) -> list[dict[str, Any]]:
    header, *rows = openpyxl.load_workbook(path, read_only=True)[sheet].iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


_EXPERTS = _rows(_DEMO / "experts.xlsx", "专家表")
_ITEMS = _rows(_DEMO / "experts.xlsx", "成果表")
_DEMANDS = _rows(_DEMO / "demands.xlsx", "需求问卷表")
_LEDGER = _rows(_DEMO / "ledger.xlsx", "建站对接台账")


def test_size_and_variety() -> None:
    assert len(_EXPERTS) >= 80
    assert len(_DEMANDS) == 24
    assert {row["类型"] for row in _ITEMS} == {"论文", "专利", "项目", "成果", "获奖", "标准", "著作"}
    assert sum(bool(row["院士类别"]) for row in _EXPERTS) >= 8
    assert sum(row["是否海智"] == "是" for row in _EXPERTS) >= 6
    assert {"已故", "退出", "停用"} <= {row["在岗状态"] for row in _EXPERTS}


def test_every_expert_has_at_least_three_items_and_some_are_shared() -> None:
    owned = Counter(row["专家编号"] for row in _ITEMS)
    assert all(owned[row["专家编号"]] >= 3 for row in _EXPERTS)
    assert max(Counter((row["题目"], row["年份"]) for row in _ITEMS).values()) >= 2


def test_same_names_are_different_people() -> None:
    units = {row["专家编号"]: (row["姓名"], row["工作单位"]) for row in _EXPERTS}
    names = Counter(name for name, _ in units.values())
    assert sum(count > 1 for count in names.values()) >= 2
    assert len(set(units.values())) == len(units)


def test_codes_are_well_formed_and_of_no_real_place() -> None:
    codes = [row["统一社会信用代码"] for row in _DEMANDS] + [row["信用代码"] for row in _LEDGER]
    numbers = [row["证件号"] for row in _EXPERTS if row["证件号"]]
    assert all(is_credit_code(code) and code[2:8] == "990000" for code in codes)
    assert all(is_id_number(number) and number.startswith("990000") for number in numbers)
    assert all(row["手机"].startswith("1000000") for row in _EXPERTS)


def test_ledger_and_judgments_name_known_records() -> None:
    experts = {row["专家编号"] for row in _EXPERTS}
    demands = {row["需求编号"] for row in _DEMANDS} | {"X25"}
    lines = [line.split("\t") for line in (_DEMO / "judgments.tsv").read_text(encoding="utf-8").splitlines()]
    assert {row["专家编号"] for row in _LEDGER} | {expert for _, expert, _ in lines} <= experts
    assert {row["需求编号"] for row in _LEDGER if row["需求编号"]} | {demand for demand, _, _ in lines} <= demands


@pytest.mark.skipif(not (_ROOT / "scripts/make_demo.py").exists(), reason="the scripts do not travel in the wheel")
def test_bundled_files_are_what_the_texts_make(tmp_path: Path) -> None:
    script = [sys.executable, str(_ROOT / "scripts/make_demo.py"), "--output", str(tmp_path)]
    subprocess.run(script, check=True, cwd=_ROOT, env={"PYTHONPATH": str(_ROOT)}, capture_output=True)
    assert _rows(tmp_path / "experts.xlsx", "成果表") == _ITEMS
    assert _rows(tmp_path / "experts.xlsx", "专家表") == _EXPERTS
    assert _rows(tmp_path / "demands.xlsx", "需求问卷表") == _DEMANDS
    assert _rows(tmp_path / "ledger.xlsx", "建站对接台账") == _LEDGER
