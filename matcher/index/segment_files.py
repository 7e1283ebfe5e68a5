"""A segment as a folder of arrays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from matcher.index.dense import DenseRows
from matcher.index.files import read_array, write_arrays
from matcher.index.incidence import Columns, Rows
from matcher.index.segment import Segment


def write_segment(segment: Segment, folder: Path) -> None:
    arrays: dict[str, Any] = {"items": segment.items, "vectors": segment.dense.rows, "lengths": segment.lengths}
    arrays |= _row_arrays("words", segment.words) | _column_arrays("terms", segment.words_by_term)
    arrays |= _row_arrays("owners", segment.experts) | _column_arrays("experts", segment.items_by_expert)
    write_arrays(folder, arrays)


def read_segment(folder: Path) -> Segment:
    """Raises SnapshotDamaged when an array is missing or cut off."""

    def rows(name: str) -> Rows:
        return Rows(array(f"{name}_starts"), array(f"{name}_keys"), array(f"{name}_values"))

    def columns(name: str) -> Columns:
        return Columns(*(array(f"{name}_{part}") for part in ("keys", "starts", "rows", "values")))

    def array(name: str) -> Any:
        return read_array(folder, name)

    return Segment(
        id=folder.name,
        items=array("items"),
        dense=DenseRows(array("vectors")),
        words=rows("words"),
        words_by_term=columns("terms"),
        experts=rows("owners"),
        items_by_expert=columns("experts"),
        lengths=array("lengths"),
    )


def _row_arrays(name: str, rows: Rows) -> dict[str, Any]:
    return {f"{name}_starts": rows.starts, f"{name}_keys": rows.keys, f"{name}_values": rows.values}


def _column_arrays(name: str, columns: Columns) -> dict[str, Any]:
    parts = {"keys": columns.keys, "starts": columns.starts, "rows": columns.rows, "values": columns.values}
    return {f"{name}_{part}": array for part, array in parts.items()}
