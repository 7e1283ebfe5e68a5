"""The text of a Word document's XML as a reader sees it: controls, tick boxes, nested tables, accepted changes."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from matcher.intake.sheets import Row

_MOST_COLUMNS = 63
_HIDDEN = frozenset({
    "Fallback", "del", "moveFrom", "pPr", "rPr", "sdtPr", "instrText", "delText", "tcPr", "trPr", "tblPr",
})  # fmt: skip
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# Codes of the fonts Wingdings and Wingdings 2, in which Word draws boxes and ticks.
_SYMBOLS = {
    **dict.fromkeys(("F0FE", "F052", "F054"), "☑"),
    **dict.fromkeys(("F0FD", "F053"), "☒"),
    **dict.fromkeys(("F0FC", "F050"), "√"),
    **dict.fromkeys(("F0A8", "F06F", "F071", "F0A3", "F02A"), "□"),
    "F06E": "■",
}


def document_rows(document: Element) -> Iterator[Row]:
    """A paragraph is a row of one cell. Raises RecursionError for absurd nesting."""
    for body in document:
        if _name(body) == "body":
            yield from _rows(body)


def _rows(parent: Element) -> Iterator[Row]:
    for block in _blocks(parent, "p", "tbl"):
        if _name(block) == "tbl":
            yield from _table_rows(block)
        elif text := _text(block):
            yield [text]


def _blocks(parent: Element, *names: str) -> Iterator[Element]:
    """Children of these names, also inside content controls and accepted changes."""
    for child in parent:
        if _name(child) in names:
            yield child
        elif _name(child) in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _blocks(child, *names)


def _table_rows(table: Element) -> Iterator[Row]:
    """A merged cell counts once, at its first place; its other places are empty."""
    for row in _blocks(table, "tr"):
        cells = [""] * _number(row, "trPr", "gridBefore", 0)
        for cell in _blocks(row, "tc"):
            merged = _property(cell, "tcPr", "vMerge")
            goes_on = merged is not None and _value(merged, "continue") != "restart"
            cells.append("" if goes_on else _cell_text(cell))
            cells += [""] * (_number(cell, "tcPr", "gridSpan", 1) - 1)
        yield cells


def _cell_text(cell: Element) -> str:
    """Lines of the cell; a table inside it gives a line a row."""
    return "\n".join(" ".join(filter(None, map(str, row))) for row in _rows(cell)).strip()


def _text(paragraph: Element) -> str:
    return "".join(_pieces(paragraph)).strip()


def _pieces(node: Element) -> Iterator[str]:
    for child in node:
        name = _name(child)
        if name == "t":
            yield child.text or ""
        elif name in _BREAKS:
            yield _BREAKS[name]
        elif name == "sym":
            yield _SYMBOLS.get(_attribute(child, "char", "").upper(), "")
        elif name == "checkBox":
            yield "☑" if _is_checked(child) else "□"
        elif name not in _HIDDEN:
            yield from _pieces(child)
            if name == "p":  # a paragraph of a text box
                yield "\n"


def _is_checked(box: Element) -> bool:
    """Of an old form field: its state, else its default."""
    states = {_name(child): _value(child, "1") for child in box}
    return states.get("checked", states.get("default", "0")) not in ("0", "false", "off")


def _property(node: Element, group: str, name: str) -> Element | None:
    return next((one for part in node if _name(part) == group for one in part if _name(one) == name), None)


def _number(node: Element, group: str, name: str, otherwise: int) -> int:
    """At most what Word allows in a table, so that a forged span costs nothing."""
    found = _property(node, group, name)
    text = _value(found, "") if found is not None else ""
    return min(int(text), _MOST_COLUMNS) if text.isdecimal() else otherwise


def _value(node: Element, otherwise: str) -> str:
    return _attribute(node, "val", otherwise)


def _attribute(node: Element, name: str, otherwise: str) -> str:
    """By local name: the strict and the transitional format differ in their namespaces."""
    return next((value for key, value in node.items() if key.rpartition("}")[2] == name), otherwise)


def _name(node: Element) -> str:
    return node.tag.rpartition("}")[2]
