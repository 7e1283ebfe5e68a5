"""Where a problem text may fall into several parts: numbered lists, "另一个事", 甲品种 and 乙品种."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_DIGITS = "一二三四五六"
_AFTER_STOP = r"(?:^|(?<=[。！？!?：:；;，,\n]))\s*"
_SCHEMES = (
    *(tuple(rf"{_AFTER_STOP}{digit}{tail}" for digit in _DIGITS) for tail in ("是", "、", "来[，,]?")),
    *(tuple(rf"{_AFTER_STOP}{head}{digit}" for digit in _DIGITS) for head in ("其",)),
    *(tuple(rf"{_AFTER_STOP}第{digit}{tail}" for digit in _DIGITS) for tail in ("[件个项桩样]", "[，,是、]")),
    tuple(rf"[（(]{digit}[）)]" for digit in _DIGITS),
    tuple(rf"(?<![\d.])[（(]?{number}[.．、)）](?!\d)" for number in range(1, 7)),
    tuple("①②③④⑤⑥"),
    tuple(rf"{_AFTER_STOP}{stem}(?=[\u4e00-\u9fff])" for stem in ("甲", "乙", "丙")),
    (rf"{_AFTER_STOP}一(?:个|件|头)(?:事)?是", rf"{_AFTER_STOP}(?:再|另|还有)?一(?:个|件|头)(?:事)?是"),
)
_SENTENCE_START = r"(?:^|(?<=[。！？!?；;\n]))\s*"
_NEW_TOPIC = re.compile(
    rf"{_SENTENCE_START}(?:另(?:外)?(?:还)?(?:有)?一?[件个桩项样](?:[事是，,]|难题|需求)|再(?:就是|有)?一?[件个桩][事，,]|再一个|"
    rf"还有(?:一?[件个桩项])(?:[事是，,]|难题|需求)|除此(?:之外|以外)|再说)"
)
_ASIDE = re.compile(rf"{_SENTENCE_START}(?:另外|此外|还有|顺便|同时|再就是|再有)[，,]?")


@dataclass(frozen=True, slots=True)
class Segmentation:
    """`parts` of a text; `lead` stands before the first marker.

    `numbered` parts carry the markers of one list, a `new_topic` is announced ("另一个事"), an `aside` only hinted at.
    """

    parts: tuple[str, ...]
    lead: str = ""
    numbered: bool = False
    new_topic: bool = False
    aside: bool = False


def segmentations(text: str) -> Iterator[Segmentation]:
    """Every way in which markers cut the text into two parts or more."""
    for scheme in _SCHEMES:
        starts = _marks(text, scheme)
        if len(starts) >= 2:
            yield Segmentation(_cut(text, starts), lead=text[: starts[0]].strip(), numbered=True)
    topics = [match.start() for match in _NEW_TOPIC.finditer(text) if match.start() > 0]
    if topics:
        yield Segmentation(_cut(text, [0, *topics]), new_topic=True)
    for match in _ASIDE.finditer(text):
        if match.start() > 0:
            yield Segmentation(_cut(text, [0, match.start()]), aside=True)


def _marks(text: str, scheme: tuple[str, ...]) -> list[int]:
    starts: list[int] = []
    end = 0
    for pattern in scheme:
        match = re.compile(pattern).search(text, end)
        if match is None:
            break
        starts.append(match.start())
        end = match.end()
    return starts


def _cut(text: str, starts: list[int]) -> tuple[str, ...]:
    ends = [*starts[1:], len(text)]
    return tuple(text[start:end].strip() for start, end in zip(starts, ends, strict=True))
