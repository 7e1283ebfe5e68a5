"""All tables by kind."""

from __future__ import annotations

from matcher.intake.columns import Table, TableKind
from matcher.intake.demand_columns import DEMAND_TABLE
from matcher.intake.expert_columns import EXPERT_TABLE
from matcher.intake.item_columns import ITEM_TABLE
from matcher.intake.ledger_columns import LEDGER_TABLE
from matcher.intake.mark_columns import MARK_TABLE
from matcher.intake.topic_columns import TOPIC_TABLE

TABLES: dict[TableKind, Table] = {
    table.kind: table for table in (EXPERT_TABLE, ITEM_TABLE, DEMAND_TABLE, LEDGER_TABLE, MARK_TABLE, TOPIC_TABLE)
}
