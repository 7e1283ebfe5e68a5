"""What a table's columns are called, how their cells are read, and which of them are needed for what."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import lru_cache

from matcher.intake.cells import Cell
from matcher.intake.parsed import Parser

_REMEMBERED = 4096
# Of three signs one may be wrong; of two, one wrong makes another word.
_LIKE, _LIKE_LENGTH, _LONGEST_LIKE = 0.66, 3, 20
_STARS = re.compile(r"[*＊★☆※△▲]")
_BRACKETS = re.compile(r"[(\[【〔（《][^)\]】〕）》]*[)\]】〕）》]")
_NUMBERING = re.compile(
    r"^\s*(?:[(（]?[一二三四五六七八九十]+[)）]|[一二三四五六七八九十]+[、.．]|[(（]?\d{1,2}[)）.．、](?!\d))\s*"
)
_YEAR = re.compile(r"(?:19|20)\d\d\s*年?(?:度)?")
_TRAILING_NUMBER = re.compile(r"[一二三四五六七八九\d]$")


class TableKind(StrEnum):
    """The values are the names of the sheets in the templates."""

    EXPERTS = "专家表"
    ITEMS = "成果表"
    DEMANDS = "需求问卷表"
    LEDGER = "建站对接台账"
    MARKS = "评价表"
    TOPICS = "选题表"

    @property
    def command(self) -> str:
        """The word after `matcher import`."""
        return _COMMANDS.get(self, "experts")


_COMMANDS = {
    TableKind.DEMANDS: "demands",
    TableKind.LEDGER: "ledger",
    TableKind.MARKS: "marks",
    TableKind.TOPICS: "topics",
}


class Several(StrEnum):
    """What happens when several columns of a sheet mean one field."""

    FIRST = "first"
    LIST = "list"
    LINES = "lines"


class Dictionary(StrEnum):
    """A reference table whose entries a column takes."""

    REGIONS = "regions"
    JURISDICTIONS = "jurisdictions"
    INDUSTRIES = "industries"
    DISCIPLINES = "disciplines"
    HONOURS = "honours"
    TITLES = "titles"


@dataclass(frozen=True, slots=True)
class Column:
    """`starred` columns bear the form's star, `needed` ones are needed to import a row.

    `aliases` are other headers, without blanks, parted by blanks. `field` is a path such as "enterprise.name".
    `options` or a `dictionary` are what its drop-down offers. `shown` columns stand in the template; the others are
    only read. `spare` is the field that a header means where another column of the sheet has taken its own: 技术难题
    beside 需求名称 is the problem.
    """

    field: str
    header: str
    parse: Parser
    aliases: str = ""
    starred: bool = False
    needed: bool = False
    private: bool = False
    shown: bool = True
    several: Several = Several.FIRST
    options: tuple[str, ...] = ()
    dictionary: Dictionary | None = None
    spare: str = ""
    note: str = ""
    sample: Cell = ""


class Table:
    """The columns of one kind of table, found by what their headers say."""

    def __init__(self, kind: TableKind, columns: Iterable[Column]) -> None:
        self.kind = kind
        self.columns = tuple(columns)
        self._by_field = {column.field: column for column in self.columns}
        self._by_label: dict[str, Column] = {}
        self._offered = {squeezed(option) for column in self.columns for option in column.options}
        for column in self.columns:
            self._by_label[squeezed(column.header)] = column
        for column in self.columns:
            for alias in column.aliases.split():
                self._by_label.setdefault(squeezed(alias), column)
        self._find = lru_cache(maxsize=_REMEMBERED)(self._look_up)
        self._like = lru_cache(maxsize=_REMEMBERED)(self._nearest)

    def __getitem__(self, field: str) -> Column:
        return self._by_field[field]

    def find(self, label: str) -> Column | None:
        """The column that a header means: as it stands, then without brackets, numbering, years, a trailing number."""
        return self._find(label)

    def like(self, label: str) -> Column | None:
        """The column whose header the label nearly is, but for a slip; None for a known one and for an option."""
        return self._like(label)

    def _nearest(self, label: str) -> Column | None:
        form = squeezed(_BRACKETS.sub("", label))
        if not _LIKE_LENGTH <= len(form) <= _LONGEST_LIKE or form in self._offered or self.find(label):
            return None
        near = get_close_matches(form, [known for known in self._by_label if len(known) >= _LIKE_LENGTH], 1, _LIKE)
        return self._by_label[near[0]] if near else None

    def _look_up(self, label: str) -> Column | None:
        for candidate in label_forms(label):
            if column := self._by_label.get(candidate):
                return column
        repeated = _repeated_form(label)
        column = self._by_label.get(repeated) if repeated else None
        return column if column and column.several is not Several.FIRST else None

    @property
    def shown(self) -> Sequence[Column]:
        return [column for column in self.columns if column.shown]


def squeezed(label: str) -> str:
    """The form in which headers are compared: half width, lower case, letters and digits only."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", label)).lower()


def label_forms(label: str) -> list[str]:
    """The squeezed forms of a header in the order in which they are looked up."""
    starless = _STARS.sub("", label)
    bare = _BRACKETS.sub("", starless)
    forms = (starless, bare, _NUMBERING.sub("", bare), re.split(r"[:：]", bare)[0])
    return [form for form in dict.fromkeys(map(squeezed, forms)) if form]


def _repeated_form(label: str) -> str:
    """A header of several columns without what tells them apart: "2013年营业收入", "关键词1"."""
    bare = _YEAR.sub("", _BRACKETS.sub("", _STARS.sub("", label)))
    return _TRAILING_NUMBER.sub("", squeezed(bare))
