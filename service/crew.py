"""Processes that work together: started, watched, replaced when they die, stopped together."""

from __future__ import annotations

import logging
import multiprocessing
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from multiprocessing.context import SpawnProcess
from threading import Event
from types import FrameType

from service.logs.json_lines import log_event

_LOGGER = logging.getLogger("service.crew")
_TICK = 0.5
_LAST_SECONDS = 12
# A process that dies within this time is started again only after a pause, twice as long each time.
_TOO_SOON = 5.0
_LONGEST_PAUSE = 30.0
# One after the other: while one loads its index the others answer.
_BETWEEN_REPLACEMENTS = 8.0


@dataclass
class _Member:
    name: str
    run: Callable[..., None]
    arguments: tuple[object, ...]
    process: SpawnProcess | None = None
    started: float = 0.0
    ended: float = 0.0
    pause: float = 0.0
    generation: object = field(default=None)


class Crew:
    """`generation` changes when the members must begin anew to see it (a refined encoder, adopted weights)."""

    def __init__(self, generation: Callable[[], object]) -> None:
        self._members: list[_Member] = []
        self._generation = generation
        self._stopping = Event()
        self._context = multiprocessing.get_context("spawn")

    def add(self, name: str, run: Callable[..., None], *arguments: object) -> None:
        self._members.append(_Member(name, run, arguments))

    def work(self) -> None:
        """Until SIGTERM or SIGINT; every process has ended then."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._asked_to_stop)
        while not self._stopping.is_set():
            self._tend()
            wait([member.process.sentinel for member in self._members if member.process and not member.ended], _TICK)
        self._dismiss()

    def _asked_to_stop(self, number: int, frame: FrameType | None) -> None:
        self._stopping.set()

    def _tend(self) -> None:
        generation, now = self._generation(), time.monotonic()
        for member in self._members:
            if member.process is None or not member.process.is_alive():
                self._start(member, generation, now)
        last = max(member.started for member in self._members)
        outdated = [member for member in self._members if member.generation != generation]
        if outdated and now - last > _BETWEEN_REPLACEMENTS:
            log_event(_LOGGER, logging.INFO, "replacing process", member=outdated[0].name)
            _terminate(outdated[0].process)

    def _start(self, member: _Member, generation: object, now: float) -> None:
        if member.process is not None and not self._is_due(member, member.process, now):
            return
        member.process = self._context.Process(target=member.run, args=member.arguments, name=member.name)
        member.process.start()
        member.started, member.ended, member.generation = now, 0.0, generation

    def _is_due(self, member: _Member, process: SpawnProcess, now: float) -> bool:
        """Whether the next one may begin; notes the end of the last one when it is first seen."""
        if not member.ended:
            member.ended = now
            early = now - member.started < _TOO_SOON
            member.pause = min(_LONGEST_PAUSE, max(1.0, 2 * member.pause)) if early else 0.0
            log_event(_LOGGER, logging.WARNING, "process ended", member=member.name, code=process.exitcode)
        return now - member.ended >= member.pause

    def _dismiss(self) -> None:
        running: Sequence[SpawnProcess] = [member.process for member in self._members if member.process]
        for process in running:
            _terminate(process)
        deadline = time.monotonic() + _LAST_SECONDS
        for process in running:
            process.join(max(0.0, deadline - time.monotonic()))
        for process in running:
            if process.is_alive():
                process.kill()
                process.join()


def _terminate(process: SpawnProcess | None) -> None:
    if process is not None and process.is_alive():
        process.terminate()
