"""How much is stored: what the audit log says before and after a command that touches many records."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy import Table, func, select

from matcher.store.access import Reading
from matcher.store.tables import demands, engagements, experts, items, marks, topics

_TABLES: Mapping[str, Table] = MappingProxyType(
    {
        "experts": experts,
        "items": items,
        "demands": demands,
        "ledger": engagements,
        "marks": marks,
        "topics": topics,
    }
)


def sizes(work: Reading) -> dict[str, int]:
    """Number of records by kind; an item of which a profile is made counts too."""
    return {
        name: work.connection.execute(select(func.count()).select_from(table)).scalar_one()
        for name, table in _TABLES.items()
    }
