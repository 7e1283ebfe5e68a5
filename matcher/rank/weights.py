"""The small model that combines signals into a probability; its file says what it was fitted on (decision 3)."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass

from matcher.domain.match import Signal
from matcher.errors import MatcherError


class WeightsInvalid(MatcherError):
    """A weights file cannot be used."""

    def __init__(self, detail: str) -> None:
        super().__init__(f"评分权重文件有误：{detail}。请换回程序自带的权重（matcher weights revert）。")


@dataclass(frozen=True, slots=True)
class Calibration:
    """probability = 1 / (1 + exp(-(slope * total + best * best total of the demand + intercept)))."""

    slope: float
    best: float
    intercept: float

    def probability(self, total: float, best_total: float) -> float:
        logit = self.slope * total + self.best * best_total + self.intercept
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


@dataclass(frozen=True, slots=True)
class ScoreWeights:
    """`signals`: weight of each signal, none negative, so that no item can lower its owner's score.

    `abstain_below`: a demand whose best probability is lower gets 「库中暂无合适专家」.
    `fitted_on` and `figures` say which data the weights come from and what cross-validation gave.
    """

    signals: dict[Signal, float]
    calibration: Calibration
    abstain_below: float
    fitted_on: str
    figures: dict[str, float]

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)


def parse_weights(text: str) -> ScoreWeights:
    """Raises WeightsInvalid; unknown signals and negative weights are refused."""
    try:
        data = json.loads(text)
        weights = ScoreWeights(
            signals={Signal(name): float(value) for name, value in data["signals"].items()},
            calibration=Calibration(**data["calibration"]),
            abstain_below=float(data["abstain_below"]),
            fitted_on=str(data["fitted_on"]),
            figures={str(name): float(value) for name, value in data["figures"].items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise WeightsInvalid(str(error)) from error
    if any(value < 0 for value in weights.signals.values()) or weights.calibration.slope <= 0:
        raise WeightsInvalid("权重不能为负，斜率须为正")
    return weights
