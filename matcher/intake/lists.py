"""Parsers of cells that hold several values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from matcher.intake.cells import Cell, cell_text
from matcher.intake.parsed import Parsed
from matcher.text.normalise import meaningful

_OPENING = "([{（【「《〈“〔"
_CLOSING = ")]}）】」》〉”〕"
_ALWAYS = "、；;，\n\t|｜"
_NUMBERING = re.compile(
    r"(?:^|(?<=[\n；;，,。、\s]))\s*(?:[(（]\s*\d{1,2}\s*[)）]|\d{1,2}\s*[.)）．、](?!\d)|[①-⑳])\s*(?=\D)"
)
_BLANKS_ONLY = re.compile(r"[\u3400-\u9fff]{2,}(?:[ \u3000]+[\u3400-\u9fff]{2,})+")
_TITLE_GAP = re.compile(r"(?<=》)\s*[、，,]?\s*(?=《)")


def parse_list(cell: Cell) -> Parsed:
    """Short values in order, each once. Separators: 、；;，, line breaks, | and / .

    A slash between Latin letters or digits belongs to the word (TCP/IP, AI/ML, 3/4); a comma between digits too
    (1,2-二氯乙烷); separators inside brackets do not separate. Blanks separate Chinese words where nothing else does.
    >>> parse_list("水稻/玉米，TCP/IP、1,2-二氯乙烷; 深度学习（图像,语音）").value
    ('水稻', '玉米', 'TCP/IP', '1,2-二氯乙烷', '深度学习（图像,语音）')
    """
    if isinstance(cell, list | tuple):
        return Parsed(_unique(map(cell_text, cell)))
    text = _NUMBERING.sub("\n", cell_text(cell))
    return Parsed(_unique(text.split() if _BLANKS_ONLY.fullmatch(text.strip()) else _pieces(text)))


def parse_works(cell: Cell) -> Parsed:
    """Titles of works, which hold commas themselves: split at line breaks, semicolons, numbering and 》《 only.

    >>> parse_works("1. 水稻，玉米轮作研究；2. 盐碱地改良").value
    ('水稻，玉米轮作研究', '盐碱地改良')
    """
    if isinstance(cell, list | tuple):
        return Parsed(_unique(map(cell_text, cell)))
    text = _TITLE_GAP.sub("\n", _NUMBERING.sub("\n", cell_text(cell)))
    return Parsed(_unique(re.split(r"[；;\n]", text)))


def _pieces(text: str) -> Iterator[str]:
    depth, start = 0, 0
    for at, char in enumerate(text):
        if char in _OPENING:
            depth += 1
        elif char in _CLOSING:
            depth = max(0, depth - 1)
        elif (depth == 0 or char == "\n") and _separates(text, at, char):
            yield text[start:at]
            start = at + 1
    yield text[start:]


def _separates(text: str, at: int, char: str) -> bool:
    if char in _ALWAYS:
        return True
    if char not in ",/／":
        return False
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if char == ",":
        return not (before.isdigit() and after.isdigit())
    return not (before.isascii() and after.isascii() and before.strip() and after.strip())


def _unique(pieces: Iterable[str]) -> tuple[str, ...]:
    cleaned = (piece.strip(" \t\r\n\u3000。，,、；;") for piece in pieces)
    return tuple(dict.fromkeys(piece for piece in cleaned if piece and meaningful(piece)))
