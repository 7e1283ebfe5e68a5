"""`matcher person` on a library of its own, as typed."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from matcher.cli import build
from matcher.commands.errors import MergedExpert, UnknownExpert
from matcher.domain.audit import AuditAction, AuditQuestion
from matcher.domain.engagement import Engagement
from matcher.domain.expert import Expert, PrivateDetails
from matcher.domain.vocabulary import EngagementKind
from matcher.store import Store, open_store_with_home
from matcher.store.errors import MergeImpossible
from matcher.workflows.erasures import ErasureListUnreadable

Type = Callable[..., str]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store_with_home(f"sqlite:///{tmp_path / 'matcher.db'}", tmp_path, None) as opened:
        yield opened


@pytest.fixture
def typed(tmp_path: Path) -> Type:
    """Runs `matcher person ...` and gives its output; raises what the command raises."""

    def run(*words: str) -> str:
        result = CliRunner().invoke(build(), ["person", *words], env={"MATCHER_HOME": str(tmp_path)})
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.output

    return run


def test_an_erased_person_can_be_named_by_any_number_and_again(store: Store, typed: Type) -> None:
    store.experts.save([Expert("E1", "张三"), Expert("E2", "张三")], by="甲")
    typed("merge", "E1", "E2", "--yes")
    with pytest.raises(MergedExpert, match="E1"):
        typed("merge", "E2", "E1", "--yes")
    assert "张三（E1）" in typed("erase", "E2", "--yes")
    assert store.experts.ids() == []
    assert "此前已删除" in typed("erase", "E1", "--yes")
    assert "此前已删除" in typed("erase", "E2", "--yes")
    (record,) = store.audit.find(AuditQuestion(action=AuditAction.ERASE_PERSON), 9)
    assert record.entry.subject == "专家:E2"
    assert record.entry.actor.startswith("命令行:")
    assert "（内容已随删除一并销毁）" in typed("history", "E1")


def test_erasing_leaves_nothing_in_the_index_files(store: Store, typed: Type, tmp_path: Path) -> None:
    people = [Expert("E1", "张三", directions=("罕见方向",)), Expert("E2", "李四", directions=("罕见方向",))]
    people.append(Expert("E3", "王五", directions=("水稻育种",)))
    store.experts.save(people, by="甲")
    assert CliRunner().invoke(build(), ["index", "rebuild"], env={"MATCHER_HOME": str(tmp_path)}).exit_code == 0
    before = _index_text(tmp_path)
    assert all(word in before for word in ('"E1"', '"E2"', "罕见方向"))
    assert "检索索引也已清理" in typed("erase", "E1", "--yes")
    typed("erase", "E2", "--yes")
    left = _index_text(tmp_path)
    assert '"E3"' in left
    assert not any(word in left for word in ('"E1"', '"E2"', "罕见方向"))


def _index_text(home: Path) -> str:
    """Names and terms of the index as they stand on disk, escapes undone."""
    files = sorted((home / "index").rglob("*.json"))
    return "\n".join(json.dumps(json.loads(path.read_text("utf-8")), ensure_ascii=False) for path in files)


def test_a_person_known_to_the_ledger_alone_can_be_erased(store: Store, typed: Type) -> None:
    store.ledger.save([Engagement("L1", EngagementKind.VISIT, "某厂", "E9", itinerary="周三到白城")], by="甲")
    assert "台账中有 1 行" in typed("erase", "E9", "--yes")
    line = store.ledger.get("L1", reveal=True)
    assert line is not None
    assert line.itinerary == ""


def test_an_old_backup_brings_nobody_back(store: Store, typed: Type, tmp_path: Path) -> None:
    """E1 was erased before the backup; E2 after it; E3 was taken in and erased after it."""
    store.experts.save([Expert("E1", "张三"), Expert("E2", "李四"), Expert("E4", "王五")], by="甲")
    typed("erase", "E1", "--yes")
    backup, database = tmp_path / "backup.db", tmp_path / "matcher.db"
    _vacuum(database, backup)
    store.experts.save([Expert("E3", "赵六")], by="甲")
    typed("erase", "E2", "--yes")
    typed("erase", "E3", "--yes")
    listed = (tmp_path / "erasures.csv").read_text("utf-8")
    assert [line.partition(",")[0] for line in listed.splitlines()] == ["专家编号", "E1", "E2", "E3"]
    assert not any(name in listed for name in ("张三", "李四", "赵六"))
    store.close()
    for part in ("", "-wal", "-shm"):
        (tmp_path / f"matcher.db{part}").unlink(missing_ok=True)
    backup.rename(database)
    assert store.experts.ids() == ["E2", "E4"]
    told = typed("erase-listed", "--yes")
    assert ("李四（E2）" in told, "E3（库中没有档案）" in told, "已删除 2 人" in told) == (True, True, True)
    assert store.experts.ids() == ["E4"]
    assert store.experts.is_erased(["E1", "E2", "E3"]) == {"E1", "E2", "E3"}
    assert "没有要做的" in typed("erase-listed", "--yes")
    assert (tmp_path / "erasures.csv").read_text("utf-8") == listed
    entries = [record.entry for record in store.audit.newest(9)[::-1]]
    assert [(one.action.value, one.subject) for one in entries] == [
        ("删除个人资料", "专家:E1"), ("删除个人资料", "专家:E2"), ("删除个人资料", "专家:E3"),
    ]  # fmt: skip
    assert "恢复备份之后" in entries[-1].reason


@pytest.mark.parametrize("text", ["E1\n", "E1,某天\n", ",2026-01-01\n", "专家编号,姓名\nE1,张三\n"])
def test_no_other_table_is_taken_for_the_list(store: Store, typed: Type, tmp_path: Path, text: str) -> None:
    store.experts.save([Expert("E1", "张三")], by="甲")
    (tmp_path / "list.csv").write_text(text, "utf-8")
    with pytest.raises(ErasureListUnreadable):
        typed("erase-listed", str(tmp_path / "list.csv"), "--yes")
    with pytest.raises(ErasureListUnreadable, match="不存在"):
        typed("erase-listed", str(tmp_path / "none.csv"), "--yes")
    assert store.experts.ids() == ["E1"]


def _vacuum(database: Path, copy: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("VACUUM INTO ?", [str(copy)])


def test_wrong_numbers_are_told(store: Store, typed: Type) -> None:
    store.experts.save([Expert("E1", "张三")], by="甲")
    with pytest.raises(UnknownExpert, match="E7"):
        typed("erase", "E7", "--yes")
    with pytest.raises(MergeImpossible):
        typed("merge", "E1", "E1")


def test_history_is_told_in_the_words_of_the_table(store: Store, typed: Type) -> None:
    store.experts.save([Expert("E1", "张三", "甲大学")], by="甲")
    store.experts.save([Expert("E1", "张三", "乙大学")], by="甲")
    store.experts.save([Expert("E1", "张三", "乙大学", private=PrivateDetails(phone="13800138000"))], by="甲")
    lines = typed("history", "E1").splitlines()
    assert [line.split("  ", 1)[1].strip() for line in lines] == [
        "甲  新增",
        "甲  修改",
        "工作单位：甲大学 → 乙大学",
        "甲  修改",
        "（只改了不在此显示的受限信息）",
    ]
