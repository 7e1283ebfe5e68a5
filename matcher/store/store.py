"""The store as a whole: one object with a door for each kind of record."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from sqlalchemy import insert, select

from matcher.store.access import Access
from matcher.store.accounts import Accounts
from matcher.store.audit import AuditLog
from matcher.store.cipher import AesGcmCipher, FieldCipher
from matcher.store.database import Database
from matcher.store.demands import Demands
from matcher.store.errors import MasterKeyWrong
from matcher.store.experts import Experts
from matcher.store.import_batches import ImportBatches
from matcher.store.items import Items
from matcher.store.jobs import Jobs
from matcher.store.ledger import Ledger
from matcher.store.login_attempts import LoginAttempts
from matcher.store.marks import Marks
from matcher.store.master_key import load_master_key
from matcher.store.match_runs import MatchRuns
from matcher.store.migrate import is_in_use, migrate
from matcher.store.past import Changes, Past
from matcher.store.plans import Plans
from matcher.store.portal_keys import PortalKeys
from matcher.store.replies import Replies
from matcher.store.sessions import Sessions
from matcher.store.shortlists import Shortlists
from matcher.store.sizes import sizes
from matcher.store.tables import facts
from matcher.store.topics import Topics
from matcher.store.visit_notes import VisitNotes

_KEY_CHECK = "key_check"


class Store:
    """Made by `open_store`; close it at the end."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self.experts = Experts(access)
        self.items = Items(access)
        self.demands = Demands(access)
        self.ledger = Ledger(access)
        self.marks = Marks(access)
        self.topics = Topics(access)
        self.shortlists = Shortlists(access)
        self.match_runs = MatchRuns(access)
        self.changes = Changes(access)
        self.past = Past(access)
        self.batches = ImportBatches(access)
        self.accounts = Accounts(access)
        self.sessions = Sessions(access)
        self.login_attempts = LoginAttempts(access)
        self.portal_keys = PortalKeys(access)
        self.plans = Plans(access)
        self.audit = AuditLog(access)
        self.visit_notes = VisitNotes(access)
        self.replies = Replies(access)
        self.jobs = Jobs(access)

    @contextmanager
    def rehearsal(self) -> Iterator[Store]:
        """A store to try things in: it answers as this one would, nothing of it stays, and nobody waits for it.

        What a dry run uses: outcomes are those of the real thing, between several doors too. It holds the records as
        they stood at its start; journals (history, changes, audit) may begin empty.
        """
        with self._access.rehearsing() as access:
            yield Store(access)

    def sizes(self) -> dict[str, int]:
        """See `sizes`."""
        with self._access.reading() as work:
            return sizes(work)

    def within(self, batch: str) -> Store:
        """The same store; what is changed through it can be taken back under this name, see `batches`."""
        return Store(self._access.within(batch))

    def scrub(self) -> None:
        """Empties SQLite's write-ahead log of what was overwritten. Raises ScrubIncomplete."""
        self._access.scrub()

    def close(self) -> None:
        self._access.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_store(url: str, cipher: FieldCipher) -> Store:
    """Opens the database and brings it to the newest schema.

    `url` is a SQLAlchemy URL of SQLite or PostgreSQL. Raises DatabaseUrlInvalid, DatabaseUnreachable, DatabaseTooNew,
    MasterKeyWrong.
    """
    database = Database(url)
    try:
        database.check()
        migrate(database)
        _check_key(Access(database, cipher))
    except BaseException:
        database.close()
        raise
    return Store(Access(database, cipher))


def open_store_with_home(url: str, home: Path, configured_key: str | None) -> Store:
    """`open_store` with the master key of the settings or of `home`; a key is made for a new database only.

    Raises what `open_store` and `load_master_key` raise.
    """
    database = Database(url)
    try:
        database.check()
        in_use = is_in_use(database)
    finally:
        database.close()
    return open_store(url, AesGcmCipher(load_master_key(home, configured_key, may_create=not in_use)))


def _check_key(access: Access) -> None:
    """The first key that opens a database is the one it asks for ever after."""
    known = select(facts.c.value).where(facts.c.name == _KEY_CHECK)
    with access.reading() as work:
        found = work.connection.scalar(known)
    if found is None:
        with access.writing("") as work:
            found = work.connection.scalar(known)
            if found is None:
                found = access.cipher.key_check
                work.connection.execute(insert(facts), {"name": _KEY_CHECK, "value": found})
    if found != access.cipher.key_check:
        raise MasterKeyWrong
