"""A problem that somebody just describes: matched like a questionnaire, stored nowhere."""

from __future__ import annotations

from matcher.errors import UsageError
from matcher.text.reading import DemandReading, read_text

_LONGEST_TITLE = 40


class DescriptionEmpty(UsageError):
    def __init__(self) -> None:
        super().__init__("描述里没有可以匹配的内容。请写明遇到的问题，例如：地里返白霜，苗老是死。")


def described(text: str) -> tuple[DemandReading, str]:
    """What is asked, and a title for it. Raises DescriptionEmpty."""
    reading = read_text(text)
    if reading.is_empty:
        raise DescriptionEmpty
    line = " ".join(text.split())
    return reading, line if len(line) <= _LONGEST_TITLE else line[:_LONGEST_TITLE] + "…"
