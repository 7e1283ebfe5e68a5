"""The library's commands: composes the groups and turns faults into Chinese sentences and exit codes.

Exit codes: 0 done, 1 done with rejected rows, 2 wrong use, 3 failed.
"""

import sys

import typer

from matcher.commands import (
    achievements,
    documents,
    encoder,
    evaluate,
    explain,
    index,
    intake,
    match,
    plan,
    talent,
    weights,
)
from matcher.commands.audited import audit_commands
from matcher.commands.wrong_use import WrongUse
from matcher.errors import MatcherError, UsageError

_WRONG_USE, _FAILED = 2, 3
# What the command line library returns after Ctrl-C.
_INTERRUPTED = 130


def build() -> typer.Typer:
    """All commands of the library."""
    app = typer.Typer(
        name="matcher",
        help="专家匹配：导入人才库和需求问卷，给出有依据的专家名单。",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    for group in (match, achievements, explain, plan, talent, intake, index, documents, evaluate, weights, encoder):
        group.register(app)
    audit_commands(app)
    return app


def run(app: typer.Typer) -> None:
    """Does what the command line says, then ends the process with its exit code."""
    try:
        code = app(standalone_mode=False)
        sys.exit(_interrupted() if code == _INTERRUPTED else code)
    except typer.TyperException as error:
        # A command without arguments has printed its help and says nothing more.
        message = error.format_message()
        sys.exit(_told(WrongUse(message), _WRONG_USE) if message else _WRONG_USE)
    except UsageError as error:
        sys.exit(_told(error, _WRONG_USE))
    except MatcherError as error:
        sys.exit(_told(error, _FAILED))
    except (KeyboardInterrupt, typer.Abort):
        sys.exit(_interrupted())


def _interrupted() -> int:
    return _told(MatcherError("已中断。已完成的部分保留，可以重新运行。"), _FAILED)


def _told(error: MatcherError, code: int) -> int:
    typer.echo(f"错误：{error}", err=True)
    return code
