"""The staff manual: a Markdown file beside the pages, made into one page with a table of contents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from service.console.errors import ManualMissing

_NAME = "使用手册.md"
_HERE = Path(__file__).resolve()
# In a wheel it lies in the package, in a checkout among the documents.
_FOLDERS = (_HERE.parent / "manual_files", _HERE.parents[2] / "docs")
_LISTED = ("h2", "h3")


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Manual:
    """`html` holds no markup that the file's author did not mean: raw HTML in the file is shown as text."""

    html: str
    headings: tuple[Heading, ...]


def read_manual() -> Manual:
    """Raises ManualMissing."""
    text = (manual_folder() / _NAME).read_text(encoding="utf-8")
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = parser.parse(text)
    headings = tuple(_headed(tokens))
    for token in _all(tokens):
        _settle(token)
    return Manual(parser.renderer.render(tokens, parser.options, {}), headings)


def manual_folder() -> Path:
    """Where the manual and its pictures lie. Raises ManualMissing."""
    found = next((folder for folder in _FOLDERS if (folder / _NAME).is_file()), None)
    if found is None:
        raise ManualMissing
    return found


def _headed(tokens: Sequence[Token]) -> Iterator[Heading]:
    """Headings get their own text as address."""
    for token, inline in pairwise(tokens):
        if token.type == "heading_open":
            token.attrSet("id", inline.content)
            if token.tag in _LISTED:
                yield Heading(int(token.tag[1]), inline.content)


def _all(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _all(token.children or [])


def _settle(token: Token) -> None:
    """The page's policy allows no style attributes; tables look like the others; pictures lie under /help."""
    token.attrs.pop("style", None)
    if token.type == "table_open":
        token.attrSet("class", "data-table")
    if token.type == "image":
        token.attrSet("src", f"/help/{token.attrGet('src')}")
