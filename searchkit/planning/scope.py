"""Under which languages is a query read?

A question of four words or more is identified; one to three Latin words are
not: deciding costs .13 to .18 nDCG@10 on one-word queries, reading them under
every Latin-script language of the index .02.  Scripts decide word by word
later (``analysis.query_words``); this says which languages to try at all.
"""

from searchkit.languages.identify import identify
from searchkit.languages.registry import CODES, language, scripts_of
from searchkit.text.scripts import script_of
from searchkit.text.words import WORD
from searchkit.typed import NamedTuple

IDENTIFIED_WORDS = 4
BORROWED = frozenset({"Latn", "Arab"})  # scripts that Kazakh is also written in, but that are first of all others'
UNLIKELY = 0.3  # weight of the languages that the guess did not name; .6 loses .005 nDCG@10 on German and English mixed
# Of a Cyrillic word that may be both Kazakh and Russian: it orders, and loses nothing (.8 and .6 rank alike on both mixed); with .8 loans
# that Kazakh shares led before Russian documents (технологический университет).
LESS_LIKELY = 0.6


class Scope(NamedTuple):
    """The languages of a query.

    Attributes:
        weights: ``(code, weight)``, most likely first; never empty.
        guessed: whether the first is a guess from the query's own words.
    """

    weights: tuple[tuple[str, float], ...]
    guessed: bool


def query_scope(query: str, *, lang: str, present: frozenset[str]) -> Scope:
    """Choose the languages to read a query under.

    Args:
        query: its words, without operators.
        lang: the user's choice, or ``auto``.
        present: languages that the index holds text in.
    """
    if lang != "auto":
        return Scope(((language(lang).code, 1.0),), guessed=False)
    words = WORD.findall(query)
    scripts = {script_of(word) for word in words} - {"Zyyy"}
    candidates = [code for code in CODES if code in present and _reads(code, scripts)]
    if not candidates:
        candidates = [code for code in CODES if _reads(code, scripts)] or ["other"]
    if len(words) >= IDENTIFIED_WORDS and len(candidates) > 1:
        guess = identify(query)
        if guess.confident and guess.code in candidates:
            others = tuple((code, UNLIKELY) for code in candidates if code != guess.code)
            return Scope(((guess.code, 1.0), *others), guessed=True)
    if scripts == {"Cyrl"} and len(candidates) > 1:
        # The letters and the Russian dictionary say more of one Cyrillic word than anything does of a Latin one.
        likelier = identify(query).code
        return Scope(
            tuple(sorted(((code, 1.0 if code == likelier else LESS_LIKELY) for code in candidates), key=lambda row: -row[1])), guessed=False
        )
    return Scope(tuple((code, 1.0) for code in candidates), guessed=False)


def _reads(code: str, scripts: set[str]) -> bool:
    """Tell whether a language is written in one of the scripts; every language has numbers.

    A Latin word is read as Kazakh only where no language of Latin script knows it (``borrowed_script``).
    """
    first, *others = scripts_of(code)
    own = {first} | (set(others) - BORROWED)
    return not scripts or code == "other" or bool(scripts & own)


def borrowed_script(word: str, present: frozenset[str]) -> list[str]:
    """Give the languages of the index that a word of another language's script may be a spelling of."""
    script = script_of(word)
    return [code for code in CODES if code in present and script in BORROWED and script in scripts_of(code)[1:]]
