"""`matcher documents`: templates taken out, changed, checked."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from typer.testing import CliRunner

from matcher.cli import build
from matcher.commands.documents import TemplateExists

RUNNER = CliRunner()


def matcher(home: Path, *words: str):
    return RUNNER.invoke(build(), words, env={"MATCHER_HOME": str(home)})


def test_templates_are_taken_out_changed_and_checked(tmp_path: Path) -> None:
    own = tmp_path / "templates" / "邀请函.docx"
    assert str(own) in matcher(tmp_path, "documents", "export", "邀请函").stdout
    told = matcher(tmp_path, "documents", "check").stdout
    assert ("对接方案：自带的模板，可以使用" in told, "邀请函：本单位的模板，可以使用" in told) == (True, True)
    assert isinstance(matcher(tmp_path, "documents", "export").exception, TemplateExists)

    changed = Document(own)
    changed.add_paragraph("{{ 地址 }}")
    changed.save(own)
    checked = matcher(tmp_path, "documents", "check")
    assert (checked.exit_code, f"邀请函：Word 模板“{own}”不能使用：占位符“地址”不认识" in checked.stdout) == (1, True)


@pytest.mark.parametrize("line", ["称呼\t如 王某某院士", "成果\t列表　推荐时依据的成果"])
def test_the_placeholders_are_listed(tmp_path: Path, line: str) -> None:
    assert line in matcher(tmp_path, "documents", "fields", "邀请函").stdout
