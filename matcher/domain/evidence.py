"""One item of evidence: a paper, patent, project ... that shows what its owners know."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from matcher.domain.vocabulary import EvidenceType


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """An item is stored and embedded once and linked to each of its owners (design decision 1).

    `id` is the item's identity (see `item_identity`); `year` is None where unknown.
    """

    id: str
    type: EvidenceType
    title: str = ""
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    year: int | None = None
    source: str = ""
    title_en: str = ""
    abstract_en: str = ""
    keywords_en: tuple[str, ...] = ()

    @property
    def has_text(self) -> bool:
        return bool(self.title or self.abstract or self.keywords or self.title_en or self.abstract_en)


def item_identity(type: EvidenceType, title: str, year: int | None, source: str, fallback: str = "") -> str:
    """The id under which equal items of co-authors meet: type, title (else `fallback` text), year and source.

    Abstract and keywords stay outside, so that correcting them updates the item instead of doubling it.
    """
    name = _squeeze(title) or _squeeze(fallback)
    parts = "\x1f".join((type.value, name, str(year or ""), _squeeze(source)))
    return "I" + hashlib.sha256(parts.encode()).hexdigest()[:20]


def _squeeze(text: str) -> str:
    return re.sub(r"\W+", "", unicodedata.normalize("NFKC", text)).lower()
