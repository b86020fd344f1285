"""What does German know of a word?

Its lemma, by simplemma's dictionary and the letter case as written; its stem,
by Snowball but true to the umlaut (Förderung is no Forderung); the parts it is
made of; and, lighter, Snowball's own key without umlauts.  How a compound is
cut is ``compounds``' business, where the dictionary lies ``wordlist``'s.
"""

from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from itertools import pairwise
from zlib import crc32

from searchkit.languages._simplemma import dictionary, edition, german_rules
from searchkit.languages.base import Analysis, Reading, Weights, WordByWord
from searchkit.languages.compose import compose
from searchkit.languages.compounds import Part, Splitter, witnesses
from searchkit.languages.datafiles import data_bytes, data_rows, data_words
from searchkit.languages.wordlist import WordList, word_list
from searchkit.text.normalize import nfc, strip_marks, term_form

# nDCG@10 on headings of statutes (compounds decide) and on questions: .7 gives .616 and .945, .5 .607 and .942,
# 1 .618 and .943, no parts at all .521 and .932.  Below 1, so that the whole stays first.
PARTS_WEIGHT = 0.7
OTHER_CASE_WEIGHT = 0.8
WHOLE_WEIGHT = 0.15  # above the bonus of the very form, so that a plural ranks before a hyphenated compound
_SHORTEST_SPELLING = 4
_MOST_LEAVES = 4  # a compound of more parts is cut in two everywhere, but not in every way
_SHORTEST_INFLECTED = 5
_INSEPARABLE = ("be", "emp", "ent", "er", "miss", "ver", "zer", "über", "unter", "wider")
_UMLAUTS = (("ae", "ä"), ("oe", "ö"), ("ue", "ü"))
_NO_UMLAUT_AFTER = frozenset("aeiouyäöüq")


class German(WordByWord):
    """German."""

    code = "de"
    name = "German"
    scripts = ("Latn",)
    version = 3
    k1 = 1.2
    b = 0.75
    weights = Weights(word=0.1, gram=WHOLE_WEIGHT, fold=0.6)

    @property
    def stop_words(self) -> frozenset[str]:
        """Words that carry no content in a query."""
        return _stop_words()

    def analyze(self, word: str) -> Analysis:
        """Analyse one written word, its letter case taken at its word."""
        return _analyze(word)

    def query(self, word: str) -> Analysis:
        """Analyse a word of a query, in which nobody minds the capitals: ``beziehung`` is Beziehung."""
        return _query(word)


@lru_cache(maxsize=1 << 13)  # an index keeps the forms it has seen itself
def _analyze(word: str) -> Analysis:
    return _with_wholes(compose(word, _simple))


@lru_cache(maxsize=1 << 12)
def _query(word: str) -> Analysis:
    return _with_wholes(compose(word, _either_case))


def _with_wholes(analysis: Analysis) -> Analysis:
    """Tell what a word is as a whole, so that Verträge rank above Mietvertrag for Vertrag: the part has the same stem."""
    wholes = (reading.terms[0][0] for reading in analysis.readings if len(reading.terms) == 1 and reading.weight != PARTS_WEIGHT)
    return analysis._replace(grams=tuple(dict.fromkeys(wholes)))


def _either_case(word: str) -> Analysis:
    """Analyse a word as it is and as a noun."""
    written = _simple(word)
    if not word[:1].islower():
        return written
    noun = _simple(word[:1].upper() + word[1:])
    # `beziehung`, which only capitals make a word; `reise`, which is of reisen, but nobody says so of himself.
    if noun.lemmas and (not written.lemmas or {word + "n", word + "en"} & set(written.lemmas)):
        return noun
    first, second = written, noun
    readings = _distinct((*first.readings, *second.readings))
    terms = {term for reading in readings for term, _ in reading.terms}
    folds = tuple(dict.fromkeys(fold for fold in (*first.folds, *second.folds) if fold not in terms))
    lemmas = tuple(dict.fromkeys((*first.lemmas, *second.lemmas)))
    return Analysis(written.words, readings, folds=folds, lemmas=lemmas)


def _simple(word: str) -> Analysis:
    """Analyse a word without hyphens."""
    term = term_form(word) or word
    lemmas = _lemmas(_written(word))
    known = tuple(lemma for lemma, parts in lemmas if _listed(lemma) or _sound(parts))
    readings: list[Reading] = []
    for at, (lemma, parts) in enumerate(lemmas):
        whole = Reading(((_whole_stem(lemma, parts), 0),), 1.0 if at == 0 else OTHER_CASE_WEIGHT)
        readings += (whole, *_part_readings(parts))
    if not readings:
        readings = [Reading(((_stem(term), 0),))]
    distinct = _distinct(readings)
    lemma = term_form(lemmas[0][0]) if lemmas else term
    return Analysis(((term, 0),), distinct, folds=_folds(term, lemma, distinct, known=bool(known)), lemmas=known)


def _distinct(readings: "tuple[Reading, ...] | list[Reading]") -> tuple[Reading, ...]:
    """Keep the first of the readings that say the same."""
    seen: dict[tuple[tuple[str, int], ...], Reading] = {}
    for reading in readings:
        seen.setdefault(reading.terms, reading)
    return tuple(seen.values())


def _folds(term: str, lemma: str, readings: tuple[Reading, ...], *, known: bool) -> tuple[str, ...]:
    """Give the keys without umlauts and other marks: of the stem, of the lemma, of the word as it is."""
    held = {held for reading in readings for held, _ in reading.terms}
    keys = [strip_marks(readings[0].terms[0][0])]
    keys += [_stem(strip_marks(spelling)) for spelling in (lemma, term) if not spelling.isascii()]
    if not known and any(pair in term for pair, _ in _UMLAUTS):
        keys.append(_snowball()(term))
    return tuple(key for key in dict.fromkeys(keys) if key not in held)


def _written(word: str) -> str:
    """Give the word as the dictionary would write it: composed, nothing ignorable in it."""
    if word.isascii():
        return word
    return nfc("".join(char for char in word if char == "'" or term_form(char)))


def _lemmas(word: str) -> list[tuple[str, tuple[Part, ...]]]:
    """Give the lemmas of a written word, best first, each with the parts it is made of.

    A capital may be that of a noun or of a sentence, capitals throughout say
    nothing; so the other case is a second lemma where the dictionary knows it.
    """
    found: dict[str, tuple[Part, ...]] = {}
    for form in _cases(word):
        lemma = _listed(form)
        # A second lemma only where the small letters are a word by themselves (Weg, Wachsen): `kohle` is of
        # kohlen, to talk nonsense, and nobody means it; nor is Waren a form of sein to whoever searches.
        if lemma and not (found and (lemma != form or term_form(lemma) in _stop_words())):
            found.setdefault(lemma, _parts(lemma, known=True))
    if not found:
        for lemma, parts in _unlisted(word):
            found.setdefault(lemma, parts)
    for lemma in _also(word, next(iter(found), word)):
        found.setdefault(lemma, ())
    return list(found.items())


def _listed(form: str) -> str | None:
    """Give the lemma that the dictionary has for a written form, its known mistakes mended."""
    return _mended().get(form) or _dictionary().get(form)


def _also(word: str, lemma: str) -> Iterator[str]:
    """Give what a word may be besides, where the dictionary has only the word itself.

    A name with the genitive's -s (Chinas, Tokajews); a participle (angebaut,
    geforscht, bewässert) of a verb that the dictionary has.
    """
    if lemma != word or len(word) < _SHORTEST_INFLECTED:
        return
    if word[:1].isupper() and word.endswith("s") and word[-2] not in "sxz":
        name = word[:-1]
        listed = _dictionary().get(name)
        if listed == name or (listed is None and _dictionary().get(word) is None):
            yield name
    for stem in _participle_stems(word):
        yield from (verb for verb in (stem + "en", stem + "n") if _dictionary().get(verb) == verb)


def _participle_stems(word: str) -> Iterator[str]:
    """Give the verb stems of which a word may be the weak participle: an-ge-bau-t, be-wässer-t."""
    if not word.endswith("t") or not word.islower():
        return
    stem = word[:-2] if word.endswith("et") else word[:-1]
    at = stem.find("ge")
    while at >= 0:
        yield stem[:at] + stem[at + 2 :]
        at = stem.find("ge", at + 2)
    if stem.startswith(_INSEPARABLE):
        yield stem


def _cases(word: str) -> Iterator[str]:
    """Give the ways a word may stand in a dictionary, the likeliest first."""
    yield word
    if word.isupper() and len(word) > 1:
        yield word.capitalize()
        yield word.lower()
    elif word[:1].isupper():
        yield word.lower()
    elif _dictionary().get(word) is None:
        yield word.capitalize()


def _unlisted(word: str) -> Iterator[tuple[str, tuple[Part, ...]]]:
    """Give the lemma of a word that the dictionary does not have: another spelling, a compound, or by its ending."""
    for spelling in _spellings(word):
        for form in _cases(spelling):
            lemma = _listed(form)
            if lemma:
                yield lemma, _parts(lemma, known=True)
                return
    if word[:1].isupper():
        for spelling in (word, *_spellings(word)):
            parts = _parts(spelling, known=False)
            if parts and (spelling == word or _sound(parts)):
                yield _composed(parts), parts
                return
    lemma = german_rules()(word.capitalize() if word.isupper() else word)
    if lemma:
        yield lemma, ()


def _spellings(word: str) -> Iterator[str]:
    """Give the spellings with umlauts and ß of a word typed without: Foerderung, Strasse."""
    if len(word) < _SHORTEST_SPELLING:
        return
    lower = word.lower()
    all_umlauts = word
    for pair, umlaut in _UMLAUTS:
        if pair in lower:
            one = _replaced(word, pair, umlaut)
            all_umlauts = _replaced(all_umlauts, pair, umlaut)
            yield one
    if all_umlauts != word:
        yield all_umlauts
    if "ss" in lower:
        yield word.replace("ss", "ß")
        if all_umlauts != word:
            yield all_umlauts.replace("ss", "ß")


def _replaced(word: str, pair: str, umlaut: str) -> str:
    """Write an umlaut for two letters, whatever their case."""
    return word.replace(pair, umlaut).replace(pair.capitalize(), umlaut.upper()).replace(pair.upper(), umlaut.upper())


def _parts(word: str, *, known: bool) -> tuple[Part, ...]:
    """Give the parts of a noun; of anything else none."""
    return _splitter().split(word.lower(), known=known) if word[:1].isupper() else ()


def _composed(parts: tuple[Part, ...]) -> str:
    """Write the lemma of a compound: its first parts as they are, the lemma of the last."""
    return ("".join(part.surface for part in parts[:-1]) + parts[-1].lemma).capitalize()


def _sound(parts: tuple[Part, ...]) -> bool:
    """Tell whether there are parts and the dictionary knows every one."""
    return bool(parts) and all(_dictionary().get(part.lemma.capitalize()) for part in parts)


def _part_readings(parts: tuple[Part, ...]) -> Iterator[Reading]:
    """Read a compound as its parts: the smallest, and, of three and more, every way to put them together again.

    Windkraftanlage is Wind + Kraft + Anlage, Windkraft + Anlage, Wind + Kraftanlage.
    """
    if not parts:
        return
    last = len(parts)
    cuts: list[tuple[int, ...]] = [tuple(range(last + 1))]
    cuts += [(0, at, last) for at in range(1, last) if last > 2]  # noqa: PLR2004 -- two parts go together in one way
    if last == _MOST_LEAVES:
        cuts += [(0, 1, 3, 4), (0, 1, 2, 4), (0, 2, 3, 4)]
    for cut in cuts:
        terms = (_whole_stem(_composed(parts[start:end]), parts[start:end]) for start, end in pairwise(cut))
        yield Reading(tuple((term, 0) for term in dict.fromkeys(terms)), PARTS_WEIGHT)


def _whole_stem(lemma: str, parts: tuple[Part, ...]) -> str:
    """Stem a lemma; the last part of a compound keeps the stem that it has alone (Sprachkurs, not Sprachkur)."""
    term = term_form(lemma)
    if lemma.endswith(("ern", "eln")) and lemma[:1].islower() and term not in _uncut():
        # fördern is `förd` to Snowball, and Förderung `förder`: they would not meet.
        for noun in (lemma[:-3] + "lung", lemma[:-1] + "ung"):
            if _dictionary().get(noun.capitalize()):
                return _stem(term_form(noun))
    last = term_form(parts[-1].lemma) if parts else term
    if _is_doer(last) and term.endswith(last):
        return term
    stem = _stem(term)
    if stem.endswith("ung") and lemma[:1].isupper() and len(parts) < 2 and term not in _uncut():  # noqa: PLR2004 -- one part is no compound
        # Snowball leaves the -ung of short words alone; Forschung meets forschen, but Zeitung no verb.
        verb = lemma[:-3].lower() + "en"
        return _stem(term_form(verb)) if _dictionary().get(verb) == verb else stem
    if parts and last in _uncut() and term.endswith(last):
        return term.removesuffix(last) + _uncut()[last]
    return stem


@lru_cache(maxsize=1 << 15)
def _is_doer(noun: str) -> bool:
    """Tell whether a noun in -er has another word for a stem: Arbeiter is no Arbeit, Ausbilder no Ausbildung."""
    if not noun.endswith("er") or noun in _uncut() or _stem(noun) != noun[:-2] or _dictionary().get(noun.capitalize()) != noun.capitalize():
        return False
    return any(_dictionary().get(base) == base for base in (noun[:-2] + "en", noun[:-2].capitalize(), noun[:-1].capitalize()))


@lru_cache(maxsize=1 << 15)
def _stem(term: str) -> str:
    """Stem as Snowball does, but keep the umlauts.

    Snowball takes ae, oe, ue for umlauts (aktuell is ``aktull``) and, last of
    all, the dots off every umlaut.  It only ever cuts at the end, so its stem
    is so many letters of the word, counted with each pair as one.
    """
    if term in _stop_words():
        return term
    if term in _uncut():
        return _uncut()[term]
    at = 0
    for _ in _snowball()(term):
        pair = term[at : at + 2]
        # Not in Bauer, nor in Quelle: there Snowball sees no umlaut.
        paired = pair in ("ae", "oe") or (pair == "ue" and term[at - 1 : at] not in _NO_UMLAUT_AFTER)
        at += 2 if paired else 1
    # Sicherheit would be `sich`, Seite `seit`: every text would speak of them.
    return term if term[:at] in _stop_words() else term[:at]


@cache
def _snowball() -> Callable[[str], str]:
    from Stemmer import Stemmer

    stem: Callable[[str], str] = Stemmer("german").stemWord
    return stem


@cache
def _dictionary() -> WordList:
    """Open the dictionary: written form -> lemma, and the parts of compounds."""
    verdicts = crc32(data_bytes("german_parts.tsv"))
    return word_list(f"german-5-{edition('de')}-{verdicts:08x}.words", _rows)


def _rows() -> Iterator[tuple[str, str]]:
    """Give the rows of the dictionary's file, from simplemma as it is installed."""
    forms = dict(dictionary("de"))
    yield from forms.items()
    yield from witnesses(forms)


@cache
def _splitter() -> Splitter:
    return Splitter(_dictionary().get)


@cache
def _uncut() -> dict[str, str]:
    return {row[0]: row[1] for row in data_rows("german_stems.tsv")}


@cache
def _mended() -> dict[str, str]:
    return {row[0]: row[1] for row in data_rows("german_lemmas.tsv")}


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(map(term_form, data_words("stop_german.txt")))
