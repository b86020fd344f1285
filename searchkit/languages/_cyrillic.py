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
    that it does not know gets the guess by its ending; one that is not written
    in Russian letters alone is its own.
    """
    if not _WORD.fullmatch(word):
        return (word,)
    parses = _dictionary_parses(word) or [(lemma, tag, share) for _, tag, lemma, share, *_ in _analyser().parse(word)]
    shares: dict[str, float] = {}
    for lemma, _, share in parses:
        shares[lemma] = shares.get(lemma, 0.0) + share
    if len(shares) < 2:  # noqa: PLR2004 -- one lemma needs no second
        return tuple(shares) or (word,)
    ranked = sorted(shares.items(), key=lambda item: -item[1])
    least = SECOND_SHARE * sum(shares.values())
    return (ranked[0][0], *(lemma for lemma, share in ranked[1:2] if share >= least))


def _dictionary_parses(word: str) -> list[tuple[str, Any, float]]:
    """Give ``(lemma, tag, probability)`` of a dictionary word, as ``parse`` has them, at a fifth of its time."""
    analyser = _analyser()
    entries = [
        (_lemma(fixed, paradigm, form), paradigm, form)
        for fixed, places in analyser.dictionary.words.similar_items(word, analyser.char_substitutes)
        for paradigm, form in places
    ]
    if len({lemma for lemma, _, _ in entries}) < 2:  # noqa: PLR2004 -- nothing to choose, no probability needed
        return [(lemma, None, 1.0) for lemma, _, _ in entries[:1]]
    tags = [analyser.dictionary.build_tag_info(paradigm, form) for _, paradigm, form in entries]
    shares = [analyser.prob_estimator.p_t_given_w.prob(word, tag) for tag in tags]
    even = 1.0 / len(entries) if not sum(shares) else 0.0
    return [(entry[0], tag, share + even) for entry, tag, share in zip(entries, tags, shares, strict=True)]


def _lemma(word: str, paradigm: int, form: int) -> str:
    """Exchange the ending of a form for that of its paradigm's first form."""
    if form == 0:
        return word
    prefix, suffix, lemma_prefix, lemma_suffix = _exchange(paradigm, form)
    return f"{lemma_prefix}{word[prefix : len(word) - suffix]}{lemma_suffix}"


@lru_cache(maxsize=1 << 16)
def _exchange(paradigm: int, form: int) -> tuple[int, int, str, str]:
    """Say how much of a form is prefix and suffix of its paradigm, and which ones its lemma has instead."""
    dictionary = _analyser().dictionary
    row = dictionary.paradigms[paradigm]
    size = len(row) // 3
    return (
        len(dictionary.paradigm_prefixes[row[size * 2 + form]]),
        len(dictionary.suffixes[row[form]]),
        dictionary.paradigm_prefixes[row[size * 2]],
        dictionary.suffixes[row[0]],
    )


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
