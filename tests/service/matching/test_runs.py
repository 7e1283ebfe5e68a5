"""Frozen runs: what was answered stays, who signed is known, and an erased person leaves a number."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import create_engine, text

from matcher.domain.account import Office, Role
from matcher.domain.audit import AuditAction
from matcher.domain.engagement import Engagement
from matcher.domain.match_run import RunState
from matcher.domain.vocabulary import EngagementKind, EngagementStatus, PostStatus, Purpose, ReviewStatus
from matcher.store.errors import RecordsMoved, RecordUnknown
from matcher.workflows.frozen import ERASED_NAME, ShownRun
from matcher.workflows.run_signing import (
    ConfirmationBlocked,
    NobodyChosen,
    OfficeHasSigned,
    OfficeMissing,
    ReasonNeeded,
    RunClosed,
    SamePersonSigns,
    SignatureNeedsPerson,
)
from service.matching.desk import MatchAsk, MatchDesk
from service.matching.runs import RunDesk
from service.security.actor import Actor
from tests.service.house import House
from tests.service.matching.test_match_desk import PORTAL
from tests.service.matching.world import DEMAND, SENIOR, furnish, worker
from tests.store.raw_content import everything

VISIT = Purpose.ENTERPRISE_VISIT


@pytest.fixture
def li(house: House) -> Actor:
    furnish(house)
    return worker(house, "li", office=Office.ASSOCIATION)


def frozen(house: House, actor: Actor, *expert_ids: str, demand_id: str = "D1") -> ShownRun:
    for expert_id in expert_ids:
        house.service.shortlists.put(demand_id, VISIT, expert_id, f"请{expert_id}先谈", actor)
    return house.service.runs.freeze(demand_id, MatchAsk(), "春耕前对接", actor)


def test_a_run_shows_what_was_answered_whatever_changes_later(house: House, li: Actor) -> None:
    before = house.service.matches.for_demand("D1", MatchAsk(), li)[0].report
    run = frozen(house, li, "E1")
    house.store.experts.save([replace(SENIOR, name="改名", title="讲师")], by="测试")
    house.store.demands.save([replace(DEMAND, title="改了", problem="别的事")], by="测试")
    again = house.service.runs.get(run.run.id, li)
    assert again.report.experts == before.experts
    assert [(team.lead, team.members) for team in again.report.teams] == [(t.lead, t.members) for t in before.teams]
    assert again.report.excluded == before.excluded
    assert again.report.demand is not None
    assert (again.report.demand.title, again.report.demand.preferred) == ("盐碱地保苗", ())
    assert [(one.explanation.expert.name, one.note) for one in again.chosen] == [("郑一", "请E1先谈")]
    assert again.basis.encoder == house.service.application.index.index.encoder_fingerprint
    assert again.basis.rules["academician_station_cap"]["working"] == 1
    assert again.basis.weights["calibration"]
    assert again.run.id == "P2026-00001"
    assert again.intact


def test_one_signature_confirms_and_a_revocation_keeps_everything(house: House, li: Actor) -> None:
    run = frozen(house, li, "E1").run
    assert run.state is RunState.DRAFT
    signed = house.service.runs.sign(run.id, "同意对接", li)
    assert signed.run.state is RunState.CONFIRMED
    with pytest.raises(RunClosed, match="已签"):
        house.service.runs.sign(run.id, "", worker(house, "wu"))
    with pytest.raises(ReasonNeeded):
        house.service.runs.revoke(run.id, " ", li)
    revoked = house.service.runs.revoke(run.id, "企业改了主意", li)
    assert revoked.run.state is RunState.REVOKED
    assert [(event.by, event.full_name, event.note) for event in revoked.run.events] == [
        ("li", "li 先生", "春耕前对接"), ("li", "li 先生", "同意对接"), ("li", "li 先生", "企业改了主意"),
    ]  # fmt: skip
    with pytest.raises(RunClosed, match="作废"):
        house.service.runs.revoke(run.id, "再来", li)
    acts = [record.entry for record in house.audit() if record.entry.subject == f"匹配结果:{run.id}"]
    states = [((entry.before or {}).get("state"), (entry.after or {})["state"]) for entry in acts]
    assert [(entry.action.value, *state) for entry, state in zip(acts, states, strict=True)] == [
        ("冻结匹配结果", None, "草稿"), ("签署匹配结果", "草稿", "已签"), ("作废匹配结果", "已签", "作废"),
    ]  # fmt: skip
    assert {(entry.after or {})["digest"] for entry in acts} == {run.digest}


def test_two_offices_sign_by_two_people(build_house: Callable[..., House]) -> None:
    house = build_house(two_signatures=True)
    furnish(house)
    li, wu = worker(house, "li", office=Office.ASSOCIATION), worker(house, "wu", office=Office.ASSOCIATION)
    party, nobody = worker(house, "party", office=Office.ORGANIZATION), worker(house, "nobody")
    run = frozen(house, li, "E1").run
    desk = house.service.runs
    with pytest.raises(OfficeMissing, match="科协、组织部"):
        desk.sign(run.id, "", nobody)
    assert desk.sign(run.id, "", li).run.state is RunState.AWAITING
    with pytest.raises(SamePersonSigns):
        desk.sign(run.id, "", li)
    with pytest.raises(OfficeHasSigned, match="科协"):
        desk.sign(run.id, "", wu)
    done = desk.sign(run.id, "", party).run
    assert done.state is RunState.CONFIRMED
    assert [event.office for event in done.signatures] == [Office.ASSOCIATION, Office.ORGANIZATION]


def test_open_questions_block_the_signature(house: House, li: Actor) -> None:
    run = frozen(house, li, "E1", "E4").run
    with pytest.raises(ConfirmationBlocked, match="请取得专家本人书面同意") as refused:
        house.service.runs.sign(run.id, "", li)
    assert [obstacle[:6] for obstacle in refused.value.obstacles] == ["赵四（E4）"]
    assert house.acts()[-1][1:] == ("签署匹配结果", f"匹配结果:{run.id}", "拒绝")
    house.service.shortlists.drop("D1", VISIT, "E4", li)
    assert house.service.runs.sign(frozen(house, li).run.id, "", li).run.state is RunState.CONFIRMED


class Interrupted(MatchDesk):
    """Right after each question for the facts, `then` happens."""

    then: Callable[[], None]

    @contextmanager
    def working(self) -> Iterator[None]:
        with super().working():
            yield
        self.then()


def interrupted(house: House, then: Callable[[], None]) -> RunDesk:
    service = house.service
    desk = Interrupted(service.application, service.marks, 1)
    desk.then = then
    return RunDesk(service.application, desk, house.clock, two_signatures=False)


def test_consent_withdrawn_while_somebody_signs_is_seen(house: House, li: Actor) -> None:
    run = frozen(house, li, "E1").run
    withdrawn = replace(SENIOR, consent_withdrawn=date(2026, 1, 1))
    desk = interrupted(house, lambda: house.store.experts.save([withdrawn], by="测试") and None)
    with pytest.raises(ConfirmationBlocked, match="撤回授权同意"):
        desk.sign(run.id, "", li)
    assert house.service.runs.get(run.id, li).run.state is RunState.DRAFT


def test_nobody_signs_while_records_never_rest(house: House, li: Actor) -> None:
    run, days = frozen(house, li, "E1").run, iter(range(1, 29))

    def edit() -> None:
        house.store.experts.save([replace(SENIOR, updated=date(2026, 1, next(days)))], by="测试")

    with pytest.raises(RecordsMoved, match="稍等片刻"):
        interrupted(house, edit).sign(run.id, "", li)
    assert house.service.runs.sign(run.id, "", li).run.state is RunState.CONFIRMED


def test_the_forbidden_the_gone_and_changed_demands_are_not_confirmed(house: House, li: Actor) -> None:
    desk = house.service.runs

    def blocked(run: ShownRun) -> str:
        return "；".join(desk.obstacles(desk.get(run.run.id, li)))

    forbidden = frozen(house, li, "E3")
    assert "李三（E3）：在岗状态为“已故”" in blocked(forbidden)
    house.service.shortlists.drop("D1", VISIT, "E3", li)
    fine = frozen(house, li, "E1")
    assert blocked(fine) == ""
    house.store.experts.save([replace(SENIOR, post_status=PostStatus.WITHDRAWN)], by="测试")
    assert "郑一（E1）：在岗状态" in blocked(fine)
    house.store.experts.save([replace(SENIOR, consent_withdrawn=date(2026, 1, 1))], by="测试")
    assert "撤回授权同意" in blocked(fine)
    house.store.demands.save([replace(DEMAND, problem="改了")], by="测试")
    assert "保存之后需求有修改" in blocked(fine)
    house.store.experts.erase("E1", by="测试")
    assert "专家 E1 已不在库中" in blocked(fine)
    pending = frozen(house, li, "E4", demand_id="D2")
    assert "需求尚未审核通过" in blocked(pending)


def test_whom_the_rules_hold_back_since_is_told_beside_a_signed_run(house: House, li: Actor) -> None:
    runs, watch = house.service.runs, house.service.run_watch
    house.store.experts.save([replace(SENIOR, id="E6", name="吴六")], by="测试")
    run = runs.sign(frozen(house, li, "E1", "E2", "E6").run.id, "", li)

    def told() -> list[tuple[str, bool]]:
        return [(one.sentence, one.barred) for one in runs.hindered(runs.get(run.run.id, li))]

    assert (told(), watch.weakened(li)) == ([], [])
    house.store.experts.save([replace(SENIOR, review=ReviewStatus.PENDING)], by="测试")
    assert told() == [("郑一（E1）：入库资料待审核，请先完成专家资料审核", False)]
    assert watch.weakened(li) == []
    house.store.experts.save([replace(SENIOR, post_status=PostStatus.DISABLED)], by="测试")
    house.store.experts.save([replace(SENIOR, id="E2", name="王二", avoid_units=("松江示例农场",))], by="测试")
    house.store.experts.erase("E6", by="测试")
    assert sorted(told()) == [
        ("专家 E6：资料已不在库中", True),
        ("王二（E2）：该企业在专家的回避单位之列", True),
        ("郑一（E1）：在岗状态为“停用”，不能安排", True),
    ]
    assert [one.id for one in watch.weakened(li)] == [run.run.id]
    assert watch.weakened(worker(house, "mei", Role.OFFICER, "梅河口")) == []
    runs.revoke(run.run.id, "换人", li)
    assert (told(), watch.weakened(li)) == ([], [])


def test_a_draft_waits_again_when_the_one_after_it_is_revoked(house: House, li: Actor) -> None:
    runs, found = house.service.runs, house.store.accounts.find("li")
    assert found is not None
    account = found.account
    earlier, later = (frozen(house, li, "E1").run.id for _ in range(2))
    assert [run.id for run in house.service.run_watch.unsigned(account, li)] == [later]
    runs.revoke(later, "多存了一次", li)
    assert [run.id for run in house.service.run_watch.unsigned(account, li)] == [earlier]


def test_a_visit_to_the_demand_itself_does_not_use_up_the_year_and_ends_the_matter(house: House, li: Actor) -> None:
    runs, modest = house.service.runs, replace(SENIOR, yearly_limit=1)
    house.store.experts.save([modest, replace(SENIOR, id="E8", name="冯八", yearly_limit=1)], by="测试")
    run = runs.sign(frozen(house, li, "E1").run.id, "", li).run
    today = house.service.application.rules.today
    visit = Engagement(
        "T1", EngagementKind.VISIT, "松江示例农场", "E1", demand_id="D2", status=EngagementStatus.COMPLETED,
        visit_date=date(today.year, 1, 5),
    )  # fmt: skip
    house.store.ledger.save([visit], by="测试")
    full = "本年度已安排 1 次，达到专家声明的上限 1 次"
    assert [one.why for one in runs.hindered(runs.get(run.id, li))] == [(full,)]
    assert [one.id for one in house.service.run_watch.weakened(li)] == [run.id]
    house.store.ledger.save([replace(visit, demand_id="D1")], by="测试")
    assert runs.hindered(runs.get(run.id, li)) == ()
    house.store.experts.merge("E8", "E1", by="测试")
    assert runs.hindered(runs.get(run.id, li)) == ()
    house.store.experts.save([replace(SENIOR, id="E8", post_status=PostStatus.DISABLED)], by="测试")
    assert len(runs.hindered(runs.get(run.id, li))) == 1
    assert house.service.run_watch.weakened(li) == []


def test_of_a_draft_only_what_is_new_is_told(house: House, li: Actor) -> None:
    run = frozen(house, li, "E1", "E3").run
    assert house.service.runs.hindered(house.service.runs.get(run.id, li)) == ()
    house.store.experts.save([replace(SENIOR, post_status=PostStatus.DISABLED)], by="测试")
    assert [one.expert_id for one in house.service.runs.hindered(house.service.runs.get(run.id, li))] == ["E1"]


def test_an_approval_after_the_freeze_lets_the_run_be_signed(house: House, li: Actor) -> None:
    house.store.experts.save([replace(SENIOR, id="E4", name="赵四", directions=("铝合金焊接",))], by="测试")
    run = frozen(house, li, "E4", demand_id="D2").run
    house.store.demands.set_review("D2", ReviewStatus.APPROVED, "", by="测试")
    assert house.service.runs.sign(run.id, "", li).run.state is RunState.CONFIRMED


def test_after_an_erasure_the_run_keeps_number_and_tombstone_and_verifies(house: House, li: Actor, url: str) -> None:
    run = house.service.runs.sign(frozen(house, li, "E1", "E2").run.id, "", li).run
    house.store.experts.erase("E1", by="测试")
    shown = house.service.runs.get(run.id, li)
    assert shown.intact
    gone = next(one for one in shown.report.experts if one.expert.id == "E1")
    assert (gone.expert.name, gone.rank, gone.reasons) == (ERASED_NAME, 1, ())
    assert gone.score > 0.5
    assert [(one.explanation.expert.name, one.note) for one in shown.chosen] == [
        (ERASED_NAME, ""),
        ("王二", "请E2先谈"),
    ]
    assert "郑一" not in everything(url)
    assert [entry.expert_id for entry in house.service.shortlists.of("D1", VISIT, li)] == ["E2"]


def test_names_notes_and_reasons_of_a_run_lie_sealed(house: House, li: Actor, url: str) -> None:
    run = frozen(house, li, "E1").run
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        found = connection.execute(text("SELECT * FROM match_runs JOIN match_run_people ON id = run_id")).all()
    engine.dispose()
    content = str(found)
    assert "松江示例农场" in content
    assert [word for word in ("郑一", "王二", "先谈", "松嫩平原", "北辰示例大学") if word in content] == []
    assert run.id in content


def test_what_was_changed_from_outside_shows(house: House, li: Actor, url: str) -> None:
    statements = [
        "UPDATE match_runs SET content = replace(content, '松江示例农场', '别家农场') WHERE id = :run",
        "UPDATE match_runs SET enterprise = '别家农场' WHERE id = :run",
        "UPDATE match_run_people SET commitment = 'x' WHERE expert_id = 'E2' AND run_id = :run",
        "UPDATE match_run_events SET note = '没有说过' WHERE run_id = :run",
        "DELETE FROM match_run_people WHERE expert_id = 'E2' AND run_id = :run",
    ]
    runs = [frozen(house, li, "E1").run.id for _ in statements]
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        for statement, run in zip(statements, runs, strict=True):
            connection.execute(text(statement), {"run": run})
    engine.dispose()
    assert [house.service.runs.get(run, li).intact for run in runs] == [False] * len(runs)


def test_a_scope_hides_runs_and_portals_see_no_notes(house: House, li: Actor) -> None:
    run = frozen(house, li, "E1").run
    meihe = worker(house, "mei", Role.OFFICER, "梅河口")
    baicheng = worker(house, "bai", Role.OFFICER, "白城")
    with pytest.raises(RecordUnknown, match="P2026-00001"):
        house.service.runs.get(run.id, meihe)
    assert house.service.runs.newest(meihe) == []
    assert [one.id for one in house.service.runs.newest(baicheng)] == [run.id]
    seen = house.service.runs.get(run.id, PORTAL)
    assert {seen.chosen[0].note, seen.run.events[0].note} == {""}
    with pytest.raises(SignatureNeedsPerson):
        house.service.runs.sign(run.id, "", PORTAL)


def test_remarks_on_people_are_for_those_who_choose_and_their_sight_is_audited(house: House, li: Actor) -> None:
    run = frozen(house, li, "E1").run
    officer, reader = worker(house, "officer", Role.OFFICER), worker(house, "reader", Role.READER)
    runs, lists = house.service.runs, house.service.shortlists

    def noted(actor: Actor) -> tuple[str, str]:
        return runs.get(run.id, actor).chosen[0].note, lists.of("D1", VISIT, actor)[0].note

    before = len(house.audit())
    assert noted(officer) == ("请E1先谈", "请E1先谈")
    sights = [(entry.action, entry.subject) for entry in (record.entry for record in house.audit()[before:])]
    assert sights == [(AuditAction.VIEW_PRIVATE, "入围说明:D1／企业对接")] * 2
    assert noted(reader) == ("", "")
    assert runs.get(run.id, reader).run.events[0].note == "春耕前对接"
    assert len(house.audit()) == before + 2


def test_runs_come_newest_first_in_pages(house: House, li: Actor) -> None:
    for _ in range(3):
        frozen(house, li, "E1")
    first = house.service.runs.newest(li, "D1", count=2)
    assert [run.id for run in first] == ["P2026-00003", "P2026-00002"]
    assert [run.id for run in house.service.runs.newest(li, before=first[-1].id)] == ["P2026-00001"]
    house.service.shortlists.drop("D1", VISIT, "E1", li)
    with pytest.raises(NobodyChosen):
        frozen(house, li)


def test_a_person_is_told_in_the_runs_that_chose_him_or_her(house: House, li: Actor) -> None:
    first = frozen(house, li, "E1").run.id
    house.service.shortlists.drop("D1", VISIT, "E1", li)
    second = frozen(house, li, "E2").run.id  # where E1 is proposed, not chosen
    assert [run.id for run in house.service.runs.of_expert("E1", li)] == [first]
    assert house.service.runs.of_expert("E1", worker(house, "mei", Role.OFFICER, "梅河口")) == []
    house.store.experts.merge("E1", "E2", by="测试")
    assert [run.id for run in house.service.runs.of_expert("E2", li)] == [second, first]
    with pytest.raises(RecordUnknown):
        house.service.runs.of_expert("E77", li)
