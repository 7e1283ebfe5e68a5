"""What the library's commands leave in the audit log, read by `matcher audit`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from matcher.commands.confirm import NotConfirmed
from matcher.commands.errors import UnknownDemand, UnknownExpert
from matcher.domain.audit import AuditEntry
from matcher.store.store import open_store_with_home
from service.cli import build

Type = Callable[..., str]
PEOPLE = "专家编号,姓名,研究方向\nE1,张三,声学\nE2,张三,声学\n,无号,土壤\n"
DEMANDS = "需求编号,企业名称,需求名称,主要问题\nD1,春耕公司,盐碱地,出苗差。\n"
NOTHING = {"experts": 0, "items": 0, "demands": 0, "ledger": 0, "marks": 0, "topics": 0}


@pytest.fixture
def typed(tmp_path: Path) -> Type:
    def run(*words: str, answer: str = "") -> str:
        env = {"MATCHER_HOME": str(tmp_path)}
        result = CliRunner().invoke(build(), words, input=answer, env=env)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.stdout

    return run


def entries(home: Path) -> list[AuditEntry]:
    """Oldest first."""
    with open_store_with_home(f"sqlite:///{home / 'matcher.db'}", home, None) as store:
        return [record.entry for record in store.audit.newest(99)[::-1]]


def written(home: Path, name: str, text: str) -> str:
    (home / name).write_text(text, "utf-8")
    return str(home / name)


def test_what_was_done_is_noted_with_before_and_after(typed: Type, tmp_path: Path) -> None:
    typed("import", "experts", written(tmp_path, "张三.csv", PEOPLE))
    typed("import", "demands", written(tmp_path, "需求.csv", DEMANDS))
    typed("person", "merge", "E1", "E2", "--yes")
    typed("demand", "review", "D1", "已审核")
    noted = entries(tmp_path)
    assert [(one.action.value, one.subject, one.outcome.value, one.reason) for one in noted] == [
        ("导入", "导入:专家表", "成功", "有退回的行"),
        ("导入", "导入:需求问卷表", "成功", ""),
        ("合并专家", "专家:E2 并入 E1", "成功", ""),
        ("审核需求", "需求:D1", "成功", ""),
    ]
    assert all(one.actor.startswith("命令行:") and one.address == "本机" for one in noted)
    assert (noted[0].before, noted[0].after) == (NOTHING, {**NOTHING, "experts": 2, "items": 2})
    assert (noted[3].before, noted[3].after) == ({"review": "待审核"}, {"review": "已审核"})
    assert "张三" not in str(noted)
    assert len(typed("audit", "list").splitlines()) == 4
    assert typed("audit", "verify").startswith("完整：共 4 条")


def test_what_failed_is_noted_with_the_reason(typed: Type, tmp_path: Path) -> None:
    with pytest.raises(UnknownDemand):
        typed("demand", "review", "D7", "已审核")
    with pytest.raises(UnknownExpert):
        typed("person", "erase", "E7", "--yes")
    assert [(one.action.value, one.subject, one.outcome.value) for one in entries(tmp_path)] == [
        ("审核需求", "需求:D7", "失败"), ("删除个人资料", "专家:E7", "失败"),
    ]  # fmt: skip
    assert "D7" in entries(tmp_path)[0].reason


def test_an_erasure_is_noted_once(typed: Type, tmp_path: Path) -> None:
    typed("import", "experts", written(tmp_path, "专家.csv", PEOPLE))
    typed("person", "erase", "E1", "--yes")
    assert [one.action.value for one in entries(tmp_path)] == ["导入", "删除个人资料"]


def test_who_tries_declines_or_looks_leaves_nothing(typed: Type, tmp_path: Path) -> None:
    file = written(tmp_path, "专家.csv", PEOPLE)
    typed("import", "experts", file, "--dry-run")
    typed("import", "undo")
    typed("person", "duplicates")
    assert entries(tmp_path) == []
    typed("import", "experts", file)
    with pytest.raises(NotConfirmed):
        typed("person", "merge", "E1", "E2", answer="否\n")
    assert [one.action.value for one in entries(tmp_path)] == ["导入"]
