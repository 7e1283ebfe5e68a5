"""What must be there before the service answers: database, index, encoder, the lists of experts and demands."""

from __future__ import annotations

import logging
from collections.abc import Callable
from enum import StrEnum
from threading import Lock, Thread
from time import monotonic

from matcher.wiring import Application
from service.logs.json_lines import log_event

_LOGGER = logging.getLogger("service.health")
_PROBE = "盐碱地改良"
_PAUSE = 60.0


class Condition(StrEnum):
    OK = "ok"
    STARTING = "starting"
    FAILED = "failed"


class Readiness:
    """`start` loads (or builds) the index and tries the encoder in the background; `check` tells how far that is.

    What failed is tried again when somebody asks, `pause` seconds after the last try at the earliest.
    """

    def __init__(self, application: Application, pause: float = _PAUSE) -> None:
        self._application, self._pause = application, pause
        self._index = self._encoder = self._catalogues = Condition.STARTING
        self._guard = Lock()
        self._tried = 0.0
        self._warming: Thread | None = None

    def start(self) -> Thread:
        with self._guard:
            return self._start()

    def check(self) -> dict[str, Condition]:
        with self._guard:
            if self._is_due():
                self._start()
        database = _condition("database", lambda: self._application.store.changes.last())
        return {
            "database": database,
            "index": self._index,
            "encoder": self._encoder,
            "catalogues": self._catalogues,
        }

    def _is_due(self) -> bool:
        failed = Condition.FAILED in (self._index, self._encoder, self._catalogues)
        rested = monotonic() - self._tried >= self._pause
        return failed and rested and self._warming is not None and not self._warming.is_alive()

    def _start(self) -> Thread:
        self._tried = monotonic()
        self._warming = Thread(target=self._warm_up, name="warm-up", daemon=True)
        self._warming.start()
        return self._warming

    def _warm_up(self) -> None:
        application = self._application
        self._catalogues = _condition("catalogues", self._list_records)
        self._encoder = _condition("encoder", lambda: application.search_encoder.encode_queries([_PROBE]))
        self._index = _condition("index", lambda: application.index.catch_up())

    def _list_records(self) -> None:
        for keeper in (self._application.expert_catalogue, self._application.demand_catalogue):
            keeper.current()


def _condition(part: str, use: Callable[[], object]) -> Condition:
    """An error that nobody foresaw makes the part no readier than one that somebody did."""
    try:
        use()
    except Exception as error:
        log_event(_LOGGER, logging.ERROR, "part not ready", error=error, part=part)
        return Condition.FAILED
    return Condition.OK
