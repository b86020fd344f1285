"""What does Kazakh know of a word?

Its stem by ``kazakh_stemmer`` (and a second reading where that is in doubt),
the stem under which Russian has it if it is a loan, pieces of four letters for
ranking, and a key that is the same in every spelling (``skeleton``).

The keys have two kinds.  A word written with Kazakh letters does not want what
merely looks like it without them (көл is no қол, құн no күн), so a native query
asks for words that were *written without*, and a query written without asks
for all.
"""

from functools import lru_cache

from searchkit.languages._cyrillic import LOAN_LETTERS, is_russian_word, russian_lemmas
from searchkit.languages.base import Analysis, Reading, Weights, WordByWord
from searchkit.languages.compose import compose, number
from searchkit.languages.datafiles import data_words
from searchkit.languages.kazakh_stemmer import Stems, infinitive, stems
from searchkit.languages.kazakh_tables import Tables, cut, tables
from searchkit.languages.skeleton import cyrillic_skeleton, is_plain, native, skeleton
from searchkit.text.normalize import term_form
from searchkit.text.patterns import lazy_pattern
from searchkit.text.words import parts

GRAM_LETTERS = 4
KEY_LETTERS = 8  # of a spelling-free key whose stem is a guess
SECOND_READING = 0.5  # of a stem in doubt; .3 to .9 rank alike, so the least that still outweighs a gram
LOAN_READING = 0.9  # of the Russian lemma of a loan; within Kazakh it neither helps nor harms (.791 without and with)
ANY_SPELLING = "~"  # no letter, so that a key never equals a stem
PLAIN_SPELLING = "="

_LETTER = lazy_pattern(r"[^\W\d_]")
_SUFFIX_LAYERS = (("plural",), ("first", "third", "equative"), ("case", "third-case", "first-case", "relative", "third-relative"))
# Not inflection, but no words either: ordinals (2-нші), adjectives of numbers and abbreviations, particles.
_OTHER_SUFFIXES = frozenset(
    ("ншы", "нші", "ыншы", "інші", "шы", "ші", "лық", "лік", "дық", "дік", "тық", "тік", "ақ", "ау", "ай", "мыс", "міс")
)


def _stop_words() -> frozenset[str]:
    """Read the words that a query can do without."""
    return frozenset(data_words("kazakh_stop_words.txt"))


class Kazakh(WordByWord):
    """Kazakh in Cyrillic letters, and keys for its other spellings."""

    code = "kk"
    name = "Kazakh"
    scripts = ("Cyrl", "Latn", "Arab")
    version = 2
    k1 = 0.9
    b = 0.4
    weights = Weights(gram=0.15)  # as measured on sentences and questions: .5 loses .025 nDCG@10 on the former, 0 loses .007 on the latter
    stop_words = _stop_words()

    def analyze(self, word: str) -> Analysis:
        """Analyse one written word."""
        return _analyze(word)

    def query(self, word: str) -> Analysis:
        """Analyse a word of a query: the same, with the keys that a query asks for."""
        return _query(word)


@lru_cache(maxsize=1 << 13)  # an index keeps the forms it has seen itself
def _analyze(word: str) -> Analysis:
    return _hyphenated(word, asked=False)


@lru_cache(maxsize=1 << 12)
def _query(word: str) -> Analysis:
    return _hyphenated(word, asked=True)


def _hyphenated(word: str, *, asked: bool) -> Analysis:
    """Analyse a written word; a bare suffix after a hyphen is none: АҚШ-тың is АҚШ, 2-нші is 2."""
    part = _asked if asked else _simple
    pieces = parts(word)
    if len(pieces) < 2 or not _is_suffix(native(term_form(pieces[-1])), pieces[-2]):  # noqa: PLR2004 -- a stem and a suffix
        return compose(word, part)
    base = word[: word.rindex(pieces[-1])].rstrip("-\u2010\u2011_")
    analysis = compose(base, part)
    whole = native(term_form(word))
    return analysis._replace(words=((whole, 0), *analysis.words))


def _is_suffix(piece: str, before: str) -> bool:
    """Tell whether what follows a hyphen is a suffix; нан is bread unless an abbreviation or a number stands before."""
    if piece not in _bare_suffixes():
        return False
    return before.isupper() or not _LETTER.search(before) or len(piece) < 3 or piece not in _native().nouns  # noqa: PLR2004


@lru_cache(maxsize=1)
def _bare_suffixes() -> frozenset[str]:
    """Join the suffixes of nouns to all chains of one from each layer."""
    chains = {""}
    for group in _SUFFIX_LAYERS:
        chains |= {chain + form for chain in chains for layer in group for form in _native().layers[layer]}
    return frozenset(chains - {""}) | _OTHER_SUFFIXES


def _native() -> Tables:
    return tables()


def _folded() -> Tables:
    return tables(cyrillic_skeleton, harmony=False)


def _simple(word: str) -> Analysis:
    """Analyse a word without hyphens, of a document."""
    return _word(word, asked=False)


def _asked(word: str) -> Analysis:
    """Analyse a word without hyphens, of a query."""
    return _word(word, asked=True)


def _word(word: str, *, asked: bool) -> Analysis:
    term = native(term_form(word)) or word
    if not term[:1].isalpha() and not _LETTER.search(term):
        return number(word) or Analysis(((term, 0),), (Reading(((term, 0),)),))
    if not _is_cyrillic(term):
        keyed = stems(skeleton(term), _folded(), _is_loan)
        # Sure of it in any spelling: a query's gylym is Kazakh, its univercity may be.
        lemmas = keyed.stems[:1] if asked and keyed.sure else ()
        return Analysis(((term, 0),), (Reading(((term, 0),)),), folds=_keys(term, plain=True, asked=asked), lemmas=lemmas)
    found = stems(term, _native(), _is_loan)
    # A Kazakh word that is listed without Kazakh letters (жол, бала) was not typed
    # without them; but казак, казан may be қазақ, қазан, although Russian has them too.
    plain = is_plain(term) and (found.loan or not found.sure)
    return Analysis(
        words=((term, 0),),
        readings=_readings(found, asked=asked),
        grams=grams(term),
        folds=_keys(term, plain=plain, asked=asked, own=found.stems[:1] if found.sure else ()),
        lemmas=_lemmas(found),
    )


def _is_cyrillic(term: str) -> bool:
    return any("\u0400" <= letter <= "\u04ff" for letter in term)


@lru_cache(maxsize=1 << 16)
def _loan(stem: str) -> str | None:
    """Give the Russian dictionary form that a stem is (университет, газет + а), if it is one.

    An inflected form (плане, бала) is a Kazakh word by accident.
    """
    if len(stem) < LOAN_LETTERS or not is_plain(stem):
        return None
    # маман is no маманя: -я only where a stem in -и wants it
    forms = (stem, stem + "а", stem + "ь", *((stem + "я",) if stem.endswith("и") else ()))
    return next((form for form in forms if is_russian_word(form) and form in russian_lemmas(form)), None)


def _is_loan(stem: str) -> bool:
    return _loan(stem) is not None


def _readings(found: Stems, *, asked: bool) -> tuple[Reading, ...]:
    """Cut the stems, and add the stem that Russian has for a loan.

    A query leaves the doubtful ones out: қылым is not "my қыл".
    """
    terms = {cut(found.stems[0], _native()): 1.0}
    for stem in found.stems if asked else found.stems + found.doubtful:
        terms.setdefault(cut(stem, _native()), SECOND_READING)
    loan = None if found.verb else _loan(found.stems[0])
    if loan:
        terms.setdefault(loan, LOAN_READING)
    return tuple(Reading(((term, 0),), weight) for term, weight in terms.items())


def _lemmas(found: Stems) -> tuple[str, ...]:
    """Give the dictionary form where the stem is no guess."""
    if not found.sure:
        return ()
    return (infinitive(found.stems[0]) if found.verb else found.stems[0],)


def _keys(term: str, *, plain: bool, asked: bool, own: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Give the spelling-free keys of a word; ``own``: its stem in its own spelling, if that is no guess.

    Without its spelling ғылымы, a form of ғылым, is the same as ғылыми, a word by itself.
    A document's word has the key for any spelling, and one more if it is
    written without Kazakh letters; a query has one of the two.
    """
    keyed = stems(skeleton(term), _folded(), _is_loan)
    # Six letters are too few where nothing else is asked: "universe" would be a университет.
    found = keyed.stems if keyed.sure else tuple(dict.fromkeys(stem[:KEY_LETTERS] for stem in keyed.stems))
    found = tuple(dict.fromkeys((*found, *map(skeleton, own))))
    anyhow = tuple(ANY_SPELLING + stem for stem in found)
    plainly = tuple(PLAIN_SPELLING + stem for stem in found)
    if asked:
        return anyhow if plain else plainly
    return (*anyhow, *plainly) if plain else anyhow


def grams(term: str) -> tuple[str, ...]:
    """Give the pieces of four letters in a word."""
    return tuple(dict.fromkeys(term[at : at + GRAM_LETTERS] for at in range(len(term) - GRAM_LETTERS + 1)))
