"""Shortens a long sentence around the words that matter, at clause boundaries where possible."""

from __future__ import annotations

import re
from collections.abc import Sequence

_CLAUSE = re.compile(r"[^，,；;。：:！？!?]*[，,；;。：:！？!?]?")


def excerpt(text: str, words: Sequence[str], longest: int) -> str:
    """At most about `longest` characters of the text, the stretch that holds most of the words, first ones first.

    >>> excerpt("本文调查了当地气候，结果表明盐碱土中玉米出苗率下降，试验在两地进行。", ["盐碱", "出苗"], 20)
    '…结果表明盐碱土中玉米出苗率下降，…'
    """
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    clauses = [piece for clause in _CLAUSE.findall(line) for piece in _pieces(clause, longest)]
    start, end = max(_stretches(clauses, longest), key=lambda span: _worth("".join(clauses[slice(*span)]), words))
    return ("…" if start else "") + "".join(clauses[start:end]) + ("…" if end < len(clauses) else "")


def _pieces(clause: str, longest: int) -> list[str]:
    return [clause[at : at + longest] for at in range(0, len(clause), longest)]


def _stretches(clauses: Sequence[str], longest: int) -> list[tuple[int, int]]:
    """Runs of clauses as long as fits, one beginning at each clause, earlier ones first."""
    spans: list[tuple[int, int]] = []
    for start in range(len(clauses)):
        end, length = start + 1, len(clauses[start])
        while end < len(clauses) and length + len(clauses[end]) <= longest:
            length += len(clauses[end])
            end += 1
        spans.append((start, end))
    return spans


def _worth(stretch: str, words: Sequence[str]) -> float:
    """Words that stand first weigh more."""
    lower = stretch.lower()
    return sum(1 / (2 + place) for place, word in enumerate(words) if word in lower)
