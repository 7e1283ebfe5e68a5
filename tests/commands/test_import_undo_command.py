"""`matcher import undo` as typed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from matcher.cli import build
from matcher.commands.confirm import NotConfirmed
from matcher.store.errors import BatchUnknown


def test_an_import_is_listed_shown_and_taken_back(tmp_path: Path) -> None:
    def run(*words: str, answer: str = "") -> str:
        env = {"MATCHER_HOME": str(tmp_path)}
        return CliRunner().invoke(build(), ["import", *words], input=answer, env=env, catch_exceptions=False).stdout

    file = tmp_path / "专家.csv"
    file.write_text("专家编号,姓名,研究方向\nE1,张三,声学\nE2,李四,土壤\n", encoding="utf-8")
    assert "还没有" in run("undo")
    assert "导入编号" not in run("experts", str(file), "--dry-run")
    found = re.search(r"matcher import undo (\S+)", run("experts", str(file)))
    assert found
    batch = found[1]
    file.write_text("专家编号,姓名,研究方向\nE2,李四,土壤改良\n", encoding="utf-8")
    later = re.search(r"matcher import undo (\S+)", run("experts", str(file)))
    assert "导入编号" not in run("experts", str(file))  # nothing new in it
    assert re.search(rf"{batch}　\S+ \S+　\S+　2 条\n", run("undo"))
    told = run("undo", batch, "--dry-run")
    assert "专家表：将移除 1，将恢复 0，保留 1" in told
    assert "保留：专家表 E2 李四：导入之后又有改动" in told
    with pytest.raises(NotConfirmed):
        run("undo", batch, answer="否\n")
    assert later
    assert "专家表：已移除 0，已恢复 1，保留 0" in run("undo", later[1], answer="是\n")
    assert "专家表：已移除 1，已恢复 0，保留 1" in run("undo", batch, "--yes")
    assert "已撤销" in run("undo")
    with pytest.raises(BatchUnknown):
        run("undo", "20260101-000000-abcd", "--yes")
