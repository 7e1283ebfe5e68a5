"""What is asked of a catalogue and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

# The value of a facet for records that say nothing; it can be chosen like any other.
UNSTATED = "未填写"
LARGEST_PAGE = 200

SortValue = str | int | None


@dataclass(frozen=True, slots=True)
class Facet:
    """`name` stands in addresses, `title` on screens; `label` gives the words for a value ("2201" -> 长春市).

    `ranking` orders the values; without it the most frequent come first. `parent` gives the value one level up.
    `read` gives the value that another word for it means ("长春市", "220100" -> "2201"), "" where there is none.
    """

    name: str
    title: str
    label: Callable[[str], str] = str
    ranking: Sequence[str] = ()
    parent: Callable[[str], str] | None = None
    read: Callable[[str], str] | None = None


@dataclass(frozen=True, slots=True)
class Sort:
    """A column to sort by; `descending` is the direction that people mean when they do not say one."""

    name: str
    title: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as the catalogue keeps it: values by facet (none: not stated), by sort, and the text searched."""

    id: str
    facets: Mapping[str, tuple[str, ...]]
    sorts: Mapping[str, SortValue]
    text: str


@dataclass(frozen=True, slots=True)
class CatalogueQuery:
    """`text`: words that must all occur. `chosen`: by facet, any of its values; facets narrow each other.
    A value may be given by its label, or as the facet reads it.

    `within` is a limit set by right, not by choice: any of these values of any of these facets; None is no limit.
    `sort`: a sort's name, "-" before it for the other direction than its usual one; "" is the first sort.
    `offset`: records skipped, for pages with numbers; a list that grows moves them, a cursor does not.
    """

    text: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    within: Mapping[str, tuple[str, ...]] | None = None
    sort: str = ""
    cursor: str = ""
    limit: int = 50
    offset: int = 0


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many records bear the value under the other filters; `parent` is "" at the top."""

    value: str
    label: str
    count: int
    chosen: bool = False
    parent: str = ""


@dataclass(frozen=True, slots=True)
class FacetCounts:
    name: str
    title: str
    values: tuple[FacetCount, ...]


@dataclass(frozen=True, slots=True)
class CataloguePage:
    """`ids` in order; `total` under all filters; `next` is the cursor of what follows, "" at the end."""

    ids: tuple[str, ...]
    total: int
    facets: tuple[FacetCounts, ...]
    next: str
