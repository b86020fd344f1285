"""What does English know of a word?

Porter2's stem of its American spelling, with the unions undone that Porter2
makes by accident (university, universe), and, second, the stem of its
dictionary form, for what no suffix rule can see (children, went, mice).
"""

from collections.abc import Callable
from functools import cache, lru_cache

from searchkit.languages._simplemma import dictionary, edition
from searchkit.languages.base import Analysis, Reading, Weights, WordByWord
from searchkit.languages.compose import compose
from searchkit.languages.datafiles import data_rows, data_words
from searchkit.languages.wordlist import WordList, word_list
from searchkit.text.normalize import strip_marks, term_form

LEMMA_WEIGHT = 0.8
_LONGEST_ACRONYM = 4

_ISE = tuple(f"is{ending}" for ending in ("e", "ed", "es", "er", "ers", "ing", "ation", "ations", "ational", "able", "ability"))
_DOUBLED = tuple(f"l{ending}" for ending in ("ed", "ing", "er", "ers", "or", "ors", "ings"))


class English(WordByWord):
    """English."""

    code = "en"
    name = "English"
    scripts = ("Latn",)
    version = 3
    k1 = 1.2
    b = 0.6  # best for long documents and questions (two test collections, German and English mixed); .75 loses .002
    weights = Weights(word=0.1, fold=0.7)

    @property
    def stop_words(self) -> frozenset[str]:
        """Words that carry no content in a query."""
        return _stop_words()

    def analyze(self, word: str) -> Analysis:
        """Analyse one written word."""
        return _analyze(word)

    def query(self, word: str) -> Analysis:
        """Analyse a word of a query: ``IT`` is not ``it``."""
        return _query(word)


@lru_cache(maxsize=1 << 13)  # an index keeps the forms it has seen itself
def _analyze(word: str) -> Analysis:
    return compose(word, _simple)


@lru_cache(maxsize=1 << 12)
def _query(word: str) -> Analysis:
    return compose(word, lambda part: _acronym(part) or _simple(part))


def _acronym(word: str) -> Analysis | None:
    """Analyse IT, US, WHO: capitals that would be a word without content in small letters."""
    term = term_form(word)
    if not (1 < len(word) <= _LONGEST_ACRONYM and word.isupper() and term in _stop_words()):
        return None
    return Analysis(((term, 0),), (Reading(((".".join(term) + ".", 0),)),), lemmas=(word,))  # i.t., which no word is


def _simple(word: str) -> Analysis:
    """Analyse a word without hyphens."""
    term = term_form(word) or word
    base = (term[:-2] if term.endswith("'s") else term.removesuffix("'")) or term
    if term in _stop_words():
        stem = Reading(((base if base in _stop_words() else term, 0),))
        acronym = _acronym(word)
        # A text in capitals has its IT both ways; a query means one.
        return Analysis(((term, 0),), (*acronym.readings, stem) if acronym else (stem,), lemmas=(term,))
    lemma = _lemma(base)
    stems = [_stem(base)]
    # Goods are no form of good: what stands among the exceptions is a word of its own.
    if lemma and lemma != base and term_form(lemma) not in _stop_words() and american(base) not in _exceptions():
        stems.append(_stem(term_form(lemma)))
    stems = list(dict.fromkeys(stems))
    readings = tuple(Reading(((stem, 0),), LEMMA_WEIGHT if at else 1.0) for at, stem in enumerate(stems))
    folds = _folds(base, stems)
    return Analysis(((term, 0),), readings, folds=folds, lemmas=(lemma,) if lemma else ())


def _folds(base: str, stems: list[str]) -> tuple[str, ...]:
    """Give the keys without diacritics: of the stem, and the stem of the word without (resume is ``resum``, résumé ``résumé``)."""
    if base.isascii():
        return ()
    keys = (strip_marks(stems[0]), _stem(strip_marks(base)))
    return tuple(key for key in dict.fromkeys(keys) if key not in stems)


@lru_cache(maxsize=1 << 15)
def _stem(term: str) -> str:
    """Stem as Porter2 does, the American spelling, unless the exceptions say otherwise."""
    spelling = american(term)
    exceptions = _exceptions()
    if spelling in exceptions:
        return exceptions[spelling]
    lemma = _lemma(spelling)
    if lemma in exceptions:
        return exceptions[lemma]
    return _porter2()(spelling) or spelling


def american(term: str) -> str:
    """Give the American spelling of a word; of any other word itself."""
    spellings = _spellings("begin")
    for length in range(len(term), 2, -1):
        found = spellings.get(term[:length])
        if found:
            return found + term[length:]
    if term.removesuffix("s") in _spellings("whole"):
        return _spellings("whole")[term.removesuffix("s")] + ("s" if term.endswith("s") else "")
    stem, ending = _before(term, _DOUBLED)
    if ending and stem in _spellings("doubled"):
        return stem + ending[1:]
    stem, ending = _before(term, _ISE)
    if len(stem) > 1 and stem + "ise" not in _spellings("not-ize"):
        return f"{stem}iz{ending[2:]}"
    return term


def _before(term: str, endings: tuple[str, ...]) -> tuple[str, str]:
    """Split a term before the ending that it has; two empty strings if it has none (no ending is the end of another)."""
    if not term.endswith(endings):
        return "", ""
    ending = next(filter(term.endswith, endings))
    return term[: -len(ending)], ending


def _lemma(word: str) -> str | None:
    """Give the dictionary form of a word, whatever the case of its first letter."""
    return _mended().get(word) or _dictionary().get(word) or _dictionary().get(word.capitalize())


@cache
def _dictionary() -> WordList:
    """Open the dictionary: written form -> lemma."""
    return word_list(f"english-1-{edition('en')}.words", lambda: dictionary("en"))


@cache
def _porter2() -> Callable[[str], str]:
    from Stemmer import Stemmer

    stem: Callable[[str], str] = Stemmer("english").stemWord
    return stem


@cache
def _spellings(kind: str) -> dict[str, str]:
    return {british: us for row_kind, british, us in data_rows("english_spellings.tsv") if row_kind == kind}


@cache
def _exceptions() -> dict[str, str]:
    return {lemma: stem for lemma, stem, _ in data_rows("english_stems.tsv")}


@cache
def _mended() -> dict[str, str]:
    return {form: lemma for form, lemma, _ in data_rows("english_lemmas.tsv")}


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(data_words("stop_english.txt"))
