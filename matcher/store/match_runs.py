"""`store.match_runs`: frozen results. Nothing of a run is ever changed; signing and revoking are added to it.

The digest covers everything that is not personal and, of what is, a salted commitment: after an erasure the run still
verifies and says nothing more of the person (docs/decisions/0016-match-runs.md).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, insert, or_, select, true, update

from matcher.beijing import in_beijing
from matcher.domain.audit import AuditEntry
from matcher.domain.match_run import MatchRun, RunEvent
from matcher.domain.vocabulary import Purpose
from matcher.store.access import Access, Reading, Writing
from matcher.store.audit_chain import append
from matcher.store.batches import batches
from matcher.store.codec import column_text, whole
from matcher.store.errors import RecordsMoved, RecordUnknown
from matcher.store.run_rows import (
    commitment_of,
    content_digest,
    event_digest,
    events_of,
    headers,
    open_people,
    said,
    seal_people,
)
from matcher.store.run_tables import match_run_events, match_run_people, match_runs
from matcher.store.tables import changes

_PAGE = 50
Note = Callable[[MatchRun], AuditEntry]


@dataclass(frozen=True, slots=True)
class NewRun:
    """What is frozen: `content` (JSON) names people by number only, `people` holds what is personal (JSON) by number.

    `region_code` and `jurisdiction` of the enterprise say whose affair the run is.
    """

    demand_id: str
    purpose: Purpose
    title: str
    enterprise: str
    region_code: str
    jurisdiction: str
    two_signatures: bool
    content: str
    people: Mapping[str, str]
    frozen: RunEvent


@dataclass(frozen=True, slots=True)
class StoredRun:
    """`people` lacks whoever was erased. `intact`: content, signatures and what is left of people are as written."""

    run: MatchRun
    region_code: str
    jurisdiction: str
    content: str
    people: Mapping[str, str]
    intact: bool


class MatchRuns:
    def __init__(self, access: Access) -> None:
        self._access = access

    def freeze(self, new: NewRun, *, note: Note) -> MatchRun:
        """The run under its new number; `note` is asked for the entry of the audit log, written with it."""
        with self._access.recording(new.frozen.by) as work:
            number = (work.connection.scalar(select(func.max(match_runs.c.number))) or 0) + 1
            run_id = f"P{in_beijing(new.frozen.at).year}-{number:05d}"
            sealed = seal_people(work, run_id, new.people)
            row = _row(new, run_id, number)
            commitments = {expert_id: commitment for expert_id, (_, commitment) in sealed.items()}
            row["digest"] = content_digest(work.cipher, row, commitments)
            work.connection.execute(insert(match_runs), row)
            if sealed:
                people = [{"run_id": run_id, "expert_id": id, "sealed": text, "commitment": promise}
                          for id, (text, promise) in sealed.items()]  # fmt: skip
                work.connection.execute(insert(match_run_people), people)
            _add_event(work, run_id, 0, new.frozen, str(row["digest"]))
            run = headers(work, match_runs.c.id == run_id)[0]
            append(work, note(run))
            return run

    def add(
        self, run_id: str, make: Callable[[MatchRun], RunEvent], *, by: str, note: Note, seen: int | None = None
    ) -> MatchRun:
        """Adds what `make` says of the run as it stands now, or nothing when it raises.

        `seen`: the newest change that was known when the act was decided upon. Raises RecordUnknown, RecordsMoved.
        """
        with self._access.recording(by) as work:
            if seen is not None and seen != work.connection.scalar(
                select(func.coalesce(func.max(changes.c.sequence), 0))
            ):
                raise RecordsMoved
            before = _header(work, run_id)
            _add_event(work, run_id, len(before.events), make(before), before.digest)
            after = _header(work, run_id)
            append(work, note(after))
            return after

    def get(self, run_id: str) -> StoredRun:
        """With everything that is still readable. Raises RecordUnknown."""
        with self._access.reading() as work:
            run = _header(work, run_id)
            row = work.connection.execute(select(match_runs).where(match_runs.c.id == run_id)).one()
            people = work.connection.execute(select(match_run_people).where(match_run_people.c.run_id == run_id)).all()
            opened = open_people(work, run_id, {one.expert_id: one.sealed for one in people})
            promised = {one.expert_id: one.commitment for one in people}
            intact = row.digest == content_digest(work.cipher, row._mapping, promised)
            intact &= all(commitment_of(text) == promised[expert_id] for expert_id, text in opened.items())
            intact &= events_of(work, [run_id], {run_id: row.digest})[run_id].intact
            people_said = {expert_id: said(text) for expert_id, text in opened.items()}
            return StoredRun(run, row.region_code, row.jurisdiction, row.content, people_said, intact)

    def newest(
        self, *, demand_ids: Sequence[str] = (), before: str = "", count: int = _PAGE, places: Sequence[str] = ()
    ) -> list[MatchRun]:
        """Newest first, those before the number `before`; of some demands or needs, where any are named.

        `places`: codes' beginnings or names of offices, as a scope names them; none: everywhere.
        """
        wanted: list[ColumnElement[bool]] = []
        if demand_ids:
            wanted.append(match_runs.c.demand_id.in_(list(demand_ids)))
        if before:
            its_number = select(match_runs.c.number).where(match_runs.c.id == before).scalar_subquery()
            wanted.append(match_runs.c.number < its_number)
        with self._access.reading() as work:
            return headers(work, and_(true(), *wanted, *_inside(places)), count)

    def naming(
        self, expert_ids: Sequence[str], *, count: int = _PAGE, places: Sequence[str] = ()
    ) -> list[tuple[MatchRun, str]]:
        """Runs that show somebody under one of these numbers, proposed, excluded or chosen; newest first, with content.

        `places` as in `newest`.
        """
        mine = select(match_run_people.c.run_id).where(match_run_people.c.expert_id.in_(list(expert_ids)))
        with self._access.reading() as work:
            found = headers(work, and_(match_runs.c.id.in_(mine), *_inside(places)), count)
            contents = _contents(work, [run.id for run in found])
            return [(run, contents[run.id]) for run in found]

    def contents(self, run_ids: Sequence[str]) -> dict[str, str]:
        """Number -> content, as frozen."""
        with self._access.reading() as work:
            return _contents(work, run_ids)


def _contents(work: Reading, run_ids: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for batch in batches(run_ids, _PAGE):
        texts = select(match_runs.c.id, match_runs.c.content).where(match_runs.c.id.in_(batch))
        found |= {row.id: row.content for row in work.connection.execute(texts)}
    return found


def _inside(places: Sequence[str]) -> list[ColumnElement[bool]]:
    if not places:
        return []
    inside = [match_runs.c.region_code.startswith(place, autoescape=True) for place in places]
    return [or_(match_runs.c.jurisdiction.in_(list(places)), *inside)]


def erase_from_runs(work: Writing, expert_ids: Sequence[str]) -> None:
    """What was sealed goes; number, place in the ranking and commitment stay, so that the runs still verify."""
    mine = match_run_people.c.expert_id.in_(expert_ids)
    work.connection.execute(update(match_run_people).where(mine).values(sealed=""))


def _header(work: Reading, run_id: str) -> MatchRun:
    found = headers(work, match_runs.c.id == run_id)
    if not found:
        raise RecordUnknown("匹配结果", run_id)
    return found[0]


def _row(new: NewRun, run_id: str, number: int) -> dict[str, object]:
    return {
        "id": run_id,
        "number": number,
        "demand_id": new.demand_id,
        "purpose": new.purpose.value,
        "title": column_text(new.title),
        "enterprise": column_text(new.enterprise),
        "region_code": new.region_code,
        "jurisdiction": new.jurisdiction,
        "two_signatures": new.two_signatures,
        "content": whole(new.content),
    }


def _add_event(work: Writing, run_id: str, number: int, event: RunEvent, digest: str) -> None:
    row: dict[str, object] = {
        "run_id": run_id,
        "number": number,
        "at": event.at,
        "by": event.by,
        "act": event.act.value,
        "full_name": event.full_name,
        "office": event.office.value if event.office else None,
        "note": column_text(event.note),
    }
    work.connection.execute(insert(match_run_events), {**row, "digest": event_digest(work.cipher, digest, row)})
