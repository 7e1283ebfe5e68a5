"""Many threads ask one process while others write: no error, no half answer, no old answer after a write."""

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from matcher.domain.evidence import EvidenceItem
from matcher.domain.expert import Expert
from matcher.domain.vocabulary import EvidenceType
from matcher.once import made_once
from matcher.store import OwnedItem
from matcher.text.reading import read_demand
from matcher.workflows.directory import ExpertDirectory
from matcher.workflows.match import MatchRequest
from tests.workflows.test_match import DEMAND, SENIOR, Desk

_ASKING, _WRITING, _ROUNDS = 28, 4, 4


def run_together(works: list[Callable[[], None]]) -> list[BaseException]:
    """All begin at the same moment; what went wrong."""
    start, errors = threading.Barrier(len(works)), list[BaseException]()

    def run(work: Callable[[], None]) -> None:
        start.wait()
        try:
            work()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


def test_answers_stay_whole_and_new_while_others_write(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    reading, request = read_demand(DEMAND), MatchRequest(top=50, by_team=True)

    def ask() -> None:
        for _ in range(_ROUNDS):
            report = desk.reporter.report(reading, desk.matchmaker.match(reading, request, DEMAND), DEMAND, "")
            ranks = [one.rank for one in report.experts]
            assert ranks == sorted(ranks)
            assert report.experts[0].reasons

    def write(number: int) -> Callable[[], None]:
        def add_and_ask() -> None:
            for at in range(_ROUNDS):
                new = replace(SENIOR, id=f"W{number}-{at}", name=f"新人{number}-{at}")
                item = EvidenceItem(f"N{number}-{at}", EvidenceType.PAPER, f"盐碱地出苗第{number}-{at}号试验")
                desk.store.experts.save([new], by="测试")
                desk.store.items.save([OwnedItem(new.id, item)], by="测试")
                renamed = replace(new, name=new.name + "改")
                desk.store.experts.save([renamed], by="测试")
                found = desk.matchmaker.single(reading, new.id, request, DEMAND)
                assert found is not None
                assert found.ranked.votes
                assert desk.directory.experts([new.id])[new.id] == renamed

        return add_and_ask

    works: list[Callable[[], None]] = [ask] * _ASKING
    assert run_together(works + [write(number) for number in range(_WRITING)]) == []
    everybody = [f"W{number}-{at}" for number in range(_WRITING) for at in range(_ROUNDS)]
    assert {one.name[-1] for one in desk.directory.experts(everybody).values()} == {"改"}
    desk.store.close()


def test_what_was_read_before_a_change_is_not_kept(tmp_path: Path) -> None:
    """A thread that has read an old profile must not put it back after another one followed the change."""
    desk = Desk(tmp_path)
    directory = ExpertDirectory(desk.store)

    class Interrupted:
        """Experts of the store; a change is committed and followed just after they were read."""

        def __init__(self) -> None:
            self._inner, self.changes, self.first = desk.store.experts, desk.store.changes, True

        @property
        def experts(self) -> "Interrupted":
            return self

        def get_many(self, ids: list[str]) -> dict[str, Expert]:
            found = self._inner.get_many(ids)
            if self.first:
                self.first = False
                self._inner.save([replace(SENIOR, title="院士")], by="测试")
                slow.follow()
            return found

    slow = ExpertDirectory(Interrupted())  # type: ignore[arg-type]
    slow.experts(["E1"])
    assert slow.experts(["E1"])["E1"].title == "院士"
    directory.follow()
    assert directory.experts(["E1"])["E1"].title == "院士"
    desk.store.close()


def test_threads_that_ask_at_once_get_one_object() -> None:
    class House:
        @made_once
        def thing(self) -> object:
            return object()

    house, found = House(), list[object]()
    assert run_together([lambda: found.append(house.thing)] * 16) == []
    assert len(set(map(id, found))) == 1
    assert House().thing is not house.thing
