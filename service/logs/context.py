"""The id of the request that is being answered, known to every line that is logged meanwhile."""

from contextvars import ContextVar

REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")
