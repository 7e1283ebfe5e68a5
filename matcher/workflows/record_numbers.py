"""Numbers for records that nobody has numbered: the next free one of the year, and the one a demand has already."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from matcher.beijing import today
from matcher.domain.demand import Demand
from matcher.intake.demand_columns import DEMAND_TABLE
from matcher.intake.errors import RowUnusable
from matcher.intake.parse_row import ParsedRow, problem
from matcher.intake.parsed import Complaint
from matcher.intake.problems import Severity
from matcher.reference.table import squeeze
from matcher.store import Store
from matcher.store.records import SaveOutcome
from matcher.workflows.import_files import ImportOptions

_DIGITS = 3


def next_number(letter: str, year: int, taken: Iterable[str]) -> str:
    """One more than the highest of that year.

    >>> next_number("D", 2026, ["D2026-007", "D2026-012", "D2025-040", "D2026-9a"])
    'D2026-013'
    """
    prefix = f"{letter}{year}-"
    counts = [one.removeprefix(prefix) for one in taken if one.startswith(prefix)]
    highest = max((int(count) for count in counts if count.isdecimal() and count.isascii()), default=0)
    return f"{prefix}{highest + 1:0{_DIGITS}}"


def next_demand_number(store: Store) -> str:
    return next_number("D", today().year, store.demands.taken(f"D{today().year}-"))


def next_expert_number(store: Store) -> str:
    return next_number("E", today().year, store.experts.taken(f"E{today().year}-"))


class DemandNumbers:
    """Numbers questionnaires of one page: firms are told to leave the number to the office.

    The same firm's demand of the same title and problem keeps its number, so that a form imported twice is one demand.
    A demand that whoever imports does not answer for counts as absent: its title and number are not told.
    """

    def __init__(self, store: Store, options: ImportOptions) -> None:
        self._store, self._options = store, options
        self._fresh: set[str] = set()

    def numbered(self, row: ParsedRow) -> ParsedRow:
        """Of a row without number. Raises RowUnusable for a page without the firm: what would tell its demand apart?"""
        if not row.source.is_page:
            return row
        firm = row.text("enterprise.name")
        if not firm:
            advice = "请填写企业名称，由系统编号；或者填写需求编号"
            raise RowUnusable("id", "没有需求编号，也没有企业名称，看不出是哪家的需求", advice)
        of_firm = [one for one in self._store.demands.of_enterprise(firm) if self._is_near(one)]
        same = next((one for one in of_firm if _alike(one, row) == (True, True)), None)
        if same:
            return _with_number(row, same.id, f"没有需求编号，库中已有同一项需求 {same.id}", "按这个编号导入")
        number = next_demand_number(self._store)
        self._fresh.add(number)
        return _with_number(row, number, f"没有需求编号，编为 {number}", _advice(row, of_firm))

    def _is_near(self, demand: Demand) -> bool:
        return self._options.answers_for(demand.enterprise.region_code, demand.enterprise.jurisdiction)

    def save(self, demands: Sequence[Demand]) -> list[SaveOutcome]:
        """Whoever took a chosen number meanwhile keeps it."""
        fresh, self._fresh = self._fresh, set()
        return self._store.demands.save(demands, by=self._options.by, fresh=fresh)


def _advice(row: ParsedRow, of_firm: Collection[Demand]) -> str:
    near = next((one for one in of_firm if any(_alike(one, row))), None)
    if near:
        return f"这家企业已有“{near.title}”（{near.id}），内容不同；若是同一项，请在表中写上编号 {near.id} 再上传"
    return "要用别的编号，请在确认导入之前写在表中“需求编号”一栏，重新上传"


def _alike(demand: Demand, row: ParsedRow) -> tuple[bool, bool]:
    """Whether title and problem say the same."""
    pairs = ((demand.title, row.text("title")), (demand.problem, row.text("problem")))
    first, second = (squeeze(stored) == squeeze(given) for stored, given in pairs)
    return first, second


def _with_number(row: ParsedRow, number: str, message: str, advice: str) -> ParsedRow:
    told = problem(row.source, DEMAND_TABLE["id"], Complaint(message, advice), Severity.WARNING)
    return replace(row, values={**row.values, "id": number}, warnings=(told, *row.warnings))
