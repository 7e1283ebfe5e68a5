"""Which text of an item goes where: the fields of the lexical leg and the text that is embedded."""

from dataclasses import dataclass

from matcher.domain.evidence import EvidenceItem
from matcher.text.normalise import meaningful


@dataclass(frozen=True, slots=True)
class ItemText:
    """`title`, `keywords`, `body` are lexical fields; `embedding` is what the encoder reads."""

    title: str
    keywords: str
    body: str
    embedding: str


def item_text(item: EvidenceItem) -> ItemText:
    """Both languages of an item, placeholders dropped."""
    title = _join(item.title, item.title_en)
    keywords = _join("、".join(item.keywords), ", ".join(item.keywords_en))
    body = _join(item.abstract, item.abstract_en)
    return ItemText(title, keywords, body, _join(title, keywords, body))


def _join(*parts: str) -> str:
    return "\n".join(text for text in map(meaningful, parts) if text)
