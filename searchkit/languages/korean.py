"""What does a Korean written word (eojeol) say?

A sentence goes through MeCab-ko; each written word gets the content morphemes
that begin in it: nouns (compounds as their parts), predicates as their stems,
roots, adverbs.  Particles, endings, the copula and the light verb of 협력하다
go.  Where MeCab cuts a word that it does not know, and cuts it otherwise after
every particle (토카/예프, 토카/예/프로), the word without its particle is a
reading of its own.  Nothing here knows an index, and only this file knows MeCab.
"""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from searchkit.languages.base import Analysis, Reading, Weights
from searchkit.languages.compose import compose, plain
from searchkit.text.normalize import term_form
from searchkit.text.scripts import script_of_char

DATA = Path(__file__).parent / "data"

NOMINAL = frozenset(("NNG", "NNP", "NNB", "NNBC", "NR", "NP", "XR", "SL", "SH", "SN", "MM", "MAG", "XPN", "XSN", "UNKNOWN"))
PREDICATE = frozenset(("VV", "VA"))
CONTENT = NOMINAL | PREDICATE
"""Tags of morphemes that are terms."""
VERBAL = PREDICATE | {"VX", "VCP", "VCN", "XSV", "XSA"}
AUXILIARY = frozenset(("VX", "VCP", "VCN", "IC", "MAJ", "XSV", "XSA"))
"""Tags of morphemes that are terms only where their word holds nothing better (있다, 안녕, 그러나)."""
EMPTY_SUFFIXES = frozenset(("들", "님", "적", "씩", "쯤", "째", "여"))
"""학생들 is 학생, 과학적 is 과학; -화, -성, -인, -국 are content."""
LIGHT = frozenset(("하", "되", "시키"))
"""After a noun in the same word a light verb, whatever MeCab calls it (필터링하는 has VV, 협력하는 XSV)."""
LOST_L = frozenset(("이끄", "베푸", "부푸", "머무", "내모", "되파"))
DEPENDENT = frozenset(("때", "중", "후", "전", "뒤", "곳", "말", "일", "시", "날"))
"""Nouns that people write onto a predicate (할때): no sign of a bad cut."""
NOUN = frozenset(("NNG", "NNP", "NR", "NP", "XR", "XSN", "UNKNOWN"))
STRAY = ("IC", "JKV", "VX", "EP", "EC", "VCP", "XSV", "XSA", "J")
"""No word begins with these and goes on with a noun: 어/IC 트리/NNG 뷰트/NNG is 어트리뷰트."""

SPELLING_WEIGHT = 0.9  # 컨텐츠 is 콘텐츠; the written form still ranks first
IRREGULAR_WEIGHT = 0.7  # 걸어 may be 걷다 or 걸다
PARTS_WEIGHT = 0.7  # of what MeCab made of a word it cut badly


class Part(NamedTuple):
    """A morpheme, or what a morpheme is made of: its form and tag, and the span of the morpheme in its word."""

    form: str
    tag: str
    start: int
    end: int


@lru_cache(maxsize=1)
def _mecab() -> tuple[Any, Any]:
    """Load MeCab once a process: the tagger, and what makes a lattice of a sentence."""
    from mecab import MeCab
    from mecab.utils import create_lattice

    return MeCab()._tagger, create_lattice  # noqa: SLF001 -- the public parse() makes two tuples a morpheme and is half as fast


ARAEA = "\u318d"
"""A vowel of old, typed for a middle dot in half of all laws: 이의신청ㆍ심사청구."""
_UNSAFE = {**dict.fromkeys([*range(0x20), 0x7F, *range(0xD800, 0xE000)], " "), ord(ARAEA): "·"}
"""MeCab stops at U+0000, cannot encode lone surrogates and takes ㆍ for a letter."""


def morphemes(sentence: str) -> list[tuple[int, str, str]]:
    """Cut a sentence into ``(offset, surface, feature line)``."""
    tagger, create_lattice = _mecab()
    lattice = create_lattice(sentence.translate(_UNSAFE))
    tagger.parse(lattice)
    return [(span[0], node.surface, node.feature) for span, node in lattice]


def _rows(name: str) -> list[list[str]]:
    """Read a table of this language."""
    lines = (DATA / f"korean_{name}.tsv").read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


# -- Hangul ---------------------------------------------------------------------


def _final(char: str) -> int:
    """Number the final consonant of a syllable: 0 for none, 4 ㄴ, 8 ㄹ, 17 ㅂ, 19 ㅅ; -1 for no syllable."""
    return (ord(char) - 0xAC00) % 28 if "가" <= char <= "힣" else -1


@lru_cache(maxsize=1)
def _particles() -> dict[str, str]:
    """Give the particles, alone and combined, with the sounds that they follow."""
    return {particle: after for particle, after in _rows("particles")}  # noqa: C416 -- dict() of lists of str is untyped


_FITS: dict[str, Callable[[int], bool]] = {
    "any": lambda final: final >= 0,
    "consonant": lambda final: final > 0,
    "vowel": lambda final: final == 0,
    "closed": lambda final: final > 0 and final != 8,  # noqa: PLR2004 -- ㄹ, see _final
    "liquid": lambda final: final in (0, 8),
}


def without_particle(word: str) -> str:
    """Take the longest particle off that may follow what is left, two syllables at least; then 들."""
    particles = _particles()
    for at in range(2, len(word)):
        after = particles.get(word[at:])
        if after and _FITS[after](_final(word[at - 1])):
            word = word[:at]
            break
    return word[:-1] if len(word) > 2 and word.endswith("들") else word  # noqa: PLR2004 -- 들 after two syllables


@lru_cache(maxsize=1)
def _irregular() -> dict[str, tuple[str, ...]]:
    """Give forms of irregular predicates that MeCab cuts as regular ones, with their stems: 지어 is of 짓다."""
    forms: dict[str, dict[str, None]] = {}
    for stem, kind in _rows("irregular"):
        for form in _forms_of(stem, kind):
            forms.setdefault(form, {})[stem] = None
    return {form: tuple(stems) for form, stems in forms.items()}


def _forms_of(stem: str, kind: str) -> list[str]:
    """Give the forms in which the last consonant of a stem goes (ㅅ, ㄹ) or turns into ㄹ (ㄷ)."""
    head, last = stem[:-1], stem[-1]
    bare = chr(ord(last) - _final(last))
    if kind == "ㄹ":
        endings = "는 는데 는지 니 니까 네 시는 시고 신다 세요 십시오 오".split()  # noqa: SIM905 -- a row of endings reads better
        syllables = [chr(ord(bare) + 4), chr(ord(bare) + 17)]  # 만든, 만듭(니다)
        short = [] if len(stem) == 1 else [head + syllables[0], head + syllables[0] + "다"]  # 산, 연 are nouns far more often
        return [*(head + bare + ending for ending in endings), *short, head + syllables[1] + "니다"]
    turned = head + (chr(ord(bare) + 8) if kind == "ㄷ" else bare)
    bright = (ord(bare) - 0xAC00) % 588 // 28 in (0, 8)  # ㅏ, ㅗ
    vowel, past = ("아", "았") if bright else ("어", "었")
    tails = [vowel + tail for tail in ("", "서", "도", "야", "요", "라", "지는", "진", "졌다", "지고", "질")]
    tails += [past + tail for tail in ("다", "고", "으며", "지만", "는데", "던", "을", "습니다", "으나", "기", "음")]
    tails += "은 을 으며 으면 으니 으니까 으나 으려 으려고 으러 은데 은지 을수록 을지 음 음을 으므로 으세요 으십시오 으시는 읍시다".split()  # noqa: SIM905 -- as above
    return [turned + tail for tail in tails]


@lru_cache(maxsize=1)
def _loans() -> dict[str, str]:
    """Give the standard spelling of loanwords and places by their common other ones."""
    return {written: standard for written, standard in _rows("loans")}  # noqa: C416 -- as in _particles


_GLIDES = str.maketrans("쟈져죠쥬챠쳐쵸츄", "자저조주차처초추")


def standard_spelling(term: str) -> str:
    """Spell a noun as the loanword rules have it: 컨텐츠 콘텐츠, 쥬라기 주라기 (no glide after ㅈ and ㅊ)."""
    return _loans().get(term) or (term.translate(_GLIDES) if len(term) > 1 else term)


# -- Morphemes to terms -----------------------------------------------------------


@lru_cache(maxsize=1 << 16)
def _made_of(surface: str, feature: str) -> tuple[tuple[str, str], ...]:
    """Give the ``(form, tag)`` of what a morpheme is made of; of a plain one, itself."""
    fields = feature.split(",")
    if fields[7:] and fields[7] != "*":
        made = tuple((piece[0], piece[1]) for piece in (part.split("/") for part in fields[7].split("+")) if len(piece) > 1)
        if made:
            return made
    return ((surface, fields[0]),)


def _content(parts: list[Part]) -> list[Part]:
    """Choose the parts of a word that are terms; the second best where it has none."""
    kept: list[Part] = []
    for part in parts:
        empty = part.tag == "XSN" and part.form in EMPTY_SUFFIXES
        light = part.tag in ("VV", "VX") and part.form in LIGHT
        if part.tag in CONTENT and not ((empty or light) and kept):
            kept.append(part)
    return kept or [part for part in parts if part.tag in AUXILIARY]


def _is_cut_badly(parts: list[Part], content: list[Part]) -> bool:
    """Tell whether a word was cut as no word is made: 메/VV 서/EC 드/NNG for 메서드."""
    before: Part | None = None  # the last content part
    between: list[str] = []  # tags of what stands between it and the part at hand
    for part in parts:
        if part not in content:
            between.append(part.tag)
            continue
        joint = between[0] if between else ""
        if part.tag in PREDICATE:
            bad = before is not None and (before.tag == "NNP" or joint in ("IC", "JKB") or _is_short_chain(before, part))
        else:
            bad = part.tag in NOUN and part.form not in DEPENDENT and joint != ""
            bad = bad and (joint.startswith(STRAY) if before is None else 1 in (len(before.form), len(part.form)))
        if bad:
            return True
        before, between = part, []
    return False


def _is_short_chain(left: Part, right: Part) -> bool:
    """Tell whether two predicates of one syllable follow each other: 메/VV 서/EC 드/VV 는/ETM for 메서드는."""
    return left.tag in PREDICATE and len(left.form) == len(right.form) == 1


def _wholes(word: str, parts: list[Part], content: list[Part], *, bad: bool) -> list[str]:
    """Give the noun that a word of several parts may be, without its particle."""
    nouns = [part for part in content if part.tag not in ("NNB", "NNBC")]
    if len(nouns) < 2 and not bad:  # noqa: PLR2004 -- one is its own whole
        return []
    last = (nouns or content)[-1]
    if last.tag in PREDICATE and last.end < len(word):
        short = without_particle(word)
        return [short] if short != word else []
    if not bad and any(part.tag.startswith("E") for part in parts if part.end <= last.start):
        return []  # 위한법률 lacks a blank, it is no noun
    base = word[: last.end]
    clean = all(part.tag == "NNG" and len(part.form) > 1 for part in nouns)
    if last.end < len(word) or clean:
        return [base]
    # No particle was cut off: MeCab may have taken it into the last noun (메서/NNP 드가/NNP).
    short = without_particle(word)
    return [base] if short == base else [short, base]


def _reading(terms: list[str], weight: float = 1.0) -> Reading:
    """Place terms one after the other."""
    return Reading(tuple((term, inner) for inner, term in enumerate(terms)), weight)


def _readings(word: str, parts: list[Part], content: list[Part]) -> list[Reading]:
    """Give the ways to understand a word, best first."""
    if not content:
        return [_reading([word])]
    terms = _terms(content)
    single = content[0].start == 0 and content[-1].start == 0
    bad = _is_cut_badly(parts, content)
    wholes = [] if single else _wholes(word, parts, content, bad=bad)
    whole = [_reading([each]) for each in wholes if len(each) > 1]
    if bad and whole:
        long = [term for term, part in zip(terms, content, strict=True) if len(part.form) > 1]
        rest = [_reading(long, PARTS_WEIGHT)] if long and parts[0].tag != "IC" else []
        return [*whole, *rest]
    return [_reading(terms), *whole]


def _terms(content: list[Part]) -> list[str]:
    """Name the terms of the parts; a predicate by its dictionary form, or 날다 would be 날 and 묻다 물."""
    return [_with_lost_l(part.form) + "다" if part.tag in VERBAL else part.form for part in content]


def _with_lost_l(stem: str) -> str:
    """Mend a stem that MeCab left without its ㄹ (만드/VV 는): no predicate but 만들다, 힘들다 and their like has -드-."""
    return stem[:-1] + chr(ord(stem[-1]) + 8) if stem.endswith("드") or stem in LOST_L else stem


def _respelt(readings: list[Reading], content: list[Part], hanja: dict[str, str]) -> list[Reading]:
    """Add what the readings are in standard spelling, and in Hangul."""
    nouns = all(part.tag in NOMINAL for part in content)
    out = []
    for reading in readings:
        terms = [term for term, _ in reading.terms]
        spelt = [standard_spelling(hanja.get(term, term)) for term in terms] if nouns else terms
        if spelt != terms:
            out.append(_reading(spelt, SPELLING_WEIGHT))
    return out


def _lemmas(word: str, readings: list[Reading], parts: list[Part], content: list[Part]) -> list[str]:
    """Give the dictionary forms: the noun as written, what it is made of, the predicate with 다."""
    if len(content) == 1 and content[0].tag in VERBAL:
        return _terms(content)
    nouns = [part for part in content if part.tag in NOMINAL]
    out = [reading.terms[0][0] for reading in readings if len(reading.terms) == 1]
    if len(nouns) > 1 and all(part.tag in ("NNG", "NNP") and len(part.form) > 1 for part in content):
        out += [word[: nouns[-1].end], *(part.form for part in nouns)]  # no part of a word that was split into syllables: a guess
    out += [nouns[0].form + part.form + "다" for part in parts if part.tag in ("XSV", "XSA") and len(nouns) == 1][:1]
    return out or ([word] if content else [])


def _grams(word: str) -> tuple[str, ...]:
    """Give the bigrams of a word, each once."""
    return tuple(dict.fromkeys(word[at : at + 2] for at in range(len(word) - 1)))


@lru_cache(maxsize=1 << 17)
def _analysis(word: str, found: tuple[tuple[int, str, str], ...]) -> Analysis:
    """Make the analysis of a written word from its morphemes."""
    parts = [
        Part(term_form(form), tag, at, at + len(surface)) for at, surface, feature in found for form, tag in _made_of(surface, feature)
    ]
    content = _content(parts)
    hanja = {surface: feature.split(",")[3] for _, surface, feature in found if script_of_char(surface[0]) == "Hani"}
    readings = _readings(word, parts, content)
    lemmas = _lemmas(word, readings, parts, content)
    if not (content and content[0].tag in ("NNG", "NNP") and parts[-1].tag.startswith("J")):  # 물을 is no form of 묻다
        others = [stem + "다" for stem in _irregular().get(word, ()) if all(part.form != stem for part in content)]
        readings += [_reading([other], IRREGULAR_WEIGHT) for other in others]
        lemmas += others
    respelt = _respelt(readings, content, {written: said for written, said in hanja.items() if said != "*"})
    readings += respelt
    lemmas += [reading.terms[0][0] for reading in respelt if len(reading.terms) == 1]
    return Analysis(
        words=((word, 0),),
        readings=tuple(dict.fromkeys(readings)),
        grams=_grams(word),
        lemmas=tuple(dict.fromkeys(lemmas)),
        stem_width=max(len(reading.terms) for reading in readings),
    )


def _listed(word: str, items: list[Analysis]) -> Analysis:
    """Analyse words that a dot joins: one after the other, first readings with first, second with second."""
    readings = []
    for rank in range(max(len(item.readings) for item in items)):
        terms: list[tuple[str, int]] = []
        base = 0
        for item in items:
            terms += [(term, base + inner) for term, inner in item.readings[min(rank, len(item.readings) - 1)].terms]
            base += item.stem_width
        readings.append(Reading(tuple(terms)))
    return Analysis(
        words=((word, 0), *((item.words[0][0], at) for at, item in enumerate(items))),
        readings=tuple(dict.fromkeys(readings)),
        grams=tuple(dict.fromkeys(gram for item in items for gram in item.grams)),
        lemmas=tuple(dict.fromkeys(lemma for item in items for lemma in item.lemmas)),
        word_width=len(items),
        stem_width=sum(item.stem_width for item in items),
    )


class Korean:
    """Korean, by sentence.  See ``languages.base.Language``."""

    code = "ko"
    name = "Korean"
    scripts: tuple[str, ...] = ("Hang",)
    version = 1
    k1 = 1.2
    b = 0.75
    weights = Weights(word=0.1, gram=0.15)
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
            first = at
            while at < len(found) and found[at][0] < end:
                at += 1
            word = sentence[start:end]
            out.append(self._word(word, tuple((where - start, surface, feature) for where, surface, feature in found[first:at])))
        return out

    def query(self, word: str) -> Analysis:
        """Analyse a word of a query as a word of a text."""
        return self.analyze(word)

    def _word(self, word: str, found: tuple[tuple[int, str, str], ...]) -> Analysis:
        """Analyse a word by its morphemes; by itself where they are not of its own spelling."""
        if not any(script_of_char(char) in ("Hang", "Hani") for char in word):
            return compose(word, plain)
        if ARAEA in word.strip(ARAEA):
            return _listed(term_form(word), [self.analyze(item) for item in word.split(ARAEA) if item])
        form = term_form(word) or word
        if form != word:
            found = tuple(morphemes(form))
        return _analysis(form, found)
