"""Which words become the domain dictionary, and what an item's terms are worth."""

from matcher.domain.evidence import EvidenceItem
from matcher.domain.vocabulary import EvidenceType
from matcher.index.dictionary import TermCounter
from matcher.index.reading import weighted_terms
from matcher.index.settings import FieldWeights
from matcher.text.analyse import Analyzer
from matcher.text.item_text import ItemText
from matcher.text.segment import BigramSegmenter


def paper(*keywords: str) -> EvidenceItem:
    return EvidenceItem("I", EvidenceType.PAPER, "题目", keywords=keywords)


def profile(directions: str) -> EvidenceItem:
    return EvidenceItem("R", EvidenceType.PROFILE, directions)


def test_keywords_and_directions_of_at_least_two_items() -> None:
    counter = TermCounter()
    counter.add([paper("苏打盐碱地", "人参", "仅此一次"), profile("苏打盐碱地、人参、生物炭")])
    counter.add([paper("生物炭", "生物炭")])
    assert counter.terms() == ("人参", "生物炭", "苏打盐碱地")


def test_single_characters_long_phrases_and_foreign_words_are_no_terms() -> None:
    counter = TermCounter()
    words = ("土", "面向东北黑土地保护的耕作制度", "CO2", "水 稻", "Ａ类", "稻米")
    counter.add([paper(*words), paper(*words)])
    assert counter.terms() == ("稻米",)


def test_a_term_counts_by_the_weight_of_its_field() -> None:
    text = ItemText(title="盐碱", keywords="盐碱 土壤", body="盐碱 盐碱", embedding="")
    weights = FieldWeights(title=3.0, keywords=0.5, body=1.0)
    assert weighted_terms(text, Analyzer(BigramSegmenter()), weights) == {"盐碱": 5.5, "土壤": 0.5}


def test_a_field_without_weight_brings_no_terms() -> None:
    text = ItemText(title="盐碱", keywords="", body="土壤", embedding="")
    assert weighted_terms(text, Analyzer(BigramSegmenter()), FieldWeights(title=2.0, body=0.0)) == {"盐碱": 2.0}
