"""Achievements and gaps through a portal's key."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from matcher.domain.portal_key import KeyScope
from matcher.shipped import Shipped
from tests.service.api.test_jobs_api import Portal
from tests.service.house import House
from tests.service.matching.world import furnish

API = "/api/v1"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, shipped: Shipped) -> Iterator[House]:
    """One for all: what a test writes is its own."""
    home = tmp_path_factory.mktemp("home")
    built = House(f"sqlite:///{home / 'm.db'}", home, shipped=shipped)
    furnish(built)
    yield built
    built.service.close()


@pytest.fixture(scope="module")
def portal(house: House) -> Portal:
    return Portal(house, KeyScope.MATCH)


def test_achievements_come_with_owners_and_nothing_private(portal: Portal) -> None:
    told = portal.client.get(f"{API}/demands/D2/achievements")
    (answer,) = told.json()["items"]
    best = answer["achievements"][0]
    assert (answer["demand_id"], best["item_id"], best["rank"]) == ("D2", "I3", 1)
    assert [owner["expert_id"] for owner in best["owners"]] == ["E4"]
    assert "13912345678" not in told.text
    (papers,) = portal.client.get(f"{API}/demands/D1/achievements", params={"type": "论文"}).json()["items"]
    assert [one["item_id"] for one in papers["achievements"]] == ["I1"]


def test_achievements_that_cannot_be_told(portal: Portal) -> None:
    assert portal.client.get(f"{API}/demands/D9/achievements").status_code == 404
    wrong = portal.client.get(f"{API}/demands/D1/achievements", params={"type": "奇迹"})
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "type.0")


def test_gaps_are_found_by_a_job_of_ones_own(house: House, portal: Portal) -> None:
    answer = portal.client.post(f"{API}/coverage")
    place = answer.headers["Location"]
    assert portal.client.get(place).json()["coverage"] is None
    portal.run(answer)
    work = portal.client.get(place).json()
    assert (work["state"], work["coverage"]["demands"]) == ("完成", 2)
    for gap in work["coverage"]["gaps"]:
        assert gap["demand_id"] in ("D1", "D2")
        assert gap["best"] is None or gap["best"]["name"]
    assert Portal(house, KeyScope.MATCH).client.get(place).status_code == 404


def test_scopes_open_their_own_doors_only(house: House, portal: Portal) -> None:
    stranger = Portal(house, KeyScope.READ_DEMANDS, KeyScope.MAKE_PLANS)
    assert stranger.client.get(f"{API}/demands/D2/achievements").status_code == 403
    assert stranger.client.post(f"{API}/coverage").status_code == 403
    both = Portal(house, KeyScope.MATCH, KeyScope.EXPORT)
    job = both.run(both.client.post(f"{API}/exports", json={"kind": "experts"}))
    assert both.client.get(f"{API}/coverage/{job}").status_code == 404
