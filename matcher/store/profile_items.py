"""The profile as an item of evidence, kept in step with the expert's own record."""

from __future__ import annotations

from collections.abc import Iterable

from matcher.domain.expert import Expert
from matcher.store.access import Writing
from matcher.store.item_table import unlink, write_links
from matcher.store.records import OwnedItem


def keep_profile_items(work: Writing, experts: Iterable[Expert]) -> None:
    """A profile without text has no item."""
    profiles = [OwnedItem(expert.id, expert.profile_item()) for expert in experts]
    write_links(work, [link for link in profiles if link.item.has_text])
    unlink(work, [(link.expert_id, link.item.id) for link in profiles if not link.item.has_text])
