"""A program with fractions allowed, by the simplex method: what no answer can exceed, and the answer where it is whole.

Plans of many stations are nearly flows: their relaxation is mostly whole, and found in seconds where a search by
branches finds nothing better than it began with.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

from matcher.plan.program import Program, Row, Term, worth

_WHOLE = 1e-6
# Counted, not timed, so that a busy machine changes no answer.
_STEPS = 50_000
# Prices are rounded to such parts of one, so that the bound is summed in whole numbers.
_PARTS = 256
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Relaxed:
    """`bound`: no answer is worth more, proved in whole numbers; `values` () where the best answer has fractions."""

    values: tuple[int, ...]
    bound: int


def relaxed(program: Program, held: Sequence[Row], terms: Sequence[Term]) -> Relaxed | None:
    """Of the program with more rows (`held`) and this objective; None where the steps do not suffice."""
    if not program.bounds:
        return Relaxed((), 0)
    matrix, most = _at_most((*program.rows, *held), len(program.bounds))
    worths = np.zeros(len(program.bounds), np.int64)
    np.add.at(worths, [number for _, number in terms], [coefficient for coefficient, _ in terms])
    unit = max(1.0, float(np.abs(worths).max(initial=0)) / 1000)
    found = linprog(-worths / unit, matrix, most, bounds=program.bounds, method="highs-ds", options={"maxiter": _STEPS})
    if found.status:
        return None
    prices = np.rint(np.maximum(-found.ineqlin.marginals, 0) * unit * _PARTS).astype(np.int64)
    bound = _bound(program, matrix, most, worths, prices)
    values = tuple(np.rint(found.x).astype(int).tolist())
    whole = np.abs(found.x - np.rint(found.x)).max(initial=0) <= _WHOLE and _holds(program, held, values)
    return Relaxed(values if whole else (), bound)


def _at_most(rows: Iterable[Row], width: int) -> tuple[csr_matrix, Numbers]:
    """Each bound of each row as `terms <= most`."""
    place, column, data, most = list[int](), list[int](), list[int](), list[int]()
    for row in rows:
        for sign, limit in ((1, row.high), (-1, row.low)):
            if limit is None:
                continue
            place += [len(most)] * len(row.terms)
            column += [number for _, number in row.terms]
            data += [sign * coefficient for coefficient, _ in row.terms]
            most.append(sign * limit)
    matrix = csr_matrix((np.array(data, np.int64), (place, column)), shape=(len(most), width))
    return matrix, np.array(most, np.int64)


def _bound(program: Program, matrix: csr_matrix, most: Numbers, worths: Numbers, prices: Numbers) -> int:
    """By weak duality, whatever the prices: what the rows allow at these prices, and what the bounds add beyond."""
    beyond = worths * _PARTS - matrix.T @ prices
    bounds = np.array(program.bounds, np.int64).reshape(-1, 2)
    total = int(most @ prices) + int(np.maximum(beyond * bounds[:, 0], beyond * bounds[:, 1]).sum())
    return -(-total // _PARTS)


def _holds(program: Program, held: Iterable[Row], values: Sequence[int]) -> bool:
    inside = all(low <= value <= high for value, (low, high) in zip(values, program.bounds, strict=True))
    return inside and all(row.allows(worth(row.terms, values)) for row in (*program.rows, *held))
