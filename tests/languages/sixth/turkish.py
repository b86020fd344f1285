"""What does Turkish know of a word?  A sixth language, in one module, to show that one is enough."""

import re

from searchkit.languages.base import Analysis, Reading, Weights
from searchkit.languages.compose import compose, diacritic_fold
from searchkit.text.normalize import term_form

_CASES = re.compile("(?<=[a-zçğıöşü]{3})(?:l[ae]r)?(?:[ıiuü]m[ıiuü]z)?(?:[ıiuü]|n[ıiuü]n|[dt][ae]n?|[ae])?$")


class Turkish:
    """Turkish, by its plural and its cases alone."""

    code = "tr"
    name = "Turkish"
    scripts = ("Latn",)
    version = 1
    k1 = 1.2
    b = 0.75
    weights = Weights()
    contextual = False
    stop_words = frozenset({"ve", "bir", "bu", "ile"})

    def analyze(self, word: str) -> Analysis:
        """Analyse one written word."""
        return compose(word, _simple)

    def analyze_sentence(self, sentence: str, spans: list[tuple[int, int]]) -> list[Analysis]:
        """Analyse words; their sentence changes nothing."""
        return [self.analyze(sentence[start:end]) for start, end in spans]

    def query(self, word: str) -> Analysis:
        """Analyse a word of a query, as any."""
        return self.analyze(word)


def _simple(word: str) -> Analysis:
    """Analyse a word without hyphens; a suffix after an apostrophe (Ankara'da) is none of the name."""
    term = term_form(word) or word
    name, apostrophe, _ = term.partition("'")
    stem = name if name and apostrophe else _CASES.sub("", term)
    return Analysis(((term, 0),), (Reading(((stem, 0),)),), folds=diacritic_fold(stem))
