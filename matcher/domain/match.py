"""What a ranking says: who, how probable, by which items, what is to be checked, who is out and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from matcher.domain.vocabulary import Purpose


class Signal(StrEnum):
    """The named features of an item's score; the values are what screens say."""

    LEXICAL = "用词吻合"
    MEANING = "含义相近"
    RERANKED = "重排"


class Band(StrEnum):
    """How a probability is put into words."""

    HIGH = "高度匹配"
    GOOD = "较匹配"
    REFERENCE = "可参考"
    WEAK = "相关性弱"


@dataclass(frozen=True, slots=True)
class ItemVote:
    """One item's part in an expert's score.

    `signals` holds the weighted signals of the item alone; `share` is the part of the expert's probability that the
    item carries; `without` is the expert's probability if the item did not exist.
    """

    item: int
    signals: tuple[tuple[Signal, float], ...]
    share: float
    without: float


@dataclass(frozen=True, slots=True)
class RankedExpert:
    """`score` is the calibrated probability that the expert is suitable; shares of the votes sum to it."""

    expert_id: str
    rank: int
    score: float
    votes: tuple[ItemVote, ...]

    @property
    def signal_shares(self) -> dict[Signal, float]:
        """Each signal's part of the score; the parts sum to `score`."""
        shares: dict[Signal, float] = {}
        for vote in self.votes:
            total = sum(value for _, value in vote.signals) or 1.0
            for signal, value in vote.signals:
                shares[signal] = shares.get(signal, 0.0) + vote.share * value / total
        return shares


@dataclass(frozen=True, slots=True)
class RankedItem:
    """One item of evidence as an answer of its own: `score` is the calibrated probability that it suits.

    `signals` are the weighted signals that made it.
    """

    item: int
    rank: int
    score: float
    signals: tuple[tuple[Signal, float], ...]


class FindingKind(StrEnum):
    """Forbidden removes from the list; unknown is shown as 待核 and blocks confirmation; a note only informs."""

    FORBIDDEN = "不可"
    UNKNOWN = "待核"
    NOTE = "提示"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found: `message` says it, `ask` says what to ask whom."""

    rule: str
    kind: FindingKind
    message: str
    ask: str = ""

    @property
    def forbids(self) -> bool:
        return self.kind is FindingKind.FORBIDDEN


@dataclass(frozen=True, slots=True)
class CheckedExpert:
    """A ranked expert with what the rules found."""

    ranked: RankedExpert
    findings: tuple[Finding, ...] = ()

    @property
    def forbidden(self) -> bool:
        return any(finding.forbids for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Gap:
    """Why nobody is proposed: the fields that the demand asks for and the database lacks."""

    message: str
    disciplines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MatchResult:
    """The answer for one demand or need. `experts` is the flat ranking; `excluded` would have stood in it.

    `about` is what the rules found about the demand itself.
    """

    demand_id: str
    purpose: Purpose
    experts: tuple[CheckedExpert, ...]
    excluded: tuple[CheckedExpert, ...] = ()
    gap: Gap | None = None
    about: tuple[Finding, ...] = ()

    @property
    def abstained(self) -> bool:
        return self.gap is not None


def in_percent(probability: float) -> str:
    """A probability as people read it; never a flat 0 or 100.

    >>> in_percent(0.853), in_percent(0.002), in_percent(0.9999)
    ('85%', '不足 1%', '99% 以上')
    """
    if probability < 0.01:
        return "不足 1%"
    return "99% 以上" if probability > 0.99 else f"{probability:.0%}"
