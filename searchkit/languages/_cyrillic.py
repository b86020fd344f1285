"""What does the Russian dictionary say?

Kazakh needs it too (loans, the Kazakh/Russian decision), so it stands beside
both languages and knows neither.  One dictionary a process, opened when the
first Cyrillic word comes.  All words here are lower case (``term_form``).

pymorphy3's ``parse`` builds every parse with its tag; what is asked here needs
the paradigm of a dictionary word only, and probabilities only where two
lemmas are possible.
"""

from functools import cache, lru_cache

from searchkit.languages._russian_dictionary import Entry, russian_dictionary

# How probable another lemma must be to be kept.  At .25 beside the best only, as first measured, суда
# is no ship (судно: .05) and Хоргосе no Хоргос; with less for function words, every уже would be narrow.
LEAST_SHARE = 0.04
LEAST_BESIDE_FUNCTION = 0.14  # путем: preposition and adverb .86, "way" .14
LEAST_GUESS = 0.14  # of an unknown word: Хоргосе is Хоргоса, Хоргося or Хоргос
MOST_READINGS = 3
NAME_FACTOR = 5.0  # Марта is the month .98, were it not for its capital; Сатпаевым an adjective
_FUNCTION = frozenset({"CONJ", "PREP", "PRCL", "NPRO", "INTJ"})
_NAMES = frozenset({"Name", "Surn", "Patr", "Geox", "Orgn", "Trad", "Abbr"})
_UNLIKELY = frozenset({"impr", "GRND", "Arch", "Erro", "Infr", "Slng"})  # три! мой! для: nobody looks for these
_LETTERS = frozenset(map(chr, range(0x430, 0x450))) | {"ё"}
LOAN_LETTERS = 4


@lru_cache(maxsize=1 << 15)
def russian_lemmas(word: str) -> tuple[str, ...]:
    """Give the normal form of a word, and others that are possible too (путём: путем, путь).

    ё is е.  A word that the dictionary does not know gets the guesses by its
    ending; one that is not written in Russian letters alone is its own.
    """
    return tuple(lemma for lemma, _ in russian_readings(word, name=False))


@lru_cache(maxsize=1 << 15)
def russian_readings(word: str, *, name: bool) -> tuple[tuple[str, float], ...]:
    """Give the lemmas of a word with how likely each is beside the best, which comes first.

    Args:
        word: lower case.
        name: whether it was capitalised; if not, no reading is a name, a
            place or an abbreviation (боевой is not the surname Боев's).
    """
    if not is_cyrillic(word):
        return ((word, 1.0),)
    parses = _dictionary_parses(word, name=name)
    least = LEAST_SHARE
    if parses is None:
        parses = _guesses(word, name=name)
        least = LEAST_GUESS
    shares: dict[str, float] = {}
    for lemma, _, share in parses:
        shares[lemma] = shares.get(lemma, 0.0) + share
    if len(shares) < 2:  # noqa: PLR2004 -- one lemma needs no second
        return tuple((lemma, 1.0) for lemma in shares or (word,))
    total = sum(shares.values())
    ranked = sorted(shares.items(), key=lambda item: -item[1])
    best = ranked[0][0]
    if any(lemma == best and _grammemes(tag) & _FUNCTION for lemma, tag, _ in parses):
        least = LEAST_BESIDE_FUNCTION
    kept = [(lemma, share) for lemma, share in ranked[1:MOST_READINGS] if share >= least * total]
    return ((best, 1.0), *((lemma, share / shares[best]) for lemma, share in kept))


@lru_cache(maxsize=1 << 10)
def _entries(word: str) -> list[Entry]:
    """Look a form up: its spellings with ё, each with the paradigms and forms that it may be."""
    return russian_dictionary().entries(word)


def _dictionary_parses(word: str, *, name: bool) -> list[tuple[str, str, float]] | None:
    """Give ``(lemma, tag, probability)`` of a dictionary word as ``parse`` has them, at a fifth of its time."""
    dictionary = russian_dictionary()
    entries = [
        (dictionary.lemma(spelling, paradigm, form).replace("ё", "е"), paradigm, form)
        for spelling, places in _entries(word)
        for paradigm, form in places
    ]
    if not entries:
        return None
    if len({lemma for lemma, _, _ in entries}) < 2:  # noqa: PLR2004 -- nothing to choose, no probability needed
        return [(entries[0][0], "", 1.0)]
    tags = [dictionary.tag(paradigm, form) for _, paradigm, form in entries]
    shares = [dictionary.share(word, tag) for tag in tags]
    even = 0.0 if sum(shares) else 1.0 / len(entries)
    rows = [(entry[0], tag, _share(tag, share + even, name=name)) for entry, tag, share in zip(entries, tags, shares, strict=True)]
    unlikely = _UNLIKELY if name else _UNLIKELY | _NAMES
    return [row for row in rows if not _grammemes(row[1]) & unlikely] or rows


def _guesses(word: str, *, name: bool) -> list[tuple[str, str, float]]:
    """Give what the ending of an unknown word suggests; of a capitalised one a name first (Сатпаевым: Сатпаев)."""
    parses = russian_dictionary().guesses(word)
    return [(lemma.replace("ё", "е"), "", _share(tag, share, name=name)) for lemma, tag, share in parses]


def _share(tag: str, share: float, *, name: bool) -> float:
    """Weigh a parse: its probability was counted without regard to capitals, and a capital makes a name likelier."""
    return share * NAME_FACTOR if name and _grammemes(tag) & _NAMES else share


@cache  # there are 5,532 tags
def _grammemes(tag: str) -> frozenset[str]:
    """Give the parts of a tag: ``NOUN,inan,femn sing,nomn``."""
    return frozenset(tag.replace(" ", ",", 1).split(","))


def is_cyrillic(word: str) -> bool:
    """Tell whether a word is written in small Russian letters alone."""
    return bool(word) and _LETTERS.issuperset(word)


@lru_cache(maxsize=1 << 15)
def is_russian_word(word: str) -> bool:
    """Tell whether the dictionary holds this very form (е may stand for ё)."""
    return is_cyrillic(word) and bool(_entries(word))


def russian_stem(lemma: str) -> str:
    """Give the term under which Russian texts are indexed for a lemma: the whole of it, ё as е."""
    return lemma.replace("ё", "е")
