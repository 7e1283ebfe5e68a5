"""The audit log: only added to, and whatever is done to it behind our back is found."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import DBAPIError

from matcher.domain.account import Account, Role
from matcher.domain.audit import AuditAction, AuditEntry, Outcome
from matcher.store import AesGcmCipher, Store, open_store
from matcher.store.audit_chain import Damage, Flaw

NOON = datetime(2026, 3, 2, 12, 0, 0, 123456, tzinfo=UTC)


def entry(number: int) -> AuditEntry:
    return AuditEntry(
        at=NOON + timedelta(seconds=number),
        actor="wang",
        address="10.0.0.7",
        request_id=f"r{number}",
        action=AuditAction.LOG_IN,
        subject=f"账号:{number}",
        outcome=Outcome.FAILED,
        reason="登录名或密码不正确。",
        before={"regions": ["2202"], "disabled": False},
        after=None,
    )


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    """The way of somebody who has the database itself."""
    made = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    yield made
    made.dispose()


@pytest.fixture
def filled(store: Store) -> Store:
    for number in range(1, 7):
        store.audit.append(entry(number))
    return store


def without_triggers(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        for name in ("update", "delete"):
            connection.execute(text(f"DROP TRIGGER audit_refuses_{name}"))
    else:
        connection.execute(text("DROP TRIGGER audit_refuses_change ON audit"))


def tamper(engine: Engine, *statements: str) -> None:
    with engine.begin() as connection:
        without_triggers(connection)
        for statement in statements:
            connection.execute(text(statement))


def test_entries_come_back_as_they_were(filled: Store) -> None:
    newest = filled.audit.newest(2)
    assert [(record.sequence, record.entry) for record in newest] == [(6, entry(6)), (5, entry(5))]
    assert filled.audit.head().digest == newest[0].digest == filled.audit.digest_at(6)
    assert list(filled.audit.flaws()) == []


def test_an_empty_log_is_whole(store: Store) -> None:
    assert list(store.audit.flaws()) == []
    assert store.audit.head().sequence == 0


@pytest.mark.parametrize(
    "statement", ["UPDATE audit SET actor = 'x'", "DELETE FROM audit", "DELETE FROM audit WHERE sequence = 6"]
)
def test_the_database_refuses_changes(filled: Store, engine: Engine, statement: str) -> None:
    with engine.connect() as connection, pytest.raises(DBAPIError, match="never changed or removed"):
        connection.execute(text(statement))
    assert list(filled.audit.flaws()) == []


def test_postgresql_refuses_to_empty_the_table(filled: Store, engine: Engine) -> None:
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection, pytest.raises(DBAPIError, match="never changed or removed"):
            connection.execute(text("TRUNCATE audit"))


@pytest.mark.parametrize("column", ["actor", "address", "request_id", "subject", "reason", "before", "digest"])
def test_a_changed_row_is_found(filled: Store, engine: Engine, column: str) -> None:
    tamper(engine, f"UPDATE audit SET {column} = 'x' WHERE sequence = 3")
    changed = [Flaw(3, Damage.CHANGED)]
    assert list(filled.audit.flaws()) == (changed if column != "digest" else [*changed, Flaw(4, Damage.CHANGED)])


def test_a_changed_time_is_found(filled: Store, engine: Engine) -> None:
    tamper(engine, "UPDATE audit SET at = '2026-03-02 13:00:00.000000' WHERE sequence = 3")
    assert list(filled.audit.flaws()) == [Flaw(3, Damage.CHANGED)]


def test_removed_rows_are_found_wherever_they_were(filled: Store, engine: Engine) -> None:
    tamper(engine, "DELETE FROM audit WHERE sequence IN (1, 3, 4, 6)")
    found = list(filled.audit.flaws())
    assert found == [Flaw(n, Damage.REMOVED) for n in (1, 3, 4)] + [Flaw(6, Damage.HEAD)]


def test_a_log_goes_on_over_a_removed_end_and_still_shows_it(filled: Store, engine: Engine) -> None:
    tamper(engine, "DELETE FROM audit WHERE sequence = 6")
    filled.audit.append(entry(7))
    assert list(filled.audit.flaws()) == [Flaw(6, Damage.REMOVED)]


@pytest.mark.parametrize("columns", ["subject", "actor, address, request_id, subject, digest, at, reason, before"])
def test_swapped_rows_are_found(filled: Store, engine: Engine, columns: str) -> None:
    names = columns.split(", ")
    taken = ", ".join(f"{name} = (SELECT {name} FROM audit AS other WHERE other.sequence = %d)" for name in names)
    with engine.begin() as connection:
        without_triggers(connection)
        connection.execute(text("CREATE TABLE kept AS SELECT * FROM audit"))
        for here, there in ((2, 4), (4, 2)):
            source = taken.replace("FROM audit", "FROM kept") % ((there,) * len(names))
            connection.execute(text(f"UPDATE audit SET {source} WHERE sequence = {here}"))
    assert {flaw.sequence for flaw in filled.audit.flaws()} >= {2, 4}


def test_swapped_numbers_are_found(filled: Store, engine: Engine) -> None:
    moves = ((2, 92), (4, 2), (92, 4))
    tamper(engine, *(f"UPDATE audit SET sequence = {there} WHERE sequence = {here}" for here, there in moves))
    assert {Flaw(2, Damage.CHANGED), Flaw(4, Damage.CHANGED)} <= set(filled.audit.flaws())


def test_an_added_row_is_found(filled: Store, engine: Engine) -> None:
    columns = "at, actor, address, request_id, action, subject, outcome, reason, digest"
    tamper(engine, f"INSERT INTO audit (sequence, {columns}) SELECT 7, {columns} FROM audit WHERE sequence = 6")
    assert list(filled.audit.flaws()) == [Flaw(7, Damage.CHANGED), Flaw(8, Damage.HEAD)]


def test_a_changed_or_removed_head_is_found(filled: Store, engine: Engine) -> None:
    tamper(engine, "UPDATE facts SET value = replace(value, '6 ', '5 ') WHERE name = 'audit_head'")
    assert list(filled.audit.flaws()) == [Flaw(7, Damage.HEAD)]


def test_a_log_emptied_with_its_head_is_found_by_the_accounts(filled: Store, engine: Engine) -> None:
    filled.accounts.add(Account("wang", "王", Role.ADMINISTRATOR, NOON), "hash", note=entry(7))
    tamper(engine, "DELETE FROM audit", "DELETE FROM facts WHERE name = 'audit_head'")
    assert list(filled.audit.flaws()) == [Flaw(1, Damage.REMOVED)]


def test_writers_at_once_make_one_chain(url: str, store: Store, cipher: AesGcmCipher) -> None:
    with open_store(url, cipher) as other, ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: (store, other)[n % 2].audit.append(entry(n)), range(40)))
    assert store.audit.head().sequence == 40
    assert list(store.audit.flaws()) == []


def test_a_rehearsal_leaves_no_entry(filled: Store) -> None:
    with filled.rehearsal() as trial:
        trial.audit.append(entry(7))
        assert trial.audit.head().sequence == 7
    assert filled.audit.head().sequence == 6
    assert list(filled.audit.flaws()) == []
