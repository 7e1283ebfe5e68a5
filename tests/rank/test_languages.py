"""An English profile competes fairly: a Chinese demand finds the English item beside the Chinese one."""

from collections import Counter

import pytest

from matcher.encode.builtin import BuiltinEncoder
from matcher.encode.hubs import HubCorrected
from matcher.encode.query_bank import read_query_bank
from matcher.index.local import IndexBuilder
from matcher.index.protocol import IndexEntry
from matcher.index.settings import IndexSettings
from matcher.rank.query import QueryBuilder
from matcher.rank.ranker import Ranker
from matcher.rank.weights import parse_weights
from matcher.resources import bundled
from matcher.text.analyse import Analyzer, read_stop_words
from matcher.text.reading import read_text
from matcher.text.segment import JiebaSegmenter

# demand, Chinese item, English item
TOPICS = {
    "soil": (
        "地里返白霜，浇井水越浇越白，玉米苗出不齐",
        "盐碱胁迫对玉米出苗的影响及微咸水灌溉下土壤盐分运移",
        "Salt accumulation in irrigated saline-alkali soils and its effect on seedling emergence of maize",
    ),
    "crypto": (
        "水表里的芯片小，加密一开就费电，想换省电的办法",
        "面向物联网终端的轻量级加密算法与密钥管理",
        "Lightweight encryption and key management for resource-constrained Internet of Things devices",
    ),
    "cattle": (
        "奶牛后期产奶掉得快，乳房老发炎",
        "饲粮添加剂对奶牛产奶性能和乳腺炎的影响",
        "Dietary supplementation improves milk yield and reduces mastitis in dairy cows",
    ),
    "vision": (
        "流水线上瓶子有划痕，人工挑不过来，想用相机自动看",
        "基于卷积神经网络的产品表面缺陷检测方法",
        "Surface defect detection of industrial products with convolutional neural networks",
    ),
    "nursing": (
        "术后病人疼得睡不着，想用针灸一类的法子",
        "耳穴贴压治疗术后疼痛和失眠的护理体会",
        "Auricular acupressure for postoperative pain and sleep quality: a nursing study",
    ),
    "weather": (
        "想提前知道哪一段公路起风堆雪，好派铲雪车",
        "区域降雪与大风天气的数值预报及其在交通防灾中的应用",
        "Numerical forecasting of snowfall and strong wind for the prevention of road disasters",
    ),
    "energy": (
        "风场发电量第二天报不准，老被电网罚钱",
        "风电场短期功率预测方法研究",
        "Short-term wind power forecasting for wind farms",
    ),
    "library": (
        "馆里的老档案照片没人整理，查不着",
        "数字图书馆特藏资源的元数据加工与检索系统",
        "Metadata and retrieval systems for digital library special collections",
    ),
}
ENCODER = HubCorrected(BuiltinEncoder(bundled("encoder")), read_query_bank(bundled("querybank.jsonl")))
ANALYZER = Analyzer(JiebaSegmenter(), read_stop_words(bundled("reference/stopwords.txt")))


@pytest.fixture(scope="module")
def ranker() -> Ranker:
    """Expert `soil-zh` owns the Chinese item of that topic, `soil-en` the English one, and so on."""
    texts = [(f"{topic}-zh", chinese) for topic, (_, chinese, _) in TOPICS.items()]
    texts += [(f"{topic}-en", english) for topic, (_, _, english) in TOPICS.items()]
    vectors = ENCODER.encode_documents([text for _, text in texts])
    builder = IndexBuilder(IndexSettings(encoder=ENCODER.fingerprint, dimensions=ENCODER.dimensions))
    builder.add(
        [
            IndexEntry(number, (owner,), dict(Counter(ANALYZER.terms(text))), vector)
            for number, ((owner, text), vector) in enumerate(zip(texts, vectors, strict=True))
        ]
    )
    weights = parse_weights(bundled("weights.json").read_text(encoding="utf-8"))
    return Ranker(builder.finish(1), QueryBuilder(ANALYZER, ENCODER), weights)


def test_english_items_stand_beside_the_chinese_ones(ranker: Ranker) -> None:
    first = {topic: ranker.standing(read_text(demand)).votes.experts[:3] for topic, (demand, _, _) in TOPICS.items()}
    english = [topic for topic, found in first.items() if f"{topic}-en" in found]
    chinese = [topic for topic, found in first.items() if f"{topic}-zh" in found]
    assert len(english) >= 7, english
    assert len(english) >= len(chinese) - 1
