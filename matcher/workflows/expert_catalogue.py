"""Experts as the catalogue keeps them: what they are filtered, sorted and found by. Nothing private is in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from matcher.catalogue.catalogue import Layout
from matcher.catalogue.query import Entry, Facet, Sort
from matcher.domain.engagement import Engagement
from matcher.domain.expert import Expert
from matcher.domain.vocabulary import (
    AcademicianKind,
    Availability,
    PostStatus,
    ReviewStatus,
    ServiceKind,
    TitleLevel,
    UnitKind,
)
from matcher.intake.expert_columns import EXPERT_TABLE
from matcher.intake.missing import missing_columns
from matcher.rank.availability import availability
from matcher.reference.tables import ReferenceTables
from matcher.store.records import Change, ChangeKind
from matcher.store.store import Store
from matcher.workflows.facet_values import FacetValues, region_parent, sortable, words, yes_no, yes_no_read
from matcher.workflows.match import RuleSetting

_NOT_ACADEMICIAN, _KIND_UNKNOWN = "非院士", "院士（类别未填）"
_CONSENTED, _WITHDRAWN = "已授权", "已撤回"
_COMPLETE = "必填项齐全"


class ExpertSource:
    """See `CatalogueSource`. Whether somebody can be asked depends on the ledger too, so its lines are watched."""

    kind = ChangeKind.EXPERT

    def __init__(self, store: Store, tables: ReferenceTables, rules: RuleSetting) -> None:
        self._store, self._rules = store, rules
        self._values = FacetValues(tables)
        self._owners: dict[str, str] = {}  # line of the ledger -> expert
        self.layout = _layout(self._values)

    def day(self) -> date | None:
        """Availability goes by it."""
        return self._rules.today

    def all(self) -> Iterator[Entry]:
        lines: dict[str, list[Engagement]] = {}
        for line in self._store.ledger.stream():
            lines.setdefault(line.expert_id, []).append(line)
            self._owners[line.id] = line.expert_id
        counts, changed = self._store.items.counts_by_owner(), self._store.changes.latest(self.kind)
        for expert in self._store.experts.stream():
            yield self._entry(expert, lines.get(expert.id, ()), counts.get(expert.id, 0), changed.get(expert.id, 0))

    def some(self, changed: Mapping[str, int]) -> list[Entry]:
        lines, counts = self._store.ledger.of_experts(changed), self._store.items.counts_by_owner(changed)
        found = self._store.experts.get_many(changed)
        return [self._entry(one, lines.get(id, ()), counts.get(id, 0), changed[id]) for id, one in found.items()]

    def touched(self, changes: Sequence[Change]) -> Iterable[str]:
        """Whose lines of the ledger changed, the former owner of a line too."""
        found: list[str] = []
        for change in changes:
            if change.kind is ChangeKind.ENGAGEMENT:
                found.append(self._owners.pop(change.key, ""))
                if line := self._store.ledger.get(change.key):
                    found.append(line.expert_id)
                    self._owners[line.id] = line.expert_id
        return filter(None, dict.fromkeys(found))

    def _entry(self, expert: Expert, lines: Sequence[Engagement], items: int, changed: int) -> Entry:
        return Entry(expert.id, self._facets(expert, lines), _sorts(expert, items, changed), _text(expert))

    def _facets(self, expert: Expert, lines: Sequence[Engagement]) -> dict[str, tuple[str, ...]]:
        place = expert.region_name or (expert.country if expert.country != "中国" else "")
        return {
            "honour": expert.honours,
            "academician": (_academician(expert),),
            "title_level": words(expert.title_level),
            "title": words(expert.title),
            "discipline": self._values.disciplines(expert.discipline_codes),
            "industry": self._values.industries(expert.industry_codes),
            "region": self._values.region(expert.region_code, place),
            "society": expert.societies,
            "overseas": yes_no(expert.overseas),
            "service": words(*expert.services),
            "availability": (availability(expert, lines, self._rules.today, self._rules.book),),
            "post_status": words(expert.post_status),
            "consent": _consent(expert),
            "review": words(expert.review),
            "unit_kind": words(expert.unit_kind),
            "missing": missing_columns(expert, EXPERT_TABLE) or (_COMPLETE,),
        }


def _layout(values: FacetValues) -> Layout:
    return Layout(
        facets=(
            Facet("academician", "院士", ranking=(*AcademicianKind, _KIND_UNKNOWN, _NOT_ACADEMICIAN)),
            Facet("honour", "人才称号", values.honour_label),
            Facet("title_level", "职称级别", ranking=tuple(TitleLevel)),
            Facet("discipline", "学科", values.discipline_label, read=values.discipline_read),
            Facet("industry", "擅长行业", values.industry_label, (), values.industry_parent, values.industry_read),
            Facet("region", "单位所在地", values.region_label, (), region_parent, values.region_read),
            Facet("service", "可服务方式", ranking=tuple(ServiceKind)),
            Facet("availability", "能否安排", ranking=tuple(Availability)),
            Facet("society", "所属学会"),
            Facet("overseas", "是否海智", ranking=("是", "否"), read=yes_no_read),
            Facet("unit_kind", "单位类别", ranking=tuple(UnitKind)),
            Facet("title", "专业技术职务"),
            Facet("post_status", "在岗状态", ranking=tuple(PostStatus)),
            Facet("consent", "授权同意", ranking=(_CONSENTED, _WITHDRAWN)),
            Facet("review", "审核状态", ranking=tuple(ReviewStatus)),
            Facet("missing", "缺少的必填项", ranking=(_COMPLETE,)),
        ),
        sorts=(
            Sort("name", "姓名"),
            Sort("changed", "最近改动", descending=True),
            Sort("title_level", "职称"),
            Sort("items", "成果数", descending=True),
            Sort("id", "编号"),
        ),
    )


def _sorts(expert: Expert, items: int, changed: int) -> dict[str, str | int | None]:
    level = list(TitleLevel).index(expert.title_level) if expert.title_level else None
    rank = 0 if expert.is_academician else level + 1 if level is not None else None
    name = sortable(expert.name) or None
    return {"name": name, "changed": changed, "title_level": rank, "items": items, "id": expert.id}


def _text(expert: Expert) -> str:
    parts = (expert.name, expert.id, expert.organization, expert.department, *expert.directions, *expert.keywords)
    return "\n".join(part for part in parts if part)


def _academician(expert: Expert) -> str:
    if expert.academician is not None:
        return expert.academician
    return _KIND_UNKNOWN if expert.is_academician else _NOT_ACADEMICIAN


def _consent(expert: Expert) -> tuple[str, ...]:
    given, withdrawn = expert.consent_date, expert.consent_withdrawn
    if withdrawn is not None and (given or withdrawn) <= withdrawn:
        return (_WITHDRAWN,)
    return (_CONSENTED,) if given else ()
