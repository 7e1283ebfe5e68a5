"""Panels: the best one by trying all, the rules kept, backups that keep them, reasons for who is left out."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.plan.panel import Candidate, LeftOutReason, PanelSelector, PanelTerms

SMALL = st.lists(
    st.builds(
        Candidate,
        expert_id=st.just("?"),
        chances=st.tuples(*[st.sampled_from([0.0, 0.1, 0.3, 0.6, 0.9])] * 3),
        unit=st.sampled_from(["", "甲校", "乙院", "丙所"]),
        disciplines=st.frozensets(st.sampled_from(["210", "430", "610"]), max_size=2),
        items=st.frozensets(st.integers(1, 8), max_size=2),
    ),
    min_size=1,
    max_size=8,
).map(lambda people: [Candidate(f"E{n}", p.chances, p.unit, p.disciplines, p.items) for n, p in enumerate(people)])


@settings(max_examples=200)
@given(people=SMALL, size=st.integers(1, 4), per_unit=st.integers(1, 2))
def test_the_panel_is_the_best_of_all_and_backups_keep_the_rules(
    people: list[Candidate], size: int, per_unit: int
) -> None:
    terms = PanelTerms(size, per_unit)
    selector = PanelSelector(people, 3, terms)
    panel = selector.select()
    rows = {one.expert_id: row for row, one in enumerate(people)}
    chosen = [rows[id] for id in panel.members]
    assert keeps_rules(people, chosen, terms)
    every = [c for k in range(size + 1) for c in combinations(range(len(people)), k) if keeps_rules(people, c, terms)]
    assert panel.worth == pytest.approx(max(worth(people, c, terms) for c in every))
    assert panel.proven
    for member, backups in panel.backups.items():
        for backup in backups:
            swapped = [rows[backup.expert_id] if row == rows[member] else row for row in chosen]
            assert keeps_rules(people, swapped, terms)
            assert panel.worth - worth(people, swapped, terms) == pytest.approx(backup.loss)
            assert backup.loss >= -1e-9
    assert {*panel.members, *(one.expert_id for one in panel.left_out)} == set(rows)


def worth(people: list[Candidate], rows: tuple[int, ...] | list[int], terms: PanelTerms) -> float:
    """Written anew, plainly."""
    total = 0.0
    for aspect in range(3):
        missed = 1.0
        for row in rows:
            missed *= 1 - people[row].chances[aspect]
        total += 1 - missed
    return total + terms.mix * len({field for row in rows for field in people[row].disciplines})


def keeps_rules(people: list[Candidate], rows: tuple[int, ...] | list[int], terms: PanelTerms) -> bool:
    units = [people[row].unit for row in rows if people[row].unit]
    works = [work for row in rows for work in people[row].items]
    crowded = any(units.count(unit) > terms.per_unit for unit in units)
    return len(rows) <= terms.size and not crowded and len(works) == len(set(works))


def test_who_is_left_out_and_why() -> None:
    people = [
        Candidate("E1", (0.9, 0.0), "甲校", items=frozenset({1})),
        Candidate("E2", (0.8, 0.1), "乙院", items=frozenset({1, 2})),
        Candidate("E3", (0.0, 0.7), "丙所", items=frozenset({3})),
        Candidate("E4", (0.0, 0.6), "丙所"),
        Candidate("E5", (0.5, 0.0), "丁厂"),
    ]
    panel = PanelSelector(people, 2, PanelTerms(size=2)).select()
    assert panel.members == ("E1", "E3")
    assert panel.covered == pytest.approx((0.9, 0.7))
    why = {one.expert_id: (one.reason, one.member) for one in panel.left_out}
    assert why == {
        "E2": (LeftOutReason.SAME_TEAM, "E1"),
        "E4": (LeftOutReason.SAME_UNIT, "E3"),
        "E5": (LeftOutReason.COVERED, "E1"),
    }
    # E2 may follow E1, whose team it is; E4 follows E3, and so may E2 not.
    assert [(one.expert_id, round(one.loss, 9)) for one in panel.backups["E1"]] == [("E2", 0.07), ("E5", 0.4)]
    assert [one.expert_id for one in panel.backups["E3"]] == ["E4", "E5"]


def test_disciplines_decide_between_equals() -> None:
    people = [
        Candidate("E1", (0.9,), disciplines=frozenset({"210"})),
        Candidate("E2", (0.5,), disciplines=frozenset({"210"})),
        Candidate("E3", (0.5,), disciplines=frozenset({"430"})),
    ]
    assert PanelSelector(people, 1, PanelTerms(size=2)).select().members == ("E1", "E3")


def test_a_search_cut_short_says_how_much_may_be_missing() -> None:
    people = [Candidate(f"E{n}", (0.1 + 0.01 * n, 0.5 - 0.01 * n)) for n in range(20)]
    cut = PanelSelector(people, 2, PanelTerms(size=4, steps=3)).select()
    best = PanelSelector(people, 2, PanelTerms(size=4)).select()
    assert best.proven
    assert cut.worth <= best.worth <= cut.bound
