"""Search, facets, sorting and paging over records made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from matcher.catalogue.catalogue import Catalogue, Layout
from matcher.catalogue.errors import CursorInvalid, FacetUnknown, LimitInvalid, SortUnknown
from matcher.catalogue.query import UNSTATED, CataloguePage, CatalogueQuery, Entry, Facet, Sort

LAYOUT = Layout(
    facets=(
        Facet("level", "职称级别", ranking=("正高", "副高")),
        Facet("honour", "称号", label=str.upper),
        Facet(
            "place",
            "所在地",
            parent=lambda code: code[:-2] if len(code) > 2 else "",
            read=lambda word: {"吉林市": "2202", "四平市": "2203"}.get(word, ""),
        ),
    ),
    sorts=(Sort("name", "姓名"), Sort("items", "成果数", descending=True)),
)


def entry(id: str, name: str, items: int | None, text: str = "", **facets: str) -> Entry:
    return Entry(id, {key: tuple(value.split()) for key, value in facets.items()}, {"name": name, "items": items}, text)


ENTRIES = [
    entry("1", "d", 5, "张伟 ＡＢＣ大学", level="正高", honour="jq cj", place="22 2201"),
    entry("2", "c", 9, "张敏 农业大学", level="副高", honour="jq", place="22 2202"),
    entry("3", "b", None, "王伟 研究院", level="正高", place="22 2202"),
    entry("4", "a", 5, "李娜 企业"),
]
CATALOGUE = Catalogue.of(LAYOUT, ENTRIES)


def ask(catalogue: Catalogue = CATALOGUE, **query: object) -> CataloguePage:
    return catalogue.page(CatalogueQuery(**query))  # type: ignore[arg-type]


def counted(page: CataloguePage, facet: str) -> dict[str, int]:
    return next({one.value: one.count for one in counts.values} for counts in page.facets if counts.name == facet)


def test_every_word_typed_must_occur_whatever_its_width_or_case() -> None:
    assert ask(text="伟").ids == ("3", "1")
    assert ask(text=" 大学　张 ").ids == ("2", "1")
    assert ask(text="abc").ids == ("1",)
    assert ask(text="伟 农业").ids == ()


def test_values_of_a_facet_widen_and_facets_narrow_each_other() -> None:
    assert ask(chosen={"honour": ("jq", "cj")}).ids == ("2", "1")
    assert ask(chosen={"level": ("正高", "副高"), "place": ("2202",)}).ids == ("3", "2")
    assert ask(chosen={"level": (UNSTATED,)}).ids == ("4",)
    assert ask(chosen={"level": ("没有这个值",)}).ids == ()


def test_a_value_is_chosen_by_its_label_or_as_its_facet_reads_it() -> None:
    assert ask(chosen={"honour": ("CJ",)}).ids == ("1",)
    page = ask(chosen={"place": ("吉林市", "2202")})
    assert page.ids == ("3", "2")
    chosen = [one.value for counts in page.facets for one in counts.values if one.chosen]
    assert chosen == ["2202"]
    assert CATALOGUE.found(CatalogueQuery(chosen={"place": ("吉林市",)})) == {"2", "3"}
    assert ask(chosen={"place": ("四平市",)}).ids == ask(chosen={"place": ("无此地",)}).ids == ()


def test_everything_found_has_no_end_and_no_order() -> None:
    assert CATALOGUE.found(CatalogueQuery(text="伟", limit=1)) == {"1", "3"}
    within = CatalogueQuery(chosen={"honour": ("jq",)}, within={"place": ("2202",)})
    assert CATALOGUE.found(within) == {"2"}
    with pytest.raises(FacetUnknown):
        CATALOGUE.found(CatalogueQuery(chosen={"没有": ("1",)}))


def test_a_facet_is_counted_without_its_own_choice() -> None:
    page = ask(chosen={"level": ("正高",), "place": ("2202",)})
    assert page.total == 1
    assert counted(page, "level") == {"正高": 1, "副高": 1}
    assert counted(page, "place") == {"22": 2, "2201": 1, "2202": 1}
    assert counted(page, "honour") == {UNSTATED: 1}


def test_facets_are_labelled_ordered_and_say_what_is_chosen() -> None:
    level = ask(chosen={"honour": ("cj",), "level": ("中级",)}).facets[0]
    assert [(one.value, one.count) for one in level.values] == [("正高", 1), ("中级", 0)]
    assert [(one.value, one.label, one.chosen) for one in ask(chosen={"honour": ("cj",)}).facets[1].values] == [
        ("jq", "JQ", False),
        ("cj", "CJ", True),
        (UNSTATED, UNSTATED, False),
    ]
    assert {one.value: one.parent for one in ask().facets[2].values} == {
        "22": "",
        "2202": "22",
        "2201": "22",
        UNSTATED: "",
    }


def test_within_is_a_limit_over_several_facets_that_no_choice_widens() -> None:
    near = {"place": ("2201",), "level": ("副高",)}
    assert ask(within=near).ids == ("2", "1")
    assert ask(within=near, chosen={"place": ("2202",)}).ids == ("2",)
    assert counted(ask(within=near, chosen={"place": ("2202",)}), "place") == {"22": 2, "2201": 1, "2202": 1}
    assert ask(within={}).ids == ()


@pytest.mark.parametrize(
    ("sort", "ids"),
    [("", "4321"), ("-name", "1234"), ("items", "2413"), ("-items", "1423")],
)
def test_pages_in_both_directions_hold_everything_once_and_the_silent_last(sort: str, ids: str) -> None:
    assert "".join(ask(sort=sort).ids) == ids
    seen, cursor = "", ""
    for _ in range(4):
        page = ask(sort=sort, cursor=cursor, limit=1)
        seen, cursor = seen + page.ids[0], page.next
    assert (seen, cursor) == (ids, "")


def test_a_cursor_holds_while_records_come_and_go() -> None:
    first = ask(limit=2)
    assert first.ids == ("4", "3")
    later = CATALOGUE.with_changes([entry("0", "aa", 1), entry("5", "cc", 2)], gone=["3"])
    assert ask(later, cursor=first.next).ids == ("2", "5", "1")


@pytest.mark.parametrize(
    "cursor", ["x", "!!!!", "W10", "WyIiLDEsIjEiXQ", "WyJpdGVtcyIsMSwiMSJd", "W1tbW1tbW1tbW1tbW1tb", "é"]
)
def test_a_forged_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(CursorInvalid):
        ask(cursor=cursor)


def test_a_cursor_belongs_to_its_sort() -> None:
    with pytest.raises(CursorInvalid):
        ask(cursor=ask(sort="items", limit=1).next, sort="-items")


def test_what_is_not_known_is_named() -> None:
    with pytest.raises(FacetUnknown, match="level、honour、place"):
        ask(chosen={"height": ("1",)})
    with pytest.raises(SortUnknown, match="name、items"):
        ask(sort="height")
    for limit in (0, 201):
        with pytest.raises(LimitInvalid):
            ask(limit=limit)


def test_a_change_moves_a_record_and_leaves_the_old_catalogue_alone() -> None:
    changed = CATALOGUE.with_changes(
        [replace(ENTRIES[0], facets={"honour": ("new",)}, sorts={"name": "0", "items": None})], []
    )
    assert ask(changed).ids == ("1", "4", "3", "2")
    assert ask(changed, sort="items").ids == ("2", "4", "1", "3")
    assert counted(ask(changed), "honour") == {"new": 1, "jq": 1, UNSTATED: 2}
    assert ask().ids == ("4", "3", "2", "1")
    assert counted(ask(), "honour") == {"jq": 2, "cj": 1, UNSTATED: 2}
    assert len(changed) == 4


def test_what_went_can_come_back() -> None:
    gone = CATALOGUE.with_changes([], gone=["1", "unknown"])
    assert ask(gone).ids == ("4", "3", "2")
    assert "1" not in gone
    assert ask(gone, text="张").ids == ("2",)
    assert ask(gone.with_changes([ENTRIES[0]], [])).ids == ("4", "3", "2", "1")


def test_an_empty_catalogue_grows() -> None:
    empty = Catalogue.of(LAYOUT, [])
    assert (ask(empty).ids, ask(empty).total, ask(empty).next) == ((), 0, "")
    assert ask(empty.with_changes(ENTRIES, [])).ids == ask().ids
