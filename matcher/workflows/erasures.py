"""Who was erased, in a file beside the database: a backup that is put back later knows nothing of it.

The file holds numbers and times only and is only added to. `again` erases everybody in it once more.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from matcher.domain.audit import AuditEntry
from matcher.errors import MatcherError, UsageError, reason_of
from matcher.store.store import Store

_HEADER = ("专家编号", "删除时间")
Note = Callable[[str, str], AuditEntry]


class ErasureListUnwritable(MatcherError):
    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(
            f"人员资料已删除，但删除名单“{path}”写不进去（{detail}）。请排除原因，再运行 matcher person erase-listed。"
        )


class ErasureListUnreadable(UsageError):
    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(
            f"删除名单“{path}”读不了：{detail}。名单每行写“专家编号,删除时间”，系统写的名单是 erasures.csv。"
        )


class Erasures:
    def __init__(self, store: Store, path: Path) -> None:
        self._store, self.path = store, path

    def keep(self) -> None:
        """Adds whoever is not in the file yet. Raises ErasureListUnwritable."""
        listed = dict(self._read(self.path)) if self.path.exists() else {}
        new = [stone for stone in self._store.experts.tombstones() if stone.expert_id not in listed]
        if not new:
            return
        try:
            with self.path.open("a", encoding="utf-8", newline="") as file:
                rows = csv.writer(file)
                rows.writerows([] if listed else [_HEADER])
                rows.writerows((stone.expert_id, stone.when.isoformat(timespec="seconds")) for stone in new)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise ErasureListUnwritable(self.path, reason_of(error)) from error

    def missing(self, path: Path | None = None) -> dict[str, str]:
        """Number -> time of everybody in the list, by default our own, whom this database still takes in.

        Raises ErasureListUnreadable.
        """
        listed = dict(self._read(path or self.path))
        erased = self._store.experts.is_erased(listed)
        return {number: when for number, when in listed.items() if number not in erased}

    def again(self, listed: dict[str, str], by: str, note: Note) -> int:
        """How many were erased of those listed; `note` makes of number and former time what the audit log says.

        A number that this database never knew gets its tombstone too. Whoever is erased already is left alone.
        """
        return sum(self._store.experts.erase_listed(id, by=by, note=note(id, when)) for id, when in listed.items())

    def _read(self, path: Path) -> Iterator[tuple[str, str]]:
        try:
            with path.open(encoding="utf-8-sig", newline="") as file:
                for line, row in enumerate(csv.reader(file), 1):
                    if tuple(row) == _HEADER or not row:
                        continue
                    yield row[0].strip(), _time(path, line, row)
        except OSError as error:
            raise ErasureListUnreadable(path, reason_of(error)) from error
        except (UnicodeDecodeError, csv.Error) as error:
            raise ErasureListUnreadable(path, "不是 UTF-8 的文本") from error


def _time(path: Path, line: int, row: list[str]) -> str:
    """Checked, so that no other table is taken for a list of who is to go."""
    try:
        number, when = row
        datetime.fromisoformat(when.strip())
    except ValueError as error:
        raise ErasureListUnreadable(path, f"第 {line} 行不是“编号,时间”") from error
    if not number.strip():
        raise ErasureListUnreadable(path, f"第 {line} 行没有编号")
    return when.strip()
