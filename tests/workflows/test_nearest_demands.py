"""Which demands are ranked for an expert when there are too many to rank them all."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from matcher.domain.demand import Need
from matcher.index.local import LocalIndex
from matcher.store import open_store
from matcher.store.fake_cipher import FakeCipher
from matcher.store.store import Store
from matcher.workflows.index import IndexKeeper
from matcher.workflows.index_recipe import IndexRecipe
from matcher.workflows.nearest_demands import NearestDemands
from tests.rank.world import ENCODER
from tests.workflows.test_match import DEMAND, ITEMS, PEOPLE

WELDING = replace(DEMAND, id="D2", title="焊接气孔", problem="铝合金焊缝有气孔")
CORN = replace(DEMAND, id="D3", title="玉米出苗", problem="玉米出苗差")
ALL = {"D1", "D2", "D3"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'matcher.db'}", FakeCipher()) as opened:
        opened.experts.save(PEOPLE, by="测试")
        opened.items.save(ITEMS, by="测试")
        opened.demands.save([DEMAND, WELDING, CORN], by="测试")
        yield opened


@pytest.fixture
def nearest(store: Store, tmp_path: Path) -> NearestDemands:
    keeper = IndexKeeper(store, IndexRecipe(ENCODER), tmp_path / "index")
    index: LocalIndex = keeper.index
    return NearestDemands(store, index, ENCODER, keeper.catch_up)


def test_the_nearest_come_first_and_only_of_those_asked_for(nearest: NearestDemands) -> None:
    assert nearest.to("E1", ALL, 1) == ["D1"]
    assert nearest.to("E4", ALL, 2)[0] == "D2"
    assert nearest.to("E4", {"D1", "D3"}, 1) != ["D2"]
    assert nearest.to("E9", ALL, 1) == []


def test_few_are_all_taken_whatever_they_say(nearest: NearestDemands) -> None:
    assert nearest.to("E9", ALL, 3) == ["D1", "D2", "D3"]


def test_changes_are_followed_and_the_nearest_need_counts(store: Store, nearest: NearestDemands) -> None:
    assert nearest.to("E4", ALL, 1) == ["D2"]
    needs = (Need("D3", 1, "玉米出苗", "玉米出苗差"), Need("D3", 2, "铝合金焊接气孔", "焊缝气孔"))
    store.demands.save([replace(WELDING, title="出苗", problem="盐碱地出苗"), replace(CORN, needs=needs)], by="测试")
    assert nearest.to("E4", ALL, 1) == ["D3"]
    store.demands.save([replace(WELDING, id="D4", problem="铝合金焊接气孔抑制方法")], by="测试")
    assert set(nearest.to("E4", {*ALL, "D4"}, 2)) == {"D3", "D4"}
