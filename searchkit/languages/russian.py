"""What does Russian know of a word?

Its lemma by pymorphy3, and the other lemmas that are possible (путём is путь or
the preposition, воскресенье has two spellings), with ё as е.  The lemma is
not cut: nDCG@10 .956 and .419 (questions, news) against .956 and .418 cut at
six letters, and сотрудник stays apart from сотрудничество.  What a cut would
unite (наука, научный) the four-letter grams bring near: .963 and .436.
"""

from functools import lru_cache

from searchkit.languages._cyrillic import is_cyrillic, is_russian_word, russian_readings
from searchkit.languages.base import Analysis, Reading, Weights, WordByWord
from searchkit.languages.compose import compose, diacritic_fold
from searchkit.languages.datafiles import data_words
from searchkit.text.normalize import normalized, term_form
from searchkit.text.patterns import lazy_pattern

GRAM_LETTERS = 4
LEAST_WEIGHT = 0.3  # of an unlikely reading in a query: сталь for стали
NAME_WEIGHT = 0.6  # of a name that was typed in small letters

_STRESS = lazy_pattern("[\u0300\u0301]")
_LOOKALIKES = str.maketrans("aceopxykmth", "асеорхукмтн")
_LATIN = lazy_pattern("[a-z]")
_CYRILLIC = lazy_pattern("[\u0400-\u04ff]")
_KAZAKH = str.maketrans("әғқңөұүһі", "агкноуухи")
_SURNAME_ENDINGS = ("ов", "ев", "ёв", "ин", "ын")
_SHORTEST_SURNAME = 4


class Russian(WordByWord):
    """Russian, by the OpenCorpora dictionary."""

    code = "ru"
    name = "Russian"
    scripts = ("Cyrl",)
    version = 1
    k1 = 1.2  # 1.5 gains .004 on news and loses .001 on questions; b .6 and .9 lose
    b = 0.75
    weights = Weights(gram=0.1)

    def __init__(self) -> None:
        words = data_words("stop_words_ru.txt")
        self.stop_words = frozenset(words) | {word.replace("ё", "е") for word in words}

    def analyze(self, word: str) -> Analysis:
        """Analyse one written word."""
        return _analyze(word)

    def query(self, word: str) -> Analysis:
        """Analyse a word of a query: names are typed in small letters."""
        return compose(word, _asked)


@lru_cache(maxsize=1 << 13)  # an index keeps the forms it has seen itself
def _analyze(word: str) -> Analysis:
    return compose(word, _simple)


def _simple(word: str) -> Analysis:
    """Analyse a word without hyphens."""
    term = term_form(word) or word
    letters = _mended(term)
    readings = russian_readings(letters, name=word[:1].isupper())
    known = is_russian_word(letters)
    stems = dict(readings)
    if word[:1].isupper() and len(letters) >= _SHORTEST_SURNAME and letters.endswith(_SURNAME_ENDINGS) and is_cyrillic(letters):
        # токаев is a form of токай (a wine) only, yet Токаева is Токаев's
        stems.setdefault(letters.replace("ё", "е"), 1.0)
    if not known and letters.endswith(("ско", "цко")):  # the first half of казахстанско-корейский
        stems.setdefault(f"{letters[:-1]}ий", 1.0)
    other_spellings = (*_without_kazakh_letters(letters), *diacritic_fold(letters))
    return Analysis(
        ((term, 0),),
        tuple(
            Reading(((stem, 0),), 1.0 if at == 0 else max(LEAST_WEIGHT, min(1.0, weight)))
            for at, (stem, weight) in enumerate(stems.items())
        ),
        grams=_grams(letters),
        folds=tuple(fold for fold in dict.fromkeys(other_spellings) if fold not in stems),
        lemmas=tuple(stem for stem, _ in readings) if known else (),
    )


def _asked(word: str) -> Analysis:
    """Analyse a word of a query: in small letters it may still be a name (токаева, марта)."""
    analysis = _simple(word)
    if not word.islower():
        return analysis
    held = {reading.terms for reading in analysis.readings}
    names = (reading for reading in _simple(word.capitalize()).readings if reading.terms not in held)
    return analysis._replace(readings=(*analysis.readings, *(Reading(name.terms, NAME_WEIGHT) for name in names)))


def _mended(term: str) -> str:
    """Take stress marks off, and write Latin look-alikes in a Cyrillic word as what they look like."""
    if term.isascii() or is_cyrillic(term):
        return term
    plain = normalized("NFC", _STRESS.sub("", normalized("NFC", term)))
    if _LATIN.search(plain) and _CYRILLIC.search(plain):
        mended = plain.translate(_LOOKALIKES)
        return plain if _LATIN.search(mended) else mended
    return plain


def _without_kazakh_letters(letters: str) -> tuple[str, ...]:
    """Give a Kazakh name as Russian texts spell it: Нұрғали is Нургали."""
    spelled = letters.translate(_KAZAKH)
    return tuple(lemma for lemma, _ in russian_readings(spelled, name=True)) if spelled != letters else ()


def _grams(letters: str) -> tuple[str, ...]:
    """Cut a word into pieces of four letters, its edges marked."""
    marked = f"_{letters.replace('ё', 'е')}_"
    return tuple(marked[at : at + GRAM_LETTERS] for at in range(len(marked) - GRAM_LETTERS + 1))
