"""Demands as the catalogue keeps them: what they are filtered, sorted and found by. Nothing private is in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from matcher.catalogue.catalogue import Layout
from matcher.catalogue.query import Entry, Facet, Sort
from matcher.domain.demand import Demand
from matcher.domain.vocabulary import DemandCategory, ReviewStatus, ServiceKind, StationKind, Urgency
from matcher.intake.quality_hints import HintKind, quality_hints
from matcher.reference.tables import ReferenceTables
from matcher.store.records import Change, ChangeKind
from matcher.store.store import Store
from matcher.workflows.facet_values import FacetValues, region_parent, sortable, words, yes_no, yes_no_read

_USABLE = "可直接使用"
_URGENCIES, _REVIEWS = tuple(Urgency), tuple(ReviewStatus)


class DemandSource:
    """See `CatalogueSource`."""

    kind = ChangeKind.DEMAND

    def __init__(self, store: Store, tables: ReferenceTables) -> None:
        self._store = store
        self._values = FacetValues(tables)
        self.layout = _layout(self._values)

    def day(self) -> date | None:
        return None

    def all(self) -> Iterator[Entry]:
        changed = self._store.changes.latest(self.kind)
        for demand in self._store.demands.stream():
            yield self._entry(demand, changed.get(demand.id, 0))

    def some(self, changed: Mapping[str, int]) -> list[Entry]:
        return [self._entry(one, changed[id]) for id, one in self._store.demands.get_many(changed).items()]

    def touched(self, changes: Sequence[Change]) -> Iterable[str]:
        return ()

    def _entry(self, demand: Demand, changed: int) -> Entry:
        return Entry(demand.id, self._facets(demand), _sorts(demand, changed), _text(demand))

    def _facets(self, demand: Demand) -> dict[str, tuple[str, ...]]:
        firm = demand.enterprise
        trade = words(firm.industry_code or firm.industry_name)
        return {
            "review": words(demand.review),
            "category": words(demand.category),
            "urgency": words(demand.urgency),
            "region": self._values.region(firm.region_code, firm.region_name),
            "jurisdiction": words(firm.jurisdiction),
            "industry": self._values.industries(trade),
            "discipline": self._values.disciplines(demand.discipline_codes),
            "station_kind": words(demand.station_kind),
            "service": words(*demand.services),
            "academician_wanted": yes_no(demand.academician_wanted),
            "public": yes_no(demand.public),
            "year": words(_year(demand)),
            "hint": tuple(hint.kind.value for hint in quality_hints(demand)) or (_USABLE,),
        }


def _layout(values: FacetValues) -> Layout:
    return Layout(
        facets=(
            Facet("review", "审核状态", ranking=_REVIEWS),
            Facet("category", "需求类别", ranking=tuple(DemandCategory)),
            Facet("urgency", "紧迫程度", ranking=_URGENCIES),
            Facet("region", "所在地", values.region_label, (), region_parent, values.region_read),
            Facet("jurisdiction", "业务归口"),
            Facet("industry", "行业", values.industry_label, (), values.industry_parent, values.industry_read),
            Facet("discipline", "学科", values.discipline_label, read=values.discipline_read),
            Facet("station_kind", "拟建站类型", ranking=tuple(StationKind)),
            Facet("service", "期望服务方式", ranking=tuple(ServiceKind)),
            Facet("academician_wanted", "需院士", ranking=("是", "否"), read=yes_no_read),
            Facet("public", "可公开", ranking=("是", "否"), read=yes_no_read),
            Facet("year", "填报年份"),
            Facet("hint", "问卷质量", ranking=(_USABLE, *HintKind)),
        ),
        sorts=(
            Sort("changed", "最近改动", descending=True),
            Sort("title", "需求名称"),
            Sort("enterprise", "企业"),
            Sort("urgency", "紧迫程度"),
            Sort("filled", "填报日期", descending=True),
            Sort("review", "审核状态"),
            Sort("id", "编号"),
        ),
    )


def _sorts(demand: Demand, changed: int) -> dict[str, str | int | None]:
    return {
        "changed": changed,
        "title": sortable(demand.title) or None,
        "enterprise": sortable(demand.enterprise.name) or None,
        "urgency": _URGENCIES.index(demand.urgency) if demand.urgency else None,
        "filled": demand.filled.isoformat() if demand.filled else None,
        "review": _REVIEWS.index(demand.review),
        "id": demand.id,
    }


def _text(demand: Demand) -> str:
    parts = (demand.title, demand.id, demand.enterprise.name, demand.wanted, *demand.keywords, *demand.fields)
    return "\n".join(part for part in parts if part)


def _year(demand: Demand) -> str:
    return str(demand.filled.year if demand.filled else demand.start_year or "")
