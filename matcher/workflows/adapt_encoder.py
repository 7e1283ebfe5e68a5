"""Refines the built-in encoder on the database and measures it on items and demands that were held out."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import numpy as np

from matcher.encode.adapt import AdaptRecipe, PairKind, adapted, kept_pairs
from matcher.encode.builtin import BuiltinEncoder
from matcher.encode.protocol import Encoder, Vectors, normalised
from matcher.encode.static_model import save_with_table
from matcher.errors import UsageError
from matcher.store.records import StoredItem
from matcher.store.store import Store
from matcher.text.item_text import item_text
from matcher.workflows.adapt_texts import (
    MarkedDemand,
    PairTexts,
    is_held_out,
    item_pairs,
    read_items,
    read_marked,
    titled,
)
from matcher.workflows.adapt_trial import Encode, Trial, bilingual_ranks, demand_ranks, paired, title_ranks

Progress = Callable[[int, int], None]

_LEAST_ITEMS = 200
_LEAST_DEMANDS = 20
_LEAST_QUESTIONS = 10
_BEST_ITEMS = 3
_DEMANDS = "需求—成果"
_FACTS = "adaptation.json"
_CARD = """---
language: [zh, en]
library_name: sentence-transformers
---
# Built-in bilingual encoder, refined on one database

Made by `matcher encoder adapt` from items of evidence and questions of demands of that database; no private field was
read. Keep it where the database is kept.

| | |
|---|---|
| made | {when} |
| started from | {base} |
| recipe | {recipe} |
{rows}
"""


class TooFewToAdapt(UsageError):
    def __init__(self, found: int) -> None:
        super().__init__(
            f"库中题名和摘要都有的成果只有 {found} 条，至少要 {_LEAST_ITEMS} 条才能精调语义模型。"
            "请先导入更多带摘要的成果；现用模型不变，可以照常匹配。"
        )


@dataclass(frozen=True, slots=True)
class Adaptation:
    """A refined table with what it was refined on and how it did. `trials`: titles first, then what else there is."""

    table: Vectors
    base: str
    pairs: Mapping[str, int]
    trials: tuple[Trial, ...]
    recipe: AdaptRecipe

    @property
    def is_better(self) -> bool:
        """Beyond chance better for titles; marked demands no worse, languages not worse beyond chance."""
        titles, *others = self.trials
        return titles.low > 0 and all(
            trial.difference >= 0 if trial.name == _DEMANDS else trial.high >= 0 for trial in others
        )


class EncoderAdapter:
    """`shipped` is where refining starts, `current` what is in force and has to be beaten."""

    def __init__(self, store: Store, shipped: BuiltinEncoder, current: Encoder, recipe: AdaptRecipe) -> None:
        self._store, self._shipped, self._current, self._recipe = store, shipped, current, recipe

    @property
    def start(self) -> str:
        """Fingerprint of the model that refining starts from."""
        return self._shipped.fingerprint

    def adapt(self, grades: Mapping[str, Mapping[str, int]], progress: Progress) -> Adaptation:
        """Same database, marks and seed: same table. `grades` by demand and expert. Raises TooFewToAdapt."""
        items = read_items(self._store)
        found = sum(titled(stored.item) is not None for stored in items)
        if found < _LEAST_ITEMS:
            raise TooFewToAdapt(found)
        marked = self._usable(read_marked(self._store, grades))
        learnt = [stored for stored in items if not is_held_out(stored.item)]
        texts = item_pairs([stored.item for stored in learnt])
        if marked:
            texts.append(self._demand_pairs([one for one in marked if not one.held_out], learnt))
        kinds = [kind for kind in map(self._counted, texts) if len(kind.groups)]
        table = adapted(self._shipped.table, kinds, self._recipe, progress).astype(np.float16).astype(np.float32)
        trials = self._trials(table, items, [one for one in marked if one.held_out])
        pairs = {kind.name: len(kind.groups) for kind in kinds}
        return Adaptation(table, self._shipped.fingerprint, pairs, trials, self._recipe)

    def _usable(self, marked: list[MarkedDemand]) -> list[MarkedDemand]:
        """Marks too few to be tested do not teach either."""
        return marked if len(marked) >= _LEAST_DEMANDS else []

    def _demand_pairs(self, marked: Sequence[MarkedDemand], items: Sequence[StoredItem]) -> PairTexts:
        """A demand with the suitable experts' items that are nearest to it: their others are about something else."""
        texts = [item_text(stored.item).embedding for stored in items]
        scores = self._shipped.encode_queries([one.text for one in marked]) @ self._shipped.encode_documents(texts).T
        pairs, groups = [], []
        for group, (demand, row) in enumerate(zip(marked, scores, strict=True)):
            own = [at for at, stored in enumerate(items) if demand.suitable.intersection(stored.owners)]
            for at in sorted(own, key=lambda at: -row[at])[:_BEST_ITEMS]:
                pairs.append((demand.text, texts[at]))
                groups.append(group)
        return PairTexts(_DEMANDS, tuple(pairs), tuple(groups))

    def _counted(self, texts: PairTexts) -> PairKind:
        left, right = (self._shipped.piece_counts([pair[side] for pair in texts.pairs]) for side in (0, 1))
        return kept_pairs(PairKind(texts.name, left, right, np.array(texts.groups, np.int64)))

    def _trials(self, table: Vectors, items: Sequence[StoredItem], marked: Sequence[MarkedDemand]) -> tuple[Trial, ...]:
        held_out = [stored.item for stored in items if is_held_out(stored.item)]
        others = [stored.item for stored in items if not is_held_out(stored.item)]
        encoders: tuple[Encode, Encode] = (
            self._current.encode_documents,
            lambda texts: normalised(self._shipped.piece_counts(texts) @ table),
        )
        trials = [paired("题名—摘要", *(title_ranks(encode, held_out, others) for encode in encoders))]
        if marked:
            trials.append(paired(_DEMANDS, *(demand_ranks(encode, marked, items) for encode in encoders)))
        languages = [bilingual_ranks(encode, held_out, others) for encode in encoders]
        if len(languages[0]) >= _LEAST_QUESTIONS:
            trials.append(paired("英文摘要—中文摘要", *languages))
        return tuple(trials)


def save_adaptation(found: Adaptation, base: Path, folder: Path, when: datetime) -> None:
    """Writes the model with its card and the facts that `read_facts` gives back."""
    save_with_table(found.table, base, folder, _card(found, when))
    facts = {
        "when": when.isoformat(timespec="seconds"),
        "base": found.base,
        "pairs": dict(found.pairs),
        "trials": [asdict(trial) for trial in found.trials],
    }
    (folder / _FACTS).write_text(json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8")


@dataclass(frozen=True, slots=True)
class AdaptationFacts:
    """What an adopted model says of itself; `base` is the fingerprint of the model it started from."""

    when: datetime
    base: str
    pairs: Mapping[str, int]
    trials: tuple[Trial, ...]


def read_facts(folder: Path) -> AdaptationFacts:
    """Of a folder that `save_adaptation` wrote."""
    facts = json.loads((folder / _FACTS).read_text(encoding="utf-8"))
    trials = tuple(Trial(**trial) for trial in facts["trials"])
    return AdaptationFacts(datetime.fromisoformat(facts["when"]), facts["base"], facts["pairs"], trials)


def _card(found: Adaptation, when: datetime) -> str:
    rows = [f"| pairs: {name} | {count} |" for name, count in found.pairs.items()]
    rows += [
        f"| held out: {trial.name} ({trial.questions}), MRR before, after | {trial.before:.3f}, {trial.after:.3f} |"
        for trial in found.trials
    ]
    return _CARD.format(
        when=when.isoformat(timespec="seconds"), base=found.base, recipe=found.recipe, rows="\n".join(rows)
    )
