"""What does the Russian dictionary say?

Kazakh needs it too (loans, the Kazakh/Russian decision), so it stands beside
both languages and knows neither.  One pymorphy3 analyser a process, loaded when
the first Cyrillic word comes.  All words here are lower case (``term_form``).

pymorphy3's ``parse`` does 15,000 words a second, because it builds every parse
with its tag; what is asked here needs the paradigm of a dictionary word only,
and its probabilities only where two lemmas are possible.
"""

import re
from functools import lru_cache
from typing import Any

SECOND_SHARE = 0.25  # of the probability that a second lemma must have to be kept
_WORD = re.compile("[\u0430-\u044f\u0451]+")
LOAN_LETTERS = 4


@lru_cache(maxsize=1)
def _analyser() -> Any:
    """Load pymorphy3 with its dictionary (0.1 s, 15 MB)."""
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer(lang="ru", result_type=None)


@lru_cache(maxsize=1 << 17)
def russian_lemmas(word: str) -> tuple[str, ...]:
    """Give the normal form of a word, and a second one that is nearly as likely (путём: путь, путем).

    Letters as pymorphy3 gives them (ё where its dictionary has it).  A word
    that it does not know gets the guess by its ending.
    """
    shares: dict[str, float] = {}
    for _, _, lemma, share, *_ in _analyser().parse(word):
        shares[lemma] = shares.get(lemma, 0.0) + share
    ranked = sorted(shares.items(), key=lambda item: -item[1])
    least = SECOND_SHARE * sum(shares.values())
    return (ranked[0][0], *(lemma for lemma, share in ranked[1:2] if share >= least)) if ranked else (word,)


@lru_cache(maxsize=1 << 17)
def is_russian_word(word: str) -> bool:
    """Tell whether the dictionary holds this very form (е may stand for ё)."""
    analyser = _analyser()
    return bool(_WORD.fullmatch(word)) and bool(analyser.dictionary.word_is_known(word, analyser.char_substitutes))


def russian_stem(lemma: str) -> str:
    """Cut a lemma to the stem under which Russian texts are indexed."""
    return lemma.replace("ё", "е")[:STEM_LETTERS]


STEM_LETTERS = 6  # best nDCG@10 on Kazakh and Russian news; Snowball .401, six letters .428


@lru_cache(maxsize=1 << 15)
def loan_lemma(stem: str) -> str | None:
    """Give the stem under which Russian has a loan of Kazakh, or None.

    Args:
        stem: of a Kazakh word, lower case, no suffixes.

    Returns:
        For ``республика``, ``университет`` or ``экономик`` (+ а) the Russian
        stem; None for fewer than four letters, Kazakh letters, unknown words.
    """
    if len(stem) < LOAN_LETTERS or not _WORD.fullmatch(stem):
        return None
    for ending in ("", "а", "я", "ь"):
        if is_russian_word(stem + ending):
            return russian_stem(russian_lemmas(stem + ending)[0])
    return None
