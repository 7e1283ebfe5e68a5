"""How each kind of record with a private part lies in its table."""

from __future__ import annotations

from enum import StrEnum

from matcher.domain.demand import Demand
from matcher.domain.engagement import Engagement
from matcher.domain.expert import Expert
from matcher.domain.mark import Mark
from matcher.domain.topic import Topic
from matcher.store.cipher import FieldCipher
from matcher.store.codec import Codec, column_text
from matcher.store.keyring import Owner, OwnerKind
from matcher.store.lookup import id_number_digest, phone_digest
from matcher.store.record_table import RecordTable, Shape
from matcher.store.records import ChangeKind
from matcher.store.tables import demands, engagements, experts, marks, topics


def _expert_columns(expert: Expert, cipher: FieldCipher) -> dict[str, object]:
    return {
        "name": column_text(expert.name),
        "organization": column_text(expert.organization),
        "region_code": column_text(expert.region_code),
        "title_level": _word(expert.title_level),
        "academician": _word(expert.academician),
        "post_status": _word(expert.post_status),
        "retirement": _word(expert.retirement),
        "overseas": expert.overseas,
        "consent_date": expert.consent_date,
        "review": _word(expert.review),
        "updated": expert.updated,
        "id_number_digest": id_number_digest(cipher, expert.private.id_number),
        "phone_digest": phone_digest(cipher, expert.private.phone),
    }


def _demand_columns(demand: Demand, cipher: FieldCipher) -> dict[str, object]:
    return {
        "title": column_text(demand.title),
        "enterprise": column_text(demand.enterprise.name),
        "region_code": column_text(demand.enterprise.region_code),
        "category": _word(demand.category),
        "urgency": _word(demand.urgency),
        "review": _word(demand.review),
        "public": demand.public,
        "filled": demand.filled,
    }


def _engagement_columns(engagement: Engagement, cipher: FieldCipher) -> dict[str, object]:
    return {
        "kind": _word(engagement.kind),
        "unit": column_text(engagement.unit),
        "expert_id": engagement.expert_id,
        "demand_id": engagement.demand_id,
        "status": _word(engagement.status),
        "agreement_start": engagement.agreement_start,
        "agreement_end": engagement.agreement_end,
        "months_on_site": engagement.months_on_site,
        "visit_date": engagement.visit_date,
    }


def _mark_columns(mark: Mark, cipher: FieldCipher) -> dict[str, object]:
    return {
        "demand_id": mark.demand_id,
        "expert_id": mark.expert_id,
        "verdict": _word(mark.verdict),
        "marked_on": mark.marked_on,
    }


def _topic_columns(topic: Topic, cipher: FieldCipher) -> dict[str, object]:
    return {"title": column_text(topic.title), "status": _word(topic.status)}


def _word(value: StrEnum | None) -> str | None:
    # psycopg would store the member's name.
    return None if value is None else value.value


EXPERTS = RecordTable(
    Shape(
        ChangeKind.EXPERT,
        experts,
        Codec(Expert),
        "private",
        _expert_columns,
        lambda expert: Owner(OwnerKind.EXPERT, expert.id),
    )
)
DEMANDS = RecordTable(
    Shape(
        ChangeKind.DEMAND,
        demands,
        Codec(Demand),
        "contact",
        _demand_columns,
        lambda demand: Owner(OwnerKind.DEMAND, demand.id),
    )
)
# The itinerary is the expert's own affair, so it is sealed with the expert's key.
ENGAGEMENTS = RecordTable(
    Shape(
        ChangeKind.ENGAGEMENT,
        engagements,
        Codec(Engagement),
        "itinerary",
        _engagement_columns,
        lambda engagement: Owner(OwnerKind.EXPERT, engagement.expert_id),
    )
)
# What is said of a person is sealed with that person's key, and goes with it.
MARKS = RecordTable(
    Shape(
        ChangeKind.MARK,
        marks,
        Codec(Mark),
        "reason",
        _mark_columns,
        lambda mark: Owner(OwnerKind.EXPERT, mark.expert_id),
    )
)
TOPICS = RecordTable(
    Shape(
        ChangeKind.TOPIC,
        topics,
        Codec(Topic),
        "",
        _topic_columns,
        lambda topic: Owner(OwnerKind.TOPIC, topic.id),
    )
)
