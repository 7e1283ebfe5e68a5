"""One normal form for all text, and the test for text that says nothing."""

import re
import unicodedata

_SPACES = re.compile(r"[ \t\u00a0\u3000]+")
# Also what shows nothing or turns the reading direction: it makes one name look like another.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_NOTHING = re.compile(
    r"(暂?无|没有|未提供|未填写?|不详|不清楚|不知道?|待定|待填|略|同上|(?:详|请|具体)?见附[件表页]\d?|none|n/?a|null|nan|[-—–_/\\*.。、,，;；:：\s]*)[。.!！]*",
    re.IGNORECASE,
)

# Longer than any placeholder; spares abstracts a second reading.
_LONGEST_NOTHING = 60


def clean(text: str) -> str:
    """The text as a reader sees it: no control characters, no runs of blanks; line breaks stay."""
    return _SPACES.sub(" ", _CONTROL.sub("", text)).strip()


def normalise(text: str) -> str:
    """Clean and in NFKC form: full-width letters, digits and punctuation become half-width."""
    return clean(unicodedata.normalize("NFKC", text))


def meaningful(text: str) -> str:
    """The clean text, or "" when it is a placeholder such as 「无」 or 「未提供。」 (domain.md, Quality).

    >>> meaningful("未提供。"), meaningful(" 无 "), meaningful("无人机")
    ('', '', '无人机')
    """
    short = len(text) <= _LONGEST_NOTHING
    return "" if short and _NOTHING.fullmatch(normalise(text)) else clean(text)
