"""What does Russian know of a word?

The lemma of pymorphy3, and a second one that is nearly as likely (путём is
путь or the preposition), with ё as е.
"""

from functools import lru_cache

from searchkit.languages._cyrillic import russian_lemmas, russian_stem
from searchkit.languages.base import Analysis, Reading, Weights
from searchkit.languages.compose import compose, diacritic_fold
from searchkit.text.normalize import term_form


class Russian:
    """Russian, by the OpenCorpora dictionary."""

    code = "ru"
    name = "Russian"
    scripts = ("Cyrl",)
    version = 1
    k1 = 1.2
    b = 0.75
    weights = Weights()
    contextual = False
    stop_words: frozenset[str] = frozenset()

    def analyze(self, word: str) -> Analysis:
        """Analyse one written word."""
        return _analyze(word)

    def analyze_sentence(self, sentence: str, spans: list[tuple[int, int]]) -> list[Analysis]:
        """Analyse words; their sentence changes nothing."""
        return [_analyze(sentence[start:end]) for start, end in spans]

    def query(self, word: str) -> Analysis:
        """Analyse a word of a query, as any."""
        return _analyze(word)


@lru_cache(maxsize=1 << 17)
def _analyze(word: str) -> Analysis:
    return compose(word, _simple)


def _simple(word: str) -> Analysis:
    """Analyse a word without hyphens."""
    term = term_form(word) or word
    lemmas = tuple(dict.fromkeys(lemma.replace("ё", "е") for lemma in russian_lemmas(term)))
    stems = dict.fromkeys(russian_stem(lemma) for lemma in lemmas)
    readings = tuple(Reading(((stem, 0),)) for stem in stems)
    return Analysis(((term, 0),), readings, folds=tuple(f for f in diacritic_fold(term) if f not in stems), lemmas=lemmas)
