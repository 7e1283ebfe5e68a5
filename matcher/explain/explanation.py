"""The reasons for one expert, in plain Chinese: what stands on screens, in json and in workbooks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matcher.domain.evidence import EvidenceItem
from matcher.domain.expert import Expert
from matcher.domain.match import Band, CheckedExpert, Finding, FindingKind, ItemVote, Signal, in_percent
from matcher.domain.vocabulary import EvidenceType
from matcher.explain.excerpt import excerpt
from matcher.explain.passages import Passage, PassageFinder
from matcher.text.item_text import item_text
from matcher.text.reading import DemandReading
from matcher.text.sentences import sentences

# Bands of the probability; a person decides, the words only help to read the number.
_LEVELS = ((0.6, Band.HIGH), (0.3, Band.GOOD), (0.1, Band.REFERENCE))
_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class ItemReason:
    """One item that carried the rank: `share` of the score, `without` the score if the item did not exist."""

    item: EvidenceItem
    share: float
    without: float
    signals: Mapping[Signal, float]
    passage: Passage

    def heading(self) -> str:
        """What the item is: 论文《…》; a profile says that it is the expert's own word."""
        return item_heading(self.item, self.passage.words)


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything shown for one ranked expert."""

    expert: Expert
    rank: int
    score: float
    band: Band
    reasons: tuple[ItemReason, ...]
    signal_shares: Mapping[Signal, float]
    findings: tuple[Finding, ...]

    def summary(self) -> str:
        """One Chinese sentence a department head can read."""
        level = f"{self.band}（{in_percent(self.score)}）"
        if not self.reasons:
            return level
        best = self.reasons[0]
        words = "、".join(best.passage.whole_words[:4])
        about = f"，与需求共有的关键词：{words}" if words else "，与需求含义相近"
        return f"{level}：主要依据{best.heading()}{about}"

    def to_check(self) -> list[str]:
        """What is 待核, with what to ask."""
        return [f"{f.message}：{f.ask}" for f in self.findings if f.kind is FindingKind.UNKNOWN]

    def unknown(self) -> list[str]:
        """What is 待核, in short."""
        return [f.message for f in self.findings if f.kind is FindingKind.UNKNOWN]

    def forbidding(self) -> list[str]:
        return [f.message for f in self.findings if f.forbids]

    def notes(self) -> list[str]:
        return [f.message for f in self.findings if f.kind is FindingKind.NOTE]


def best_first(explanation: Explanation) -> tuple[float, int, str]:
    """Key for the order in which people chosen are shown everywhere: by probability, then by their place."""
    return -explanation.score, explanation.rank, explanation.expert.id


def item_heading(item: EvidenceItem, words: Sequence[str] = ()) -> str:
    """Kind and title; the long list of a profile is shortened around `words`."""
    name = item.title or item.title_en or "、".join(item.keywords)
    if item.type is EvidenceType.PROFILE:
        return f"专家资料中的研究方向“{excerpt(name, words, _LONGEST_NAME)}”"
    return f"{item.type}《{name}》" if name else f"{item.type}（无题名）"


def band(score: float, abstained: bool = False) -> Band:
    """高度匹配 from 0.6, 较匹配 from 0.3, 可参考 from 0.1, below that 相关性弱.

    Beside 「库中暂无合适专家」 (`abstained`) nobody stands higher than 可参考.
    """
    found = next((level for least, level in _LEVELS if score >= least), Band.WEAK)
    return Band.REFERENCE if abstained and found in (Band.HIGH, Band.GOOD) else found


def explain(
    reading: DemandReading,
    checked: Sequence[CheckedExpert],
    experts: Mapping[str, Expert],
    items: Mapping[int, EvidenceItem],
    rarity: dict[str, float],
    finder: PassageFinder,
    abstained: bool,
) -> list[Explanation]:
    """Explanations in the order of `checked`; `items` by index number, `rarity` the idf of the demand's terms.

    `abstained`: the demand's answer proposes nobody.
    """
    numbers = sorted({vote.item for one in checked for vote in one.ranked.votes if vote.item in items})
    found = finder.find(reading.sentences(), [item_sentences(items[number]) for number in numbers], rarity)
    passages = dict(zip(numbers, found, strict=True))
    return [
        Explanation(
            expert=experts[one.ranked.expert_id],
            rank=one.ranked.rank,
            score=one.ranked.score,
            band=band(one.ranked.score, abstained),
            reasons=tuple(_reason(vote, items, passages) for vote in one.ranked.votes if vote.item in items),
            signal_shares=one.ranked.signal_shares,
            findings=one.findings,
        )
        for one in checked
        if one.ranked.expert_id in experts
    ]


def _reason(vote: ItemVote, items: Mapping[int, EvidenceItem], passages: Mapping[int, Passage]) -> ItemReason:
    return ItemReason(items[vote.item], vote.share, vote.without, dict(vote.signals), passages[vote.item])


def item_sentences(item: EvidenceItem) -> list[str]:
    """Title, keywords and abstract, sentence by sentence."""
    text = item_text(item)
    return [sentence for field in (text.title, text.keywords, text.body) for sentence in sentences(field)]
