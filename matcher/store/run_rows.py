"""How a frozen run lies in its tables: seals, commitments, digests."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, select

from matcher.domain.account import Office
from matcher.domain.match_run import MatchRun, RunAct, RunEvent
from matcher.domain.vocabulary import Purpose
from matcher.store.access import Reading, Writing
from matcher.store.cipher import FieldCipher
from matcher.store.codec import from_json, to_json
from matcher.store.keyring import Owner, OwnerKind
from matcher.store.run_tables import match_run_events, match_runs
from matcher.store.standing import standing_of

_COVERED = ("id", "demand_id", "purpose", "title", "enterprise", "region_code", "jurisdiction", "two_signatures")
_EVENT = ("run_id", "number", "by", "act", "full_name", "office", "note")


class Events(NamedTuple):
    events: tuple[RunEvent, ...]
    intact: bool


def seal_people(work: Writing, run_id: str, people: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Expert id -> sealed text and commitment; of people erased meanwhile nothing is sealed.

    The salt is sealed too: with the person's key it is gone for good, and nobody can try out what the commitment
    stood for.
    """
    erased = standing_of(work, people).erased
    owners = {id: Owner(OwnerKind.EXPERT, id) for id in people if id not in erased}
    work.keys.provide(owners.values())
    salted = {id: to_json({"salt": secrets.token_hex(32), "said": text}) for id, text in people.items()}
    sealed = {id: work.keys.seal(owner, salted[id], _place(run_id, id)) for id, owner in owners.items()}
    return {id: (sealed.get(id, ""), commitment_of(text)) for id, text in salted.items()}


def open_people(work: Reading, run_id: str, sealed: Mapping[str, str]) -> dict[str, str]:
    """Salted texts by expert id, see `said`; without those whose keys are gone."""
    work.keys.load_named_by(text for text in sealed.values() if text)
    opened = {id: work.keys.open(text, _place(run_id, id)) for id, text in sealed.items() if text}
    return {id: text for id, text in opened.items() if text is not None}


def said(salted: str) -> str:
    """What was sealed, without its salt."""
    return str(from_json(salted)["said"])


def content_digest(cipher: FieldCipher, row: Mapping[Any, Any], commitments: Mapping[str, str]) -> str:
    covered = [row[name] for name in _COVERED]
    text = json.dumps([*covered, row["content"], sorted(commitments.items())], ensure_ascii=False)
    return cipher.digest("match run", text)


def event_digest(cipher: FieldCipher, run_digest: str, row: Mapping[Any, Any]) -> str:
    covered = [run_digest, row["at"].astimezone(UTC).isoformat(), *(row[name] for name in _EVENT)]
    return cipher.digest("match run event", json.dumps(covered, ensure_ascii=False))


def events_of(work: Reading, run_ids: Sequence[str], digests: Mapping[str, str]) -> dict[str, Events]:
    here = match_run_events.c.run_id.in_(run_ids)
    rows = work.connection.execute(select(match_run_events).where(here).order_by(match_run_events.c.number)).all()
    found: dict[str, Events] = dict.fromkeys(run_ids, Events((), True))
    for row in rows:
        before, whole = found[row.run_id]
        genuine = row.digest == event_digest(work.cipher, digests[row.run_id], row._mapping)
        office = Office(row.office) if row.office else None
        event = RunEvent(row.at, row.by, RunAct(row.act), row.full_name, office, row.note)
        found[row.run_id] = Events((*before, event), whole and genuine and row.number == len(before))
    return found


def headers(work: Reading, wanted: ColumnElement[bool], count: int = 1) -> list[MatchRun]:
    """Newest first."""
    columns = [column for column in match_runs.c if column.name != "content"]
    newest = select(*columns).where(wanted).order_by(match_runs.c.number.desc()).limit(count)
    rows = work.connection.execute(newest).all()
    events = events_of(work, [row.id for row in rows], {row.id: row.digest for row in rows})
    return [
        MatchRun(
            id=row.id,
            demand_id=row.demand_id,
            purpose=Purpose(row.purpose),
            title=row.title,
            enterprise=row.enterprise,
            two_signatures=row.two_signatures,
            events=events[row.id].events,
            digest=row.digest,
        )
        for row in rows
    ]


def commitment_of(salted: str) -> str:
    return hashlib.sha256(salted.encode()).hexdigest()


def _place(run_id: str, expert_id: str) -> str:
    return f"match_runs/{run_id}/{expert_id}"
