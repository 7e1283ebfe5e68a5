"""The truth: experts, evidence, demands, ledger and marks in SQL, private fields sealed, every change remembered."""

from matcher.store.cipher import AesGcmCipher, FieldCipher
from matcher.store.master_key import load_master_key
from matcher.store.records import (
    Change,
    ChangeKind,
    HistoryAction,
    HistoryEntry,
    OwnedItem,
    SaveOutcome,
    StoredItem,
    Tombstone,
)
from matcher.store.store import Store, open_store, open_store_with_home

__all__ = [
    "AesGcmCipher",
    "Change",
    "ChangeKind",
    "FieldCipher",
    "HistoryAction",
    "HistoryEntry",
    "OwnedItem",
    "SaveOutcome",
    "Store",
    "StoredItem",
    "Tombstone",
    "load_master_key",
    "open_store",
    "open_store_with_home",
]
