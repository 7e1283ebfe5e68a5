"""Whatever a record holds comes back exactly, from both databases."""

import uuid
from dataclasses import replace
from typing import get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher.domain.demand import Demand, DemandContact, Enterprise, Need
from matcher.domain.engagement import Engagement
from matcher.domain.evidence import EvidenceItem
from matcher.domain.expert import Expert, PrivateDetails
from matcher.domain.topic import Topic
from matcher.store import OwnedItem, SaveOutcome, Store

KEYS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=20)
FEW = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def records(kind: type, **fixed: st.SearchStrategy) -> st.SearchStrategy:
    """Any value of the dataclass: every field is drawn from its type, those in `fixed` as told."""
    drawn = {name: st.from_type(hint) for name, hint in get_type_hints(kind).items()}
    return st.builds(kind, **{**drawn, **fixed})


NUMBERS = st.floats(allow_nan=False)
MONEY = st.lists(NUMBERS, max_size=3).map(tuple)
EXPERTS = records(Expert, id=KEYS, private=records(PrivateDetails))
ITEMS = records(EvidenceItem, id=KEYS)
DEMANDS = records(
    Demand,
    id=KEYS,
    budget=st.none() | NUMBERS,
    enterprise=records(Enterprise, revenue=MONEY, rd_spending=MONEY),
    contact=records(DemandContact),
    needs=st.lists(records(Need), max_size=2).map(tuple),
)
ENGAGEMENTS = records(
    Engagement,
    id=KEYS,
    expert_id=KEYS,
    demand_id=KEYS,
    months_on_site=st.none() | NUMBERS,
    funding=st.none() | NUMBERS,
)


@FEW
@given(expert=EXPERTS)
def test_expert(store: Store, expert: Expert) -> None:
    store.experts.save([expert], by="甲")
    assert store.experts.get(expert.id, reveal=True) == expert
    assert store.experts.get(expert.id) == replace(expert, private=PrivateDetails())
    assert store.experts.save([expert], by="甲") == [SaveOutcome.UNCHANGED]


@FEW
@given(item=ITEMS)
def test_item(store: Store, item: EvidenceItem) -> None:
    store.experts.save([Expert("E1", "张三")], by="甲")
    store.items.save([OwnedItem("E1", item)], by="甲")
    assert store.items.get_many([item.id]) == {item.id: item}


@FEW
@given(demand=DEMANDS)
def test_demand(store: Store, demand: Demand) -> None:
    demand = replace(demand, id=demand.id + uuid.uuid4().hex)  # a known one would keep what people decided on it
    store.demands.save([demand], by="甲")
    assert store.demands.get(demand.id, reveal=True) == demand
    assert store.demands.get(demand.id) == replace(demand, contact=DemandContact())
    assert store.demands.save([demand], by="甲") == [SaveOutcome.UNCHANGED]


@FEW
@given(line=ENGAGEMENTS)
def test_engagement(store: Store, line: Engagement) -> None:
    store.ledger.save([line], by="甲")
    assert store.ledger.get(line.id, reveal=True) == line
    assert store.ledger.get(line.id) == replace(line, itinerary="")
    assert store.ledger.save([line], by="甲") == [SaveOutcome.UNCHANGED]


@pytest.mark.parametrize("half", ["\ud800", "a\udfffb"])
def test_half_characters_become_replacement_marks(store: Store, half: str) -> None:
    store.experts.save([Expert("E1", half, private=PrivateDetails(phone=half))], by="甲")
    expert = store.experts.get("E1", reveal=True)
    assert expert is not None
    assert expert.name == expert.private.phone == half.replace("\ud800", "\ufffd").replace("\udfff", "\ufffd")


def test_figures_that_are_no_numbers_do_not_make_a_record_unreadable(store: Store) -> None:
    store.demands.save(
        [Demand("D1", "t", budget=float("nan"), enterprise=Enterprise(revenue=(float("inf"),)))], by="甲"
    )
    demand = store.demands.get("D1")
    assert demand is not None
    assert demand.enterprise.revenue == (float("inf"),)


@FEW
@given(topic=records(Topic, id=KEYS))
def test_topic(store: Store, topic: Topic) -> None:
    store.topics.save([topic], by="甲")
    assert store.topics.get(topic.id) == topic
    assert store.topics.save([topic], by="甲") == [SaveOutcome.UNCHANGED]
