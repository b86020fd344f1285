"""What can be said of a word whose language has no module?

Its spelling, its spelling without diacritics, and, for scripts that write
without blanks, its pairs of characters.
"""

import re
from functools import lru_cache

from searchkit.languages.base import Analysis, Reading, Weights
from searchkit.languages.compose import compose, diacritic_fold, plain
from searchkit.text.normalize import term_form
from searchkit.text.scripts import HAN, KANA

# Written without blanks: Han, Kana, Thai, Lao, Myanmar, Khmer, Tibetan.
_UNSPACED = re.compile(f"[{HAN}{KANA}\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff]")
_ELISION = re.compile("(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|gl|dell|all|nell|sull|un)'(?=\\w{2})")


class Other:
    """Every language and script without a module of its own."""

    code = "other"
    name = "Other"
    scripts = ("Zyyy",)
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


@lru_cache(maxsize=1 << 16)
def _analyze(word: str) -> Analysis:
    return compose(word, _simple)


def _simple(word: str) -> Analysis:
    """Analyse a word without hyphens."""
    term = term_form(word) or word
    if len(term) > 1 and _UNSPACED.match(term):
        pairs = tuple((term[at : at + 2], at) for at in range(len(term) - 1))
        return Analysis(((term, 0),), (Reading(pairs),), stem_width=len(pairs))
    elided = _ELISION.match(term)
    if elided:
        rest = term[elided.end() :]
        readings = (Reading(((term, 0),)), Reading(((rest, 0),)))
        return Analysis(((term, 0),), readings, folds=diacritic_fold(rest))
    return plain(word)
