"""What a parser gives back: the value and, where something is odd, a complaint for the person who keeps the table."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from matcher.intake.cells import Cell


class Complaint(NamedTuple):
    """`message` says what is wrong, `advice` what to do; Chinese sentences."""

    message: str
    advice: str


class Parsed(NamedTuple):
    """`value` is None, "" or () for a cell that says nothing; with a complaint it may still be usable."""

    value: object
    complaint: Complaint | None = None


Parser: TypeAlias = Callable[[Cell], Parsed]
