"""Normal form, sentences, words and terms, on text as firms and papers write it."""

import pytest

from matcher.domain.evidence import EvidenceItem
from matcher.domain.vocabulary import EvidenceType
from matcher.resources import bundled
from matcher.text.analyse import Analyzer, read_stop_words
from matcher.text.item_text import item_text
from matcher.text.normalise import meaningful, normalise
from matcher.text.segment import BigramSegmenter, JiebaSegmenter, Segmenter
from matcher.text.sentences import sentences


@pytest.fixture(params=["jieba", "bigram"])
def segmenter(request: pytest.FixtureRequest) -> Segmenter:
    return JiebaSegmenter() if request.param == "jieba" else BigramSegmenter()


def test_full_width_forms_and_control_characters_are_levelled() -> None:
    assert normalise("ＰＨ值\u3000 ９．１\u200b\x00") == "PH值 9.1"


@pytest.mark.parametrize(
    "text", ["无", " 无。", "未提供。", "暂无", "N/A", "—", "/", "", "不详", "……".replace("…", ".")]
)
def test_placeholders_are_no_text(text: str) -> None:
    assert meaningful(text) == ""


@pytest.mark.parametrize("text", ["无人机植保", "没有根本好转", "不详细", "无缝钢管"])
def test_words_that_begin_like_placeholders_stay(text: str) -> None:
    assert meaningful(text) == text


def test_a_scrap_joins_the_sentence_before_it() -> None:
    assert sentences("苗老是死。咋办？地里返白霜很多年") == ["苗老是死。咋办？", "地里返白霜很多年"]


def test_chinese_text_yields_terms(segmenter: Segmenter) -> None:
    analyzer = Analyzer(segmenter, read_stop_words(bundled("reference/stopwords.txt")))
    assert len(analyzer.terms("盐碱地水稻秸秆还田对土壤有机碳的影响")) >= 4


def test_stop_words_and_bare_numbers_are_no_terms() -> None:
    analyzer = Analyzer(JiebaSegmenter(), {"的", "of", "the"})
    assert {"盐碱", "盐碱地", "pm2.5"} <= set(analyzer.terms("盐碱地的 12.5% of the PM2.5"))
    assert not {"的", "of", "the", "12.5"} & set(analyzer.terms("盐碱地的 12.5% of the PM2.5"))


def test_a_compound_comes_with_its_parts() -> None:
    assert {"神经", "网络", "神经网络"} <= set(JiebaSegmenter().words("卷积神经网络"))


def test_domain_terms_come_on_top_and_change_the_fingerprint() -> None:
    plain, domain = JiebaSegmenter(), JiebaSegmenter(["苏打盐化土"])
    assert "苏打盐化土" not in plain.words("改良苏打盐化土地")
    assert set(plain.words("改良苏打盐化土地")) | {"苏打盐化土"} == set(domain.words("改良苏打盐化土地"))
    assert plain.fingerprint != domain.fingerprint


def test_times_numbers_and_manners_name_no_subject() -> None:
    words = ["秋天", "三年", "到底", "井水", "出苗率", "焊接", "苏打盐化土"]
    segmenter = JiebaSegmenter(["苏打盐化土"])
    assert [word for word in words if segmenter.names_a_subject(word)] == words[3:]


def test_an_item_is_read_in_both_languages_without_placeholders() -> None:
    item = EvidenceItem("I1", EvidenceType.PAPER, "盐碱地改良", "无", ("石膏",), title_en="Saline soil")
    text = item_text(item)
    assert (text.title, text.keywords, text.body) == ("盐碱地改良\nSaline soil", "石膏", "")
    assert text.embedding == "盐碱地改良\nSaline soil\n石膏"
