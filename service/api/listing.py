"""How every list of the API is asked: words, facets, sort, page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import Depends, Query
from pydantic import Field

from matcher.catalogue.query import LARGEST_PAGE, CatalogueQuery
from matcher.errors import UsageError

CURSOR = "上一页回答里的 next。`next` of the page before"
Next = Annotated[str, Field(description="`cursor` of the next page, empty at the end", examples=["WyIiLCJ..."])]

_LONGEST_TEXT = 200
_MOST_CHOICES = 100


class FacetChoiceInvalid(UsageError):
    def __init__(self) -> None:
        super().__init__("筛选条件的写法应为“名称:值”，如 facet=region:2202；同一名称可重复，表示任选其一。")


def catalogue_query(
    q: Annotated[
        str,
        Query(
            max_length=_LONGEST_TEXT, description="每个词都须出现。Words that must all occur", examples=["大学 焊接"]
        ),
    ] = "",
    facet: Annotated[
        Sequence[str],
        Query(
            max_length=_MOST_CHOICES,
            description="名称:值，可重复；值可写代码或名称，名称见回答里的 facets。"
            "Repeated: values of one facet widen, facets narrow each other; a value is its code or its label",
            examples=[["region:2202", "region:长春市", "title_level:正高"]],
        ),
    ] = (),
    sort: Annotated[
        str, Query(max_length=40, description="排序，前加 - 为倒序。A sort's name, - before it for the other way")
    ] = "",
    cursor: Annotated[str, Query(max_length=2000, description=CURSOR)] = "",
    limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE, description="每页条数。Records a page")] = 50,
) -> CatalogueQuery:
    """Raises FacetChoiceInvalid."""
    chosen: dict[str, tuple[str, ...]] = {}
    for choice in facet:
        name, colon, value = choice.partition(":")
        if not (name and colon and value):
            raise FacetChoiceInvalid
        chosen[name] = (*chosen.get(name, ()), value)
    return CatalogueQuery(text=q, chosen=chosen, sort=sort, cursor=cursor, limit=limit)


Asked = Annotated[CatalogueQuery, Depends(catalogue_query)]
"""What a list endpoint is asked."""
