"""When is a regular expression compiled?

When it is first used, and then once for all runs of the program: importing
``re`` costs two thirds of an empty interpreter and compiling the pattern of a
written word two whole ones, for it is written in Python.  What it makes of a
pattern, some thousand numbers for the matcher in C, is kept in the user's
cache folder, by the matcher's version; a search for a plain word then does
without ``re``.  Whatever is wrong with a kept pattern, it is compiled anew.
"""

import zlib

from searchkit import cachefolder
from searchkit.typed import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import re


class _Uncompiled:
    """Stands for a compiled pattern: whatever is asked of it compiles it, and each method is looked up once."""

    def __init__(self, expression: str) -> None:
        self._expression = expression

    def __getattr__(self, name: str) -> object:
        if name == "_pattern":
            self._pattern = compiled(self._expression)
            return self._pattern
        value: object = getattr(self._pattern, name)
        self.__dict__[name] = value
        return value


def lazy_pattern(expression: str) -> "re.Pattern[str]":
    """Give what can be used as ``re.compile(expression)``; flags stand in the expression: ``(?s)``.

    >>> lazy_pattern("b+").sub("-", "abba")
    'a-a'
    """
    return _Uncompiled(expression)  # type: ignore[return-value]  # by its attributes it is one


def compiled(expression: str) -> "re.Pattern[str]":
    """Give a compiled pattern, from the cache folder if it is there."""
    try:
        import _sre

        path = f"{cachefolder.path()}/pattern-{_sre.MAGIC}-{zlib.crc32(expression.encode('utf-8', 'surrogatepass')):08x}.sre"
    except (ImportError, AttributeError, OSError, RuntimeError):  # another implementation of Python; no home
        return _compiled(expression)
    return _kept(_sre, expression, path) or _keep(expression, path)


def _compiled(expression: str) -> "re.Pattern[str]":
    import re

    return re.compile(expression)


def _kept(sre: Any, expression: str, path: str) -> "re.Pattern[str] | None":
    """Load a pattern; None if it is not there, or is not what was kept."""
    try:
        with open(path, "rb") as file:
            data = file.read()
        check, rest = data[:4], data[4:]
        written, _, code = rest.partition(b"\0\0\0\0\0\0\0\0")
        flags, groups, name = written.decode("utf-8", "surrogatepass").split(" ", 2)
        if int.from_bytes(check, "little") != zlib.crc32(rest) or name != expression or len(code) % 4:
            return None
        numbers = memoryview(code).cast("I").tolist()
        # The matcher checks the numbers before it takes them.
        pattern: re.Pattern[str] = sre.compile(expression, int(flags), numbers, int(groups), {}, (None,) * (int(groups) + 1))
    except (OSError, ValueError, TypeError, RuntimeError, OverflowError):
        return None
    return pattern


def _keep(expression: str, path: str) -> "re.Pattern[str]":
    """Compile a pattern, and keep what came out, as far as that works."""
    pattern = _compiled(expression)
    if pattern.groupindex:  # groups with names are few here, and not worth a format
        return pattern
    try:
        from re import _compiler, _parser  # type: ignore[attr-defined]  # private: what they make is checked by the matcher

        code = _compiler._code(_parser.parse(expression, 0), 0)  # noqa: SLF001
        numbers = b"".join(number.to_bytes(4, "little") for number in code)
        rest = f"{pattern.flags} {pattern.groups} {expression}".encode("utf-8", "surrogatepass") + bytes(8) + numbers
        cachefolder.write(path, zlib.crc32(rest).to_bytes(4, "little") + rest)
    except (ImportError, AttributeError, OSError, RuntimeError, TypeError, ValueError):
        pass
    return pattern
