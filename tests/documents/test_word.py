"""Documents from templates: values stand literally, broken templates are told by name."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from matcher.documents import word
from matcher.documents.contents import Invitation, LiaisonPlan
from matcher.documents.errors import (
    LeftOver,
    PlaceholderIsGroup,
    PlaceholderUnknown,
    TemplateFault,
    TemplateMisshapen,
    TemplateSyntax,
    TemplateUnreadable,
)
from matcher.documents.placeholders import bare_sample, full_sample, placeholders_of, values_of
from matcher.documents.templates import CONTENTS, Form, WordTemplates, fields_of
from matcher.resources import bundled

WHERE = Path("邀请函.docx")
MADE = datetime(2026, 3, 2, 9, 30)
LETTER = bare_sample(Invitation)


def template(*paragraphs: str, rows: Sequence[Sequence[str]] = ()) -> bytes:
    paper, made = Document(), BytesIO()
    for text in paragraphs:
        paper.add_paragraph(text)
    if rows:
        table = paper.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    paper.save(made)
    return made.getvalue()


def texts(document: bytes) -> list[str]:
    """Paragraphs, then cells."""
    paper = Document(BytesIO(document))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in paper.paragraphs] + cells


@pytest.mark.parametrize(
    "text",
    [
        "{{ 7*7 }}",
        "{% for x in y %}{% endfor %}{# note #}",
        "{_{ 7*7 }_} {_% if %_}",
        "<w:p><w:r/></w:p>",
        "</w:t></w:r></w:p>",
        "甲 & 乙 <集团> \"东\" '西'",
        "&lt;b&gt; &amp; &#123;",
        "]]> <!-- --> <?xml?>",
    ],
)
def test_what_people_typed_comes_out_literally(text: str) -> None:
    made = word.fill(template("致{{ 姓名 }}：", "{{r 企业 }}"), replace(LETTER, name=text, firm=text), WHERE, MADE)
    assert texts(made)[0] == f"致{text}："


def test_no_filter_lets_a_value_through() -> None:
    shape = template(
        "{{ 姓名|e }}{{ 姓名|upper }}", "{% set 甲 %}{{ 姓名 }}{% endset %}{{ 甲 }}", "{{ [姓名, 姓名]|join('、') }}"
    )
    hostile = "</w:t>{_{ 7*7 }_}&"
    made = texts(word.fill(shape, replace(LETTER, name=hostile), WHERE, MADE))
    assert made == [hostile + hostile.upper(), hostile, f"{hostile}、{hostile}"]


def test_control_characters_are_dropped_and_lines_stay_lines() -> None:
    letter = replace(LETTER, name="甲\x00\x07\x0c\x1b\ud800乙", topic="一行\r\n二行\t表\u2028三行")
    assert texts(word.fill(template("{{ 姓名 }}", "{{ 需求 }}"), letter, WHERE, MADE)) == [
        "甲乙",
        "一行\n二行\t表\n三行",
    ]


def test_lists_repeat_rows_and_conditions_leave_paragraphs_out() -> None:
    shape = template(
        "{%p if 落款 %}", "{{ 落款 }}", "{%p endif %}", "{{ 成果|join('、') }}",
        rows=[["{%tr for 项 in 成果 %}", ""], ["{{ loop.index }}", "{{ 项 }}"], ["{%tr endfor %}", ""]],
    )  # fmt: skip
    letter = replace(LETTER, works=("论文《甲》", "专利《乙》"))
    assert texts(word.fill(shape, letter, WHERE, MADE)) == [
        "论文《甲》、专利《乙》",
        "1",
        "论文《甲》",
        "2",
        "专利《乙》",
    ]


def test_a_document_bears_the_time_it_was_made() -> None:
    facts = Document(BytesIO(word.fill(template("{{ 姓名 }}"), LETTER, WHERE, MADE))).core_properties
    assert (facts.created.replace(tzinfo=None), facts.modified.replace(tzinfo=None)) == (MADE, MADE)


def test_a_template_saved_by_libreoffice_makes_a_whole_document() -> None:
    old = b"http://schemas.openxmlformats.org/officedocument/2006/relationships/metadata/core-properties"
    new = b"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    saved = BytesIO()
    with zipfile.ZipFile(BytesIO(template("{{ 姓名 }}"))) as source, zipfile.ZipFile(saved, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(new, old) if name == "_rels/.rels" else source.read(name))
    with zipfile.ZipFile(BytesIO(word.fill(saved.getvalue(), LETTER, WHERE, MADE))) as parts:
        assert len(set(parts.namelist())) == len(parts.namelist())
        assert b"2026-03-02T09:30:00Z" in parts.read("docProps/core.xml")


@pytest.mark.parametrize(
    ("paragraph", "fault", "said"),
    [
        ("{{ 姓明 }}", PlaceholderUnknown, "占位符“姓明”不认识。可用的有：结果编号、出具日期、落款、姓名"),
        ("{% if 落款 %}{{ 姓明 }}{% endif %}", PlaceholderUnknown, "“姓明”"),
        ("{% if 1 > 2 %}{{ 姓明 }}{% endif %}", PlaceholderUnknown, "“姓明”"),
        ("{% if 姓明 is defined %}有{% endif %}", PlaceholderUnknown, "“姓明”"),
        ("{{ 成果 }}", PlaceholderIsGroup, "是列表"),
        ("{{ 姓名", TemplateSyntax, "在“{{ 姓名”附近"),
        ("{% if 姓名 %}", TemplateSyntax, "“if”缺少 endif"),
        ("{{ 姓名|safe }}", TemplateSyntax, "写法不对：没有“safe”这种处理"),
        ("{% endfor %}", TemplateSyntax, "“endfor”前面没有与它成对的开头"),
        ("{{ 姓 名 }}", TemplateSyntax, "多出“名”，在“{{ 姓 名 }}”附近"),
        ("｛｛ 姓名 ｝｝", LeftOver, "“｛｛ 姓名 ｝｝”没有写成内容"),
        ("{ { 姓名 }}", LeftOver, "须用半角"),
        ("{% include '/etc/passwd' %}", TemplateFault, ""),
        ("{{ ''.__class__.__mro__[1].__subclasses__() }}", TemplateSyntax, "不允许读取“__class__”"),
        ("{{ 成果.append(姓名) }}", TemplateSyntax, "不允许读取“append”"),
        ("{{ 1 // 0 }}", TemplateSyntax, "不能算出结果"),
    ],
)
def test_a_template_that_asks_for_what_there_is_not_is_told(
    paragraph: str, fault: type[TemplateFault], said: str
) -> None:
    with pytest.raises(fault) as raised:
        word.check(template(paragraph), Invitation, WHERE)
    assert str(raised.value).startswith("Word 模板“邀请函.docx”不能使用：")
    assert said in str(raised.value)


def test_a_group_names_its_parts_and_its_unknown_member() -> None:
    with pytest.raises(PlaceholderIsGroup, match="名称、所在地、业务归口"):
        word.check(template("{{ 企业 }}"), LiaisonPlan, WHERE)
    with pytest.raises(PlaceholderUnknown, match="“企业”中没有“地址”这一项。可用的有：名称、所在地"):
        word.check(template("{{ 企业.地址 }}"), LiaisonPlan, WHERE)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", TemplateUnreadable),
        (b"PK\x03\x04 nothing", TemplateUnreadable),
        (template("{% if 落款 %}", rows=[["{% endif %}"]]), TemplateMisshapen),
    ],
)
def test_a_file_that_is_no_template_is_told(content: bytes, fault: type[TemplateFault]) -> None:
    with pytest.raises(fault):
        word.check(content, Invitation, WHERE)


@pytest.mark.parametrize("form", Form)
def test_the_templates_that_travel_with_us_work_and_are_official(form: Form, tmp_path: Path) -> None:
    templates = WordTemplates(tmp_path, bundled("templates"))
    templates.check(form)
    made = templates.fill(full_sample(CONTENTS[form]), MADE)
    paper = Document(BytesIO(made))
    page = paper.sections[0]
    assert {round(page.page_width.mm), round(page.page_height.mm)} == {210, 297}
    assert "{" not in "".join(texts(made))
    with zipfile.ZipFile(BytesIO(made)) as parts:
        styles, foot = parts.read("word/styles.xml").decode(), parts.read("word/footer1.xml").decode()
        body = parts.read("word/document.xml").decode()
    for font in ("方正小标宋简体", "仿宋", "黑体"):
        assert f'w:eastAsia="{font}"' in styles
    assert "PAGE" in foot
    assert body.count("<w:tbl>") == 0 or "w:tblHeader" in body


def test_the_departments_own_template_stands_first_and_counts_at_once(tmp_path: Path) -> None:
    templates = WordTemplates(tmp_path / "templates", bundled("templates"))
    letter = replace(LETTER, name="郑一")
    assert "尊敬的" in "".join(texts(templates.fill(letter, MADE)))
    (tmp_path / "templates").mkdir()
    own = tmp_path / "templates" / "邀请函.docx"
    own.write_bytes(template("致{{ 姓名 }}"))
    assert texts(templates.fill(letter, MADE)) == ["致郑一"]
    assert templates.check(Form.INVITATION) == own
    own.write_bytes(template("{{ 名字 }}"))
    with pytest.raises(PlaceholderUnknown, match="邀请函"):
        templates.fill(letter, MADE)
    own.unlink()
    own.mkdir()
    with pytest.raises(TemplateUnreadable, match="文件夹"):
        templates.fill(letter, MADE)


def test_every_placeholder_is_reached_by_its_path() -> None:
    paths = [one.path for one in placeholders_of(LiaisonPlan)]
    assert ("专家", "依据", "材料") in paths
    assert len(set(paths)) == len(paths)
    values = values_of(full_sample(LiaisonPlan))
    for path in paths:
        found: object = values
        for step in path:
            found = found[0] if isinstance(found, list) else found
            assert isinstance(found, dict)
            found = found[step]


def test_the_script_makes_the_templates_that_travel_with_us(tmp_path: Path) -> None:
    script = Path(__file__).resolve().parents[2] / "scripts" / "make_word_templates.py"
    subprocess.run([sys.executable, script, "--output", tmp_path], check=True, capture_output=True)
    for form in Form:
        assert _parts(tmp_path / form.file_name) == _parts(bundled("templates") / form.file_name)


def _parts(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


@pytest.mark.parametrize("form", Form)
def test_the_page_on_templates_lists_every_placeholder(form: Form) -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "word-templates.md").read_text("utf-8")
    section = page.split(f"\n## {form}\n")[1].split("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| `")]
    assert rows == [f"| `{path}` | {meaning} |" for path, meaning in fields_of(form)]
