"""What the desk answers, and to whom."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from matcher.domain.account import Role
from matcher.domain.audit import AuditAction
from matcher.domain.expert import Expert
from matcher.domain.match import Band
from matcher.domain.vocabulary import Purpose, Verdict
from matcher.explain.report import MatchReport
from matcher.rank.filters import ExpertFilter
from matcher.shipped import Shipped
from matcher.store.errors import RecordUnknown
from matcher.workflows.described import DescriptionEmpty
from service.matching.desk import MatchAsk
from service.security.actor import Actor
from service.security.roles import RegionScope
from tests.service.house import OFFICE, House
from tests.service.matching.world import furnish, worker

PORTAL = Actor(replace(OFFICE, actor="密钥:1"), RegionScope(), sees_private=False)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, shipped: Shipped) -> Iterator[House]:
    """One for all: what a test writes is its own."""
    home = tmp_path_factory.mktemp("home")
    built = House(f"sqlite:///{home / 'matcher.db'}", home, shipped=shipped)
    furnish(built)
    yield built
    built.service.close()


def ids(report: MatchReport) -> list[str]:
    return [one.expert.id for one in report.experts]


def test_an_answer_has_reasons_teams_and_the_excluded(house: House) -> None:
    (shown,) = house.service.matches.for_demand("D1", MatchAsk(), PORTAL)
    report = shown.report
    assert ids(report)[:2] == ["E1", "E2"]
    lead = report.teams[0].lead
    assert [member.expert.id for member in report.teams[0].members] == ["E2"]
    assert "盐碱" in lead.reasons[0].passage.answered
    assert lead.band is Band.HIGH
    assert [one.expert.id for one in report.excluded][:1] == ["E3"]
    assert "13912345678" not in str(report)
    assert "13800001111" not in str(report)


def test_filters_are_understood_as_typed(house: House) -> None:
    ask = MatchAsk(filters=ExpertFilter(regions=("北京",)))
    assert ids(house.service.matches.for_demand("D1", ask, PORTAL)[0].report) == ["E2"]


def test_a_described_problem_is_stored_nowhere(house: House) -> None:
    shown = house.service.matches.for_text("地里返盐碱，水稻不出苗", MatchAsk())
    assert ids(shown.report)[0] in {"E1", "E2"}
    assert house.store.demands.ids() == ["D1", "D2"]
    with pytest.raises(DescriptionEmpty):
        house.service.matches.for_text("无", MatchAsk())


def test_a_scope_hides_demands_of_elsewhere(house: House) -> None:
    meihe = worker(house, "mei", Role.OFFICER, "梅河口")
    assert house.service.matches.for_demand("D2", MatchAsk(), meihe)
    for ask in (
        lambda: house.service.matches.for_demand("D1", MatchAsk(), meihe),
        lambda: house.service.matches.explanation("D1", "E1", MatchAsk(), meihe),
        lambda: house.service.marks.give("D1", "E1", Verdict.SUITABLE, "", meihe),
        lambda: house.service.shortlists.put("D1", Purpose.ENTERPRISE_VISIT, "E1", "", meihe),
    ):
        with pytest.raises(RecordUnknown, match="D1"):
            ask()
    fitting = house.service.matches.fitting("E1", MatchAsk(), meihe)
    assert {one.demand.id for one in (*fitting.demands, *fitting.forbidden)} <= {"D2"}


def test_the_reverse_view_and_similar_experts(house: House) -> None:
    fitting = house.service.matches.fitting("E4", MatchAsk(), PORTAL)
    assert fitting.demands[0].demand.id == "D2"
    similar = house.service.matches.similar("E1", 3)
    assert {(one.expert.id, one.common_items) for one in similar[:2]} == {("E2", 1), ("E3", 0)}
    assert {pair.own.id for one in similar[:2] for pair in one.pairs} == {"I1", "RE1"}


def test_one_experts_explanation_says_what_forbids(house: House) -> None:
    (shown,) = house.service.matches.explanation("D1", "E3", MatchAsk(), PORTAL)
    assert shown.explanation.forbidding() == ["在岗状态为“已故”，不能安排"]
    assert shown.explanation.reasons


def test_a_merged_number_leads_to_the_person(house: House) -> None:
    house.store.experts.save([Expert("E8", "周八"), Expert("E9", "周八")], by="测试")
    house.store.experts.merge("E8", "E9", by="测试")
    assert house.service.matches.explanation("D1", "E9", MatchAsk(), PORTAL)[0].explanation.expert.id == "E8"
    with pytest.raises(RecordUnknown, match="E77"):
        house.service.matches.similar("E77", 3)


def test_marks_stand_beside_the_expert_when_matched_again(house: House) -> None:
    manager, officer = worker(house, "li"), worker(house, "wu", Role.OFFICER)
    desk = house.service.marks
    desk.give("D1", "E1", Verdict.UNSUITABLE, "方向偏了", manager)
    house.clock.turn(days=1)
    desk.give("D1", "E1", Verdict.SUITABLE, "谈得来", manager)
    desk.give("D1", "E1", Verdict.DECLINED, "", manager)
    shown = house.service.matches.for_demand("D1", MatchAsk(), manager)[0].marks["E1"]
    assert [(mark.verdict, mark.reason, mark.marked_by) for mark in shown] == [
        (Verdict.SUITABLE, "谈得来", "li"), (Verdict.DECLINED, "", "li"),
    ]  # fmt: skip
    assert house.acts()[-1] == ("li", AuditAction.VIEW_PRIVATE.value, "评价理由:D1", "成功")
    for other in (officer, PORTAL):
        assert {mark.reason for mark in desk.of_demand("D1", other)} == {""}
    history = desk.history("D1", "E1", Verdict.UNSUITABLE, officer)
    assert [entry.after and entry.after["verdict"] for entry in history] == ["不合适", "合适"]
    desk.withdraw("D1", "E1", Verdict.DECLINED, manager)
    assert [mark.verdict for mark in desk.of_demand("D1", officer)] == [Verdict.SUITABLE]
    entries = [record.entry for record in house.audit() if record.entry.subject == "评价:D1／E1"]
    assert [(entry.action.value, entry.before, entry.after) for entry in entries] == [
        ("评价专家", None, {"verdict": "不合适"}),
        ("评价专家", {"verdict": "不合适", "by": "li"}, {"verdict": "合适"}),
        ("评价专家", None, {"verdict": "婉拒"}),
        ("撤回评价", {"verdict": "婉拒", "by": "li"}, None),
    ]


def test_many_experts_are_explained_as_each_alone_and_seen_once(house: House) -> None:
    manager = worker(house, "ka")
    house.store.experts.save([Expert("E88", "吴八"), Expert("E89", "吴八")], by="测试")
    house.store.experts.merge("E88", "E89", by="测试")
    for id in ("E1", "E3"):
        house.service.marks.give("D1", id, Verdict.UNSUITABLE, "方向偏了", manager)
    asked = ["E3", "E89", "E1", "E77", "E4"]
    alone = {id: house.service.matches.explanation("D1", id, MatchAsk(), manager) for id in asked if id != "E77"}
    before = len(house.audit())
    assert house.service.matches.explanations("D1", asked, MatchAsk(), manager) == alone
    assert [record.entry.action for record in house.audit()[before:]] == [AuditAction.VIEW_PRIVATE]
    assert house.service.matches.explanations("D1", [], MatchAsk(), manager) == {}
