"""A blank official document (公文, GB/T 9704): page, fonts, headings, tables, page number."""

import zipfile
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from docx import Document
from docx.document import Document as Paper
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

# Machines of an office have these; the names after them are what others put in their place.
TITLE, SONG, HEI, KAI, FANG_SONG = "方正小标宋简体", "宋体", "黑体", "楷体", "仿宋"
_STAND_INS = {
    TITLE: ("华文中宋", "SimSun"),
    SONG: ("SimSun", "Noto Serif CJK SC"),
    HEI: ("SimHei", "Noto Sans CJK SC"),
    KAI: ("KaiTi", "楷体_GB2312"),
    FANG_SONG: ("FangSong", "仿宋_GB2312"),
}
_LATIN = "Times New Roman"
TEXT_WIDTH = 156
_MADE = datetime(2026, 1, 1)
# Name, font, size in points, bold, alignment, first line in characters, line spacing in points, space before.
_STYLES = (
    ("标题行", TITLE, 22, False, WD_ALIGN_PARAGRAPH.CENTER, 0, 34, 6),
    ("副题行", KAI, 14, False, WD_ALIGN_PARAGRAPH.CENTER, 0, 24, 4),
    ("一级题", HEI, 16, False, WD_ALIGN_PARAGRAPH.LEFT, 2, 28, 8),
    ("二级题", KAI, 16, False, WD_ALIGN_PARAGRAPH.LEFT, 2, 28, 4),
    ("正文段", FANG_SONG, 16, False, WD_ALIGN_PARAGRAPH.JUSTIFY, 2, 28, 0),
    ("顶格段", FANG_SONG, 16, False, WD_ALIGN_PARAGRAPH.LEFT, 0, 28, 0),
    ("依据段", FANG_SONG, 12, False, WD_ALIGN_PARAGRAPH.JUSTIFY, 2, 20, 0),
    ("落款段", FANG_SONG, 16, False, WD_ALIGN_PARAGRAPH.RIGHT, 0, 28, 0),
    ("表头格", HEI, 12, False, WD_ALIGN_PARAGRAPH.CENTER, 0, 18, 0),
    ("表内格", FANG_SONG, 12, False, WD_ALIGN_PARAGRAPH.LEFT, 0, 18, 0),
    ("表中格", FANG_SONG, 12, False, WD_ALIGN_PARAGRAPH.CENTER, 0, 18, 0),
    ("注释行", FANG_SONG, 10.5, False, WD_ALIGN_PARAGRAPH.LEFT, 0, 16, 4),
)


class OfficialPaper:
    """Adds paragraphs and tables in the styles of an official document; text may hold placeholders."""

    def __init__(self, title: str, *, landscape: bool = False) -> None:
        self.paper: Paper = Document()
        self.width = 297 - 54 if landscape else TEXT_WIDTH
        _set_page(self.paper, landscape)
        _set_styles(self.paper)
        _set_fonts_and_compatibility(self.paper)
        _set_page_number(self.paper)
        facts = self.paper.core_properties
        facts.title, facts.author, facts.comments, facts.language = title, "", "", "zh-CN"
        facts.created = facts.modified = _MADE
        _drop_thumbnail(self.paper)

    def add(self, style: str, text: str = "", *, right: float = 0) -> Paragraph:
        """`right`: characters left free at the right, for a signature line."""
        paragraph = self.paper.add_paragraph(text, style=style)
        if right:
            paragraph.paragraph_format.right_indent = Pt(16 * right)
        return paragraph

    def only_where(self, condition: str, *parts: tuple[str, str]) -> None:
        """Paragraphs (style, text) that stand only where the condition holds."""
        self.add("正文段", f"{{%p if {condition} %}}")
        for style, text in parts:
            self.add(style, text)
        self.add("正文段", "{%p endif %}")

    def each(self, loop: str, *parts: tuple[str, str]) -> None:
        """Paragraphs repeated for each of a list, as `专家 as 人`."""
        name, _, item = loop.partition(" as ")
        self.add("正文段", f"{{%p for {item} in {name} %}}")
        for style, text in parts:
            self.add(style, text)
        self.add("正文段", "{%p endfor %}")

    def facts(self, rows: Sequence[tuple[str, str]], label: float = 32, *, together: bool = False) -> None:
        """A table of labels and values. `together`: on one page with what follows."""
        table = self._table([label, self.width - label])
        for name, value in rows:
            cells = table.add_row().cells
            _write(cells[0], "表头格", name)
            _write(cells[1], "表内格", value)
        if together:
            _keep_with_next(table)

    def rows(self, loop: str, columns: Sequence[tuple[str, float, str]], *, together: bool = False) -> None:
        """A table with a repeated head and one row for each of a list, 无 where there is none.

        Columns: head, width in mm, text; a text that begins with ^ is centred. `together` as of `facts`.
        """
        name, _, item = loop.partition(" as ")
        self.add("正文段", f"{{%p if {name} %}}")
        table = self._table([width for _, width, _ in columns])
        head = table.add_row()
        for cell, (title, _, _) in zip(head.cells, columns, strict=True):
            _write(cell, "表头格", title)
        _row_flag(head, "w:tblHeader")
        _row_flag(head, "w:cantSplit")
        _write(table.add_row().cells[0], "表内格", f"{{%tr for {item} in {name} %}}")
        row = table.add_row()
        _row_flag(row, "w:cantSplit")
        for cell, (_, _, text) in zip(row.cells, columns, strict=True):
            _write(cell, "表中格" if text.startswith("^") else "表内格", text.removeprefix("^"))
        _write(table.add_row().cells[0], "表内格", "{%tr endfor %}")
        if together:
            _keep_with_next(table)
        for text in ("{%p else %}", "无。", "{%p endif %}"):
            self.add("正文段", text)

    def _table(self, widths: Sequence[float]) -> Table:
        table = self.paper.add_table(rows=0, cols=len(widths), style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        return table

    def to_bytes(self) -> bytes:
        """Equal papers give equal bytes."""
        for table in self.paper.tables:
            for row in table.rows:
                for cell, column in zip(row.cells, table.columns, strict=True):
                    cell.width = column.width
        whole, plain = BytesIO(), BytesIO()
        self.paper.save(whole)
        with zipfile.ZipFile(whole) as source, zipfile.ZipFile(plain, "w", zipfile.ZIP_DEFLATED) as target:
            for name in source.namelist():
                entry = zipfile.ZipInfo(name, _MADE.timetuple()[:6])
                entry.compress_type = zipfile.ZIP_DEFLATED
                target.writestr(entry, source.read(name))
        return plain.getvalue()


def _write(cell: _Cell, style: str, text: str) -> None:
    """Each line of the text is a paragraph of its own."""
    for number, line in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.style, paragraph.text = style, line


def _keep_with_next(table: Table) -> None:
    for row in table.rows:
        _row_flag(row, "w:cantSplit")
        for paragraph in (paragraph for cell in row.cells for paragraph in cell.paragraphs):
            paragraph.paragraph_format.keep_with_next = True


def _row_flag(row: object, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))  # type: ignore[attr-defined]


def _set_page(paper: Paper, landscape: bool) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    if landscape:
        section.orientation = 1
    section.top_margin, section.bottom_margin = (Mm(30), Mm(26)) if landscape else (Mm(37), Mm(35))
    section.left_margin, section.right_margin = (Mm(28), Mm(26))
    section.footer_distance = Mm(18 if landscape else 28)


def _set_styles(paper: Paper) -> None:
    normal = paper.styles["Normal"]
    _set_font(normal, FANG_SONG, 16, False)
    for name, font, size, bold, align, indent, spacing, before in _STYLES:
        style = paper.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.quick_style = normal, True
        _set_font(style, font, size, bold)
        shape = style.paragraph_format
        shape.alignment, shape.first_line_indent = align, Pt(size * indent) if indent else None
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.AT_LEAST, Pt(spacing)
        shape.space_before, shape.space_after = Pt(before), Pt(0)
        shape.keep_with_next = name in ("一级题", "二级题")


def _set_font(style: ParagraphStyle, font: str, size: float, bold: bool) -> None:
    style.font.name, style.font.size, style.font.bold = _LATIN, Pt(size), bold
    fonts = style.element.rPr.rFonts
    for name in list(fonts.attrib):
        if name.endswith("Theme"):  # a theme's font would win over the name
            del fonts.attrib[name]
    fonts.set(qn("w:eastAsia"), font)


def _set_fonts_and_compatibility(paper: Paper) -> None:
    """Language, fonts to put in place of missing ones, lines that are not drawn apart at a line break."""
    defaults = paper.styles.element.find(qn("w:docDefaults"))
    fonts = defaults.find(f".//{qn('w:rFonts')}")
    fonts.attrib.clear()
    for slot in ("w:ascii", "w:hAnsi", "w:cs"):
        fonts.set(qn(slot), _LATIN)
    fonts.set(qn("w:eastAsia"), FANG_SONG)
    defaults.find(f".//{qn('w:lang')}").set(qn("w:eastAsia"), "zh-CN")
    compatibility = paper.settings.element.find(qn("w:compat"))
    compatibility.insert(0, OxmlElement("w:doNotExpandShiftReturn"))
    compatibility.find(qn("w:compatSetting")).set(qn("w:val"), "15")  # the mode; below it Word says 兼容模式
    entries = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{",".join(others)}"/><w:charset w:val="86"/></w:font>'
        for name, others in _STAND_INS.items()
    )
    table = next(part for part in paper.part.package.iter_parts() if part.partname == "/word/fontTable.xml")
    table._blob = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts {nsdecls("w")}>{entries}</w:fonts>'.encode()
    )


def _drop_thumbnail(paper: Paper) -> None:
    """The library's blank document brings a picture of itself."""
    relations = paper.part.package.rels
    for id in [id for id, relation in relations.items() if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del relations[id]


def _set_page_number(paper: Paper) -> None:
    """— 1 —, 4 号宋体, in the middle of the foot."""
    foot = paper.sections[0].footer.paragraphs[0]
    foot.style, foot.alignment = paper.styles["Normal"], WD_ALIGN_PARAGRAPH.CENTER
    for text in ("— ", None, " —"):
        run = foot.add_run(text or "")
        run.font.name, run.font.size = SONG, Pt(14)
        run._r.rPr.rFonts.set(qn("w:eastAsia"), SONG)
        if text is None:
            for kind in ("begin", "PAGE", "end"):
                run._r.append(_field_part(kind))


def _field_part(kind: str) -> object:
    if kind == "PAGE":
        return parse_xml(f'<w:instrText {nsdecls("w")} xml:space="preserve"> PAGE </w:instrText>')
    return parse_xml(f'<w:fldChar {nsdecls("w")} w:fldCharType="{kind}"/>')
