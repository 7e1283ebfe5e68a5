"""A finished file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paper:
    """`name` is what the file is called when it is saved."""

    name: str
    content: bytes
