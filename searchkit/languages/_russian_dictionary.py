"""What does pymorphy3's dictionary say of a Russian word, in a process that has just begun?

The same as ``pymorphy3.MorphAnalyzer``, whose import and loading take eight
empty interpreters: words, probabilities and endings stay in their mapped files
(``_dawg``), and a paradigm is found when it is asked for.  Where the
dictionary has another layout, ``WholeAnalyser`` answers, by pymorphy3 itself.
"""

import os
import sys
from functools import cache, cached_property, lru_cache

from searchkit.languages._dawg import Dawg, mapped
from searchkit.languages.datafiles import package_folder

# What of meta.json, without its blanks, must be there.
_LAYOUT = ('"format_version","2.4"', '"max_suffix_length":5', '"paradigm_prefixes":["","по","наи"]', '"P(t|w)",true')
_PREFIXES = ("", "по", "наи")
_ASKED = 100  # strings of a list; then all of it is split
_BLOCK = 1 << 12
_MILLION = 1_000_000  # probabilities are stored as whole numbers

Entry = tuple[str, list[tuple[int, int]]]
"""A spelling, and the paradigms and forms that it may be."""


class RussianDictionary:
    """The dictionary in a folder.

    Args:
        folder: ``data`` of the package ``pymorphy3_dicts_ru``.

    Raises:
        OSError: a file is missing.
        ValueError: its layout is not the one that is known here.
    """

    def __init__(self, folder: str) -> None:
        self._folder = folder
        meta = "".join(_read(folder, "meta.json").decode().split())
        if sys.byteorder != "little" or not all(fact in meta for fact in _LAYOUT):
            raise ValueError(folder)
        self._words = Dawg(os.path.join(folder, "words.dawg"))
        self._numbers = memoryview(mapped(os.path.join(folder, "paradigms.array"))).cast("H")
        self._suffixes = _Strings(os.path.join(folder, "suffixes.json"))

    @cached_property
    def _starts(self) -> list[int]:
        """Find where each paradigm begins: a word that is not Russian needs none."""
        starts = []
        at = 1
        for _ in range(self._numbers[0]):
            starts.append(at + 1)
            at += 1 + self._numbers[at]
        return starts

    def entries(self, word: str) -> list[Entry]:
        """Look a form up: its spellings with ё, each with the paradigms and forms that it may be."""
        records = self._words.records
        return [
            (spelling, [(record[0] << 8 | record[1], record[2] << 8 | record[3]) for record in records(node)])
            for spelling, node in self._words.spellings(word, "е", "ё")
        ]

    def lemma(self, word: str, paradigm: int, form: int) -> str:
        """Exchange the ending of a form for that of its paradigm's first form."""
        if form == 0:
            return word
        prefix, suffix, lemma_prefix, lemma_suffix = self._exchange(paradigm, form)
        return f"{lemma_prefix}{word[prefix : len(word) - suffix]}{lemma_suffix}"

    @lru_cache(maxsize=1 << 15)  # noqa: B019 -- one dictionary a process
    def _exchange(self, paradigm: int, form: int) -> tuple[int, int, str, str]:
        """Say how much of a form is prefix and suffix of its paradigm, and which ones its lemma has instead."""
        numbers, suffixes, start = self._numbers, self._suffixes, self._starts[paradigm]
        prefixes = start + numbers[start - 1] // 3 * 2
        return (
            len(_PREFIXES[numbers[prefixes + form]]),
            len(suffixes[numbers[start + form]]),
            _PREFIXES[numbers[prefixes]],
            suffixes[numbers[start]],
        )

    def tag(self, paradigm: int, form: int) -> str:
        """Give the tag of a form: ``NOUN,inan,femn sing,nomn``."""
        start = self._starts[paradigm]
        return self._tags[self._numbers[start + self._numbers[start - 1] // 3 + form]]

    @cached_property
    def _tags(self) -> "_Strings":
        return _Strings(os.path.join(self._folder, "gramtab-opencorpora-int.json"))

    def share(self, word: str, tag: str) -> float:
        """Tell how often a form has a tag; 0 for one whose tags were never counted."""
        return (self._shares.number(f"{word}:{tag}".encode()) or 0) / _MILLION

    @cached_property
    def _shares(self) -> Dawg:
        return Dawg(os.path.join(self._folder, "p_t_given_w.intdawg"))

    def guesses(self, word: str) -> list[tuple[str, str, float]]:
        """Give lemma, tag and share of what an unknown word may be, best first."""
        from searchkit.languages._russian_guesses import parses

        return [(lemma, tag, share) for _, tag, lemma, share, _ in parses(word, self)]

    def endings(self, prefix: str, ending: str) -> list[tuple[str, list[tuple[int, int, int]]]]:
        """Give what words that begin with a paradigm's prefix and end so are: spelling, and how many of which paradigm and form."""
        endings = self._endings[_PREFIXES.index(prefix)]
        return [
            (
                spelling,
                [
                    (int.from_bytes(record[:4], "big"), record[4] << 8 | record[5], record[6] << 8 | record[7])
                    for record in endings.records(node)
                ],
            )
            for spelling, node in endings.spellings(ending, "е", "ё")
        ]

    @cached_property
    def _endings(self) -> list[Dawg]:
        return [Dawg(os.path.join(self._folder, f"prediction-suffixes-{number}.dawg")) for number in range(len(_PREFIXES))]


class _Strings:
    """A list of strings in JSON, one a line, as pymorphy3 writes it.

    To split all 16,311 endings takes 2 ms, so the first few that are asked for are looked up one by one.

    Args:
        path: of the file.

    Raises:
        OSError: there is none.
        ValueError: it is written otherwise.
    """

    def __init__(self, path: str) -> None:
        data = mapped(path)
        begun = data[:_BLOCK].rpartition(b"\n")[0]
        by_line = begun.count(b'"') == 2 * begun.count(b"\n") > 0
        if not by_line or data[:5] != b'[\n  "' or data[-3:] != b'"\n]' or data.find(b"\\") >= 0:
            raise ValueError(path)
        self._data = data
        self._asked = 0

    def __getitem__(self, which: int) -> str:
        """Give a string by its number."""
        self._asked += 1
        if self._asked > _ASKED:
            return self._all[which]
        at, line = 0, which + 1  # the first line is a bracket
        while (newlines := self._data[at : at + _BLOCK].count(b"\n")) < line and at < len(self._data):
            line -= newlines
            at += _BLOCK
        for _ in range(line):
            at = self._data.find(b"\n", at) + 1
        return self._data[at + 3 : self._data.find(b'"', at + 3)].decode()

    @cached_property
    def _all(self) -> list[str]:
        return self._data[5:-3].decode().split('",\n  "')


class WholeAnalyser:
    """The same answers by pymorphy3, whatever the layout of its dictionary.

    Args:
        folder: of the dictionary.
    """

    def __init__(self, folder: str) -> None:
        from pymorphy3 import MorphAnalyzer

        self._analyser = MorphAnalyzer(path=folder, lang="ru", result_type=None)

    def entries(self, word: str) -> list[Entry]:
        """As ``RussianDictionary.entries``."""
        found: list[Entry] = self._analyser.dictionary.words.similar_items(word, self._analyser.char_substitutes)
        return found

    def lemma(self, word: str, paradigm: int, form: int) -> str:
        """As ``RussianDictionary.lemma``."""
        return str(self._analyser.dictionary.build_normal_form(paradigm, form, word))

    def tag(self, paradigm: int, form: int) -> str:
        """As ``RussianDictionary.tag``."""
        return str(self._analyser.dictionary.build_tag_info(paradigm, form))

    def share(self, word: str, tag: str) -> float:
        """As ``RussianDictionary.share``."""
        return float(self._analyser.prob_estimator.p_t_given_w.prob(word, tag))

    def guesses(self, word: str) -> list[tuple[str, str, float]]:
        """As ``RussianDictionary.guesses``."""
        return [(lemma, str(tag), share) for _, tag, lemma, share, *_ in self._analyser.parse(word)]


@cache
def russian_dictionary() -> RussianDictionary | WholeAnalyser:
    """Open the installed dictionary, once a process."""
    folder = os.path.join(package_folder("pymorphy3_dicts_ru"), "data")
    try:
        return RussianDictionary(folder)
    except (OSError, ValueError, TypeError):  # TypeError: a file of half a number
        return WholeAnalyser(folder)


def _read(folder: str, name: str) -> bytes:
    with open(os.path.join(folder, name), "rb", buffering=0) as file:
        return file.read()
