"""The tokenizer: a Unigram model whose pieces are the corpus' words, with characters and sub-words to fall back on."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

import rjieba
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from encoder_training.corpus import Corpus

_CHINESE, _LATIN = re.compile(r"[\u4e00-\u9fff]+"), re.compile(r"[a-z]+")
_WORDS, _CHARACTERS, _LATIN_WORDS, _SUBWORDS = 42_000, 6_500, 17_000, 6_000
_LEAST_CHINESE, _LEAST_LATIN = 8, 12
# A title or abstract word weighs as much as five words of the body, a plain demand's as much as ten.
_ABSTRACT, _DEMAND = 5, 10
_SYMBOLS = [chr(code) for code in range(33, 127)] + list("αβγδεμσλω℃")


def make_tokenizer(corpus: Corpus) -> Tokenizer:
    """NFKC, lower case, split at blanks only; unknown characters become `[UNK]` (id 0).

    No piece crosses punctuation or digits, so that splitting there too would change nothing and take twice the time.
    """
    chinese, latin = _count_words(corpus)
    pieces = _choose(chinese, latin)
    total = sum(pieces.values())
    ordered = sorted(pieces.items(), key=lambda pair: (-pair[1], pair[0]))
    scored = [("[UNK]", -25.0), *((piece, math.log(count / total)) for piece, count in ordered)]
    tokenizer = Tokenizer(models.Unigram(scored, unk_id=0, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    return tokenizer


def _count_words(corpus: Corpus) -> tuple[Counter[str], Counter[str]]:
    jieba = rjieba.Jieba()
    chinese: Counter[str] = Counter()
    latin: Counter[str] = Counter()
    for text, weight in _texts(corpus):
        plain = unicodedata.normalize("NFKC", text).lower()
        for run in _CHINESE.findall(plain):
            for word in jieba.cut_for_search(run, True):
                chinese[word] += weight
        for word in _LATIN.findall(plain):
            latin[word] += weight
    return chinese, latin


def _texts(corpus: Corpus) -> Iterable[tuple[str, int]]:
    for paper in corpus.papers:
        for text in (paper.title_zh, paper.abstract_zh, paper.title_en, paper.abstract_en, paper.keywords_zh):
            yield text, _ABSTRACT
        for text in paper.paragraphs:
            yield text, 1
    for demand in corpus.demands:
        yield demand.symptom, _DEMAND
        yield demand.title, _DEMAND


def _choose(chinese: Counter[str], latin: Counter[str]) -> dict[str, float]:
    words = _most({w: c for w, c in chinese.items() if 2 <= len(w) <= 6 and c >= _LEAST_CHINESE}, _WORDS)
    latin_words = _most({w: c for w, c in latin.items() if 2 <= len(w) <= 20 and c >= _LEAST_LATIN}, _LATIN_WORDS)
    characters: Counter[str] = Counter()
    for word, count in chinese.items():
        for character in word:
            characters[character] += count
    pieces: dict[str, float] = dict.fromkeys(_SYMBOLS, 5.0)
    pieces |= {part: count / 20 for part, count in _most(_parts(latin), _SUBWORDS).items()}
    # Whole words come first: a character or a part is a last resort.
    pieces |= {character: count / 8 for character, count in _most(characters, _CHARACTERS).items()}
    return pieces | words | latin_words


def _parts(latin: Counter[str]) -> dict[str, float]:
    parts: Counter[str] = Counter()
    for word, count in latin.items():
        for size in (2, 3, 4, 5):
            for at in range(len(word) - size + 1 if len(word) > 3 else 0):
                parts[word[at : at + size]] += min(count, 50)
    return dict(parts)


def _most(counts: dict[str, float] | Counter[str], number: int) -> dict[str, float]:
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:number])
