"""Which commands the audit log speaks of, and how: one table, put around the commands where they are composed.

A command that failed is noted too. Whoever declines, or only tries (`--dry-run`), has done nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import wraps
from types import MappingProxyType
from typing import Any

import typer

from matcher.commands.acting import acting
from matcher.commands.confirm import NotConfirmed
from matcher.domain.audit import AuditAction, Outcome
from matcher.errors import MatcherError
from matcher.intake.columns import TableKind
from matcher.wiring import Application, open_application

Given = Mapping[str, Any]
Facts = Mapping[str, object]
_LONGEST = 500
_INTERRUPTED, _UNFORESEEN, _REJECTS = "已中断", "程序出错", "有退回的行"


def _records(application: Application, given: Given) -> Facts:
    return application.store.sizes()


def _review(application: Application, given: Given) -> Facts:
    demand = application.store.demands.get(given["demand_id"])
    return {"review": demand.review.value} if demand else {}


def _needs(application: Application, given: Given) -> Facts:
    demand = application.store.demands.get(given["demand_id"])
    return {"needs": len(demand.needs)} if demand else {}


def _models(application: Application, given: Given) -> Facts:
    encoder, weights = application.models_in_force()
    return {"encoder": encoder, "weights": weights}


@dataclass(frozen=True, slots=True)
class CommandAct:
    """`subject` and `facts` are made of what was typed; `facts` is asked before and after.

    `noted`: the command writes its own entry, in the transaction of what it does; only its failures are noted here.
    """

    action: AuditAction
    subject: Callable[[Given], str]
    facts: Callable[[Application, Given], Facts] = lambda application, given: {}
    noted: bool = False


def _import(kind: TableKind) -> CommandAct:
    return CommandAct(AuditAction.IMPORT, lambda given: f"导入:{kind.value}", _records)


def _plan(action: AuditAction) -> CommandAct:
    return CommandAct(action, lambda given: f"计划:{given['plan']}", noted=True)


def _model(subject: str) -> CommandAct:
    return CommandAct(AuditAction.CHANGE_MODEL, lambda given: subject, _models)


def _demand(action: AuditAction, facts: Callable[[Application, Given], Facts]) -> CommandAct:
    return CommandAct(action, lambda given: f"需求:{given['demand_id']}", facts)


ACTS: Mapping[tuple[str, str], CommandAct] = MappingProxyType(
    {
        # Of two tables that come by one command the first names it: experts bring their items along.
        **{("import", kind.command): _import(kind) for kind in reversed(TableKind)},
        ("import", "undo"): CommandAct(AuditAction.UNDO_IMPORT, lambda given: f"导入:{given['batch']}", _records),
        ("person", "merge"): CommandAct(
            AuditAction.MERGE_PERSONS, lambda given: f"专家:{given['drop']} 并入 {given['keep']}", _records
        ),
        ("person", "erase"): CommandAct(
            AuditAction.ERASE_PERSON, lambda given: f"专家:{given['expert_id']}", noted=True
        ),
        ("person", "erase-listed"): CommandAct(AuditAction.ERASE_PERSON, lambda given: "删除名单", noted=True),
        ("demand", "review"): _demand(AuditAction.REVIEW_DEMAND, _review),
        ("demand", "split"): _demand(AuditAction.SPLIT_DEMAND, _needs),
        ("plan", "confirm"): _plan(AuditAction.CONFIRM_PLAN),
        ("plan", "sign"): _plan(AuditAction.SIGN_PLAN),
        ("plan", "void"): _plan(AuditAction.VOID_PLAN),
        ("index", "rebuild"): CommandAct(AuditAction.REBUILD_INDEX, lambda given: "检索索引"),
        ("encoder", "adapt"): _model("语义模型"),
        ("encoder", "revert"): _model("语义模型"),
        ("weights", "adopt"): _model("评分权重"),
        ("weights", "revert"): _model("评分权重"),
    }
)


def audit_commands(app: typer.Typer) -> None:
    """Puts the entries of `ACTS` around the commands of the program."""
    for group in app.registered_groups:
        for command in group.typer_instance.registered_commands if group.typer_instance else ():
            act = ACTS.get((str(group.name), str(command.name)))
            if act is not None and command.callback is not None:
                command.callback = _audited(act, command.callback)


def _audited(act: CommandAct, command: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(command)
    def run(**given: Any) -> None:
        if given.get("dry_run") or given.get("batch") == "":  # tries, or lists, and changes nothing
            command(**given)
            return
        before = _now(act, given)
        try:
            command(**given)
        except NotConfirmed:
            raise
        except typer.Exit:
            _note(act, given, before, reason=_REJECTS)
            raise
        except BaseException as error:
            with suppress(MatcherError):  # what failed first is what is told
                _note(act, given, before, outcome=Outcome.FAILED, reason=_reason(error))
            raise
        if not act.noted:
            _note(act, given, before)

    return run


def _reason(error: BaseException) -> str:
    if isinstance(error, MatcherError):
        return str(error)[:_LONGEST]
    return _INTERRUPTED if isinstance(error, KeyboardInterrupt | typer.Abort) else _UNFORESEEN


def _now(act: CommandAct, given: Given) -> Facts:
    """Asked of an application of its own: the command's may remember."""
    application = open_application()
    with application.store:
        return act.facts(application, given)


def _note(act: CommandAct, given: Given, before: Facts, *, outcome: Outcome = Outcome.DONE, reason: str = "") -> None:
    entry = acting().entry(datetime.now(UTC), act.action, act.subject(given))
    after = _now(act, given)
    with open_application().store as store:
        store.audit.append(replace(entry, outcome=outcome, reason=reason, before=before or None, after=after or None))
