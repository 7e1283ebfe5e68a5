"""Log lines as JSON. Of an error its type and place are told, never its message: that may quote what people typed."""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import TextIO

from service.logs.context import REQUEST_ID

_FIELDS = "fields"


class JsonLines(logging.Formatter):
    """`time`, `level`, `event`, `logger`, `request_id`, then the fields of `log_event`."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            "logger": record.name,
        }
        if REQUEST_ID.get():
            line["request_id"] = REQUEST_ID.get()
        line |= getattr(record, _FIELDS, {})
        if record.exc_info and record.exc_info[1]:
            line["errors"] = _errors(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False, default=str)


def log_event(
    logger: logging.Logger, level: int, event: str, *, error: BaseException | None = None, **fields: object
) -> None:
    """`fields` hold numbers, codes and ids, no names, texts or addresses."""
    logger.log(level, event, exc_info=error, extra={_FIELDS: fields})


def set_up_logs(stream: TextIO, level: str) -> None:
    """Every logger of the process writes JSON lines to `stream`."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)


def _errors(error: BaseException) -> list[dict[str, object]]:
    """The error, then what caused it."""
    found: list[dict[str, object]] = []
    cause: BaseException | None = error
    while cause is not None and len(found) < 5:
        frames = traceback.extract_tb(cause.__traceback__)
        where = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        found.append({"type": f"{type(cause).__module__}.{type(cause).__qualname__}", "where": where})
        cause = cause.__cause__ or cause.__context__
    return found
