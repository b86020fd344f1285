"""When is a regular expression compiled?

When it is first used: importing ``re`` costs two thirds of an empty
interpreter, a pattern a tenth, and a search for a plain word needs neither.
"""

TYPE_CHECKING = False  # what `typing` calls so, without its import
if TYPE_CHECKING:
    import re


class _Uncompiled:
    """Stands for a compiled pattern: whatever is asked of it compiles it, and each method is looked up once."""

    def __init__(self, expression: str) -> None:
        self._expression = expression

    def __getattr__(self, name: str) -> object:
        import re

        value: object = getattr(re.compile(self._expression), name)
        self.__dict__[name] = value
        return value


def lazy_pattern(expression: str) -> "re.Pattern[str]":
    """Give what can be used as ``re.compile(expression)``; flags stand in the expression: ``(?s)``.

    >>> lazy_pattern("b+").sub("-", "abba")
    'a-a'
    """
    return _Uncompiled(expression)  # type: ignore[return-value]  # by its attributes it is one
