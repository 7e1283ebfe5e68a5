"""Hours between prefectures: an editable table, estimated to begin with (`scripts/make_travel_times.py`)."""

from __future__ import annotations

from pathlib import Path

from matcher.reference.table import ReferenceTableInvalid, read_table

_FILE = "travel_times.csv"
_HOUR = 60


def read_travel_minutes(folder: Path) -> tuple[tuple[str, str, int], ...]:
    """From, to, minutes; each pair once, for both ways. Raises ReferenceTableInvalid."""
    rows = read_table(folder / _FILE, ("from", "to", "hours"))
    try:
        return tuple((row["from"], row["to"], round(float(row["hours"]) * _HOUR)) for row in rows)
    except ValueError as error:
        raise ReferenceTableInvalid(folder / _FILE, f"hours 应为小时数（{error}）") from error
