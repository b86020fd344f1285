"""What does simplemma know, as it is installed?

Its dictionaries, for the word lists of German and English, and its rules for
German endings.  To import it costs twelve empty interpreters, for it compiles
the rules of twenty languages: the one module that is wanted is run from its file.
"""

import builtins
import os
from collections.abc import Callable, Iterable
from functools import cache

from searchkit.languages.datafiles import package_folder
from searchkit.text.patterns import lazy_pattern
from searchkit.typed import Any

_DICTIONARIES = ("strategies", "dictionaries", "data")
_GERMAN_RULES = "simplemma.strategies.defaultrules.de"


def edition(code: str) -> int:
    """Tell the editions of a dictionary apart without reading it: the size of its file; 0 where there is none."""
    try:
        return os.stat(os.path.join(package_folder("simplemma"), *_DICTIONARIES, f"{code}.plzma")).st_size
    except (OSError, ModuleNotFoundError):
        return 0


def dictionary(code: str) -> Iterable[tuple[str, str]]:
    """Give the written forms of a language with their lemmas."""
    from simplemma.strategies import DefaultDictionaryFactory

    return DefaultDictionaryFactory().get_dictionary(code).items()


@cache
def german_rules() -> Callable[[str], str | None]:
    """Give the function that finds the lemma of a German word by its ending, or None for it."""
    try:
        rules: Callable[[str], str | None] = _alone(_GERMAN_RULES)["apply_de"]
    except (OSError, ImportError, KeyError):  # another simplemma
        from simplemma.strategies import RulesStrategy

        strategy = RulesStrategy()
        return lambda word: strategy.get_lemma(word, "de")
    return rules


class _Patterns:
    """What the rules ask of ``re``, compiled once for all runs: five patterns and the import took one and a half empty interpreters."""

    I = IGNORECASE = 2  # noqa: E741 -- its name there

    @staticmethod
    def compile(expression: str, flags: int = 0) -> Any:
        """Give a pattern."""
        if flags not in (0, _Patterns.I):
            raise ImportError("other flags than known")
        return lazy_pattern(f"(?i){expression}" if flags else expression)


def _imported(name: str, *rest: Any) -> Any:
    return _Patterns if name == "re" else __import__(name, *rest)


def _alone(name: str) -> dict[str, Any]:
    """Run a module that imports nothing of its package, without the package, and give what it defines."""
    from _frozen_importlib_external import SourceFileLoader

    code = SourceFileLoader(name, os.path.join(package_folder("simplemma"), *name.split(".")[1:]) + ".py").get_code(name)
    module: dict[str, Any] = {"__name__": name, "__builtins__": {**vars(builtins), "__import__": _imported}}
    if code:
        exec(code, module)  # noqa: S102  # the file of an installed package, as an import would
    return module
