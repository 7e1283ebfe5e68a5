"""Fitting finds the signal that matters, keeps weights above zero and never looks at the fold it scores."""

from dataclasses import replace

import numpy as np
import pytest

from matcher.domain.match import Signal
from matcher.rank.fit import GradedDemand, abstention_level, cross_validated, fit, folds
from matcher.rank.weights import Calibration, ScoreWeights, WeightsInvalid, parse_weights


def made_demands(count: int = 20) -> list[GradedDemand]:
    """Signal 0 tells who is suitable, signal 1 is noise against it."""
    rng = np.random.default_rng(7)
    demands = []
    for number in range(count):
        grades = {f"E{row}": 3 if row < 3 else 0 for row in range(30)}
        features = np.zeros((30, len(Signal)))
        features[:, 0] = [0.5 if grades[f"E{row}"] else 0.3 for row in range(30)] + rng.normal(0, 0.01, 30)
        features[:, 1] = rng.random(30)
        demands.append(GradedDemand(f"D{number:02}", features, [(f"E{row}",) for row in range(30)], grades))
    return demands


def test_the_telling_signal_gets_the_weight() -> None:
    fitted = fit(made_demands())
    assert fitted.signals[0] > 5 * fitted.signals[1]
    assert (fitted.signals >= 0).all()


def test_an_inactive_signal_stays_out() -> None:
    fitted = fit(made_demands(), active=[Signal.MEANING])
    assert fitted.signals[0] == 0


def test_held_out_probabilities_tell_the_suitable_from_the_others() -> None:
    answers = cross_validated(made_demands())
    suitable = [p for ranked in answers.values() for expert, p in ranked[:10] if expert in ("E0", "E1", "E2")]
    others = [p for ranked in answers.values() for expert, p in ranked[:10] if expert not in ("E0", "E1", "E2")]
    assert sum(suitable) / len(suitable) > 0.9
    assert sum(others) / len(others) < 0.1


def test_a_fold_never_sees_its_own_grades() -> None:
    demands = made_demands()
    held_out = folds(demands)[0]
    turned = [
        replace(one, grades={expert: 3 - grade for expert, grade in one.grades.items()}) if row in held_out else one
        for row, one in enumerate(demands)
    ]
    before, after = cross_validated(demands), cross_validated(turned)
    assert all(before[demands[row].id] == after[demands[row].id] for row in held_out)
    assert any(before[one.id] != after[one.id] for row, one in enumerate(demands) if row not in held_out)


def test_the_needs_of_a_questionnaire_stay_in_one_fold() -> None:
    demands = [replace(one, id=f"D{row // 2}#{row % 2 + 1}") for row, one in enumerate(made_demands(12))]
    assert all(row + 1 in fold for fold in folds(demands, 3) for row in fold if row % 2 == 0)


def test_every_demand_is_held_out_once() -> None:
    rows = sorted(row for fold in folds(made_demands(13)) for row in fold)
    assert rows == list(range(13))


def test_the_abstention_level_refuses_at_most_the_share_allowed() -> None:
    best = {f"D{n}": n / 20 for n in range(20)}
    level = abstention_level(best, dict.fromkeys(best, True), most_refused=0.1)
    assert sum(score < level for score in best.values()) == 2


def test_weights_travel_through_their_file() -> None:
    weights = ScoreWeights({Signal.LEXICAL: 1.5}, Calibration(1.0, -0.5, -2.0), 0.2, "测试", {"nDCG@10": 0.6})
    assert parse_weights(weights.to_json()) == weights


@pytest.mark.parametrize("change", [('"LEXICAL"', "x"), ("1.5", "-1.5"), ('"slope": 1.0', '"slope": 0.0'), ("{", "")])
def test_a_broken_weights_file_is_refused(change: tuple[str, str]) -> None:
    text = ScoreWeights({Signal.LEXICAL: 1.5}, Calibration(1.0, -0.5, -2.0), 0.2, "测试", {}).to_json()
    broken = text.replace(change[0], change[1], 1) if change[0] in text else text.replace("用词吻合", "没有这个信号")
    with pytest.raises(WeightsInvalid):
        parse_weights(broken)
