"""Every error of ours has its HTTP status: what a caller can mend is 4xx, what is not there 404, the rest our fault."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus

import pytest

from matcher.errors import MatcherError, UsageError
from service.app import create_app
from service.statuses import STATUSES

# Words of a form, a file or a query that mean nothing: the address is right, its content is not.
_WORDS = {
    "ChoiceUnknown",
    "FacetUnknown",
    "FilterWordUnknown",
    "PlaceholderUnknown",
    "RegionUnknown",
    "SocietyUnknown",
    "SortUnknown",
    "TargetUnknown",
    "UnitUnknown",
}


def _below(kind: type[MatcherError]) -> Iterator[type[MatcherError]]:
    for child in kind.__subclasses__():
        yield child
        yield from _below(child)


def status(kind: type[MatcherError]) -> HTTPStatus:
    return next(STATUSES[one] for one in kind.__mro__ if one in STATUSES)


@pytest.fixture(scope="module")
def served() -> list[type[MatcherError]]:
    """Those that the application imports; commands have no status."""
    assert create_app
    return [one for one in set(_below(MatcherError)) if ".commands." not in one.__module__]


def test_what_a_caller_can_mend_is_never_our_fault(served: list[type[MatcherError]]) -> None:
    assert [one.__name__ for one in served if issubclass(one, UsageError) and status(one) >= 500] == []


def test_what_is_not_there_is_not_found(served: list[type[MatcherError]]) -> None:
    named = [one for one in served if one.__name__.endswith("Unknown") and one.__name__ not in _WORDS]
    assert len(named) > 8
    assert {one.__name__: status(one) for one in named if status(one) != HTTPStatus.NOT_FOUND} == {}


def test_words_that_mean_nothing_are_content(served: list[type[MatcherError]]) -> None:
    words = [one for one in served if one.__name__ in _WORDS]
    assert {one.__name__ for one in words} == _WORDS
    assert {status(one) for one in words} <= {HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.CONFLICT}
