"""`matcher user`, `matcher key`, `matcher audit`, as an administrator types them."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from typer.testing import CliRunner, Result

from matcher.errors import MatcherError
from service.cli import build

Typed = Callable[..., Result]


@pytest.fixture
def matcher(tmp_path: Path) -> Typed:
    def typed(*words: str) -> Result:
        return CliRunner().invoke(build(), list(words), env={"MATCHER_HOME": str(tmp_path)})

    return typed


def test_from_the_first_administrator_on(matcher: Typed) -> None:
    assert "还没有账号" in matcher("user", "list").output
    made = matcher("user", "add", "Wang", "--name", "王主任")
    assert re.search(r"首次登录必须修改）：(\w{4}-){3}\w{4}\n", made.output)
    matcher("user", "add", "li", "--name", "李", "--role", "业务员", "--region", "吉林市", "--region", "延边")
    assert matcher("user", "list").output.splitlines() == [
        "li  李  业务员  吉林市、延边朝鲜族自治州  待改密码  上次登录：从未",
        "wang  王主任  系统管理员  全省  待改密码  上次登录：从未",
    ]
    assert matcher("user", "disable", "li").output == "已停用 li。\n"
    assert "已停用" in matcher("user", "list").output.splitlines()[0]
    assert matcher("user", "enable", "li").output == "已启用 li。\n"
    assert matcher("user", "unlock", "li").output == "已解除 li 的锁定。\n"
    assert "一次性密码" in matcher("user", "reset", "li").output


def test_wrong_use_is_told(matcher: Typed) -> None:
    assert isinstance(matcher("user", "add", "1", "--name", "王").exception, MatcherError)
    assert "没有账号“wong”" in str(matcher("user", "disable", "wong").exception)
    assert "没有编号为“00000000”的有效密钥" in str(matcher("key", "revoke", "00000000").exception)


def test_keys(matcher: Typed) -> None:
    assert "还没有密钥" in matcher("key", "list").output
    made = matcher("key", "add", "门户", "--scope", "matches:create", "--scope", "experts:read", "--days", "30")
    found = re.search(r"：mk_([0-9a-f]{8})_([\w-]{43})\n", made.output)
    assert found
    listed = matcher("key", "list").output
    assert listed.startswith(f"mk_{found[1]}_…  门户  matches:create、experts:read  每分钟 120 次  有效至 ")
    assert found[2] not in listed
    assert matcher("key", "revoke", f"mk_{found[1]}").output == f"已吊销 {found[1]}。\n"
    assert "已吊销" in matcher("key", "list").output


def test_the_audit_log_is_shown_and_verified(matcher: Typed, tmp_path: Path) -> None:
    assert matcher("audit", "verify").output.startswith("完整：共 0 条")
    matcher("user", "add", "wang", "--name", "王")
    matcher("user", "reset", "wang")
    shown = matcher("audit", "list").output.splitlines()
    assert re.fullmatch(r"2  \d{4}-\d\d-\d\d \d\d:\d\d:\d\d  命令行:\w+  本机  重设密码  账号:wang  成功", shown[0])
    whole = matcher("audit", "verify")
    anchor = whole.output.strip().rsplit("：", 1)[1]
    assert whole.exit_code == 0
    assert re.fullmatch(r"2:[0-9a-f]{64}", anchor)
    matcher("user", "unlock", "wang")
    assert matcher("audit", "verify", "--anchor", anchor).exit_code == 0
    assert "不是 序号:摘要 的写法" in str(matcher("audit", "verify", "--anchor", "x").exception)
    swapped = matcher("audit", "verify", "--anchor", anchor.replace("2:", "1:"))
    assert "第 1 条：与抄下的摘要不符" in swapped.output
    tamper(tmp_path, "UPDATE audit SET subject = '账号:li' WHERE sequence = 2")
    damaged = matcher("audit", "verify")
    assert damaged.output == "第 2 条：内容被改动，或与别的记录对调。\n"
    assert "审计记录有 1 处不完整" in str(damaged.exception)


def tamper(home: Path, statement: str) -> None:
    engine = create_engine(f"sqlite:///{home / 'matcher.db'}")
    with engine.begin() as connection:
        connection.execute(text("DROP TRIGGER audit_refuses_update"))
        connection.execute(text(statement))
    engine.dispose()
