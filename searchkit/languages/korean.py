"""What does a Korean written word (eojeol) say?

A sentence goes through MeCab-ko; each written word gets the content morphemes
that begin in it: nouns (compounds as their parts), predicates as their stems,
roots, adverbs.  Particles, endings, the copula and the light verb of 협력하다
go.  Nothing here knows an index, and only this file knows MeCab.
"""

from functools import lru_cache
from typing import Any, NamedTuple

from searchkit.languages.base import Analysis, Reading, Weights
from searchkit.text.normalize import term_form

CONTENT = frozenset(["NNG", "NNP", "NNB", "NNBC", "NR", "NP", "VV", "VA", "XR", "SL", "SH", "SN", "MAG", "MM", "XPN", "XSN", "UNKNOWN"])
"""Tags of morphemes that are terms."""
AUXILIARY = frozenset(["VX", "VCP", "VCN", "IC", "MAJ", "XSV", "XSA"])
"""Tags of morphemes that are terms only where their word holds nothing better (있다, 안녕, 그러나)."""
DROPPED = frozenset({("들", "XSN"), ("님", "XSN")})
"""학생들 is 학생, 선생님 written as 선생 + 님 is 선생: plural and honour are no content."""


class Morpheme(NamedTuple):
    """A morpheme as MeCab gives it: its offset in its written word, and MeCab's feature line."""

    at: int
    surface: str
    feature: str


@lru_cache(maxsize=1)
def _mecab() -> tuple[Any, Any]:
    """Load MeCab once a process: the tagger, and what makes a lattice of a sentence."""
    from mecab import MeCab
    from mecab.utils import create_lattice

    return MeCab()._tagger, create_lattice  # noqa: SLF001 -- the public parse() makes two tuples a morpheme and is half as fast


_UNSAFE = {**dict.fromkeys([*range(0x20), 0x7F], " "), **dict.fromkeys(range(0xD800, 0xE000), " ")}
"""MeCab stops at U+0000 and cannot encode lone surrogates; offsets stay as they are."""


def morphemes(sentence: str) -> list[tuple[int, str, str]]:
    """Cut a sentence into ``(offset, surface, feature)``."""
    tagger, create_lattice = _mecab()
    lattice = create_lattice(sentence.translate(_UNSAFE))
    tagger.parse(lattice)
    return [(span[0], node.surface, node.feature) for span, node in lattice]


@lru_cache(maxsize=1 << 16)
def _parts(surface: str, feature: str) -> tuple[tuple[str, str], ...]:
    """Give the ``(form, tag)`` of what a morpheme is made of; of a plain one, itself."""
    fields = feature.split(",")
    if fields[7:] and fields[7] != "*":
        return tuple((piece[0], piece[1]) for piece in (part.split("/") for part in fields[7].split("+")) if len(piece) > 1)
    return ((surface, fields[0]),)


def _terms(parts: list[tuple[str, str]], word: str) -> list[str]:
    """Choose the terms among the parts of a word; never none."""
    kept = [form for form, tag in parts if tag in CONTENT and (form, tag) not in DROPPED]
    kept = kept or [form for form, tag in parts if tag in CONTENT]
    kept = kept or [form for form, tag in parts if tag in AUXILIARY]
    return [term_form(form) for form in kept] or [word]


def _grams(word: str) -> tuple[str, ...]:
    """Give the bigrams of a word."""
    return tuple(word[at : at + 2] for at in range(len(word) - 1))


@lru_cache(maxsize=1 << 16)
def _analysis(word: str, found: tuple[Morpheme, ...]) -> Analysis:
    """Make the analysis of a written word from its morphemes."""
    form = term_form(word) or word
    parts = [part for morpheme in found for part in _parts(morpheme.surface, morpheme.feature)]
    terms = _terms(parts, form)
    reading = Reading(tuple((term, inner) for inner, term in enumerate(terms)))
    return Analysis(words=((form, 0),), readings=(reading,), grams=_grams(form), lemmas=(form,), stem_width=len(terms))


class Korean:
    """Korean, by sentence.  See ``languages.base.Language``."""

    code = "ko"
    name = "Korean"
    scripts: tuple[str, ...] = ("Hang",)
    version = 1
    k1 = 1.2
    b = 0.75
    weights = Weights(word=0.1, gram=0.3)
    contextual = True
    stop_words: frozenset[str] = frozenset()

    def analyze(self, word: str) -> Analysis:
        """Analyse one written word without its sentence."""
        return self.analyze_sentence(word, [(0, len(word))])[0]

    def analyze_sentence(self, sentence: str, spans: list[tuple[int, int]]) -> list[Analysis]:
        """Analyse the words of a sentence, each by the morphemes that begin in it."""
        found = morphemes(sentence)
        out = []
        at = 0
        for start, end in spans:
            while at < len(found) and found[at][0] < start:
                at += 1
            mine = []
            while at < len(found) and found[at][0] < end:
                offset, surface, feature = found[at]
                mine.append(Morpheme(offset - start, surface, feature))
                at += 1
            out.append(_analysis(sentence[start:end], tuple(mine)))
        return out

    def query(self, word: str) -> Analysis:
        """Analyse a word of a query as a word of a text."""
        return self.analyze(word)
