"""How is JSON read without ``json``?

By the scanner in C that ``json`` itself calls.  Importing ``json`` compiles
regular expressions for a decoder in Python, and costs two thirds of an empty
interpreter: a one-word search reads a manifest and a few records.
"""

from searchkit.typed import Any


class _Context:
    """What the scanner asks of ``json.JSONDecoder``, with its defaults."""

    strict = True
    object_hook = None
    object_pairs_hook = None
    parse_float = float
    parse_int = int
    memo: dict[str, str] = {}  # noqa: RUF012 -- as the scanner wants it

    @staticmethod
    def parse_constant(name: str) -> float:
        """Refuse what is no JSON."""
        raise ValueError(f"no JSON: {name}")


def _scanner() -> Any:
    try:
        return __import__("_json").make_scanner(_Context)
    except ImportError:  # pragma: no cover -- another implementation of Python
        return None


_SCAN = _scanner()


def loads(text: str) -> Any:
    """Read a JSON text.

    Raises:
        ValueError: it is none, or is nested too deeply.
    """
    text = text.strip(" \t\r\n")
    if _SCAN is None:  # pragma: no cover
        import json

        return json.loads(text)
    try:
        value, end = _SCAN(text, 0)
    except (StopIteration, RecursionError) as error:
        raise ValueError("not JSON") from error
    if end != len(text):
        raise ValueError(f"more than one JSON value, at character {end}")
    return value
