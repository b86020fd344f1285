"""What can be said of a word whose language has no module?

Its spelling, its spelling without diacritics and apostrophes, what stands at
an apostrophe (French elides before it, Turkish inflects a name after it), and,
for scripts that write without blanks, its pairs of characters.  It is stemmed
by nobody: a wrong stemmer does more harm than none.
"""

from functools import lru_cache

from searchkit.languages.base import Analysis, Reading, Weights, WordByWord
from searchkit.languages.compose import compose
from searchkit.text.normalize import strip_marks, term_form
from searchkit.text.patterns import lazy_pattern
from searchkit.text.scripts import HAN, KANA

_IDEOGRAPHS = lazy_pattern(f"[{HAN}{KANA}]")
_UNSPACED = lazy_pattern(f"[{HAN}{KANA}\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff]")  # Thai, Lao, Tibetan, Myanmar, Khmer
_ELIDED = lazy_pattern("(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|gl|dell?|all|nell|dall|sull|un|quest|com|sant)'(?=\\w{2})")
# Cases of Turkish and Azerbaijani; not any ending, or Uzbek bog'liq would be bog.
_INFLECTED_NAME = lazy_pattern(
    "(?<=\\w{2})'(?:[yn]?[ıiuü]|[yn]?[ae]|[dt][ae]n?(?:k[ıi])?|n?[ıiuü]n|n[dt][ae]n?|y?l[ae]|l[ae]r\\w*|[dt][ıiuü]r|[cç][ae]|[yn]?l[ıiuü]k?)$"
)


class Other(WordByWord):
    """Every language and script without a module of its own."""

    code = "other"
    name = "Other"
    scripts = ("Zyyy",)
    version = 1
    k1 = 1.2
    b = 0.75
    weights = Weights()
    stop_words: frozenset[str] = frozenset()  # those of one language are words of another

    def analyze(self, word: str) -> Analysis:
        """Analyse one written word."""
        return _analyze(word)

    def query(self, word: str) -> Analysis:
        """Analyse a word of a query: two characters are not content with one of them."""
        analysis = _analyze(word)
        first = analysis.words[0][0]
        return analysis._replace(folds=()) if first[:1] >= "\u2e80" and _IDEOGRAPHS.match(first) else analysis


@lru_cache(maxsize=1 << 13)  # an index keeps the forms it has seen itself
def _analyze(word: str) -> Analysis:
    return compose(word, _simple)


def _simple(word: str) -> Analysis:
    """Analyse a word without hyphens."""
    term = term_form(word) or word
    if len(term) > 1 and term[0] >= "\u0e00" and _UNSPACED.match(term):
        return _pairs(term)
    stems = dict.fromkeys((term, *_at_apostrophe(term)))
    folds = dict.fromkeys(fold for stem in stems for fold in (_bare(stem),) if fold and fold not in stems)
    return Analysis(((term, 0),), tuple(Reading(((stem, 0),)) for stem in stems), folds=tuple(folds))


def _pairs(term: str) -> Analysis:
    """Cut a run into pairs of neighbours; single ideographs are words too, and found in the fold channel."""
    pairs = tuple((term[at : at + 2], at) for at in range(len(term) - 1))
    single = tuple(dict.fromkeys(_IDEOGRAPHS.findall(term)))
    return Analysis(((term, 0),), (Reading(pairs),), folds=single, stem_width=len(pairs))


def _at_apostrophe(term: str) -> tuple[str, ...]:
    """Give the word that an apostrophe joins to a smaller one: eau of l'eau, ankara of Ankara'da."""
    if "'" not in term:
        return ()
    elided = _ELIDED.match(term)
    if elided:
        return (term[elided.end() :],)
    inflected = _INFLECTED_NAME.search(term)
    return (term[: inflected.start()],) if inflected else ()


def _bare(term: str) -> str:
    """Take off diacritics and apostrophes; ə is what ASCII writers make of it."""
    return strip_marks(term).replace("ə", "e").replace("'", "")
