"""Which languages are there?

One row a language: its code, its module, its class, the scripts it is written
in.  Importing the registry imports no language: an instance is made when it is
first asked for.  A new language is one module, one vocabulary file and one row.
"""

from collections.abc import Iterator, Mapping

from searchkit.languages.base import Language
from searchkit.typed import NamedTuple


class Row(NamedTuple):
    """One language.

    Attributes:
        code: ISO 639-1, or ``other``.
        module: where its class is.
        name: of the class; it is called without arguments.
        scripts: ISO 15924 codes, as the class has them (told here so that nobody
            needs to load a language to know whether it may be meant).
        version: as the class has it, for the same reason: a run that finds nothing
            new asks whether the index is of today, and loads nothing else.
    """

    code: str
    module: str
    name: str
    scripts: tuple[str, ...]
    version: int = 1


ROWS = (
    Row("ko", "searchkit.languages.korean", "Korean", ("Hang",)),
    Row("kk", "searchkit.languages.kazakh", "Kazakh", ("Cyrl", "Latn", "Arab"), 2),
    Row("ru", "searchkit.languages.russian", "Russian", ("Cyrl",)),
    Row("de", "searchkit.languages.german", "German", ("Latn",), 3),
    Row("en", "searchkit.languages.english", "English", ("Latn",), 3),
    Row("other", "searchkit.languages.other", "Other", ("Zyyy",)),
)


class Registry(Mapping[str, Language]):
    """The languages by code, each made when it is first asked for.

    Args:
        rows: the last of them is the language of everything else.
    """

    def __init__(self, rows: tuple[Row, ...] = ROWS) -> None:
        self.rows = rows
        self._rows = {row.code: row for row in rows}
        self._made: dict[str, Language] = {}

    def __getitem__(self, code: str) -> Language:
        """Give the language of this very code; ``KeyError`` for an unknown one."""
        if code not in self._made:
            row = self._rows[code]
            made: Language = getattr(__import__(row.module, fromlist=[row.name]), row.name)()
            self._made[code] = made
        return self._made[code]

    def __contains__(self, code: object) -> bool:
        """Tell whether there is a row of this code; loads nothing (a ``Mapping`` would)."""
        return code in self._rows

    def __iter__(self) -> Iterator[str]:
        """Give the codes, in the order of the rows."""
        return iter(self._rows)

    def __len__(self) -> int:
        """Count the languages."""
        return len(self._rows)

    def language(self, code: str) -> Language:
        """Give a language; that of everything else where the code is unknown (``fr``, ``zz``, "")."""
        return self[code if code in self._rows else next(reversed(self._rows))]

    def scripts_of(self, code: str) -> tuple[str, ...]:
        """Give the scripts of a language without loading it."""
        return self._rows[code].scripts

    def written_in(self, script: str) -> tuple[str, ...]:
        """Give the codes of the languages whose own script this is (the first of their scripts)."""
        return tuple(row.code for row in self._rows.values() if row.scripts[0] == script)

    def versions(self) -> dict[str, int]:
        """Give the analyser version of every language; this loads none."""
        return {row.code: row.version for row in self._rows.values()}


LANGUAGES = Registry()
CODES = tuple(LANGUAGES)
LATIN = LANGUAGES.written_in("Latn")
CYRILLIC = LANGUAGES.written_in("Cyrl")


def language(code: str) -> Language:
    """Give a language of the house; ``other`` for a code that has none."""
    return LANGUAGES.language(code)


def scripts_of(code: str) -> tuple[str, ...]:
    """Give the scripts that a language of the house is written in, its own first; this loads no language."""
    return LANGUAGES.scripts_of(code)


def versions() -> dict[str, int]:
    """Give the analyser version of every language of the house; this loads none."""
    return LANGUAGES.versions()
